package io.sipcodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of the catalog, read from {@code META-INF/sipcodes/texts_<language>.properties} when a language is first
 * asked for. A language chain is explicit (de-AT, de, en) and never looks at the JVM's default locale: with a German
 * default, {@code ResourceBundle} would answer a request for English in German.
 */
final class Texts {

    static final String FOLDER = "META-INF/sipcodes/";

    /** What has words besides the codes and their classes: the first part of a key. */
    static final List<String> GROUPS = List.of(
            "outcome",
            "fault",
            "advice",
            "status",
            "phrase",
            "http",
            "condition",
            "warning",
            "q850",
            "protocol",
            "location",
            "preemption",
            "release_cause",
            "failure_cause",
            "rule");

    /** Locales come from Accept-Language headers too: the map must not grow with them. */
    private static final int MAX_LOCALES = 1024;

    private final ClassLoader classLoader;
    private final Map<String, Language> languages = new ConcurrentHashMap<>();
    private final Map<Locale, Language> byLocale = new ConcurrentHashMap<>();

    Texts(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** The words for a code, or for its class if the catalog does not know it. */
    SipText text(SipCode code, Locale locale) {
        Language language = language(locale);
        Entry entry = code.isKnown()
                ? language.codes[code.value() - SipCode.MIN]
                : language.classes[code.codeClass().ordinal()];
        return entry.text();
    }

    SipText text(SipCodeClass codeClass, Locale locale) {
        return language(locale).classes[codeClass.ordinal()].text();
    }

    /** The words for something else, or null if there are none. */
    SipText text(String group, String id, Locale locale) {
        Entry entry = language(locale).group(group).get(id);
        return entry == null ? null : entry.text();
    }

    /** How many locales the way to their language is remembered of. */
    int remembered() {
        return byLocale.size();
    }

    /** What a group has words for. */
    Set<String> ids(String group, Locale locale) {
        return language(locale).group(group).keySet();
    }

    /** The languages that there are words in, English first. */
    List<Locale> available() {
        List<Locale> available = new ArrayList<>();
        available.add(Locale.ENGLISH);
        for (String tag : Locale.getISOLanguages()) {
            Locale locale = Locale.forLanguageTag(tag);
            if (!tag.equals("en") && language(locale).locale.equals(locale)) {
                available.add(locale);
            }
        }
        return List.copyOf(available);
    }

    /** The tags in which a reader of this locale is to be answered, the best first: {@code de-AT}, {@code de}, {@code en}. */
    static List<String> chain(Locale locale) {
        String language = locale.getLanguage();
        String region = locale.getCountry();
        boolean english = language.equals("en");
        if (english && region.isEmpty() || !english && !Iso.LANGUAGES.contains(language)) {
            return List.of("en");
        }
        List<String> chain = new ArrayList<>(3);
        if (!region.isEmpty() && Iso.REGIONS.contains(region)) {
            chain.add(language + "-" + region);
        }
        chain.add(language);
        if (!english) {
            chain.add("en");
        }
        return chain;
    }

    // Read when somebody asks for another language than English.
    private static final class Iso {
        static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
        static final Set<String> REGIONS = Set.of(Locale.getISOCountries());
    }

    private Language language(Locale locale) {
        Language language = byLocale.get(locale);
        if (language == null) {
            language = resolve(locale);
            if (byLocale.size() < MAX_LOCALES) {
                byLocale.put(locale, language);
            }
        }
        return language;
    }

    // Only ISO languages and regions are looked for, so hostile locales cannot make it search without end.
    private Language resolve(Locale locale) {
        Language language = load("en", null);
        List<String> chain = chain(locale);
        for (int i = chain.size() - 1; i >= 0; i--) {
            language = load(chain.get(i), language);
        }
        return language;
    }

    private Language load(String tag, Language parent) {
        Language known = languages.get(tag);
        if (known != null) {
            return known;
        }
        Map<String, Words> texts = readAll(FOLDER + "texts_" + tag + ".properties");
        Language language;
        if (texts.isEmpty()) {
            if (parent == null) {
                throw new IllegalStateException(FOLDER + "texts_en.properties is not on the class path");
            }
            language = parent;
        } else {
            language = new Language(Locale.forLanguageTag(tag), texts, parent);
        }
        Language other = languages.putIfAbsent(tag, language);
        return other == null ? language : other;
    }

    // Loops in what follows, and not lambdas: those cost a cold JVM more than the reading.
    private Map<String, Words> readAll(String resource) {
        try {
            Map<String, Words> texts = new HashMap<>();
            for (URL url : Collections.list(classLoader.getResources(resource))) {
                URLConnection connection = url.openConnection();
                // A cached jar would stay open behind the back of a container that replaces it.
                connection.setUseCaches(false);
                try (InputStream in = connection.getInputStream()) {
                    for (Map.Entry<String, Words> entry : read(in, url).entrySet()) {
                        // The first on the class path wins, as a class of the same name would.
                        Words first = texts.get(entry.getKey());
                        texts.put(entry.getKey(), first == null ? entry.getValue() : first.orElse(entry.getValue()));
                    }
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static Map<String, Words> read(InputStream in, URL url) throws IOException {
        return parse(in.readAllBytes(), url.toString());
    }

    /**
     * Reads lines of {@code key=text}; blank lines and lines that start with # are left out. Unlike {@code Properties}
     * it refuses what a translator's slip looks like, and says where.
     *
     * @return the words by entry, as {@code 486} or {@code outcome.busy}
     */
    static Map<String, Words> parse(byte[] content, String source) {
        Map<String, Words> texts = new HashMap<>();
        Lines lines = new Lines(content, source);
        String entry = "";
        Words words = null;
        while (lines.next()) {
            String key = lines.key();
            String value = lines.value();
            if (key.isEmpty()) {
                throw new IllegalStateException(lines.problem(WireText.clean(lines.line(), 64), "key=text"));
            }
            if (value.isEmpty()) {
                throw new IllegalStateException(lines.problem(key + " has no text", "key=text"));
            }
            if (Lines.isGarbled(value)) {
                throw new IllegalStateException(lines.problem(key + " is in another encoding", "UTF-8"));
            }
            if (lines.hasBackslash()) {
                throw new IllegalStateException(
                        lines.problem(key + " has a backslash", "UTF-8 text on one line, no escapes"));
            }
            int dot = endOfEntry(key);
            // The lines of an entry mostly stand together.
            if (words == null || dot != entry.length() || !key.startsWith(entry)) {
                entry = dot < 0 ? "" : key.substring(0, dot);
                words = texts.get(entry);
                if (words == null) {
                    if (!isEntry(entry)) {
                        throw new IllegalStateException(
                                lines.problem(key, "a key as 486.title or outcome.busy.caller"));
                    }
                    words = new Words(source, lines.number());
                    texts.put(entry, words);
                }
            }
            words.add(key.substring(dot + 1), value, key, lines);
        }
        return texts;
    }

    // causes.1 and remedies.1 are the only fields with a dot in them.
    private static int endOfEntry(String key) {
        int dot = key.lastIndexOf('.');
        if (dot > 0 && dot + 1 < key.length() && Character.isDigit(key.charAt(dot + 1))) {
            dot = key.lastIndexOf('.', dot - 1);
        }
        return dot;
    }

    private static boolean isEntry(String entry) {
        int dot = entry.indexOf('.');
        if (dot >= 0) {
            return GROUPS.contains(entry.substring(0, dot)) && dot + 1 < entry.length();
        }
        for (SipCodeClass codeClass : SipCodeClass.values()) {
            if (codeClass.label().equals(entry)) {
                return true;
            }
        }
        int code = HeaderValues.number(entry);
        return code >= SipCode.MIN && code <= SipCode.MAX && SipCode.of(code).isKnown();
    }

    /** What one file says of one entry. */
    static final class Words {

        private final String source;
        private final int line;
        private String title;
        private String caller;
        private String meaning;
        private List<String> causes = List.of();
        private List<String> remedies = List.of();

        Words(String source, int line) {
            this.source = source;
            this.line = line;
        }

        Words(SipText text) {
            this("", 0);
            this.title = emptyToNull(text.title());
            this.caller = emptyToNull(text.caller());
            this.meaning = emptyToNull(text.meaning());
            this.causes = text.causes();
            this.remedies = text.remedies();
        }

        private static String emptyToNull(String text) {
            return text.isBlank() ? null : text;
        }

        /** Sets a field, as {@code title} or {@code causes.2}. */
        void add(String field, String value, String key, Lines lines) {
            if (field.startsWith("causes.")) {
                causes = append(causes, field, value, key, lines);
            } else if (field.startsWith("remedies.")) {
                remedies = append(remedies, field, value, key, lines);
            } else {
                String before;
                switch (field) {
                    case "title" -> {
                        before = title;
                        title = value;
                    }
                    case "caller" -> {
                        before = caller;
                        caller = value;
                    }
                    case "meaning" -> {
                        before = meaning;
                        meaning = value;
                    }
                    default ->
                        throw new IllegalStateException(
                                lines.problem(key, "title, caller, meaning, causes.1 or remedies.1 at its end"));
                }
                if (before != null) {
                    throw new IllegalStateException(lines.problem(key + " stands twice", "once"));
                }
            }
        }

        private static List<String> append(List<String> items, String field, String value, String key, Lines lines) {
            int number = HeaderValues.number(field.substring(field.indexOf('.') + 1));
            if (number != items.size() + 1) {
                String expected = field.substring(0, field.indexOf('.') + 1) + (items.size() + 1);
                throw new IllegalStateException(lines.problem(key + " stands out of order", expected));
            }
            List<String> more = items.isEmpty() ? new ArrayList<>(5) : items;
            more.add(value);
            return more;
        }

        /** These words, with what they lack taken from others. */
        Words orElse(Words other) {
            Words both = new Words(source, line);
            both.title = title != null ? title : other.title;
            both.caller = caller != null ? caller : other.caller;
            both.meaning = meaning != null ? meaning : other.meaning;
            both.causes = causes.isEmpty() ? other.causes : causes;
            both.remedies = remedies.isEmpty() ? other.remedies : remedies;
            return both;
        }

        /** The words, with what they lack taken from another language's. */
        SipText over(SipText fallback, Locale locale) {
            return new SipText(
                    title == null ? fallback.language() : locale,
                    title == null ? fallback.title() : title,
                    caller == null ? fallback.caller() : caller,
                    meaning == null ? fallback.meaning() : meaning,
                    causes.isEmpty() ? fallback.causes() : causes,
                    remedies.isEmpty() ? fallback.remedies() : remedies);
        }
    }

    /**
     * The words of one entry, put together when first asked for: most are never. Two threads may do it twice, which harms
     * nobody.
     */
    private static final class Entry {

        private static final SipText NOTHING = new SipText(Locale.ENGLISH, "", "", "", List.of(), List.of());

        private final Locale locale;
        private final Words words;
        private final Entry fallback;
        private SipText text;

        Entry(Locale locale, Words words, Entry fallback) {
            this.locale = locale;
            this.words = words;
            this.fallback = fallback;
        }

        SipText text() {
            SipText made = text;
            if (made == null) {
                made = words.over(fallback == null ? NOTHING : fallback.text(), locale);
                text = made;
            }
            return made;
        }
    }

    /** One language, and for what it lacks those it falls back to. */
    private static final class Language {

        private final Locale locale;
        private final Entry[] codes = new Entry[SipCode.MAX - SipCode.MIN + 1];
        private final Entry[] classes = new Entry[SipCodeClass.values().length];
        private final Map<String, Map<String, Entry>> groups = new HashMap<>();

        Language(Locale locale, Map<String, Words> texts, Language parent) {
            this.locale = locale;
            for (SipCode code : SipCode.known()) {
                int index = code.value() - SipCode.MIN;
                codes[index] =
                        make(texts.remove(code.text()), parent == null ? null : parent.codes[index], code.text());
            }
            for (SipCodeClass codeClass : SipCodeClass.values()) {
                int index = codeClass.ordinal();
                String label = codeClass.label();
                classes[index] = make(texts.remove(label), parent == null ? null : parent.classes[index], label);
            }
            for (String group : GROUPS) {
                groups.put(group, parent == null ? new HashMap<>() : new HashMap<>(parent.group(group)));
            }
            for (Map.Entry<String, Words> other : texts.entrySet()) {
                String entry = other.getKey();
                int dot = entry.indexOf('.');
                Map<String, Entry> group = group(entry.substring(0, dot));
                String id = entry.substring(dot + 1);
                Entry fallback = group.get(id);
                if (parent != null && fallback == null) {
                    Words words = other.getValue();
                    throw new IllegalStateException(words.source + ":" + words.line + ": " + entry
                            + " (expected: an entry of texts_en.properties)");
                }
                group.put(id, make(other.getValue(), fallback, entry));
            }
        }

        Map<String, Entry> group(String group) {
            return groups.get(group);
        }

        private Entry make(Words words, Entry fallback, String entry) {
            if (fallback == null && (words == null || words.title == null)) {
                throw new IllegalStateException(
                        "text: " + entry + ".title is missing (expected: in texts_en.properties)");
            }
            return words == null ? fallback : new Entry(locale, words, fallback);
        }
    }
}
