package io.sipcodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where in a file the words of one entry stand. The whole file is checked when it is read, but its texts are made strings
 * only when they are asked for: a language has two thousand of them, and an application that starts wants a few.
 */
final class Words {

    private static final int[] NONE = {};

    private final Lines file;
    private final int line;

    // Where each text begins; 0 is for none, since a key stands before it.
    private int title;
    private int caller;
    private int meaning;
    private int[] causes = NONE;
    private int[] remedies = NONE;

    /** What another file says of the same entry, for what is lacking here; null if there is none. */
    private Words behind;

    /** Words that are to be added; what is wrong with them as a whole is wrong at this line. */
    Words(Lines file) {
        this.file = file;
        this.line = file.number();
    }

    /**
     * Reads all resources of a name, of which the first on the class path wins, as a class of the same name would.
     *
     * @return the words by entry, as {@code 486} or {@code outcome.busy}; empty if there is no such resource
     */
    static Map<String, Words> readAll(ClassLoader classLoader, String resource) {
        try {
            Map<String, Words> words = null;
            // Loops in what follows, and not lambdas: those cost a cold JVM more than the reading.
            for (URL url : Collections.list(classLoader.getResources(resource))) {
                Map<String, Words> more = parse(content(url), url.toString());
                if (words == null) {
                    words = more;
                } else {
                    append(words, more);
                }
            }
            return words == null ? new HashMap<>() : words;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static byte[] content(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        // A cached jar would stay open behind the back of a container that replaces it.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static void append(Map<String, Words> words, Map<String, Words> more) {
        for (Map.Entry<String, Words> entry : more.entrySet()) {
            Words last = words.putIfAbsent(entry.getKey(), entry.getValue());
            if (last != null) {
                while (last.behind != null) {
                    last = last.behind;
                }
                last.behind = entry.getValue();
            }
        }
    }

    /**
     * Reads lines of {@code key=text}; blank lines and lines that start with # are left out. Unlike {@code Properties}
     * it refuses what a translator's slip looks like, and says where.
     *
     * @return the words by entry, as {@code 486} or {@code outcome.busy}
     */
    static Map<String, Words> parse(byte[] content, String source) {
        Map<String, Words> texts = new HashMap<>(512);
        Lines lines = new Lines(content, source);
        String entry = "";
        Words words = null;
        while (lines.next()) {
            if (!lines.hasKey()) {
                throw new IllegalStateException(lines.problem(WireText.clean(lines.line(), 64), "key=text"));
            }
            if (!lines.hasValue()) {
                throw new IllegalStateException(lines.problem(lines.key() + " has no text", "key=text"));
            }
            if (lines.isGarbled()) {
                throw new IllegalStateException(lines.problem(lines.key() + " is in another encoding", "UTF-8"));
            }
            if (lines.hasBackslash()) {
                throw new IllegalStateException(
                        lines.problem(lines.key() + " has a backslash", "UTF-8 text on one line, no escapes"));
            }
            int start = lines.keyStart();
            int dot = lines.endOfEntry();
            // The lines of an entry mostly stand together.
            if (words == null || !lines.is(start, dot, entry)) {
                entry = lines.text(start, dot);
                words = texts.get(entry);
                if (words == null) {
                    if (!Texts.isEntry(entry)) {
                        throw new IllegalStateException(
                                lines.problem(lines.key(), "a key as 486.title or outcome.busy.caller"));
                    }
                    words = new Words(lines);
                    texts.put(entry, words);
                }
            }
            words.add(dot + 1);
        }
        return texts;
    }

    /** Adds the text of the line at which the file is; its key has the field, as {@code title} or {@code causes.2}, from here on. */
    void add(int field) {
        int to = file.keyEnd();
        int at = file.valueStart();
        int before = 0;
        if (file.startsWith(field, to, "causes.")) {
            causes = append(causes, field, "causes.");
        } else if (file.startsWith(field, to, "remedies.")) {
            remedies = append(remedies, field, "remedies.");
        } else if (file.is(field, to, "title")) {
            before = title;
            title = at;
        } else if (file.is(field, to, "caller")) {
            before = caller;
            caller = at;
        } else if (file.is(field, to, "meaning")) {
            before = meaning;
            meaning = at;
        } else {
            throw new IllegalStateException(
                    file.problem(file.key(), "title, caller, meaning, causes.1 or remedies.1 at its end"));
        }
        if (before != 0) {
            throw new IllegalStateException(file.problem(file.key() + " stands twice", "once"));
        }
    }

    private int[] append(int[] items, int field, String name) {
        int next = items.length + 1;
        if (file.number(field + name.length(), file.keyEnd()) != next) {
            throw new IllegalStateException(file.problem(file.key() + " stands out of order", name + next));
        }
        int[] more = Arrays.copyOf(items, next);
        more[items.length] = file.valueStart();
        return more;
    }

    boolean hasTitle() {
        return title != 0 || behind != null && behind.hasTitle();
    }

    /** The file and the line where the first of the words stands. */
    String where() {
        return file.where(line);
    }

    /** The words; empty what is not said. */
    SipText text(Locale locale) {
        return new SipText(locale, string(title), string(caller), string(meaning), strings(causes), strings(remedies));
    }

    /** The words, and for what they lack those of another language. */
    SipText over(SipText fallback, Locale locale) {
        return over(text(locale), behind == null ? fallback : behind.over(fallback, locale));
    }

    /** A text, and for what it lacks another one. */
    static SipText over(SipText text, SipText fallback) {
        boolean untitled = text.title().isBlank();
        return new SipText(
                untitled ? fallback.language() : text.language(),
                untitled ? fallback.title() : text.title(),
                text.caller().isBlank() ? fallback.caller() : text.caller(),
                text.meaning().isBlank() ? fallback.meaning() : text.meaning(),
                text.causes().isEmpty() ? fallback.causes() : text.causes(),
                text.remedies().isEmpty() ? fallback.remedies() : text.remedies());
    }

    private String string(int at) {
        return at == 0 ? "" : file.value(at);
    }

    private List<String> strings(int[] items) {
        List<String> strings = new ArrayList<>(items.length);
        for (int at : items) {
            strings.add(file.value(at));
        }
        return strings;
    }
}
