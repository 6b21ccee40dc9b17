package io.sipcodes;

/** Which side of a transaction our stack is on (RFC 3261 section 17). A B2BUA or proxy is both, in different transactions. */
public enum SipRole {
    /** Our stack sent the request. */
    CLIENT,
    /** Our stack answers the request. */
    SERVER;

    private final String id = Ids.of(this);

    /** {@return the name in lower case with hyphens, as tags, texts, JSON and properties use it} */
    public String id() {
        return id;
    }
}
