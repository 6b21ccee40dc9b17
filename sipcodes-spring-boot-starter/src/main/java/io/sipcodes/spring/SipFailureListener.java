package io.sipcodes.spring;

import io.sipcodes.SipEvent;

/**
 * Is told of each failed transaction; a bean of this type is all it takes. What is a failure the diagnosis decides, as
 * it does for the log: a challenge, a redirection or a call the caller gave up is none, a busy line is one.
 *
 * <p>It is called on the one thread that all consumers of SIP events share, which is none of the stack's: it should
 * return soon. What it throws is logged, and changes nothing for the others.
 */
@FunctionalInterface
public interface SipFailureListener {

    /**
     * A transaction failed.
     *
     * @param failure with the request, the response if one came, and {@link SipEvent.TransactionEnded#diagnosis() why};
     *     its addresses are whole, not redacted
     */
    void onFailure(SipEvent.TransactionEnded failure);
}
