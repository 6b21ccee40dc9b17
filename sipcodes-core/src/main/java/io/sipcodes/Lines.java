package io.sipcodes;

/** Reads a text line by line and says where it is; blank lines and lines that start with # are left out. For one thread. */
final class Lines {

    private final String content;
    private final String source;
    private int next;
    private int number;
    private String line = "";

    Lines(String content, String source) {
        this.content = content;
        this.source = source;
        this.next = content.startsWith("\uFEFF") ? 1 : 0;
    }

    /** Moves to the next line that says something; false behind the last. */
    boolean next() {
        while (next < content.length()) {
            int start = next;
            int end = content.indexOf('\n', start);
            end = end < 0 ? content.length() : end;
            next = end + 1;
            number++;
            if (content.charAt(start) != '#') {
                line = content.substring(start, end).strip();
                if (!line.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The line without the blanks around it. */
    String line() {
        return line;
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
