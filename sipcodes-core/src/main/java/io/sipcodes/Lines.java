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
    private int keyEnd;
    private int valueStart;
    private boolean backslash;
    private boolean ascii;

    Lines(byte[] content, String source) {
        this.content = content;
        this.source = source;
        boolean mark = content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
        this.next = mark ? 3 : 0;
    }

    /** Lines from the one on that begins there; they are numbered from it. */
    Lines(byte[] content, String source, int from) {
        this.content = content;
        this.source = source;
        this.next = from;
    }

    /** Moves to the next line that says something; false behind the last. */
    boolean next() {
        byte[] bytes = content;
        int length = bytes.length;
        while (next < length) {
            int first = next;
            int i = first;
            int equals = -1;
            int slashes = 0;
            int all = 0;
            for (; i < length; i++) {
                int b = bytes[i];
                if (b == '\n') {
                    break;
                }
                all |= b;
                if (b == '=') {
                    equals = equals < 0 ? i : equals;
                } else if (b == '\\') {
                    slashes++;
                }
            }
            next = i + 1;
            number++;
            if (bytes[first] != '#') {
                start = skipBlanks(first, i);
                end = dropBlanks(start, i);
                if (start < end) {
                    keyEnd = equals < 0 ? start : dropBlanks(start, equals);
                    valueStart = equals < 0 ? end : skipBlanks(equals + 1, end);
                    backslash = slashes > 0;
                    ascii = all >= 0;
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
        return text(start, keyEnd);
    }

    /** What stands behind the first =, without the blanks around it; empty if there is none. */
    String value() {
        return text(valueStart, end);
    }

    /** Where in the content the key begins. */
    int keyStart() {
        return start;
    }

    /** Where in the content the key ends. */
    int keyEnd() {
        return keyEnd;
    }

    /** Where in the content the value begins; it ends with its line, see {@link #value(int)}. */
    int valueStart() {
        return valueStart;
    }

    /** The value that begins there, without the blanks behind it. */
    String value(int from) {
        int to = from;
        while (to < content.length && content[to] != '\n') {
            to++;
        }
        return text(from, dropBlanks(from, to));
    }

    /** Where the entry's part of the key ends: {@code 486} of {@code 486.causes.1}; at or before its start if there is none. */
    int endOfEntry() {
        int dot = lastDot(keyEnd);
        // causes.1 and remedies.1 are the only fields with a dot in them.
        boolean item = dot >= 0 && dot + 1 < keyEnd && content[dot + 1] >= '0' && content[dot + 1] <= '9';
        return Math.max(start, item ? lastDot(dot) : dot);
    }

    private int lastDot(int before) {
        for (int i = before - 1; i > start; i--) {
            if (content[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    boolean hasKey() {
        return start < keyEnd;
    }

    boolean hasValue() {
        return valueStart < end;
    }

    /** Whether there is a backslash in the line. */
    boolean hasBackslash() {
        return backslash;
    }

    /** Whether the value is no UTF-8, but Latin-1 perhaps. */
    boolean isGarbled() {
        return !ascii && isGarbled(value());
    }

    /** Whether text that was read from here is no UTF-8. */
    static boolean isGarbled(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    /** Whether a part of the content is this text, of ASCII characters. */
    boolean is(int from, int to, String text) {
        return to - from == text.length() && startsWith(from, to, text);
    }

    /** Whether a part of the content begins with this text, of ASCII characters. */
    boolean startsWith(int from, int to, String text) {
        int length = text.length();
        if (to - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (content[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The number of up to nine digits that a part of the content is, or -1. */
    int number(int from, int to) {
        if (from >= to || to - from > 9) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = content[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** A part of the content. */
    String text(int from, int to) {
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
        return where(number);
    }

    /** The source and another line's number. */
    String where(int line) {
        return source + ":" + line;
    }

    /** The message for what is wrong at this line. */
    String problem(String found, String expected) {
        return where() + ": " + found + " (expected: " + expected + ")";
    }
}
