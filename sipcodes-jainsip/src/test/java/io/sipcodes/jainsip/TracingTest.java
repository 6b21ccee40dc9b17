package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipTrace;
import java.util.Optional;
import javax.sip.message.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces are told on the thread that sends, and come out on the kit's. */
class TracingTest {

    private static final SipTrace TRACE = new SipTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final ThreadLocal<SipTrace> current = new ThreadLocal<>();
    private EventRecorder events;

    @BeforeEach
    void record() {
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        events.close();
    }

    /** The trace of the transaction as each side tells it: the one that sends in a trace, and the one that does not. */
    private Optional<SipTrace> traceOfTheCaller() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").answer(486);
                TestStack uac = TestStack.start("uac", "udp")) {
            current.set(TRACE);
            Request request = uac.request(Request.OPTIONS, uas);
            uac.send(request);
            current.remove();
            uac.awaitFinal();
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(ended(uas).trace()).isEmpty();
            return ended(uac).trace();
        }
    }

    private SipEvent.TransactionEnded ended(TestStack stack) {
        return events.all(SipEvent.TransactionEnded.class).stream()
                .filter(event -> event.request().stack().equals(stack.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldCarryTheTraceOfTheThreadThatSends() throws Exception {
        SipTraffic.Subscription tracing = SipTraffic.traceWith(current::get);
        try (tracing) {
            assertThat(traceOfTheCaller()).contains(TRACE);
        }
        assertThat(traceOfTheCaller()).isEmpty();
    }

    @Test
    void shouldSeeTheMessageWhateverTheTracerDoes() throws Exception {
        SipTraffic.Subscription tracing = SipTraffic.traceWith(() -> {
            throw new StackOverflowError("of the tracer");
        });
        try (tracing) {
            assertThat(traceOfTheCaller()).isEmpty();
        }
    }

    /** Two applications in one JVM: the one that closes does not end the other's. */
    @Test
    void shouldEndOnlyItsOwn() {
        SipTraffic.Subscription first = SipTraffic.traceWith(() -> null);
        SipTraffic.Subscription second = SipTraffic.traceWith(() -> TRACE);
        first.close();
        assertThat(SipTraffic.currentTrace()).isEqualTo(TRACE);
        second.close();
        assertThat(SipTraffic.currentTrace()).isNull();
    }

    @Test
    void shouldCleanAndBoundWhatATracerSays() {
        SipTrace odd = new SipTrace("a\r\nb" + "c".repeat(1000), "\u001b[31m", false);
        assertThat(odd.traceId()).startsWith("a\uFFFD\uFFFDb").hasSizeLessThan(200);
        assertThat(odd.spanId()).isEqualTo("\uFFFD[31m");
        assertThatThrownBy(() -> new SipTrace("", "", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("traceId: empty (expected: an identifier)");
    }
}
