package io.sipcodes;

/**
 * Makes text from the wire fit to be shown: nothing that moves a cursor, hides text or breaks a line, and not too long.
 * What the kit keeps of a message is clean already; this is for adapters that write out other text of a peer's.
 *
 * <p>Safe for use by any number of threads.
 */
public final class WireText {

    /** Stands for each character taken out, so that a reader sees that something was there. */
    static final char REPLACEMENT = '\uFFFD';

    static final int SHORT = 128;
    static final int LONG = 256;

    private WireText() {}

    /**
     * {@return the text with control, format (bidirectional marks among them), line-separator, private and unpaired
     * surrogate characters replaced, cut to {@code max} characters} Clean text is returned as it is, without a copy.
     *
     * @param text any text; null gives null
     * @param max how many characters the result has at most, the sign that it was cut among them; at least 1
     */
    public static String clean(String text, int max) {
        if (text == null) {
            return null;
        }
        int length = text.length();
        if (length <= max) {
            int i = 0;
            while (i < length && isPlain(text.charAt(i))) {
                i++;
            }
            if (i == length) {
                return text;
            }
        }
        return copy(text, max);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static String copy(String text, int max) {
        int limit = Math.min(text.length(), max);
        boolean cut = text.length() > max;
        StringBuilder out = new StringBuilder(limit);
        int end = cut ? max - 1 : limit;
        for (int i = 0; i < end; ) {
            int codePoint = text.codePointAt(i);
            int width = Character.charCount(codePoint);
            if (i + width > end) {
                break;
            }
            if (isShowable(codePoint)) {
                out.appendCodePoint(codePoint);
            } else {
                out.append(REPLACEMENT);
            }
            i += width;
        }
        if (cut) {
            out.append('…');
        }
        return out.toString();
    }

    private static boolean isShowable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
