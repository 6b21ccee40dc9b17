package io.sipcodes;

/** What IANA's registry of SIP response codes says of a code. */
public enum SipCodeStatus {
    /** In the registry. */
    REGISTERED,
    /** In the registry, marked as deprecated: 202 (RFC 6665 section 8.3.1). */
    DEPRECATED,
    /** Defined by RFC 2543 and dropped by RFC 3261: 409, 411. */
    OBSOLETE,
    /** In no registry, but some product sends it and its meaning is known. */
    UNREGISTERED,
    /** Nothing is known of it; it is treated as its class says (RFC 3261 section 8.1.3.2). */
    UNKNOWN;

    /** Made when first asked for, which at start nobody does. */
    private String id;

    /** {@return the name in lower case with hyphens, as texts, JSON and properties use it} */
    public String id() {
        String made = id;
        if (made == null) {
            made = Ids.of(this);
            id = made;
        }
        return made;
    }
}
