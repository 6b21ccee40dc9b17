package io.sipcodes;

/** Which way a message went, seen from our stack. */
public enum SipDirection {
    /** Our stack sent it. */
    SENT,
    /** Our stack received it. */
    RECEIVED;

    private final String id = Ids.of(this);

    /** {@return the name in lower case with hyphens, as tags, texts, JSON and properties use it} */
    public String id() {
        return id;
    }
}
