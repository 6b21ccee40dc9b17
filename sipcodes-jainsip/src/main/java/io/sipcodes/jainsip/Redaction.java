package io.sipcodes.jainsip;

/**
 * Takes out of SIP text what nobody should read in a log: secrets of authentication, keys of media, bodies, and the
 * middle of telephone numbers. Response codes, phrases, Call-IDs, tags, branches, addresses and all other SIP fields
 * stay.
 *
 * <p>Any text goes in, however broken, and the time is proportional to its length. Control characters are not its
 * business. Immutable and safe for use by any number of threads.
 */
public final class Redaction {

    private static final Redaction STANDARD = new Redaction(true, true, true, true);
    private static final Redaction NONE = new Redaction(false, false, false, false);

    final boolean credentials;
    final boolean keys;
    final boolean bodies;
    final boolean numbers;

    private Redaction(boolean credentials, boolean keys, boolean bodies, boolean numbers) {
        this.credentials = credentials;
        this.keys = keys;
        this.bodies = bodies;
        this.numbers = numbers;
    }

    /**
     * Takes out everything it knows.
     *
     * @return the redaction that is on by default
     */
    public static Redaction standard() {
        return STANDARD;
    }

    /**
     * Takes out nothing.
     *
     * @return a redaction that changes nothing
     */
    public static Redaction none() {
        return NONE;
    }

    /**
     * Whether to hide nonces and digest responses, other schemes' tokens, passwords in URIs, and signed
     * identities.
     *
     * @param hide false to let it through
     * @return a redaction that is otherwise like this one
     */
    public Redaction credentials(boolean hide) {
        return new Redaction(hide, keys, bodies, numbers);
    }

    /**
     * Whether to hide the keys of media in SDP: {@code a=crypto}, {@code a=ice-pwd}, {@code a=key-mgmt},
     * {@code k=}.
     *
     * @param hide false to let it through
     * @return a redaction that is otherwise like this one
     */
    public Redaction keys(boolean hide) {
        return new Redaction(credentials, hide, bodies, numbers);
    }

    /**
     * Whether to put the length of a body in its place.
     *
     * @param hide false to let it through
     * @return a redaction that is otherwise like this one
     */
    public Redaction bodies(boolean hide) {
        return new Redaction(credentials, keys, hide, numbers);
    }

    /**
     * Whether to hide the digits of telephone numbers, but for the country's prefix and the last two.
     *
     * @param hide false to let it through
     * @return a redaction that is otherwise like this one
     */
    public Redaction numbers(boolean hide) {
        return new Redaction(credentials, keys, bodies, hide);
    }

    /**
     * Takes it out of a whole SIP message, start line to body.
     *
     * @param message as it went over the wire, with line ends of either kind; null gives null
     * @return the message with what is hidden replaced
     */
    public String message(String message) {
        return redactor().message(message);
    }

    /**
     * Takes it out of a URI, or of an address as From and Contact hold it, with or without a display name.
     *
     * @param uri any text; null gives null
     * @return the text with what is hidden replaced
     */
    public String uri(String uri) {
        return redactor().uri(uri);
    }

    /**
     * Takes it out of text that a person or a machine wrote: a phrase, the text of a Reason or Warning, a line that
     * could not be read. Besides URIs it may hold bare numbers: those with a plus sign, and those of seven and more digits.
     *
     * @param text any text; null gives null
     * @return the text with what is hidden replaced
     */
    public String text(String text) {
        return redactor().text(text);
    }

    /** One line of a message that may be broken: a start line, a header, or what was to be one; null gives null. */
    String line(String line) {
        return redactor().line(line);
    }

    // In a class of its own, which is loaded with the first text: each start of an application would wait for it.
    private Redactor redactor() {
        return new Redactor(this);
    }
}
