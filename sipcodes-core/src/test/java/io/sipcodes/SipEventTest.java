package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.CallStarted;
import io.sipcodes.SipEvent.ConformanceFinding;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipEvent.MessageRejected;
import io.sipcodes.SipEvent.RegistrationEnded;
import io.sipcodes.SipEvent.RequestSeen;
import io.sipcodes.SipEvent.ResponseSeen;
import io.sipcodes.SipEvent.TransactionEnded;
import io.sipcodes.SipEvent.TransactionStarted;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SipEventTest {

    private static final SipTrace OURS = new SipTrace("a1", "b1", true);
    private static final SipTrace THEIRS = new SipTrace("a2", "b2", false);

    private static final SipMessage REQUEST = message(SipMessage.request("INVITE"), 1, OURS);
    private static final SipMessage PLAIN_REQUEST = message(SipMessage.request("INVITE"), 1, null);
    private static final SipMessage RESPONSE = message(SipMessage.response(200, "OK"), 2, THEIRS);
    private static final SipDiagnosis DIAGNOSIS = SipDiagnosis.of(200, "OK");

    private static SipMessage message(SipMessage.Builder builder, long nanos, SipTrace trace) {
        return builder.timestampNanos(nanos).trace(trace).build();
    }

    private static TransactionEnded transaction(SipMessage request, SipMessage response) {
        return new TransactionEnded(SipRole.CLIENT, request, Optional.ofNullable(response), true, 1, DIAGNOSIS, 3);
    }

    private static AttemptEnded attempt(SipMessage request, SipMessage response) {
        return new AttemptEnded(SipRole.CLIENT, request, Optional.ofNullable(response), true, 1, DIAGNOSIS, 3);
    }

    private static RegistrationEnded registration(SipMessage request, SipMessage response) {
        return new RegistrationEnded(SipRole.CLIENT, request, Optional.ofNullable(response), 1, DIAGNOSIS, 3);
    }

    /** An event, when it happened, and the trace it belongs to. */
    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(new RequestSeen(REQUEST, false), 1, OURS),
                Arguments.of(new ResponseSeen(RESPONSE, false), 2, THEIRS),
                Arguments.of(new TransactionStarted(SipRole.CLIENT, REQUEST), 1, OURS),
                Arguments.of(transaction(REQUEST, RESPONSE), 3, OURS),
                Arguments.of(transaction(PLAIN_REQUEST, RESPONSE), 3, THEIRS),
                Arguments.of(transaction(PLAIN_REQUEST, null), 3, null),
                Arguments.of(attempt(REQUEST, RESPONSE), 3, OURS),
                Arguments.of(attempt(PLAIN_REQUEST, RESPONSE), 3, THEIRS),
                Arguments.of(attempt(PLAIN_REQUEST, null), 3, null),
                Arguments.of(registration(REQUEST, RESPONSE), 3, OURS),
                Arguments.of(registration(PLAIN_REQUEST, RESPONSE), 3, THEIRS),
                Arguments.of(registration(PLAIN_REQUEST, null), 3, null),
                // A call begins when it is answered.
                Arguments.of(new CallStarted(SipRole.CLIENT, REQUEST, RESPONSE), 2, OURS),
                Arguments.of(new CallStarted(SipRole.CLIENT, PLAIN_REQUEST, RESPONSE), 2, THEIRS),
                Arguments.of(new CallEnded(SipRole.CLIENT, REQUEST, true, true, 1, 1, DIAGNOSIS, 3), 3, OURS),
                Arguments.of(new ConformanceFinding(RESPONSE, "lacks-allow", true, "RFC 3261 21.4.6"), 2, THEIRS),
                Arguments.of(
                        new MessageRejected("s", SipDirection.RECEIVED, MessageRejected.Cause.MALFORMED, "x", 3),
                        3,
                        null),
                Arguments.of(new EventsDropped(1, EventsDropped.Cause.QUEUE_FULL, 3), 3, null));
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldTellWhenItHappenedAndInWhichTrace(SipEvent event, long nanos, SipTrace trace) {
        assertThat(event.timestampNanos()).isEqualTo(nanos);
        assertThat(event.trace()).isEqualTo(Optional.ofNullable(trace));
    }

    /** These are tags of metrics: whoever changes one breaks somebody's dashboard. */
    @Test
    void shouldNameTheCausesAsTheMetricsDo() {
        assertThat(Arrays.stream(MessageRejected.Cause.values()).map(MessageRejected.Cause::id))
                .containsExactly("malformed", "header-missing", "no-sip-code", "too-large", "internal");
        assertThat(Arrays.stream(EventsDropped.Cause.values()).map(EventsDropped.Cause::id))
                .containsExactly("queue-full", "tracker-full", "internal");
    }

    @Test
    void shouldMakeWhatWasRejectedFitToBeShown() {
        MessageRejected rejected = new MessageRejected(
                "s\u0007", SipDirection.RECEIVED, MessageRejected.Cause.MALFORMED, "\u001b[31m" + "x".repeat(1_000), 3);

        assertThat(rejected.stack()).isEqualTo("s\uFFFD");
        assertThat(rejected.detail()).startsWith("\uFFFD[31mx").hasSize(256);
    }
}
