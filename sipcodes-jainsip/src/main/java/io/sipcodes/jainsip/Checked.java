package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import java.util.List;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A message with what the conformance check found in it. That is looked up on the stack's thread, since the message is
 * the application's to change from then on; what becomes of it is decided where request and response come together.
 *
 * @param conditions of a request: see {@link ResponseConformance#conditions}
 * @param suspects of a response: see {@link ResponseConformance#suspects}
 */
record Checked(SipMessage message, int conditions, List<ResponseConformance.Rule> suspects) {

    static Checked of(Message original, SipDirection direction, String stack, String peer, long timestampNanos) {
        if (original instanceof Response response) {
            SipMessage message = SipMessages.read(original, direction, stack, peer, timestampNanos);
            return new Checked(message, 0, ResponseConformance.suspects(response, message.hasToTag()));
        }
        Request request = (Request) original;
        long fields = ResponseConformance.Fields.of(request);
        SipMessage message = SipMessages.read(request, fields, direction, stack, peer, timestampNanos);
        // Nothing answers an ACK.
        int conditions = message.method().equals(Request.ACK)
                ? 0
                : ResponseConformance.conditions(request, fields, message.hasToTag());
        return new Checked(message, conditions, List.of());
    }
}
