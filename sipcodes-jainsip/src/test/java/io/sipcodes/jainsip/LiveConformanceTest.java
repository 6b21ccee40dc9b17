package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent.ConformanceFinding;
import io.sipcodes.SipEvent.ResponseSeen;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sip.ServerTransaction;
import javax.sip.header.AllowHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conformance check says of responses that go over the wire. */
class LiveConformanceTest {

    private EventRecorder events;

    @BeforeEach
    void record() {
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        events.close();
        SipTraffic.checkConformance(true);
    }

    private List<String> rules(TestStack stack, SipDirection direction) {
        return events.all(ConformanceFinding.class).stream()
                .filter(finding -> finding.message().stack().equals(stack.name()))
                .filter(finding -> finding.message().direction() == direction)
                .map(finding -> finding.message().rawCode() + " " + finding.rule())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldFindA405WithoutAllowOnBothSides(String transport) throws Exception {
        try (TestStack uas = TestStack.start("uas", transport).answer(405);
                TestStack uac = TestStack.start("uac", transport)) {
            uac.awaitFinal(uac.send(uac.request(Request.MESSAGE, uas)));
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(rules(uas, SipDirection.SENT)).containsExactly("405 lacks-allow");
            assertThat(rules(uac, SipDirection.RECEIVED)).containsExactly("405 lacks-allow");
            ConformanceFinding finding = events.all(ConformanceFinding.class).get(0);
            assertThat(finding.mandatory()).isTrue();
            assertThat(finding.reference()).isEqualTo("RFC 3261 21.4.6");
        }
    }

    @Test
    void shouldSayNothingOfA405WithAllow() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> {
                    Response response = self.response(405, event.getRequest());
                    response.addHeader(self.headers.createAllowHeader(Request.INVITE));
                    self.transaction(event).sendResponse(response);
                });
                TestStack uac = TestStack.start("uac", "udp")) {
            Response answer =
                    uac.awaitFinal(uac.send(uac.request(Request.MESSAGE, uas))).getResponse();
            assertThat(answer.getHeader(AllowHeader.NAME)).isNotNull();
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(rules(uas, SipDirection.SENT)).isEmpty();
            assertThat(rules(uac, SipDirection.RECEIVED)).isEmpty();
        }
    }

    /** The stack answers a repeated request with the same response again. */
    @Test
    void shouldSayItOnceHoweverOftenTheResponseComes() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").answer(405);
                RawPeer peer = RawPeer.start("udp")) {
            String request = peer.request(Request.MESSAGE, "udp", "again");
            for (int i = 0; i < 3; i++) {
                peer.send(request, uas.port());
                assertThat(peer.receive()).startsWith("SIP/2.0 405 ");
            }
            events.awaitResponses(uas, SipDirection.SENT, 3);
            events.settle();
            assertThat(events.all(ResponseSeen.class))
                    .filteredOn(seen -> seen.message().stack().equals(uas.name()))
                    .extracting(ResponseSeen::retransmission)
                    .containsExactly(false, true, true);
            assertThat(rules(uas, SipDirection.SENT)).containsExactly("405 lacks-allow");
        }
    }

    @Test
    void shouldSayItOnceOfAResponseThatIsReceivedTwice() throws Exception {
        try (TestStack uac = TestStack.start("uac", "udp");
                RawPeer peer = RawPeer.start("udp")) {
            uac.send(uac.request(Request.INVITE, peer.port()));
            String request = peer.receive();
            for (int i = 0; i < 3; i++) {
                peer.reply(request, "SIP/2.0 405 Method Not Allowed");
            }
            events.awaitResponses(uac, SipDirection.RECEIVED, 3);
            events.settle();
            assertThat(rules(uac, SipDirection.RECEIVED))
                    .contains("405 lacks-allow")
                    .doesNotHaveDuplicates();
        }
    }

    /** Rules about the request: a 100 has to carry its Timestamp, a dialog needs Record-Route and Contact. */
    @Test
    void shouldHoldAResponseAgainstItsRequest() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> {
                    Response response = self.response(180, event.getRequest());
                    response.removeHeader("Record-Route");
                    self.transaction(event).sendResponse(response);
                });
                TestStack uac = TestStack.start("uac", "udp")) {
            Request request = uac.request(Request.INVITE, uas);
            request.addHeader(uac.headers.createRecordRouteHeader(
                    uac.addresses.createAddress("<sip:proxy@127.0.0.1:" + uac.port() + ";lr>")));
            uac.send(request);
            uac.awaitResponse(180);
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(rules(uas, SipDirection.SENT)).containsExactly("180 lacks-record-route");
            assertThat(rules(uac, SipDirection.RECEIVED)).containsExactly("180 lacks-record-route");
        }
    }

    /** The application may do with a message what it likes as soon as the stack is done with it. */
    @Test
    void shouldJudgeWhatWentOutAndNotWhatTheApplicationMadeOfItLater() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        SipTraffic.Subscription slow = SipTraffic.subscribe(event -> {
            held.countDown();
            awaitQuietly(release);
        });
        try (slow;
                TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> {
                    ServerTransaction transaction = self.transaction(event);
                    Response response = self.response(180, event.getRequest());
                    transaction.sendResponse(response);
                    response.setStatusCode(405);
                    transaction.sendResponse(response);
                    response.removeHeader("Contact");
                    response.setStatusCode(486);
                });
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.send(uac.request(Request.INVITE, uas));
            uac.awaitFinal();
            held.await();
            release.countDown();
            events.awaitResponses(uas, SipDirection.SENT, 2);
            events.settle();
            assertThat(rules(uas, SipDirection.SENT)).containsExactly("405 lacks-allow");
        } finally {
            release.countDown();
        }
    }

    @Test
    void shouldSayNothingWhenItIsOff() throws Exception {
        SipTraffic.checkConformance(false);
        try (TestStack uas = TestStack.start("uas", "udp").answer(405);
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.awaitFinal(uac.send(uac.request(Request.MESSAGE, uas)));
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(rules(uas, SipDirection.SENT)).isEmpty();
            assertThat(rules(uac, SipDirection.RECEIVED)).isEmpty();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
