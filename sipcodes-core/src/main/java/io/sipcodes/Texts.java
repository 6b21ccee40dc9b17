package io.sipcodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
        return (code.isKnown() ? language.entry(code) : language.entry(code.codeClass())).text();
    }

    SipText text(SipCodeClass codeClass, Locale locale) {
        return language(locale).entry(codeClass).text();
    }

    /** The words for something else, or null if there are none. */
    SipText text(String group, String id, Locale locale) {
        Entry entry = language(locale).entry(group, id);
        return entry == null ? null : entry.text();
    }

    /** How many locales the way to their language is remembered of. */
    int remembered() {
        return byLocale.size();
    }

    /** What a group has words for. */
    Set<String> ids(String group, Locale locale) {
        return language(locale).ids(group, new HashSet<>());
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
        List<WordsFile> files = WordsFile.readAll(classLoader, file(tag));
        Language language;
        if (areEmpty(files)) {
            if (parent == null) {
                throw new IllegalStateException(FOLDER + "texts_en.properties is not on the class path");
            }
            language = parent;
        } else {
            language = new Language(Locale.forLanguageTag(tag), files, parent);
        }
        Language other = languages.putIfAbsent(tag, language);
        return other == null ? language : other;
    }

    private static boolean areEmpty(List<WordsFile> files) {
        for (WordsFile file : files) {
            if (!file.isEmpty()) {
                return false;
            }
        }
        return true;
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

        boolean hasTitle() {
            return words.hasTitle() || fallback != null && fallback.hasTitle();
        }

        SipText text() {
            SipText made = text;
            if (made == null) {
                made = Words.over(words.text(locale), fallback == null ? NOTHING : fallback.text());
                text = made;
            }
            return made;
        }
    }

    /**
     * One language, and for what it lacks those it falls back to. What a code or something else has in it is looked for
     * when first asked for; two threads may do it twice.
     */
    private static final class Language {

        private final Locale locale;
        private final List<WordsFile> files;
        private final Language parent;
        private final Entry[] codes = new Entry[SipCode.MAX - SipCode.MIN + 1];
        private final Entry[] classes = new Entry[SipCodeClass.values().length];
        private final Map<String, Map<String, Entry>> groups = new HashMap<>();

        /** The first of the files goes before the others, as a class of the same name would. */
        Language(Locale locale, List<WordsFile> files, Language parent) {
            this.locale = locale;
            this.files = files;
            this.parent = parent;
            for (String group : GROUPS) {
                groups.put(group, new ConcurrentHashMap<>());
            }
            boolean complete = parent != null;
            for (WordsFile file : files) {
                complete |= file.needsNoCheck();
            }
            if (!complete) {
                checkComplete();
            }
            for (WordsFile file : files) {
                if (!file.needsNoCheck()) {
                    check(file);
                }
            }
        }

        // English has to have a title for all that there is.
        private void checkComplete() {
            for (SipCode code : SipCode.known()) {
                checkTitle(code.text());
            }
            for (SipCodeClass codeClass : SipCodeClass.values()) {
                checkTitle(codeClass.label());
            }
        }

        private void check(WordsFile file) {
            for (Map.Entry<String, Words> said : file.all().entrySet()) {
                String entry = said.getKey();
                if (parent == null) {
                    checkTitle(entry);
                } else if (!parent.has(entry)) {
                    throw new IllegalStateException(
                            said.getValue().where() + ": " + entry + " (expected: an entry of texts_en.properties)");
                }
            }
        }

        private void checkTitle(String entry) {
            Entry found = make(entry, null);
            if (found == null || !found.hasTitle()) {
                throw new IllegalStateException(
                        "text: " + entry + ".title is missing (expected: in texts_en.properties)");
            }
        }

        private boolean has(String entry) {
            return make(entry, null) != null || parent != null && parent.has(entry);
        }

        Entry entry(SipCode code) {
            int index = code.value() - SipCode.MIN;
            Entry entry = codes[index];
            if (entry == null) {
                entry = make(code.text(), parent == null ? null : parent.entry(code));
                codes[index] = entry;
            }
            return entry;
        }

        Entry entry(SipCodeClass codeClass) {
            int index = codeClass.ordinal();
            Entry entry = classes[index];
            if (entry == null) {
                entry = make(codeClass.label(), parent == null ? null : parent.entry(codeClass));
                classes[index] = entry;
            }
            return entry;
        }

        /** Null if there are no words. That is not remembered: the id may come from the wire. */
        Entry entry(String group, String id) {
            Map<String, Entry> known = groups.get(group);
            Entry entry = known.get(id);
            if (entry == null) {
                entry = make(group + "." + id, parent == null ? null : parent.entry(group, id));
                if (entry != null) {
                    known.put(id, entry);
                }
            }
            return entry;
        }

        private Entry make(String entry, Entry fallback) {
            Entry found = fallback;
            for (int i = files.size() - 1; i >= 0; i--) {
                Words words = files.get(i).find(entry);
                if (words != null) {
                    found = new Entry(locale, words, found);
                }
            }
            return found;
        }

        Set<String> ids(String group, Set<String> ids) {
            for (WordsFile file : files) {
                for (String entry : file.all().keySet()) {
                    if (entry.startsWith(group + ".")) {
                        ids.add(entry.substring(group.length() + 1));
                    }
                }
            }
            return parent == null ? ids : parent.ids(group, ids);
        }
    }
}
