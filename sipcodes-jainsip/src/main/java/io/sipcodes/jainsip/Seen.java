package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.util.List;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A message, and what was looked up on the stack's thread: what the conformance check found in it, since the message is
 * the application's to change from then on; and its fingerprints, since its texts are at hand there and the worker would
 * wait for memory. What becomes of it is decided where request and response come together.
 *
 * @param conditions of a request: see {@link ResponseConformance#conditions}
 * @param suspects of a response: see {@link ResponseConformance#suspects}
 */
record Seen(SipMessage message, Fingerprints fingerprints, int conditions, List<ResponseConformance.Rule> suspects) {

    /** A message of which only what the kit keeps is known. */
    static Seen of(SipMessage message) {
        return of(message, 0, List.of());
    }

    static Seen of(SipMessage message, int conditions, List<ResponseConformance.Rule> suspects) {
        return new Seen(message, Fingerprints.of(role(message), message), conditions, suspects);
    }

    /** A message whose conformance nobody asked for. */
    static Seen unchecked(Message original, SipDirection direction, String stack, String peer, long timestampNanos) {
        SipMessage message = SipMessages.read(original, direction, stack, peer, timestampNanos);
        return original instanceof Response response ? of(response, message, List.of()) : of(message);
    }

    private static Seen of(Response original, SipMessage message, List<ResponseConformance.Rule> suspects) {
        return new Seen(message, Fingerprints.of(role(message), message, SipMessages.rseq(original)), 0, suspects);
    }

    static Seen checked(Message original, SipDirection direction, String stack, String peer, long timestampNanos) {
        if (original instanceof Response response) {
            SipMessage message = SipMessages.read(original, direction, stack, peer, timestampNanos);
            return of(response, message, ResponseConformance.suspects(response, message.hasToTag()));
        }
        Request request = (Request) original;
        long fields = ResponseConformance.Fields.of(request);
        SipMessage message = SipMessages.read(request, fields, direction, stack, peer, timestampNanos);
        // Nothing answers an ACK.
        int conditions = message.method().equals(Request.ACK)
                ? 0
                : ResponseConformance.conditions(request, fields, message.hasToTag());
        return of(message, conditions, List.of());
    }

    /** {@return our side of the message's transaction} */
    SipRole role() {
        return role(message);
    }

    private static SipRole role(SipMessage message) {
        return message.isResponse() == (message.direction() == SipDirection.SENT) ? SipRole.SERVER : SipRole.CLIENT;
    }
}
