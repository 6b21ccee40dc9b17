package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.TestMessages.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EventObject;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same messages over a real socket to a stack without the kit, and to one with all of it: both tell their listener the
 * same and answer the same by themselves.
 */
@Timeout(120)
class SameVerdictTest {

    /** A stack logger for a stack without the kit, which cannot do with none unless log4j is there; all off. */
    public static final class SilentStackLogger extends RecordingStackLogger {
        @Override
        public boolean isLoggingEnabled() {
            return false;
        }

        @Override
        public boolean isLoggingEnabled(int level) {
            return false;
        }

        @Override
        public void setStackProperties(Properties properties) {}
    }

    private static final Consumer<Properties> WITHOUT = properties -> {
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", SilentStackLogger.class.getName());
        properties.remove("gov.nist.javax.sip.SERVER_LOGGER");
    };

    private static final Consumer<Properties> WITH = properties -> properties.putAll(SipAttachment.stackProperties());

    /** What a stack made of each message, in their order. */
    private record Verdicts(List<String> reached, List<String> answered) {}

    private static TestStack start(String transport, boolean kit) {
        UnaryOperator<SipListener> decoration = kit
                ? listener -> ExplainingSipListener.around(listener, (event, diagnosis) -> {})
                : UnaryOperator.identity();
        return TestStack.start(kit ? "with" : "without", transport, kit ? WITH : WITHOUT, decoration)
                .handle((event, self) -> {
                    if (callId(event.getRequest()).startsWith("fence")) {
                        self.respond(event, 200);
                    }
                });
    }

    private static String callId(Message message) {
        return message.getHeader(CallIdHeader.NAME) instanceof CallIdHeader header ? header.getCallId() : "";
    }

    /** What the listener was told since an earlier look, but for the fences. */
    private static List<String> reached(TestStack stack, int from) {
        List<EventObject> events = stack.events();
        List<String> reached = new ArrayList<>();
        for (EventObject event : events.subList(from, events.size())) {
            if (event instanceof RequestEvent request
                    && !callId(request.getRequest()).startsWith("fence")) {
                reached.add("request, " + (request.getServerTransaction() == null ? "no" : "a") + " transaction, "
                        + (request.getDialog() == null ? "no" : "a") + " dialog: " + request.getRequest());
            } else if (event instanceof ResponseEvent response) {
                reached.add("response, " + (response.getClientTransaction() == null ? "no" : "a") + " transaction: "
                        + response.getResponse());
            }
        }
        return reached;
    }

    // The text of the stock stack's own 400 holds line feeds and object hashes, and the kit's does not: that is on
    // purpose.
    private static String automatic(String answer) {
        String line = answer.lines().findFirst().orElse("");
        return line.startsWith("SIP/2.0 400 ") ? "SIP/2.0 400" : line;
    }

    private static Verdicts overUdp(List<Named> messages, boolean kit, RawPeer peer) throws IOException {
        List<String> reached = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        try (TestStack stack = start("udp", kit)) {
            for (int i = 0; i < messages.size(); i++) {
                int before = stack.events().size();
                peer.send(messages.get(i).bytes(), stack.port());
                // What is answered to a request that comes later shows that all before was done.
                String fence = "fence-" + stack.name() + "-" + i;
                peer.send(peer.request("OPTIONS", "udp", fence), stack.port());
                StringBuilder answers = new StringBuilder(messages.get(i).name()).append(':');
                for (String answer = peer.receive(); !answer.contains(fence); answer = peer.receive()) {
                    answers.append(' ').append(automatic(answer));
                }
                answered.add(answers.toString());
                reached.add(messages.get(i).name() + ": " + reached(stack, before));
            }
        }
        return new Verdicts(reached, answered);
    }

    @Test
    void shouldBeTheSameOverUdp() throws IOException {
        List<Named> messages = new ArrayList<>(TestMessages.all());
        TestMessages.honest()
                .forEach(honest -> TestMessages.flips(honest, flip -> {
                    // A few are enough here: the parser sees them all in another test.
                    if (flip.name().hashCode() % 40 == 0) {
                        messages.add(flip);
                    }
                }));
        TestMessages.huge().stream()
                .filter(message -> message.bytes().length < 60_000)
                .forEach(messages::add);
        Verdicts without;
        Verdicts with;
        try (RawPeer peer = RawPeer.start("udp")) {
            without = overUdp(messages, false, peer);
            with = withAllOfTheKit(() -> overUdp(messages, true, peer));
        }
        for (int i = 0; i < messages.size(); i++) {
            assertThat(with.reached.get(i)).isEqualTo(without.reached.get(i));
            assertThat(with.answered.get(i)).isEqualTo(without.answered.get(i));
        }
        assertThat(without.reached)
                .filteredOn(verdict -> verdict.contains("request, "))
                .hasSizeGreaterThan(100);
        assertThat(without.reached)
                .filteredOn(verdict -> verdict.contains("response, "))
                .hasSizeGreaterThan(100);
        assertThat(without.answered)
                .filteredOn(verdict -> verdict.endsWith("SIP/2.0 400"))
                .hasSizeGreaterThan(10);
    }

    private interface Run {
        Verdicts run() throws IOException;
    }

    /** Runs with every output of the kit on, and looks at what came out. */
    private static Verdicts withAllOfTheKit(Run run) throws IOException {
        long dropped = Hub.instance().dropped();
        FailureLog failureLog =
                FailureLog.builder().language(Locale.GERMAN).mdc(true).build();
        CallLadders ladders = new CallLadders(Redaction.standard(), Locale.ENGLISH);
        List<SipEvent> events = new ArrayList<>();
        Verdicts verdicts;
        try (CapturedLog failures = new CapturedLog(FailureLog.LOGGER, Level.DEBUG);
                CapturedLog stackLines = new CapturedLog(StackLog.NAME, Level.DEBUG);
                CapturedLog messages = new CapturedLog(StackLog.MESSAGES, Level.TRACE)) {
            try (SipTraffic.Subscription subscription =
                    SipTraffic.subscribe(List.of(failureLog, ladders, events::add))) {
                verdicts = run.run();
            }
            for (CapturedLog log : List.of(failures, stackLines)) {
                assertSafe(log.take());
            }
            for (String text : messages.take()) {
                SafeText.assertCleanLines(text);
                SafeText.assertRedacted(text);
            }
        }
        for (CallLadders.CallLadder ladder : ladders.ladders()) {
            for (String drawn : List.of(ladder.text(), ladder.mermaid())) {
                SafeText.assertCleanLines(drawn);
                SafeText.assertRedacted(drawn);
            }
        }
        events.forEach(event -> SafeText.assertClean(event.toString()));
        assertThat(Hub.instance().dropped())
                .as("messages that the kit could not read")
                .isEqualTo(dropped);
        return verdicts;
    }

    private static void assertSafe(List<String> lines) {
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            SafeText.assertClean(line);
            SafeText.assertRedacted(line);
        }
    }
}
