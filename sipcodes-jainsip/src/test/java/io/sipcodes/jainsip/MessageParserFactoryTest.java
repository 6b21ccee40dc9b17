package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.NioMessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent.MessageRejected;
import io.sipcodes.SipEvent.MessageRejected.Cause;
import java.text.ParseException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sip.RequestEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserFactoryTest {

    private EventRecorder events;

    @BeforeEach
    void record() {
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        events.close();
    }

    private static TestStack start(String transport, Consumer<Properties> changes) {
        return TestStack.start("parser", transport.equals("nio") ? "tcp" : transport, properties -> {
            properties.setProperty(SipCodesMessageParserFactory.PROPERTY, SipCodesMessageParserFactory.class.getName());
            if (transport.equals("nio")) {
                properties.setProperty(
                        "gov.nist.javax.sip.MESSAGE_PROCESSOR_FACTORY", NioMessageProcessorFactory.class.getName());
            }
            changes.accept(properties);
        });
    }

    private static TestStack start(String transport) {
        return start(transport, properties -> {});
    }

    /** How many headers to break, on which transport, and what the event and the automatic 400 say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp | From: <sip:raw@        | From: >>><<<\tx               | MALFORMED      | Malformed From header field: From: >>><<<",
                "tcp | From: <sip:raw@        | From: >>><<<\tx               | MALFORMED      | Malformed From header field: From: >>><<<",
                "nio | From: <sip:raw@        | From: >>><<<\tx               | HEADER_MISSING | No From: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "udp | CSeq: 1 OPTIONS        | CSeq: one OPTIONS             | MALFORMED      | Malformed CSeq header field: CSeq: one OPTIONS",
                "udp | CSeq: 1 OPTIONS        | CSeq: 1 INVITE                | MALFORMED      | CSeq is for INVITE: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "tcp | CSeq: 1 OPTIONS        | CSeq: 1 INVITE                | MALFORMED      | CSeq is for INVITE: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "udp | Call-ID: bad           | X-Not: bad                    | HEADER_MISSING | No Call-ID: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "tcp | Call-ID: bad           | X-Not: bad                    | HEADER_MISSING | No Call-ID: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "udp | To: <sip:bob@          | X-Not: <sip:bob@              | HEADER_MISSING | No To: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "udp | Via: SIP/2.0           | X-Not: SIP/2.0                | HEADER_MISSING | No Via: OPTIONS sip:bob@127.0.0.1 SIP/2.0",
                "udp | OPTIONS sip:bob        | OPTI{ONS sip:bob              | MALFORMED      | Malformed Request-Line: OPTI{ONS sip:bob@127.0.0.1 SIP/2.0",
            })
    void shouldTellOfARequestThatTheStackThrowsAway(
            String transport, String find, String replacement, Cause cause, String detail) throws Exception {
        try (TestStack stack = start(transport);
                RawPeer peer = RawPeer.start(stack.transport())) {
            String good = peer.request("OPTIONS", stack.transport(), "bad");
            assertThat(good).contains(find);
            peer.send(good.replace(find, replacement), stack.port());
            MessageRejected rejected =
                    events.await(MessageRejected.class, event -> event.stack().equals(stack.name()));
            assertThat(rejected.cause()).isEqualTo(cause);
            assertThat(rejected.detail()).startsWith(detail);
            assertThat(rejected.direction()).isEqualTo(SipDirection.RECEIVED);
            events.settle();
            assertThat(events.rejected(stack)).hasSize(1);
            assertThat(events.requests(stack, SipDirection.RECEIVED)).hasSizeLessThan(2);
            try (RawPeer other = RawPeer.start(stack.transport())) {
                other.send(other.request("OPTIONS", stack.transport(), "good"), stack.port());
                assertThat(other.receive()).startsWith("SIP/2.0 200 ");
            }
            assertThat(stack.events())
                    .filteredOn(RequestEvent.class::isInstance)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp, SIP/2.0 1000 x,        NO_SIP_CODE, No SIP code: SIP/2.0 1000 x",
        "tcp, SIP/2.0 1000 x,        NO_SIP_CODE, No SIP code: SIP/2.0 1000 x",
        "nio, SIP/2.0 700 x,         NO_SIP_CODE, No SIP code: SIP/2.0 700 x",
        "udp, SIP/2.0 099 x,         NO_SIP_CODE, No SIP code: SIP/2.0 99 x",
        "udp, SIP/2.0 4294967301 x,  MALFORMED,   Malformed Status-Line: SIP/2.0 ********01 x",
        "udp, SIP/2.0 four x,        MALFORMED,   Malformed Status-Line: SIP/2.0 four x",
        "udp, sip/2.0 200 OK,        MALFORMED,   Malformed Request-Line: sip/2.0 200 OK",
        "tcp, SIP/3.0 200 OK,        MALFORMED,   Malformed Request-Line: SIP/3.0 200 OK",
    })
    void shouldTellOfAResponseThatTheStackThrowsAway(String transport, String line, Cause cause, String detail)
            throws Exception {
        try (TestStack stack = start(transport);
                RawPeer peer = RawPeer.start(stack.transport())) {
            String request = peer.request("OPTIONS", stack.transport(), "bad");
            peer.send(RawPeer.response(request, line), stack.port());
            MessageRejected rejected =
                    events.await(MessageRejected.class, event -> event.stack().equals(stack.name()));
            assertThat(rejected.cause()).isEqualTo(cause);
            assertThat(rejected.detail()).isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From: <sip:raw@     | From: >>><<<             | Malformed From header field",
                "To: <sip:bob@       | To: \"Bob <sip:bob@        | Malformed To header field",
                "CSeq: 1 OPTIONS     | CSeq: 99999999999999 X   | Malformed CSeq header field",
                "Content-Length: 0   | Content-Length: -999     | Malformed Content-Length header field",
            })
    void shouldSendItsAutomatic400Clean(String find, String replacement, String phrase) throws Exception {
        try (TestStack stack = start("udp");
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("OPTIONS", "udp", "bad").replace(find, replacement), stack.port());
            String answer = peer.receive();
            assertThat(answer).startsWith("SIP/2.0 400 Bad Request (" + phrase + ")\r\n");
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            assertThat(head.replace("\r\n", "")).doesNotContain("\n", "\r");
        }
    }

    @Test
    void shouldShowOnlyCleanTextOfBoundedLength() throws Exception {
        try (TestStack stack = start("udp");
                RawPeer peer = RawPeer.start("udp")) {
            String bad = "From: <<\u001b[31m\u202e\u0007" + "x".repeat(5000);
            peer.send(peer.request("OPTIONS", "udp", "bad").replaceFirst("From: [^\r]*", bad), stack.port());
            MessageRejected rejected = events.await(MessageRejected.class, event -> true);
            assertThat(rejected.detail())
                    .startsWith("Malformed From header field: From: <<\uFFFD[31m\uFFFD\uFFFDxxx")
                    .hasSize(256);
        }
    }

    /** What to break in an honest message, and what must then be nowhere. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From: <sip:raw@     | From: >>><<<sip:+4930123456789@x                      | 30123456789",
                "From: <sip:raw@     | From: <<sip:alice:s3cretword@x                        | s3cretword",
                "From: <sip:raw@     | From: <<x Authorization: Digest nonce=\"s3cretword\"  | s3cretword",
                "From: <sip:raw@     | From: <<x Authorization: Digest response=s3cretword   | s3cretword",
                "Call-ID: bad        | X-Not: bad                                            | 4930777777777",
                "CSeq: 1 OPTIONS     | CSeq: 1 INVITE                                        | 4930777777777",
                "CSeq: 1 OPTIONS     | CSeq: one OPTIONS;nonce=\"s3cretword\"               | s3cretword",
                "OPTIONS sip:bob     | Authorization: Bearer s3cretword sip:bob              | s3cretword",
                "OPTIONS sip:bob     | OPTI{ONS sip:+4930123456789                           | 30123456789",
            })
    void shouldHideSecretsAndNumbersOfWhatItTellsOf(String find, String replacement, String secret) throws Exception {
        try (CapturedLog kit = new CapturedLog("io.sipcodes", Level.TRACE);
                CapturedLog stackLines = new CapturedLog(StackLog.NAME, Level.INFO);
                TestStack stack = start("udp");
                RawPeer peer = RawPeer.start("udp")) {
            String good = peer.request("OPTIONS", "udp", "bad").replace("sip:bob@127", "sip:+4930777777777@127");
            String request = find.startsWith("OPTIONS")
                    ? good.replace("OPTIONS sip:+4930777777777", replacement)
                    : good.replace(find, replacement);
            assertThat(request).isNotEqualTo(good);
            peer.send(request, stack.port());
            MessageRejected rejected =
                    events.await(MessageRejected.class, event -> event.stack().equals(stack.name()));
            events.settle();
            assertThat(rejected.toString()).doesNotContain(secret);
            assertThat(kit.take()).noneMatch(line -> line.contains(secret));
            assertThat(stackLines.take()).noneMatch(line -> line.contains(secret));
        }
    }

    /** The stack sends it past its own server logger. */
    @Test
    void shouldTellOfTheMessageAndNotOfTheStacksOwn400() throws Exception {
        try (TestStack stack = start("udp");
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("OPTIONS", "udp", "bad").replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE"), stack.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 400 ");
            peer.send(peer.request("OPTIONS", "udp", "bad").replace("From: <", "From: >>><<<"), stack.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 400 ");
            events.await(MessageRejected.class, event -> events.rejected(stack).size() == 2);
            events.settle();
            assertThat(events.rejected(stack))
                    .extracting(MessageRejected::cause)
                    .containsOnly(Cause.MALFORMED);
            assertThat(events.responses(stack, SipDirection.SENT)).isEmpty();
            assertThat(stack.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "nio"})
    void shouldTellNothingOfGoodMessages(String transport) throws Exception {
        try (TestStack stack = start(transport);
                RawPeer peer = RawPeer.start(stack.transport())) {
            for (String method : List.of("OPTIONS", "MESSAGE", "REGISTER")) {
                peer.send("\r\n\r\n", stack.port());
                String request = peer.request(method, stack.transport(), "good" + method);
                peer.send(RawPeer.response(request, "SIP/2.0 699 \u00fc\tx"), stack.port());
                peer.send(request, stack.port());
                assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
            }
            assertThat(events.settle().rejected(stack)).isEmpty();
        }
    }

    /** Fails where the stack parses what it sent itself. */
    public static final class NoSecondParserFactory implements MessageParserFactory {

        static final AtomicInteger refused = new AtomicInteger();

        @Override
        public MessageParser createMessageParser(SIPTransactionStack stack) {
            StringMsgParser stock = new StringMsgParser();
            return (bytes, readBody, strict, listener) -> {
                if (listener == null) {
                    refused.incrementAndGet();
                    throw new ParseException("on purpose", 0);
                }
                return stock.parseSIPMessage(bytes, readBody, strict, listener);
            };
        }
    }

    @Test
    void shouldNotTakeTheStacksOwnRetransmissionsForMessagesReceived() throws Exception {
        NoSecondParserFactory.refused.set(0);
        try (AttachedParser attached = new AttachedParser();
                TestStack uas = TestStack.start(
                                "uas",
                                "udp",
                                properties -> properties.setProperty(
                                        attached.property(), NoSecondParserFactory.class.getName()))
                        .answer(200);
                RawPeer peer = RawPeer.start("udp")) {
            // A 200 to an INVITE that gets no ACK is parsed from its bytes and sent again.
            peer.send(peer.request("INVITE", "udp", "again"), uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
            await().until(() -> NoSecondParserFactory.refused.get() > 0);
            assertThat(events.settle().rejected(uas)).isEmpty();
        }
    }

    /** Fails in every way a parser can, by the user part of the Request-URI. */
    public static final class BrokenParserFactory implements MessageParserFactory {
        @Override
        public MessageParser createMessageParser(SIPTransactionStack stack) {
            StringMsgParser stock = new StringMsgParser();
            return (bytes, readBody, strict, listener) -> {
                String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
                if (text.startsWith("OPTIONS sip:error@")) {
                    throw new StackOverflowError("on purpose");
                }
                if (text.startsWith("OPTIONS sip:exception@")) {
                    throw new IllegalStateException("on purpose");
                }
                return stock.parseSIPMessage(bytes, readBody, strict, listener);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp, error,     java.lang.StackOverflowError",
        "udp, exception, java.lang.IllegalStateException",
        "nio, error,     java.lang.StackOverflowError",
        "nio, exception, java.lang.IllegalStateException",
    })
    void shouldKeepTheStacksThreadsAliveWhenAParserFails(String transport, String how, String name) throws Exception {
        AtomicInteger rejected = new AtomicInteger();
        try (AttachedParser attached = new AttachedParser();
                TestStack uas = TestStack.start("uas", transport.equals("nio") ? "tcp" : transport, properties -> {
                    properties.setProperty(attached.property(), BrokenParserFactory.class.getName());
                    if (transport.equals("nio")) {
                        properties.setProperty(
                                "gov.nist.javax.sip.MESSAGE_PROCESSOR_FACTORY",
                                NioMessageProcessorFactory.class.getName());
                    }
                })) {
            for (int i = 0; i < 5; i++) {
                try (RawPeer peer = RawPeer.start(uas.transport())) {
                    String good = peer.request("OPTIONS", uas.transport(), how + i);
                    peer.send(good.replace("sip:bob@127", "sip:" + how + "@127"), uas.port());
                    int before = rejected.get();
                    events.await(
                            MessageRejected.class,
                            event -> events.all(MessageRejected.class).size() > before);
                    rejected.set(events.all(MessageRejected.class).size());
                }
            }
            try (RawPeer peer = RawPeer.start(uas.transport())) {
                peer.send(peer.request("OPTIONS", uas.transport(), how + "-good"), uas.port());
                assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
            }
        }
        List<MessageRejected> all = events.settle().all(MessageRejected.class);
        assertThat(all).hasSize(5).allSatisfy(event -> {
            assertThat(event.cause()).isEqualTo(Cause.INTERNAL);
            assertThat(event.detail())
                    .isEqualTo("The parser failed (" + name + "): OPTIONS sip:" + how + "@127.0.0.1 SIP/2.0");
        });
    }

    /** Counts what it is asked to parse. */
    public static final class CountingParserFactory implements MessageParserFactory {

        static final AtomicInteger calls = new AtomicInteger();

        @Override
        public MessageParser createMessageParser(SIPTransactionStack stack) {
            StringMsgParser stock = new StringMsgParser();
            return (bytes, readBody, strict, listener) -> {
                calls.incrementAndGet();
                return stock.parseSIPMessage(bytes, readBody, strict, listener);
            };
        }
    }

    @Test
    void shouldAskTheApplicationsOwnFactory() throws Exception {
        CountingParserFactory.calls.set(0);
        try (AttachedParser attached = new AttachedParser();
                TestStack uas = TestStack.start(
                        "uas",
                        "udp",
                        properties ->
                                properties.setProperty(attached.property(), CountingParserFactory.class.getName()));
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("OPTIONS", "udp", "counted"), uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
            assertThat(CountingParserFactory.calls).hasValue(1);
            peer.send(peer.request("OPTIONS", "udp", "bad").replace("Call-ID: bad", "X-Not: bad"), uas.port());
            events.await(MessageRejected.class, event -> event.stack().equals(uas.name()));
        }
    }

    @Test
    void shouldUseTheStacksParserWhereTheApplicationsCannotBeMade() throws Exception {
        try (AttachedParser attached = new AttachedParser();
                TestStack uas = TestStack.start(
                        "uas", "udp", properties -> properties.setProperty(attached.property(), "no.such.Factory"));
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("OPTIONS", "udp", "stock"), uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
            // The stack logs what it sent after it sent it.
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(events.responses(uas, SipDirection.SENT)).hasSize(1);
        }
    }

    /** The System property, as the attachment sets it. */
    private static final class AttachedParser implements AutoCloseable {

        AttachedParser() {
            System.setProperty(property(), SipCodesMessageParserFactory.class.getName());
        }

        String property() {
            return SipCodesMessageParserFactory.PROPERTY;
        }

        @Override
        public void close() {
            System.clearProperty(property());
        }
    }
}
