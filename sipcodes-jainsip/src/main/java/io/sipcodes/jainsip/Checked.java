package io.sipcodes.jainsip;

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

    static Checked of(Message original, SipMessage message) {
        if (original instanceof Response response) {
            return new Checked(message, 0, ResponseConformance.suspects(response, message.hasToTag()));
        }
        // Nothing answers an ACK.
        int conditions = message.method().equals(Request.ACK)
                ? 0
                : ResponseConformance.conditions((Request) original, message.hasToTag());
        return new Checked(message, conditions, List.of());
    }
}
