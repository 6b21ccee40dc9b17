package io.sipcodes;

/** What a client may do next: a closed set. */
public enum SipAdvice {
    /** Nothing: the request goes on, succeeded, or ended as intended. */
    NONE,
    /** The same request may be sent again later, at a time of one's own choice. */
    RETRY_LATER,
    /** The same request may be sent again when the time that Retry-After gives has passed (RFC 3261 section 20.33). */
    RETRY_AFTER,
    /** The same request may be sent again after a short random wait (RFC 3261 section 14.1). */
    BACK_OFF,
    /** A changed request may succeed; the response says what to change. */
    CHANGE_REQUEST,
    /** The same request with credentials (RFC 3261 section 22). */
    AUTHENTICATE,
    /** The same request at the next server (RFC 3263 section 4.3). */
    TRY_ELSEWHERE,
    /** The request to the address in Contact (RFC 3261 section 8.1.3.4). */
    FOLLOW_REDIRECT,
    /** Drop the state and begin again: a new dialog, subscription or publication. */
    START_ANEW,
    /** A person has to choose or to act. */
    ASK_PERSON,
    /** The same request will not succeed; it should not be sent again. */
    DO_NOT_RETRY;

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
