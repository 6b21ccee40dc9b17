package io.sipcodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());

    /** Locales come from Accept-Language headers too: the map must not grow with them. */
    private static final int MAX_LOCALES = 1024;

    private final ClassLoader classLoader;
    private final Map<String, Language> languages = new ConcurrentHashMap<>();
    private final Map<Locale, Language> byLocale = new ConcurrentHashMap<>();

    Texts(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    SipText text(SipCode code, Locale locale) {
        Language language = language(locale);
        return code.isKnown()
                ? language.codes[code.value() - SipCode.MIN]
                : language.classes[code.codeClass().ordinal()];
    }

    SipText text(String key, Locale locale) {
        SipText text = language(locale).others.get(key);
        if (text == null) {
            throw new IllegalStateException("text: " + key + " (expected: a key of texts_en.properties)");
        }
        return text;
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
        Language english = load("en", null);
        String tag = locale.getLanguage();
        if (tag.equals("en") || !LANGUAGES.contains(tag)) {
            return english;
        }
        Language language = load(tag, english);
        if (language != english && REGIONS.contains(locale.getCountry())) {
            language = load(tag + "-" + locale.getCountry(), language);
        }
        return language;
    }

    private Language load(String tag, Language parent) {
        Language known = languages.get(tag);
        if (known != null) {
            return known;
        }
        Map<String, String> texts = new HashMap<>();
        for (URL url : find(FOLDER + "texts_" + tag + ".properties")) {
            // The first on the class path wins, as a class of the same name would.
            read(url).forEach(texts::putIfAbsent);
        }
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

    private List<URL> find(String resource) {
        try {
            return Collections.list(classLoader.getResources(resource));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + resource, e);
        }
    }

    private static Map<String, String> read(URL url) {
        try {
            URLConnection connection = url.openConnection();
            // A cached jar would stay open behind the back of a container that replaces it.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), url.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + url, e);
        }
    }

    /**
     * Reads lines of {@code key=value}; blank lines and lines that start with # are left out. Unlike {@code Properties}
     * it refuses what a translator's slip looks like, and says where.
     */
    static Map<String, String> parse(String content, String source) {
        Map<String, String> texts = new LinkedHashMap<>();
        int line = 0;
        for (int start = content.startsWith("\uFEFF") ? 1 : 0; start < content.length(); ) {
            int end = content.indexOf('\n', start);
            end = end < 0 ? content.length() : end;
            int stop = end > start && content.charAt(end - 1) == '\r' ? end - 1 : end;
            line++;
            if (stop > start && content.charAt(start) != '#') {
                parseLine(content.substring(start, stop), source + ":" + line, texts);
            }
            start = end + 1;
        }
        return texts;
    }

    private static void parseLine(String line, String where, Map<String, String> texts) {
        if (line.isBlank()) {
            return;
        }
        int equals = line.indexOf('=');
        if (equals <= 0) {
            throw new IllegalStateException(where + ": " + WireText.clean(line, 64) + " (expected: key=text)");
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (value.isEmpty()) {
            throw new IllegalStateException(where + ": " + key + " has no text (expected: key=text)");
        }
        if (value.indexOf('\\') >= 0) {
            throw new IllegalStateException(
                    where + ": " + key + " has a backslash (expected: UTF-8 text on one line, no escapes)");
        }
        if (texts.put(key, value) != null) {
            throw new IllegalStateException(where + ": " + key + " stands twice (expected: once)");
        }
    }

    /** One language with everything filled in from those it falls back to. */
    private static final class Language {

        private final SipText[] codes = new SipText[SipCode.MAX - SipCode.MIN + 1];
        private final SipText[] classes = new SipText[SipCodeClass.values().length];
        private final Map<String, SipText> others = new HashMap<>();

        Language(Locale locale, Map<String, String> texts, Language parent) {
            for (SipCode code : SipCode.known()) {
                int index = code.value() - SipCode.MIN;
                codes[index] = make(locale, texts, code.text(), parent == null ? null : parent.codes[index]);
            }
            for (SipCodeClass codeClass : SipCodeClass.values()) {
                int index = codeClass.ordinal();
                classes[index] = make(locale, texts, codeClass.label(), parent == null ? null : parent.classes[index]);
            }
            if (parent != null) {
                parent.others.forEach((key, text) -> others.put(key, make(locale, texts, key, text)));
            } else {
                for (String key : texts.keySet()) {
                    if (key.endsWith(".title") && !isCodeOrClass(key)) {
                        String entry = key.substring(0, key.length() - ".title".length());
                        others.put(entry, make(locale, texts, entry, null));
                    }
                }
            }
        }

        private static boolean isCodeOrClass(String key) {
            return key.charAt(0) >= '1' && key.charAt(0) <= '6';
        }

        private static SipText make(Locale locale, Map<String, String> texts, String key, SipText fallback) {
            String title = texts.get(key + ".title");
            if (fallback == null && title == null) {
                throw new IllegalStateException(
                        "text: " + key + ".title is missing (expected: in texts_en.properties)");
            }
            String caller = texts.get(key + ".caller");
            String meaning = texts.get(key + ".meaning");
            List<String> causes = list(texts, key + ".causes.");
            List<String> remedies = list(texts, key + ".remedies.");
            if (fallback != null
                    && title == null
                    && caller == null
                    && meaning == null
                    && causes.isEmpty()
                    && remedies.isEmpty()) {
                return fallback;
            }
            return new SipText(
                    title == null ? fallback.language() : locale,
                    title == null ? fallback.title() : title,
                    caller != null ? caller : fallback == null ? "" : fallback.caller(),
                    meaning != null ? meaning : fallback == null ? "" : fallback.meaning(),
                    !causes.isEmpty() || fallback == null ? causes : fallback.causes(),
                    !remedies.isEmpty() || fallback == null ? remedies : fallback.remedies());
        }

        private static List<String> list(Map<String, String> texts, String prefix) {
            String first = texts.get(prefix + 1);
            if (first == null) {
                return List.of();
            }
            List<String> items = new ArrayList<>(4);
            for (String item = first; item != null; item = texts.get(prefix + (items.size() + 1))) {
                items.add(item);
            }
            return items;
        }
    }
}
