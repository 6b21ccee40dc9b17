package io.sipcodes;

/**
 * Reads a header's comma-separated values as RFC 3261 section 7.3.1 writes them, forgiving and in one pass each: commas
 * and semicolons inside quotes do not separate. One reader is for one thread and one header.
 */
final class HeaderValues {

    /** What is longer than this is not read to its end: no honest header is. */
    private static final int MAX_HEADER = 4096;

    private final String header;
    private final int length;
    private int next;
    private int position;
    private int end;

    HeaderValues(String header) {
        this.header = header == null ? "" : header;
        this.length = Math.min(this.header.length(), MAX_HEADER);
    }

    /** Moves to the next value, which may be blank; false behind the last. */
    boolean nextValue() {
        if (next >= length) {
            return false;
        }
        position = next;
        end = find(position, ',');
        next = end + 1;
        return true;
    }

    /** The token at the reading position, which moves behind it; empty at the end of the value. */
    String token() {
        skipBlanks();
        int start = position;
        while (position < end && !isDelimiter(header.charAt(position))) {
            position++;
        }
        return header.substring(start, position);
    }

    /** The quoted string at the reading position, unescaped, or all that is left if there is no quote. */
    String quoted() {
        skipBlanks();
        return unquote(position, end);
    }

    /** The parameter with this name, compared without regard to case; empty if the value has none. */
    String parameter(String name) {
        int from = find(position, ';');
        while (from < end) {
            int start = from + 1;
            from = find(start, ';');
            int equals = start;
            while (equals < from && header.charAt(equals) != '=') {
                equals++;
            }
            if (equals == from) {
                continue;
            }
            if (header.substring(start, equals).strip().equalsIgnoreCase(name)) {
                int valueStart = equals + 1;
                while (valueStart < from && isBlank(header.charAt(valueStart))) {
                    valueStart++;
                }
                return unquote(valueStart, from);
            }
        }
        return "";
    }

    /** The number of up to nine digits, or -1. */
    static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private int find(int from, char wanted) {
        int limit = wanted == ',' ? length : end;
        boolean quoted = false;
        for (int i = from; i < limit; i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == wanted && !quoted) {
                return i;
            }
        }
        return limit;
    }

    private String unquote(int from, int to) {
        if (from >= to || header.charAt(from) != '"') {
            return header.substring(from, Math.max(from, to)).strip();
        }
        StringBuilder out = new StringBuilder();
        for (int i = from + 1; i < to; i++) {
            char c = header.charAt(i);
            if (c == '"') {
                break;
            }
            if (c == '\\' && i + 1 < to) {
                i++;
                c = header.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }

    private void skipBlanks() {
        while (position < end && isBlank(header.charAt(position))) {
            position++;
        }
    }

    private static boolean isDelimiter(char c) {
        return isBlank(c) || c == ';' || c == ',' || c == '"';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
