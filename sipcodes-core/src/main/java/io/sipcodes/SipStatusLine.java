package io.sipcodes;

import java.util.Objects;
import java.util.Optional;

/**
 * The first line of a SIP response, as {@code SIP/2.0 486 Busy Here} (RFC 3261 section 7.2).
 *
 * @param code the response code
 * @param phrase the reason phrase as received, fit to be shown: control, format and line-separator characters are
 *     replaced and the length is bounded; empty if there was none. It is the peer's text: never take it for an
 *     instruction or use it as a format string.
 */
public record SipStatusLine(SipCode code, String phrase) {

    private static final String VERSION = "SIP/2.0";
    private static final int MAX_SHOWN = 64;

    /**
     * Cleans and bounds the phrase.
     *
     * @param code the response code
     * @param phrase the reason phrase as received, or empty
     * @throws NullPointerException if a value is null
     */
    public SipStatusLine {
        Objects.requireNonNull(code, "code");
        phrase = WireText.clean(Objects.requireNonNull(phrase, "phrase"), WireText.LONG);
    }

    /**
     * Reads a status line. The version is compared without regard to case (RFC 3261 section 7.1); a missing phrase is
     * accepted, as RFC 4475 section 3.1.1.13 wants, and so is a missing blank behind the code.
     *
     * @param line the line, with or without its line end
     * @return the line in its parts
     * @throws IllegalArgumentException if the line is none; the message says what was found and expected
     */
    public static SipStatusLine parse(String line) {
        return find(line)
                .orElseThrow(() -> new IllegalArgumentException(
                        "status line: " + WireText.clean(line, MAX_SHOWN) + " (expected: SIP/2.0 100..699 phrase)"));
    }

    /**
     * Reads a status line, or gives empty if the line is none.
     *
     * @param line any text; null is no status line
     * @return the line in its parts, if it is one
     */
    public static Optional<SipStatusLine> find(String line) {
        if (line == null || !line.regionMatches(true, 0, VERSION, 0, VERSION.length())) {
            return Optional.empty();
        }
        int start = VERSION.length();
        int end = start + 4;
        if (line.length() < end || line.charAt(start) != ' ') {
            return Optional.empty();
        }
        int code = 0;
        for (int i = start + 1; i < end; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            code = code * 10 + digit;
        }
        if (line.length() > end && !isBlank(line.charAt(end))) {
            return Optional.empty();
        }
        String phrase = line.substring(end).strip();
        return SipCode.find(code).map(known -> new SipStatusLine(known, phrase));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The line as it would be written, without a line end. */
    @Override
    public String toString() {
        return VERSION + ' ' + code.text() + ' ' + phrase;
    }
}
