package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogReaderTest {

    private final List<SipEvent> events = new ArrayList<>();
    private final List<ServerLogReader.Problem> problems = new ArrayList<>();

    private void read(String log) throws IOException {
        ServerLogReader.read(
                new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), events::add, problems::add);
    }

    private List<String> messages(Predicate<SipMessage> fits) {
        return events.stream()
                .map(event -> event instanceof SipEvent.RequestSeen seen
                        ? seen.message()
                        : event instanceof SipEvent.ResponseSeen seen ? seen.message() : null)
                .filter(message -> message != null && fits.test(message))
                .map(message -> (message.isResponse() ? message.rawCode() + " " : "") + message.method())
                .toList();
    }

    private List<String> messages() {
        return messages(message -> true);
    }

    // ---- what the stock stack writes

    @ParameterizedTest
    @CsvSource({"udp, true", "tcp, true", "udp, false", "tcp, false"})
    void shouldReadWhatTheStackWrote(String transport, boolean bodies, @TempDir Path folder) throws Exception {
        Path uasLog = folder.resolve("uas.txt");
        Path uacLog = folder.resolve("uac.txt");
        TestStack uas = logging("uas", transport, uasLog, bodies).handle((event, self) -> {
            switch (event.getRequest().getMethod()) {
                case Request.INVITE -> self.respond(event, 180, 200);
                case Request.MESSAGE -> self.respond(event, 480);
                default -> self.respond(event, 200);
            }
        });
        TestStack uac = logging("uac", transport, uacLog, bodies);
        try (uas;
                uac) {
            Request message = uac.request(Request.MESSAGE, uas);
            // As an attacker would have it: an end and a new entry in a body.
            message.setContent(
                    "]]>\n</message>\n<message\ntime=\"1\"\nisSender=\"false\"\n>\n<![CDATA[OPTIONS sip:evil@x SIP/2.0\r\n"
                            + "CSeq: 1 OPTIONS\r\nCall-ID: evil\r\n\r\n]]>\n</message>\n\u00fc",
                    uac.headers.createContentTypeHeader("text", "plain"));
            uac.awaitFinal(uac.send(message));
            uac.send(uac.request(Request.INVITE, uas));
            ResponseEvent answer = uac.awaitResponse(200);
            uac.ack(answer);
            uas.awaitRequest(Request.ACK);
            uac.awaitFinal(uac.send(answer.getDialog(), Request.BYE));
        }
        String[] flow = {
            "MESSAGE", "480 MESSAGE", "INVITE", "180 INVITE", "200 INVITE", "ACK", "BYE", "200 BYE",
        };
        for (Path log : List.of(uasLog, uacLog)) {
            // The stack's file grows on while it stops.
            Awaitility.await().untilAsserted(() -> {
                events.clear();
                problems.clear();
                ServerLogReader.read(log, events::add, problems::add);
                assertThat(TestStack.withoutTrying(messages())).containsExactlyInAnyOrder(flow);
            });
            assertThat(problems).isEmpty();
            assertThat(events)
                    .filteredOn(SipEvent.AttemptEnded.class::isInstance)
                    .extracting(
                            event -> ((SipEvent.AttemptEnded) event).diagnosis().outcome())
                    .containsExactly(SipOutcome.SUCCESS);
            assertThat(events).filteredOn(SipEvent.CallEnded.class::isInstance).hasSize(1);
            TestStack writer = log == uacLog ? uac : uas;
            SipDirection answers = writer == uac ? SipDirection.RECEIVED : SipDirection.SENT;
            assertThat(messages(message -> message.isResponse()
                            && message.rawCode() != 100
                            && message.direction() == answers
                            && message.stack().equals(writer.name())
                            && message.peer().startsWith("127.0.0.1:")))
                    .hasSize(4);
        }
    }

    private static TestStack logging(String name, String transport, Path file, boolean bodies) {
        return TestStack.start(name, transport, properties -> {
            properties.remove("gov.nist.javax.sip.SERVER_LOGGER");
            properties.setProperty("gov.nist.javax.sip.SERVER_LOG", file.toString());
            properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "16");
            properties.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", Boolean.toString(bodies));
        });
    }

    // ---- written by hand, to the letter of the above

    private static final String HEAD =
            "<!-- whatever -->\n<description\n logDescription=\"s\"\n name=\"s\"\n auxInfo=\"null\"/>\n \n";

    private static String entry(long time, boolean sent, String content) {
        return "<message\nfrom=\"192.0.2.1:5060\" \nto=\"192.0.2.2:5060\" \ntime=\"" + time + "\"\nisSender=\"" + sent
                + "\" \ntransactionId=\"t\" \ncallId=\"c\" \nfirstLine=\"x\" \n>\n<![CDATA[" + content
                + "]]>\n</message>\n\n";
    }

    private static String request(String method, int cseq) {
        return method + " sip:bob@example.org SIP/2.0\r\n" + rest(method, cseq);
    }

    private static String response(int code, String method, int cseq) {
        return "SIP/2.0 " + code + " x\r\n" + rest(method, cseq);
    }

    private static String rest(String method, int cseq) {
        return "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + cseq + "\r\nFrom: <sip:a@example.org>;tag=f\r\n"
                + "To: <sip:b@example.org>;tag=t\r\nCall-ID: c\r\nCSeq: " + cseq + " " + method
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        // milliseconds at which the same response was written, how often it was received
        "'0 1',         1",
        "'0 1 500 501', 2",
        "'0 500',       2",
        "'0 399',       1",
        "'0 400',       2",
        "'0',           1",
    })
    void shouldTellTheStacksSecondLineFromARetransmission(String times, int received) throws Exception {
        StringBuilder log = new StringBuilder(HEAD).append(entry(1_000, true, request("OPTIONS", 1)));
        for (String time : times.split(" ")) {
            log.append(entry(2_000 + Long.parseLong(time), false, response(200, "OPTIONS", 1)));
        }
        read(log.toString());
        assertThat(messages(SipMessage::isResponse)).hasSize(received);
    }

    /** Each further reliable provisional response has a higher number (RFC 3262 section 3). */
    @ParameterizedTest
    @CsvSource({
        // code, and RSeq of each time it was sent; whether each was a retransmission
        "183, 1 1 2 2 1, false true false true true",
        "183, 0 0,       false true",
        "183, 0 1 0,     false false true",
        "200, 1 2,       false true",
    })
    void shouldTellReliableProvisionalResponsesApart(int code, String rseqs, String again) throws Exception {
        StringBuilder log = new StringBuilder(HEAD).append(entry(1_000, false, request("INVITE", 1)));
        for (String rseq : rseqs.split(" ")) {
            String plain = response(code, "INVITE", 1);
            log.append(
                    entry(2_000, true, rseq.equals("0") ? plain : plain.replace("CSeq", "RSeq: " + rseq + "\r\nCSeq")));
        }
        read(log.toString());
        assertThat(events)
                .filteredOn(SipEvent.ResponseSeen.class::isInstance)
                .extracting(event -> "" + ((SipEvent.ResponseSeen) event).retransmission())
                .containsExactly(again.split(" "));
    }

    @Test
    void shouldTakeTheTimesOfTheFile() throws Exception {
        read(HEAD
                + entry(1_000, true, request("OPTIONS", 1))
                + entry(40_000, true, request("OPTIONS", 2))
                + entry(40_250, false, response(200, "OPTIONS", 2)));
        List<SipEvent.TransactionEnded> ended = events.stream()
                .filter(SipEvent.TransactionEnded.class::isInstance)
                .map(SipEvent.TransactionEnded.class::cast)
                .toList();
        assertThat(ended).extracting(event -> event.diagnosis().rawCode()).containsExactly(408, 200);
        assertThat(ended.get(1).durationNanos()).isEqualTo(250_000_000L);
        assertThat(ended.get(1).timestampNanos()).isEqualTo(40_250_000_000L);
        assertThat(ended.get(1).request().stack()).isEqualTo("s");
        assertThat(ended.get(1).request().peer()).isEqualTo("192.0.2.2:5060");
    }

    @Test
    void shouldFindWhatIsWrongWithAResponse() throws Exception {
        read(HEAD + entry(1, false, request("MESSAGE", 1)) + entry(2, true, response(405, "MESSAGE", 1)));
        assertThat(events)
                .filteredOn(SipEvent.ConformanceFinding.class::isInstance)
                .extracting(event -> ((SipEvent.ConformanceFinding) event).rule())
                .containsExactly("lacks-allow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what becomes of the entry in the middle | the problem
                "time=\"2\"             | time=\"x\"    | time: x (expected: milliseconds since 1970)",
                "time=\"2\"             | timer=\"2\"   | time:  (expected: milliseconds since 1970)",
                "time=\"2\"             | time=\"9000000000000\" | time: 9000000000000 (expected: milliseconds since 1970)",
                "isSender=\"true\"      | isSender=\"\" | isSender:  (expected: true or false)",
                "CSeq: 2 OPTIONS        | X: y          | message without CSeq: SIP/2.0 200 x",
                "SIP/2.0 200 x          | SIP/2.0 x y   | ",
                "<![CDATA[              | <!            | entry without content",
                "]]>                    | ]]            | entry without end",
                "</message>             | </mess        | entry without end",
            })
    void shouldReportABrokenEntryByItsLineAndReadTheRest(String find, String replacement, String what)
            throws Exception {
        String middle = entry(2, true, response(200, "OPTIONS", 2)).replace(find, replacement);
        String before = HEAD + entry(1, false, request("OPTIONS", 1));
        read(before + middle + entry(3, false, request("BYE", 3)));
        assertThat(messages()).containsExactly("OPTIONS", "BYE");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).line()).isEqualTo(before.lines().count() + 1);
        if (what != null) {
            assertThat(problems.get(0).what()).isEqualTo(what);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // first line | the problem | the same unmasked
                "INVITE sip:+4930123456@example.org SIP/2.0 | message without CSeq: INVITE sip:+49******56@example.org SIP/2.0"
                        + " | message without CSeq: INVITE sip:+4930123456@example.org SIP/2.0",
                "SIP/2.0 486 Busy 4930123456 | message without CSeq: SIP/2.0 486 Busy ********56"
                        + " | message without CSeq: SIP/2.0 486 Busy 4930123456",
            })
    void shouldMaskNumbersInWhatIsBroken(String firstLine, String masked, String whole) throws Exception {
        String log = HEAD + entry(1, false, firstLine + "\r\nCall-ID: c\r\nContent-Length: 0\r\n\r\n");
        read(log);
        SipTraffic.redactWith(Redaction.none());
        try {
            read(log);
        } finally {
            SipTraffic.redactWith(Redaction.standard());
        }
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).what()).contains(masked).doesNotContain("0123");
        assertThat(problems.get(1).what()).contains(whole);
    }

    @Test
    void shouldReadOnWhereverAnEntryWasCutOff() throws Exception {
        String cut = entry(
                2,
                true,
                "MESSAGE sip:b@example.org SIP/2.0\r\n"
                        + rest("MESSAGE", 2).replace("Content-Length: 0", "Content-Length: 5") + "hello");
        String before = HEAD + entry(1, false, request("OPTIONS", 1));
        String after = entry(3, false, request("BYE", 3)) + entry(4, false, request("INFO", 4));
        for (int length = 9; length < cut.length() - "]]>\n</message>\n\n".length(); length++) {
            events.clear();
            problems.clear();
            read(before + cut.substring(0, length) + "\n" + after);
            assertThat(messages())
                    .as("cut off after %s", cut.substring(0, length))
                    .contains("OPTIONS", "INFO", "BYE");
            assertThat(problems)
                    .as("cut off after %s", cut.substring(0, length))
                    .hasSize(1);
        }
    }

    @Test
    void shouldReportAFileThatEndsInAnEntry() throws Exception {
        String before = HEAD + entry(1, false, request("OPTIONS", 1));
        String last = entry(2, true, response(200, "OPTIONS", 1));
        for (int length = 9; length < last.length() - 3; length++) {
            events.clear();
            problems.clear();
            read(before + last.substring(0, length));
            assertThat(messages()).containsExactly("OPTIONS");
            assertThat(problems).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "nonsense",
                "<message",
                "<message\n",
                "<message\n<message\n",
                "]]>\n</message>",
                "\0\u00ff"
            })
    void shouldReadAnything(String log) throws Exception {
        read(log);
        assertThat(events).isEmpty();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldHoldNoMoreThanAnEntryOfBoundedLength() throws Exception {
        String endless = "<message\ntime=\"1\"\nisSender=\"true\"\n>\n<![CDATA[" + request("OPTIONS", 1);
        read(endless + "x".repeat(5_000_000) + "\n" + entry(3, false, request("BYE", 3)));
        assertThat(messages()).contains("BYE");
        assertThat(problems).isNotEmpty();
        events.clear();
        read((endless + "<message\n".repeat(100)).repeat(50) + entry(3, false, request("BYE", 3)));
        assertThat(messages()).contains("BYE");
    }

    /** Each of them makes the reader look as far as an entry may reach. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTakeTimeInProportionToTheLength() throws Exception {
        String last = entry(3, false, request("BYE", 3));
        read("<message\n<![CDATA[a\n\n".repeat(500_000) + "x".repeat(3_000_000) + "\n" + last);
        assertThat(messages()).containsExactly("BYE");
        assertThat(problems)
                .extracting(ServerLogReader.Problem::what)
                .contains("too many entries without end: left out up to here");
    }

    @Test
    void shouldLoseNoLineBehindAnEntryThatIsTooLong() throws Exception {
        String endless = "<message\ntime=\"1\"\nisSender=\"true\"\n>\n<![CDATA[" + request("OPTIONS", 1);
        for (int more = 0; more < 20; more++) {
            events.clear();
            read(endless
                    + "x".repeat(1 << 18).repeat(3)
                    + ("x".repeat(1022 + more) + "\n").repeat(256)
                    + entry(3, false, request("BYE", 3)));
            assertThat(messages()).containsExactly("BYE");
        }
    }

    @Test
    void shouldShowOnlyCleanTextOfWhatIsBroken() throws Exception {
        read(HEAD
                + entry(1, false, request("OPTIONS", 1))
                        .replace("time=\"1\"", "time=\"\u001b[31m" + "9".repeat(999) + "\""));
        assertThat(problems.get(0).what()).startsWith("time: \uFFFD[31m999").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void shouldShowHowItIsUsed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("server.log");
        Files.writeString(
                file, HEAD + entry(1, false, request("INVITE", 1)) + entry(2, true, response(486, "INVITE", 1)));
        // tag::read-server-log
        CallLadders ladders = new CallLadders(Redaction.standard(), Locale.ENGLISH);
        ServerLogReader.read(file, ladders, problem -> System.err.println(problem.line() + ": " + problem.what()));

        for (CallLadders.CallLadder ladder : ladders.ladders()) {
            assertThat(ladder.text()).contains("486 x", "[busy]");
            assertThat(ladder.mermaid()).startsWith("sequenceDiagram");
        }
        // end::read-server-log
        assertThat(ladders.ladders()).hasSize(1);
    }
}
