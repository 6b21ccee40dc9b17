package io.sipcodes;

/**
 * A pattern for a whole reason phrase, in which {@code *} stands for anything; letters are compared without regard to
 * case. It takes at most the product of both lengths in steps and makes no object.
 */
final class PhrasePattern {

    static final int MAX_LENGTH = 128;

    private final String pattern;

    PhrasePattern(String pattern) {
        this.pattern = pattern;
    }

    static void check(String pattern) {
        String stripped = pattern.strip();
        if (stripped.length() > MAX_LENGTH || stripped.replace("*", "").isBlank()) {
            throw new IllegalArgumentException("phrase: " + WireText.clean(pattern, 64) + " (expected: 1 to "
                    + MAX_LENGTH + " characters, not only *)");
        }
    }

    /** Whether the phrase as a whole fits. */
    boolean matches(String phrase) {
        int length = Math.min(phrase.length(), WireText.LONG);
        int p = 0;
        int star = -1;
        int retry = 0;
        int i = 0;
        while (i < length) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = i;
            } else if (p < pattern.length() && same(pattern.charAt(p), phrase.charAt(i))) {
                p++;
                i++;
            } else if (star >= 0) {
                // The last star takes one character more; those before it need not be tried again.
                p = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
