package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.TestMessages.Named;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EventObject;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
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
    public static class SilentStackLogger extends RecordingStackLogger {
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
        Consumer<Properties> properties = kit ? WITH : WITHOUT;
        if (transport.equals("tcp")) {
            properties = properties.andThen(
                    all -> all.setProperty("gov.nist.javax.sip.NETWORK_LAYER", NoWayOut.class.getName()));
        }
        return TestStack.start(kit ? "with" : "without", transport, properties, decoration)
                .handle((event, self) -> {
                    if (callId(event.getRequest()).startsWith("fence")) {
                        try {
                            self.respond(event, 200);
                        } catch (SipException e) {
                            // Over TCP the stack may have closed the connection over the message before.
                            assertThat(transport).isEqualTo("tcp");
                        }
                    }
                });
    }

    private static String callId(Message message) {
        return message.getHeader(CallIdHeader.NAME) instanceof CallIdHeader header ? header.getCallId() : "";
    }

    /** What the listener was told since an earlier look, but for the fences. */
    private static List<String> reached(TestStack stack, int from) {
        // A part of the list itself would fail when the stack tells of one more meanwhile.
        List<EventObject> events = List.copyOf(stack.events());
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

    /** @param share of how many messages with a byte changed one is taken: the parser sees them all in another test */
    private static List<Named> messages(int share) {
        List<Named> messages = new ArrayList<>(TestMessages.all());
        TestMessages.honest()
                .forEach(honest -> TestMessages.flips(honest, flip -> {
                    if (flip.name().hashCode() % share == 0) {
                        messages.add(flip);
                    }
                }));
        TestMessages.huge().stream()
                .filter(message -> message.bytes().length < 60_000)
                .forEach(messages::add);
        return messages;
    }

    private static void assertSame(Verdicts with, Verdicts without) {
        for (int i = 0; i < without.reached.size(); i++) {
            assertThat(with.reached.get(i)).isEqualTo(without.reached.get(i));
            assertThat(with.answered.get(i)).isEqualTo(without.answered.get(i));
        }
        assertThat(with.reached).hasSameSizeAs(without.reached);
    }

    @Test
    void shouldBeTheSameOverUdp() throws IOException {
        List<Named> messages = messages(40);
        Verdicts without;
        Verdicts with;
        try (RawPeer peer = RawPeer.start("udp")) {
            without = overUdp(messages, false, peer);
            with = withAllOfTheKit(() -> overUdp(messages, true, peer));
        }
        assertSame(with, without);
        assertReached(without, 100);
        assertThat(without.answered)
                .filteredOn(verdict -> verdict.endsWith("SIP/2.0 400"))
                .hasSizeGreaterThan(10);
    }

    private static void assertReached(Verdicts verdicts, int more) {
        for (String kind : List.of("request, ", "response, ")) {
            assertThat(verdicts.reached)
                    .filteredOn(verdict -> verdict.contains(kind))
                    .as(kind)
                    .hasSizeGreaterThan(more);
        }
    }

    // ---- over TCP, where a message may also cost the connection

    private static final Pattern HOST = Pattern.compile(
            "(?i)\\b(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|org|net|edu))\\b");

    private static final Pattern LENGTH = Pattern.compile("(?im)^((?:content-length|l)[ \\t]*:[ \\t]*)\\d+");

    /**
     * The message as it would come over a stream: with hosts that nobody needs to ask a name server for, and a length that
     * lets the next message be found.
     */
    private static byte[] onStream(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(end + 4);
        head = HOST.matcher(head).replaceAll("127.0.0.1").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
        head = LENGTH.matcher(head).replaceAll("$1" + body.length());
        return (head + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What the stack reads on behind, until more comes than anybody would send: there is no verdict to wait for. */
    private static final Set<String> WITHOUT_END = Set.of("badvers", "wsinv");

    private static Verdicts overTcp(List<Named> messages, boolean kit) throws IOException {
        List<String> reached = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        try (TestStack stack = start("tcp", kit)) {
            for (int i = 0; i < messages.size(); i++) {
                int before = stack.events().size();
                StringBuilder answers = new StringBuilder(messages.get(i).name()).append(':');
                if (!answersAll(stack, "fence-" + stack.name() + "-" + i, messages.get(i), answers)) {
                    answers.append(" closed");
                    Named nothing = new Named("nothing", new byte[0]);
                    assertThat(answersAll(stack, "fence-" + stack.name() + "-again-" + i, nothing, answers))
                            .as("after " + messages.get(i))
                            .isTrue();
                }
                answered.add(answers.toString());
                // The port of the connection is another each time.
                String told = reached(stack, before).toString().replaceAll("rport=\\d+", "rport=");
                reached.add(messages.get(i).name() + ": " + told);
            }
        }
        return new Verdicts(reached, answered);
    }

    /** Sends a message and a fence on a connection of their own; false if the stack closed it before the fence was answered. */
    private static boolean answersAll(TestStack stack, String fence, Named message, StringBuilder answers)
            throws IOException {
        try (RawPeer peer = RawPeer.start("tcp")) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(onStream(message.bytes()));
            // What is left of a body without a length ends here too.
            both.write(("\r\n\r\n" + peer.request("OPTIONS", "tcp", fence)).getBytes(StandardCharsets.UTF_8));
            try {
                peer.send(both.toByteArray(), stack.port());
                for (String answer = peer.receive(); !answer.contains(fence); answer = peer.receive()) {
                    // It sends a 100 by itself if the machine is slow.
                    if (!answer.startsWith("SIP/2.0 100 ")) {
                        answers.append(' ').append(automatic(answer));
                    }
                }
                return true;
            } catch (SocketTimeoutException e) {
                throw new AssertionError("neither answered nor closed after " + message, e);
            } catch (IOException e) {
                return false;
            }
        }
    }

    @Test
    void shouldBeTheSameOverTcp() throws IOException {
        List<Named> messages = messages(160);
        messages.removeIf(message -> WITHOUT_END.contains(message.name()));
        Verdicts without = overTcp(messages, false);
        Verdicts with = withAllOfTheKit(() -> overTcp(messages, true));
        assertSame(with, without);
        assertReached(without, 50);
        assertThat(without.answered)
                .filteredOn(verdict -> verdict.endsWith(" closed"))
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
