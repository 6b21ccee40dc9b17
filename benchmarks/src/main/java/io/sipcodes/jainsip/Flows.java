package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls as a server's tracker sees them, each with names of its own. */
final class Flows {

    private Flows() {}

    /** An answered call of three seconds; every hundredth is refused with 486. */
    static void call(long number, long startNanos, Consumer<SipMessage> to) {
        boolean refused = number % 100 == 0;
        long nanos = startNanos;
        to.accept(request("INVITE", number, "i", nanos, false));
        if (!refused) {
            to.accept(response(180, "Ringing", "INVITE", number, "i", nanos + TimeUnit.MILLISECONDS.toNanos(1)));
        }
        nanos += TimeUnit.MILLISECONDS.toNanos(2);
        to.accept(
                refused
                        ? response(486, "Busy Here", "INVITE", number, "i", nanos)
                        : response(200, "OK", "INVITE", number, "i", nanos));
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        to.accept(request("ACK", number, refused ? "i" : "a", nanos, true));
        if (!refused) {
            nanos += TimeUnit.MILLISECONDS.toNanos(3);
            to.accept(request("BYE", number, "b", nanos, true));
            to.accept(response(200, "OK", "BYE", number, "b", nanos + TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    static SipMessage request(String method, long number, String branch, long nanos, boolean inDialog) {
        SipMessage.Builder builder = SipMessage.request(method)
                .requestUri("sip:service@192.0.2.1:5060")
                .direction(SipDirection.RECEIVED);
        return common(builder, method, number, branch, nanos)
                .toTag(inDialog ? "t" + number : "")
                .build();
    }

    private static SipMessage response(int code, String phrase, String method, long number, String branch, long nanos) {
        SipMessage.Builder builder =
                SipMessage.response(code, phrase).method(method).direction(SipDirection.SENT);
        return common(builder, method, number, branch, nanos)
                .toTag("t" + number)
                .build();
    }

    private static SipMessage.Builder common(
            SipMessage.Builder builder, String method, long number, String branch, long nanos) {
        return builder.stack("load")
                .timestampNanos(nanos)
                .transport("UDP")
                .peer("192.0.2." + number % 200 + ":5060")
                .callId(number + "-524287@192.0.2.7")
                .cseq(method.equals("BYE") ? 2 : 1)
                .branch("z9hG4bK-524287-" + number + branch)
                .fromUri("sip:caller" + number + "@192.0.2.7")
                .fromTag("f" + number)
                .toUri("sip:callee" + number + "@192.0.2.1");
    }
}
