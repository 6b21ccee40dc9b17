package io.sipcodes;

import java.util.ArrayList;
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
    /** Looked for when first asked for. */
    private List<Locale> available;

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

    /**
     * The languages that there is a file for, English first. None is read for it. A class loader can only be asked for one
     * name after the other: folders of a jar are often not listed in it, and not all class loaders can list them.
     */
    List<Locale> available() {
        List<Locale> found = available;
        if (found == null) {
            found = new ArrayList<>();
            found.add(Locale.ENGLISH);
            for (String tag : Locale.getISOLanguages()) {
                Locale locale = Locale.forLanguageTag(tag);
                // Old codes, as iw, are in the list beside the new ones and give the same locale.
                if (!found.contains(locale) && classLoader.getResource(file(locale.getLanguage())) != null) {
                    found.add(locale);
                }
            }
            found = List.copyOf(found);
            available = found;
        }
        return found;
    }

    /** The tags in which a reader of this locale is to be answered, the best first: {@code de-AT}, {@code de}, {@code en}. */
    static List<String> chain(Locale locale) {
        String language = locale.getLanguage();
        String region = locale.getCountry();
        boolean english = language.equals("en");
        if (english && region.isEmpty() || !english && !Languages.ISO.contains(language)) {
            return List.of("en");
        }
        List<String> chain = new ArrayList<>(3);
        if (!region.isEmpty() && Regions.ISO.contains(region)) {
            chain.add(language + "-" + region);
        }
        chain.add(language);
        if (!english) {
            chain.add("en");
        }
        return chain;
    }

    // Read when somebody asks for another language than English, or for a region.
    private static final class Languages {
        static final Set<String> ISO = Set.of(Locale.getISOLanguages());
    }

    private static final class Regions {
        static final Set<String> ISO = Set.of(Locale.getISOCountries());
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

    private static String file(String tag) {
        return FOLDER + "texts_" + tag + ".properties";
    }

    private Language load(String tag, Language parent) {
        Language known = languages.get(tag);
        if (known != null) {
            return known;
        }
        Map<String, Words> texts = Words.readAll(classLoader, file(tag));
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

    /** Whether there is something of this name to have words for, as {@code 486}, {@code 4xx} or {@code outcome.busy}. */
    static boolean isEntry(String entry) {
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
                    throw new IllegalStateException(
                            other.getValue().where() + ": " + entry + " (expected: an entry of texts_en.properties)");
                }
                group.put(id, make(other.getValue(), fallback, entry));
            }
        }

        Map<String, Entry> group(String group) {
            return groups.get(group);
        }

        private Entry make(Words words, Entry fallback, String entry) {
            if (fallback == null && (words == null || !words.hasTitle())) {
                throw new IllegalStateException(
                        "text: " + entry + ".title is missing (expected: in texts_en.properties)");
            }
            return words == null ? fallback : new Entry(locale, words, fallback);
        }
    }
}
