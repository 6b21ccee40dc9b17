package io.sipcodes;

/** Who made the answer that ended a transaction. */
public enum SipSource {
    /** The other end sent a response. */
    PEER,
    /** Our application or stack sent the response. */
    US,
    /** No final response came in time; it counts as 408 (RFC 3261 section 8.1.3.1). */
    TIMEOUT,
    /** The request could not be sent; it counts as 503 (RFC 3261 section 8.1.3.1). */
    TRANSPORT
}
