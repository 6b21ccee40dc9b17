package io.sipcodes.micrometer;

import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events as a tracker would make them, written short. */
final class Events {

    static final String PEER = "203.0.113.7:5060";

    private Events() {}

    static SipMessage request(String method) {
        return SipMessage.request(method)
                .direction(SipDirection.SENT)
                .peer(PEER)
                .build();
    }

    static SipMessage response(SipDirection direction, String method, int code) {
        return SipMessage.response(code, "as it was sent")
                .direction(direction)
                .method(method)
                .peer(PEER)
                .build();
    }

    static SipEvent received(String method, int code) {
        return new SipEvent.ResponseSeen(response(SipDirection.RECEIVED, method, code), false);
    }

    static SipEvent reasons(String method, SipReason... reasons) {
        return new SipEvent.RequestSeen(
                SipMessage.request(method).peer(PEER).reasons(List.of(reasons)).build(), false);
    }

    static SipEvent transaction(SipRole role, String method, boolean initial, int code, Duration duration) {
        return new SipEvent.TransactionEnded(
                role,
                request(method),
                Optional.of(response(SipDirection.RECEIVED, method, code)),
                initial,
                duration.toNanos(),
                SipDiagnosis.about(code).method(method).build(),
                0);
    }

    static SipEvent attempt(SipRole role, int code, Duration requestDelay) {
        return attempt(
                role, SipDiagnosis.about(code).method("INVITE").role(role).build(), requestDelay);
    }

    static SipEvent attempt(SipRole role, SipDiagnosis diagnosis, Duration requestDelay) {
        return new SipEvent.AttemptEnded(
                role, request("INVITE"), Optional.empty(), false, nanos(requestDelay), diagnosis, 0);
    }

    static SipEvent registration(SipRole role, int code, Duration requestDelay) {
        SipDiagnosis diagnosis =
                SipDiagnosis.about(code).method("REGISTER").role(role).build();
        return new SipEvent.RegistrationEnded(
                role, request("REGISTER"), Optional.empty(), nanos(requestDelay), diagnosis, 0);
    }

    static SipEvent callStarted(SipRole role) {
        return new SipEvent.CallStarted(role, request("INVITE"), response(SipDirection.RECEIVED, "INVITE", 200));
    }

    static SipEvent callEnded(SipRole role, boolean completed, Duration duration, Duration disconnectDelay) {
        SipDiagnosis diagnosis = completed
                ? SipDiagnosis.about(200).method("BYE").build()
                : SipDiagnosis.about(408)
                        .method("BYE")
                        .source(SipSource.TIMEOUT)
                        .build();
        return new SipEvent.CallEnded(
                role, request("INVITE"), true, completed, duration.toNanos(), nanos(disconnectDelay), diagnosis, 0);
    }

    /** RFC 6076 knows delays that are undefined; here they are null. */
    private static long nanos(Duration duration) {
        return duration == null ? -1 : duration.toNanos();
    }
}
