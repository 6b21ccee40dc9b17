package io.sipcodes;

/**
 * The names under which every output of the kit tells a thing about a SIP message: key-values of a log line, MDC, JSON.
 * Where Packetbeat's SIP fields have a name for it, it is theirs.
 */
public enum SipField {
    /** The response code, a number. */
    CODE("sip.code"),
    /** The reason phrase as received, cleaned. */
    STATUS("sip.status"),
    /** The method of the request. */
    METHOD("sip.method"),
    /** The Call-ID. */
    CALL_ID("sip.call_id"),
    /** The URI in From, redacted. */
    FROM("sip.from.uri"),
    /** The URI in To, redacted. */
    TO("sip.to.uri"),
    /** The other end, as {@code host:port}. */
    PEER("sip.peer"),
    /** The name of the stack. */
    STACK("sip.stack"),
    /** Our side of the transaction: {@code client}, {@code server}. */
    ROLE("sip.role"),
    /** What became of the request, as {@link SipOutcome#id()}. */
    OUTCOME("sip.outcome"),
    /** Who would have to act, as {@link SipFault#id()}. */
    FAULT("sip.fault"),
    /** What the client may do next, as {@link SipAdvice#id()}. */
    ADVICE("sip.advice"),
    /** Seconds to wait before a next try. */
    RETRY_AFTER("sip.retry_after"),
    /** From the request to the final response, in milliseconds. */
    DURATION("sip.duration_ms"),
    /** How many times more the same failure came in the window before. */
    REPEATED("sip.repeated"),
    /** Which rule of an RFC a response breaks, as {@link SipEvent.ConformanceFinding#rule()}. */
    RULE("sip.rule");

    private final String key;

    SipField(String key) {
        this.key = key;
    }

    /** {@return the name, as {@code sip.call_id}} */
    public String key() {
        return key;
    }
}
