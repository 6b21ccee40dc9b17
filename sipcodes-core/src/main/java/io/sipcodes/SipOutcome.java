package io.sipcodes;

/** What became of a request, in one word: a closed set, so that it can be a metric tag. A code has a default outcome; a {@link SipDiagnosis} may decide otherwise. */
public enum SipOutcome {
    /** Not decided yet: a provisional response. */
    PROGRESS,
    /** The request succeeded; for an INVITE: it was answered. */
    SUCCESS,
    /** Credentials were asked for the first time, or the nonce had run out; not a failure. */
    CHALLENGED,
    /** The server asks for other parameters before it goes on: 421, 422, 423, 494; not a failure yet. */
    NEGOTIATION,
    /** The request is to be sent to another address. */
    REDIRECTED,
    /** The person called, or the device, is busy. */
    BUSY,
    /** It rang and nobody answered. */
    NO_ANSWER,
    /** The person called is known but cannot be reached now: logged out, do not disturb. */
    UNAVAILABLE,
    /** The person called refused. */
    DECLINED,
    /** The call was refused as unwanted, by the person called or by a network on the way. */
    BLOCKED,
    /** The caller gave up before an answer. */
    CANCELLED,
    /** Another device of the person called took the call. */
    ANSWERED_ELSEWHERE,
    /** The address does not exist, is incomplete, or fits several. */
    NOT_FOUND,
    /** Nobody could be contacted at all: nothing came back, the transport failed, or the connection is dead. */
    UNREACHABLE,
    /** Somebody on the way did not answer in time. */
    TIMEOUT,
    /** The credentials are wrong or were refused. */
    CREDENTIALS,
    /** The caller's identity was missing, anonymous, or could not be verified. */
    IDENTITY,
    /** Refused by policy, or for want of a permission, a payment or a consent. */
    FORBIDDEN,
    /** No common media: codec, media type, bandwidth, addressing. */
    MEDIA,
    /** No capacity: overload, maintenance, no channel free. */
    OVERLOAD,
    /** The other side lacks a method, extension, format or size. */
    UNSUPPORTED,
    /** The request could not be understood. */
    MALFORMED,
    /** The request ran in circles, too far, or into too many branches. */
    ROUTING,
    /** Two things happened at the same time; a second try normally succeeds. */
    CONFLICT,
    /** The other side does not know the call, transaction or publication any more. */
    STATE_LOST,
    /** A server failed. */
    SERVER_ERROR,
    /** The code says nothing more than its class. */
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
