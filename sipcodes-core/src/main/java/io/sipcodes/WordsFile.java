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
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One file of words. It is checked from its first line to its last when it is read, unless its own last line shows that it
 * is, to the byte, as a test of this project has checked it: in such a file the entries stand in the order of their keys,
 * and one is found in a few steps when it is asked for. To check the two that come with the kit takes a cold JVM longer
 * than all the rest of a catalog.
 */
final class WordsFile {

    /** How the last line of a checked file begins; what follows is the checksum of all that stands before it. */
    static final String STAMP = "# checked: ";

    private static final int STAMP_LENGTH = STAMP.length() + 8 + 1;

    private final byte[] content;
    private final String source;
    /** By entry, as {@code 486} or {@code outcome.busy}; null if the file need not be checked. */
    private final Map<String, Words> checked;

    private WordsFile(byte[] content, String source, Map<String, Words> checked) {
        this.content = content;
        this.source = source;
        this.checked = checked;
    }

    /** Reads all resources of a name, in the order of the class path. */
    static List<WordsFile> readAll(ClassLoader classLoader, String resource) {
        try {
            List<WordsFile> files = new ArrayList<>(2);
            // Loops in what follows, and not lambdas: those cost a cold JVM more than the reading.
            for (URL url : Collections.list(classLoader.getResources(resource))) {
                files.add(of(content(url), url.toString()));
            }
            return files;
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

    /**
     * Reads a file.
     *
     * @throws IllegalStateException for what a translator's slip looks like, with the line
     */
    static WordsFile of(byte[] content, String source) {
        return new WordsFile(content, source, isStamped(content) ? null : parse(content, source));
    }

    /** Whether the last line has the checksum of all that stands before it. */
    static boolean isStamped(byte[] content) {
        int end = content.length - STAMP_LENGTH;
        return end > 0
                && stamp(content, end).equals(new String(content, end, STAMP_LENGTH, StandardCharsets.ISO_8859_1));
    }

    /** The last line for a file of which the first so many bytes are checked. */
    static String stamp(byte[] content, int length) {
        CRC32 crc = new CRC32();
        crc.update(content, 0, length);
        String digits = Long.toHexString(crc.getValue());
        return STAMP + "0".repeat(8 - digits.length()) + digits + "\n";
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

    boolean needsNoCheck() {
        return checked == null;
    }

    boolean isEmpty() {
        return checked != null && checked.isEmpty();
    }

    /** What it has words for, and the words. */
    Map<String, Words> all() {
        return checked == null ? parse(content, source) : checked;
    }

    /** The words of an entry, as {@code 486} or {@code outcome.busy}; null if it has none. */
    Words find(String entry) {
        if (checked != null) {
            return checked.get(entry);
        }
        byte[] key = (entry + ".").getBytes(StandardCharsets.ISO_8859_1);
        Lines lines = new Lines(content, source, firstNotBefore(key));
        Words words = null;
        // What is asked for may come from the wire and look like more of a key, or like a line.
        while (lines.next() && lines.is(lines.keyStart(), lines.endOfEntry(), entry)) {
            if (words == null) {
                words = new Words(lines);
            }
            words.add(lines.endOfEntry() + 1);
        }
        return words;
    }

    // Halves the part of the file in which the line can stand, whose ends are always beginnings of lines.
    private int firstNotBefore(byte[] key) {
        int low = 0;
        int high = content.length;
        while (low < high) {
            int line = (low + high) >>> 1;
            while (line > low && content[line - 1] != '\n') {
                line--;
            }
            int said = line;
            while (said < high && (content[said] == '#' || content[said] == '\n')) {
                said = nextLine(said);
            }
            if (said < high && isBefore(said, key)) {
                low = nextLine(said);
            } else {
                high = line;
            }
        }
        return low;
    }

    private int nextLine(int from) {
        int i = from;
        while (content[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private boolean isBefore(int line, byte[] key) {
        for (int i = 0; i < key.length && line + i < content.length; i++) {
            if (content[line + i] != key[i]) {
                return content[line + i] < key[i];
            }
        }
        return false;
    }
}
