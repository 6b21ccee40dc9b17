package io.sipcodes;

import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 text line by line and says where it is; blank lines and lines that start with # are left out. It goes over
 * the bytes once and makes a string only of what is asked for, because a language is read in a cold JVM. For one thread.
 */
final class Lines {

    private final byte[] content;
    private final String source;
    private int next;
    private int number;
    private int start;
    private int end;
    private int equals;
    private boolean backslash;

    Lines(byte[] content, String source) {
        this.content = content;
        this.source = source;
        boolean mark = content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
        this.next = mark ? 3 : 0;
    }

    /** Moves to the next line that says something; false behind the last. */
    boolean next() {
        byte[] bytes = content;
        int length = bytes.length;
        while (next < length) {
            int i = next;
            int first = i;
            int found = -1;
            backslash = false;
            for (; i < length && bytes[i] != '\n'; i++) {
                if (bytes[i] == '=' && found < 0) {
                    found = i;
                } else if (bytes[i] == '\\') {
                    backslash = true;
                }
            }
            next = i + 1;
            number++;
            if (bytes[first] != '#') {
                start = skipBlanks(first, i);
                end = dropBlanks(start, i);
                equals = found;
                if (start < end) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The line without the blanks around it. */
    String line() {
        return text(start, end);
    }

    /** What stands before the first =, without the blanks around it; empty if there is none. */
    String key() {
        return equals < 0 ? "" : text(start, dropBlanks(start, equals));
    }

    /** What stands behind the first =, without the blanks around it; empty if there is none. */
    String value() {
        return equals < 0 ? "" : text(skipBlanks(equals + 1, end), end);
    }

    /** Whether there is a backslash in the line. */
    boolean hasBackslash() {
        return backslash;
    }

    /** Whether text that was read from here is no UTF-8, but Latin-1 perhaps. */
    static boolean isGarbled(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private String text(int from, int to) {
        return new String(content, from, to - from, StandardCharsets.UTF_8);
    }

    private int skipBlanks(int from, int to) {
        int i = from;
        while (i < to && isBlank(content[i])) {
            i++;
        }
        return i;
    }

    private int dropBlanks(int from, int to) {
        int i = to;
        while (i > from && isBlank(content[i - 1])) {
            i--;
        }
        return i;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** The line number, from 1. */
    int number() {
        return number;
    }

    /** The source and the line number, as {@code texts_fr.properties:12}. */
    String where() {
        return source + ":" + number;
    }

    /** The message for what is wrong at this line. */
    String problem(String found, String expected) {
        return where() + ": " + found + " (expected: " + expected + ")";
    }
}
