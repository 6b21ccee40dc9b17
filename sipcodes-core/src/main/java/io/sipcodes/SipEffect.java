package io.sipcodes;

/** How far a failure reaches when it answers a request inside a dialog (RFC 5057 section 5.1). */
public enum SipEffect {
    /** Nothing ends. */
    NONE,
    /** Only the transaction; usage and dialog go on. */
    TRANSACTION,
    /** The usage that the request belonged to, such as the call or the subscription. */
    USAGE,
    /** The whole dialog with all its usages. */
    DIALOG,
    /** One early dialog of the call attempt (199, RFC 6228 section 4). */
    EARLY_DIALOG;

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
