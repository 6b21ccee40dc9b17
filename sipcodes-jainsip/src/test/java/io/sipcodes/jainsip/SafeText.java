package io.sipcodes.jainsip;

import java.util.Locale;
import java.util.stream.IntStream;

/** What no output may hold, whatever came over the wire. */
final class SafeText {

    /** Planted in hostile messages; none may come out whole. */
    static final String NUMBER = "4930123456789";

    static final String NONCE = "dcd98b7102dd2af0e8b11d0f600bfb0c093";
    static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7";
    static final String DIGEST = "6629fae49393a05397450978507c4ef1";

    private SafeText() {}

    /** Fails where text holds a character that moves a cursor, hides text or breaks a line. */
    static void assertClean(String text) {
        text.codePoints().filter(SafeText::isHostile).findFirst().ifPresent(c -> {
            throw new AssertionError(String.format(Locale.ROOT, "U+%04X in the output: %s", c, visible(text)));
        });
    }

    /** The same for text that may have lines. */
    static void assertCleanLines(String text) {
        for (String line : text.split("\n", -1)) {
            assertClean(line);
        }
    }

    /** Fails where text holds the planted secrets. */
    static void assertRedacted(String text) {
        for (String secret : new String[] {NUMBER, NONCE, DIGEST, KEY}) {
            if (text.contains(secret)) {
                throw new AssertionError(secret + " in the output: " + visible(text));
            }
        }
    }

    private static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static String visible(String text) {
        StringBuilder out = new StringBuilder();
        IntStream chars = text.chars().limit(1_000);
        chars.forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return out.toString();
    }
}
