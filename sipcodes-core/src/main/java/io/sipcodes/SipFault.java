package io.sipcodes;

/** Who would have to act for the next try to succeed: a closed set, so that it can be a metric tag. */
public enum SipFault {
    /** Nobody: this is how it should be, or it is a person's free choice that nothing is wrong with. */
    NOBODY,
    /** The person or device that called: a wrong number, a giving up. */
    CALLER,
    /** The person or device called: busy, absent, refusing. */
    CALLEE,
    /** Whoever looks after user names, passwords and certificates. */
    CREDENTIALS,
    /** Our own application, stack or configuration. */
    OUR_SIDE,
    /** The server we sent the request to, or one behind it. */
    UPSTREAM,
    /** The network between: lost packets, dead connections, capacity, routes. */
    NETWORK,
    /** It cannot be told. */
    UNKNOWN;

    /** Made when first asked for, which at start nobody does. */
    private String id;

    /** {@return the name in lower case with hyphens, as tags, texts, JSON and properties use it} */
    public String id() {
        String made = id;
        if (made == null) {
            made = Ids.of(this);
            id = made;
        }
        return made;
    }
}
