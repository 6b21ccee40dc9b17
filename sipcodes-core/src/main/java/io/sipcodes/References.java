package io.sipcodes;

/** Where to read what a reference as {@code RFC 3261 21.4.6} names. */
final class References {

    private static final String PREFIX = "RFC ";

    private References() {}

    /** The address of the section at the RFC Editor; empty if the reference is to no RFC. */
    static String link(String reference) {
        if (!reference.startsWith(PREFIX)) {
            return "";
        }
        int end = endOfWord(reference, PREFIX.length());
        String address = "https://www.rfc-editor.org/rfc/rfc" + reference.substring(PREFIX.length(), end);
        int start = end + 1;
        return start < reference.length() && Character.isDigit(reference.charAt(start))
                ? address + "#section-" + reference.substring(start, endOfWord(reference, start))
                : address;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }
}
