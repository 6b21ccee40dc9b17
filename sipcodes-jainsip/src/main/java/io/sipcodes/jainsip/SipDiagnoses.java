package io.sipcodes.jainsip;

import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.util.Objects;
import javax.sip.IOExceptionEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Explains what JAIN-SIP hands an application: why a request ended as it did. All of JAIN-SIP's own classes go in, those
 * of the {@code gov.nist} packages too.
 *
 * <p>An event that knows its transaction gives more than a response alone: whether the request had credentials, whether
 * it stood in a dialog, and whether anything had come back before it timed out. What only the traffic before can tell,
 * ringing or a CANCEL, is in the events of {@link SipTraffic} instead.
 *
 * <p>Changes nothing; safe for any thread.
 */
public final class SipDiagnoses {

    private static final int FINAL = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVICE_UNAVAILABLE = 503;

    private SipDiagnoses() {}

    /**
     * Explains a response that was received.
     *
     * @param response any response
     * @return the diagnosis
     */
    public static SipDiagnosis of(Response response) {
        return of(response, SipDirection.RECEIVED);
    }

    /**
     * Explains a response.
     *
     * @param response any response
     * @param direction whether our stack sent or received it
     * @return the diagnosis
     */
    public static SipDiagnosis of(Response response, SipDirection direction) {
        return about(response, direction).build();
    }

    private static SipDiagnosis.Builder about(Response response, SipDirection direction) {
        return SipDiagnosis.about(SipMessages.read(response, direction))
                .role(direction == SipDirection.SENT ? SipRole.SERVER : SipRole.CLIENT);
    }

    /**
     * Explains a response with what its transaction, if it has one, knows of the request.
     *
     * @param event as a listener gets it
     * @return the diagnosis
     */
    public static SipDiagnosis of(ResponseEvent event) {
        SipDiagnosis.Builder about = about(event.getResponse(), SipDirection.RECEIVED);
        if (event.getClientTransaction() != null) {
            addRequest(about, event.getClientTransaction(), event.getResponse().getStatusCode());
        }
        return about.build();
    }

    /**
     * Explains a timeout. A client transaction's counts as 408 (RFC 3261 section 8.1.3.1), and so does a server
     * transaction's that nobody answered; one that waited in vain for the ACK of a response has not got that response
     * through (section 17.2.1).
     *
     * @param event as a listener gets it
     * @return the diagnosis
     */
    public static SipDiagnosis of(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            return timeout(event.getClientTransaction(), lastResponse(event.getClientTransaction()));
        }
        int answered = lastAnswer(event.getServerTransaction());
        return answered == 0
                ? timeout(event.getServerTransaction(), null)
                : answer(event.getServerTransaction(), answered, SipSource.TRANSPORT);
    }

    /**
     * Explains a failure to send, which counts as 503 (RFC 3261 section 8.1.3.1). What could not be sent is known where
     * the event comes from a transaction, as it does in JAIN-SIP's own stack.
     *
     * @param event as a listener gets it
     * @return the diagnosis
     */
    public static SipDiagnosis of(IOExceptionEvent event) {
        Objects.requireNonNull(event, "event");
        SipDiagnosis.Builder about = SipDiagnosis.about(SERVICE_UNAVAILABLE).source(SipSource.TRANSPORT);
        if (event.getSource() instanceof Transaction transaction) {
            about.role(transaction instanceof ServerTransaction ? SipRole.SERVER : SipRole.CLIENT);
            addRequest(about, transaction, SERVICE_UNAVAILABLE);
        }
        return about.build();
    }

    /**
     * Explains how the transaction of this event ended.
     *
     * @param event as a listener gets it
     * @return the diagnosis
     */
    public static SipDiagnosis of(TransactionTerminatedEvent event) {
        return of(event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction());
    }

    /**
     * Explains how a terminated transaction ended: by its final response, or if it has none, as a timeout.
     *
     * @param transaction one of JAIN-SIP's own; another's last response is not known, which makes it a timeout
     * @return the diagnosis
     */
    public static SipDiagnosis of(Transaction transaction) {
        if (transaction instanceof ServerTransaction server) {
            int answered = lastAnswer(server);
            return answered == 0 ? timeout(server, null) : answer(server, answered, SipSource.US);
        }
        Response last = lastResponse(transaction);
        return last != null && last.getStatusCode() >= FINAL
                ? addRequest(about(last, SipDirection.RECEIVED), transaction, last.getStatusCode())
                        .build()
                : timeout(transaction, last);
    }

    private static SipDiagnosis timeout(Transaction transaction, Response last) {
        SipDiagnosis.Builder about = SipDiagnosis.about(REQUEST_TIMEOUT)
                .source(SipSource.TIMEOUT)
                .role(transaction instanceof ServerTransaction ? SipRole.SERVER : SipRole.CLIENT);
        if (transaction instanceof SIPTransaction) {
            about.answeredBefore(last != null);
            about.rang(last != null && (last.getStatusCode() == 180 || last.getStatusCode() == 183));
        }
        return addRequest(about, transaction, REQUEST_TIMEOUT).build();
    }

    private static SipDiagnosis answer(ServerTransaction transaction, int code, SipSource source) {
        return addRequest(SipDiagnosis.about(code).source(source).role(SipRole.SERVER), transaction, code)
                .build();
    }

    private static SipDiagnosis.Builder addRequest(SipDiagnosis.Builder about, Transaction transaction, int code) {
        Request request = transaction.getRequest();
        if (request != null) {
            SipMessage read = SipMessages.read(
                    request, transaction instanceof ServerTransaction ? SipDirection.RECEIVED : SipDirection.SENT);
            about.method(read.method())
                    .inDialog(read.hasToTag())
                    .credentialsSent(read.hasCredentials())
                    .challengedBefore(challengedBefore(request, code));
        }
        return about;
    }

    // Credentials answer a challenge, even if it came to a request long before: those of a server's a 401, those of a
    // proxy's a 407 (RFC 3261 section 22.3). One after the other is no second challenge.
    private static boolean challengedBefore(Request request, int code) {
        String answer = code == Response.PROXY_AUTHENTICATION_REQUIRED
                ? ProxyAuthorizationHeader.NAME
                : AuthorizationHeader.NAME;
        return request.getHeader(answer) != null;
    }

    private static Response lastResponse(Transaction transaction) {
        return transaction instanceof SIPTransaction known ? known.getLastResponse() : null;
    }

    // A server transaction keeps the code of what it sent, but not the response.
    private static int lastAnswer(ServerTransaction transaction) {
        int code = transaction instanceof SIPServerTransaction known ? known.getLastResponseStatusCode() : 0;
        return code >= FINAL ? code : 0;
    }
}
