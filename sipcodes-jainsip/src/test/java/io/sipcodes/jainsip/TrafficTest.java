package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of the hub against what went over the wire. */
class TrafficTest {

    private EventRecorder events;

    @BeforeEach
    void record() {
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        events.close();
    }

    @Test
    void shouldRunWithoutLog4j() {
        assertThatThrownBy(() -> Class.forName("org.apache.log4j.Logger")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.apache.log4j.Priority")).isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldSeeEveryFinalResponseOnceOnEachSide(String transport) throws Exception {
        TestStack uas = TestStack.start("uas", transport);
        TestStack uac = TestStack.start("uac", transport);
        List<Integer> codes = SipCode.known().stream()
                .filter(SipCode::isFinal)
                .map(SipCode::value)
                .toList();
        try (uas;
                uac) {
            for (int code : codes) {
                uas.answer(code);
                ClientTransaction transaction = uac.send(uac.request(Request.OPTIONS, uas));
                uac.awaitFinal(transaction);
            }
            // The stack logs what it sent after it sent it, and not any more once it is stopped.
            events.awaitResponses(uas, SipDirection.SENT, codes.size());
        }
        events.settle();
        assertThat(codes(events.responses(uas, SipDirection.SENT))).isEqualTo(codes);
        assertThat(codes(events.responses(uac, SipDirection.RECEIVED))).isEqualTo(codes);
        assertThat(events.responses(uas, SipDirection.RECEIVED)).isEmpty();
        assertThat(events.responses(uac, SipDirection.SENT)).isEmpty();
        assertThat(events.requests(uac, SipDirection.SENT)).hasSameSizeAs(codes);
        assertThat(events.requests(uas, SipDirection.RECEIVED)).hasSameSizeAs(codes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldSeeAStackThatWasStoppedAndStartedAgain(String transport) throws Exception {
        TestStack uas = TestStack.start("uas", transport);
        try (uas;
                TestStack uac = TestStack.start("uac", transport)) {
            uas.restart();
            uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            events.awaitResponses(uas, SipDirection.SENT, 1);
        }
        events.settle();
        assertThat(codes(events.responses(uas, SipDirection.SENT))).containsExactly(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldSeeEveryMessageOfACallOnce(String transport) throws Exception {
        TestStack uas = TestStack.start("uas", transport).handle((event, self) -> {
            switch (event.getRequest().getMethod()) {
                case Request.INVITE -> self.respond(event, 180, 200);
                case Request.BYE -> self.respond(event, 200);
                default -> {}
            }
        });
        TestStack uac = TestStack.start("uac", transport);
        try (uas;
                uac) {
            uac.send(uac.request(Request.INVITE, uas));
            ResponseEvent answer = uac.awaitFinal();
            uac.ack(answer);
            uas.awaitRequest(Request.ACK);
            uac.awaitFinal(uac.send(answer.getDialog(), Request.BYE));
            events.await(
                    SipEvent.ResponseSeen.class,
                    seen -> seen.message().stack().equals(uas.name())
                            && seen.message().method().equals(Request.BYE));
        }
        events.settle();
        assertThat(lines(events.requests(uac, SipDirection.SENT))).containsExactly("INVITE", "ACK", "BYE");
        assertThat(lines(events.requests(uas, SipDirection.RECEIVED))).containsExactly("INVITE", "ACK", "BYE");
        assertThat(TestStack.withoutTrying(lines(events.responses(uas, SipDirection.SENT))))
                .containsExactly("180 INVITE", "200 INVITE", "200 BYE");
        assertThat(TestStack.withoutTrying(lines(events.responses(uac, SipDirection.RECEIVED))))
                .containsExactly("180 INVITE", "200 INVITE", "200 BYE");
    }

    /** The stack's other implementation of TCP. */
    @Test
    void shouldSeeEveryMessageOverNio() throws Exception {
        TestStack uas = TestStack.start("uas", "nio").answer(180, 486);
        try (uas;
                RawPeer peer = RawPeer.start("tcp")) {
            peer.send(peer.request(Request.INVITE, "tcp", "nio"), uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 180 ");
            assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
            events.awaitResponses(uas, SipDirection.SENT, 2);
        }
        events.settle();
        assertThat(lines(events.requests(uas, SipDirection.RECEIVED))).containsExactly("INVITE");
        assertThat(lines(events.responses(uas, SipDirection.SENT))).containsExactly("180 INVITE", "486 INVITE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldSeeTheTryingThatTheStackSends(String transport) throws Exception {
        CountDownLatch trying = new CountDownLatch(1);
        TestStack uas = TestStack.start("uas", transport).handle((event, self) -> {
            if (event.getRequest().getMethod().equals(Request.INVITE)) {
                ServerTransaction transaction = self.transaction(event);
                trying.await();
                transaction.sendResponse(self.response(486, event.getRequest()));
            }
        });
        TestStack uac = TestStack.start("uac", transport);
        try (uas;
                uac) {
            uac.send(uac.request(Request.INVITE, uas));
            uac.awaitResponse(100);
            trying.countDown();
            uac.awaitFinal();
            events.awaitResponses(uas, SipDirection.SENT, 2);
        }
        events.settle();
        // Two threads send them, and each is logged after it was sent.
        assertThat(lines(events.responses(uas, SipDirection.SENT)))
                .containsExactlyInAnyOrder("100 INVITE", "486 INVITE");
        assertThat(lines(events.responses(uac, SipDirection.RECEIVED))).containsExactly("100 INVITE", "486 INVITE");
    }

    @ParameterizedTest
    @CsvSource({"udp, BYE", "tcp, BYE", "udp, CANCEL", "tcp, CANCEL"})
    void shouldSeeThe481ThatTheStackSends(String transport, String method) throws Exception {
        TestStack uas = TestStack.start("uas", transport);
        try (uas;
                RawPeer peer = RawPeer.start(transport)) {
            peer.send(
                    peer.request(method, transport, "stray").replace("bob@example.org>", "bob@example.org>;tag=x"),
                    uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 481 ");
            // The stack logs what it sent after it sent it, and not any more once it is stopped.
            events.awaitResponses(uas, SipDirection.SENT, 1);
        }
        events.settle();
        assertThat(lines(events.responses(uas, SipDirection.SENT))).containsExactly("481 " + method);
        assertThat(uas.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldSeeThe482ThatTheStackSends(String transport) throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        TestStack uas = TestStack.start("uas", transport).handle((event, self) -> {
            self.transaction(event);
            known.countDown();
        });
        try (uas;
                RawPeer peer = RawPeer.start(transport)) {
            String invite = peer.request(Request.INVITE, transport, "merged");
            peer.send(invite, uas.port());
            known.await();
            peer.send(invite.replace("branch=z9hG4bKmerged", "branch=z9hG4bKother"), uas.port());
            String answer = peer.receive();
            assertThat(answer.startsWith("SIP/2.0 100 ") ? peer.receive() : answer)
                    .startsWith("SIP/2.0 482 ");
            events.await(SipEvent.ResponseSeen.class, seen -> seen.message().rawCode() == 482);
        }
        events.settle();
        assertThat(lines(events.responses(uas, SipDirection.SENT))).containsOnlyOnce("482 INVITE");
    }

    @ParameterizedTest
    @CsvSource({"udp, 700", "udp, 799", "udp, 1000", "udp, 4860", "tcp, 700", "tcp, 799", "tcp, 1000", "tcp, 4860"})
    void shouldGoOnAfterACodeOutOfRange(String transport, String code) throws Exception {
        TestStack uac = TestStack.start("uac", transport);
        try (uac;
                RawPeer peer = RawPeer.start(transport)) {
            ClientTransaction transaction = uac.send(uac.request(Request.OPTIONS, peer.port()));
            String request = peer.receive();
            peer.reply(request, "SIP/2.0 " + code + " Whatever");
            peer.reply(request, "SIP/2.0 200 OK");
            assertThat(uac.awaitFinal(transaction).getResponse().getStatusCode())
                    .isEqualTo(200);
        }
        events.settle();
        assertThat(events.responses(uac, SipDirection.RECEIVED))
                .filteredOn(message -> message.code().isPresent())
                .extracting(SipMessage::rawCode)
                .containsExactly(200);
    }

    @ParameterizedTest
    @CsvSource({"udp, 099, 99", "tcp, 099, 99", "udp, 000, 0", "tcp, 000, 0"})
    void shouldCallACodeBelow100NoSipCode(String transport, String onTheWire, int rawCode) throws Exception {
        TestStack uac = TestStack.start("uac", transport);
        try (uac;
                RawPeer peer = RawPeer.start(transport)) {
            ClientTransaction transaction = uac.send(uac.request(Request.OPTIONS, peer.port()));
            String request = peer.receive();
            peer.reply(request, "SIP/2.0 " + onTheWire + " Low");
            peer.reply(request, "SIP/2.0 200 OK");
            uac.awaitFinal(transaction);
        }
        events.settle();
        List<SipMessage> responses = events.responses(uac, SipDirection.RECEIVED);
        assertThat(responses).extracting(SipMessage::rawCode).containsExactly(rawCode, 200);
        assertThat(responses.get(0).code()).isEmpty();
        assertThat(responses.get(0).phrase()).isEqualTo("Low");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldLeaveTheCallAloneWhenAConsumerThrows(String transport) throws Exception {
        TestStack uas = TestStack.start("uas", transport).answer(200);
        TestStack uac = TestStack.start("uac", transport);
        SipTraffic.Subscription broken = SipTraffic.subscribe(event -> {
            throw new StackOverflowError("on purpose");
        });
        try (uas;
                uac;
                broken) {
            for (int i = 0; i < 5; i++) {
                uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            }
            events.awaitResponses(uac, SipDirection.RECEIVED, 5);
        }
        events.settle();
        assertThat(events.responses(uac, SipDirection.RECEIVED)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldLeaveTheCallAloneWhenAConsumerBlocks(String transport) throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TestStack uas = TestStack.start("uas", transport).answer(200);
        TestStack uac = TestStack.start("uac", transport);
        SipTraffic.Subscription slow = SipTraffic.subscribe(event -> {
            blocked.countDown();
            awaitQuietly(release);
        });
        try (uas;
                uac;
                slow) {
            uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            blocked.await();
            for (int i = 0; i < 5; i++) {
                uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            }
            assertThat(release.getCount()).isOne();
            release.countDown();
        } finally {
            release.countDown();
        }
        events.settle();
        assertThat(events.responses(uac, SipDirection.RECEIVED)).hasSize(6);
    }

    @Test
    void shouldCountWhatItSaw() throws Exception {
        long before = SipTraffic.seen();
        long dropped = SipTraffic.dropped();
        TestStack uas = TestStack.start("uas", "udp").answer(486);
        TestStack uac = TestStack.start("uac", "udp");
        try (uas;
                uac) {
            uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            // The hub is one for the JVM: a stack of a test before may still send something again.
            await().untilAsserted(() -> assertThat(SipTraffic.seen() - before).isGreaterThanOrEqualTo(4));
            events.awaitResponses(uac, SipDirection.RECEIVED, 1);
            events.awaitResponses(uas, SipDirection.SENT, 1);
        }
        assertThat(SipTraffic.dropped()).isEqualTo(dropped);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> codes(List<SipMessage> messages) {
        return messages.stream().map(SipMessage::rawCode).toList();
    }

    private static List<String> lines(List<SipMessage> messages) {
        return messages.stream()
                .map(message -> message.isResponse() ? message.rawCode() + " " + message.method() : message.method())
                .toList();
    }
}
