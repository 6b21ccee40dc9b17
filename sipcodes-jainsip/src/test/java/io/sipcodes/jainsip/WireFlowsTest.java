package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.CallStarted;
import io.sipcodes.SipEvent.ResponseSeen;
import io.sipcodes.SipEvent.TransactionEnded;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.TimeoutEvent;
import javax.sip.message.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows that two good user agents rarely have, over real sockets: what the kit makes of them. */
@Timeout(60)
class WireFlowsTest {

    private EventRecorder events;

    @BeforeEach
    void record() {
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        events.close();
    }

    // ---- what the kit made of it

    private List<String> attempts(TestStack stack) {
        return events.all(AttemptEnded.class).stream()
                .filter(ended -> isOf(stack, ended.request()))
                .map(ended -> ended.role().id() + " " + ended.diagnosis().rawCode() + " "
                        + ended.diagnosis().outcome().id() + (ended.rang() ? " rang" : ""))
                .toList();
    }

    private List<String> transactions(TestStack stack) {
        return events.all(TransactionEnded.class).stream()
                .filter(ended -> isOf(stack, ended.request()))
                .map(WireFlowsTest::line)
                .toList();
    }

    private static String line(TransactionEnded ended) {
        return ended.request().method() + " " + ended.diagnosis().rawCode() + " "
                + ended.diagnosis().outcome().id() + " " + ended.diagnosis().severity();
    }

    private static boolean isOf(TestStack stack, SipMessage message) {
        return message.stack().equals(stack.name());
    }

    private void awaitTransaction(TestStack stack, String method) {
        events.await(
                TransactionEnded.class,
                ended ->
                        isOf(stack, ended.request()) && ended.request().method().equals(method));
    }

    private static String withTag(String request, String statusLine, String tag) {
        return RawPeer.response(request, statusLine, "Contact: <sip:raw@127.0.0.1:9>")
                .replaceFirst("(?m)^(To: .*);tag=raw", "$1;tag=" + tag);
    }

    // ---- forking

    /** A proxy on the way rang two phones, and both were picked up (RFC 3261 13.2.2.4). */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldTakeForkedAnswersForOneCall(String transport) throws Exception {
        try (TestStack uac = TestStack.start("uac", transport);
                RawPeer peer = RawPeer.start(transport)) {
            uac.send(uac.request(Request.INVITE, peer.port()));
            String invite = peer.receive();
            peer.reply(withTag(invite, "SIP/2.0 180 Ringing", "desk"));
            peer.reply(withTag(invite, "SIP/2.0 180 Ringing", "mobile"));
            peer.reply(withTag(invite, "SIP/2.0 200 OK", "desk"));
            peer.reply(withTag(invite, "SIP/2.0 200 OK", "mobile"));
            events.awaitResponses(uac, SipDirection.RECEIVED, 4);
            events.settle();
            assertThat(events.all(ResponseSeen.class))
                    .filteredOn(seen -> isOf(uac, seen.message()))
                    .hasSize(4)
                    .noneMatch(ResponseSeen::retransmission);
            assertThat(attempts(uac)).containsExactly("client 200 success rang");
            assertThat(transactions(uac)).containsExactly("INVITE 200 success DEBUG");
            assertThat(events.all(CallStarted.class))
                    .filteredOn(started -> isOf(uac, started.request()))
                    .hasSize(1)
                    .allMatch(started -> started.response().toTag().equals("desk"));
        }
    }

    /** The same answers again are retransmissions, each of its own. */
    @Test
    void shouldTellForkedAnswersFromRetransmissions() throws Exception {
        try (TestStack uac = TestStack.start("uac", "udp");
                RawPeer peer = RawPeer.start("udp")) {
            uac.send(uac.request(Request.INVITE, peer.port()));
            String invite = peer.receive();
            for (String tag : List.of("desk", "mobile", "desk", "mobile")) {
                peer.reply(withTag(invite, "SIP/2.0 200 OK", tag));
            }
            events.awaitResponses(uac, SipDirection.RECEIVED, 4);
            events.settle();
            assertThat(events.all(ResponseSeen.class))
                    .filteredOn(seen -> isOf(uac, seen.message()))
                    .extracting(seen -> seen.message().toTag() + (seen.retransmission() ? " again" : ""))
                    .containsExactly("desk", "mobile", "desk again", "mobile again");
            assertThat(attempts(uac)).containsExactly("client 200 success");
        }
    }

    /** Only the same RSeq is a retransmission (RFC 3262 section 3), whether responses are checked or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellReliableProvisionalResponsesApart(boolean checked) throws Exception {
        SipTraffic.checkConformance(checked);
        try (TestStack uac = TestStack.start("uac", "udp");
                RawPeer peer = RawPeer.start("udp")) {
            uac.send(uac.request(Request.INVITE, peer.port()));
            String invite = peer.receive();
            for (int rseq : new int[] {1, 1, 2, 2}) {
                peer.reply(invite, "SIP/2.0 183 Session Progress", "Require: 100rel", "RSeq: " + rseq);
            }
            events.awaitResponses(uac, SipDirection.RECEIVED, 4);
            events.settle();
            assertThat(events.all(ResponseSeen.class))
                    .filteredOn(seen -> isOf(uac, seen.message()))
                    .extracting(ResponseSeen::retransmission)
                    .containsExactly(false, true, false, true);
        } finally {
            SipTraffic.checkConformance(true);
        }
    }

    // ---- CANCEL

    /** The CANCEL and the answer cross (RFC 3261 9.1): the call is there, and hung up. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldTakeACallForAnsweredWhoseCancelCameTooLate(String transport) throws Exception {
        try (TestStack uac = TestStack.start("uac", transport);
                RawPeer peer = RawPeer.start(transport)) {
            ClientTransaction call = uac.send(uac.request(Request.INVITE, peer.port()));
            String invite = peer.receive();
            peer.reply(invite, "SIP/2.0 180 Ringing", "Contact: <sip:raw@127.0.0.1:" + peer.port() + ">");
            uac.awaitResponse(180);
            uac.provider.getNewClientTransaction(call.createCancel()).sendRequest();
            String cancel = peer.receive();
            assertThat(cancel).startsWith("CANCEL ");
            peer.reply(
                    invite,
                    "SIP/2.0 200 OK",
                    "Contact: <sip:raw@127.0.0.1:" + peer.port() + ";transport=" + transport + ">");
            peer.reply(cancel, "SIP/2.0 481 Call/Transaction Does Not Exist");
            ResponseEvent answer = uac.awaitFinal(call);
            uac.ack(answer);
            assertThat(peer.receive()).startsWith("ACK ");
            uac.send(answer.getDialog(), Request.BYE);
            peer.reply(peer.receive(), "SIP/2.0 200 OK");
            awaitTransaction(uac, "BYE");
            awaitTransaction(uac, "CANCEL");
            assertThat(attempts(uac)).containsExactly("client 200 success rang");
            assertThat(transactions(uac))
                    .containsExactlyInAnyOrder(
                            "INVITE 200 success DEBUG", "CANCEL 481 state-lost DEBUG", "BYE 200 success DEBUG");
            assertThat(events.all(CallEnded.class))
                    .filteredOn(ended -> isOf(uac, ended.request()))
                    .hasSize(1)
                    .allMatch(ended -> ended.completed() && ended.endedByUs());
        }
    }

    /** A CANCEL that goes out before anything came back (RFC 3261 9.1 would have it wait). */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldTellOfACancelBeforeAnythingCameBack(String transport) throws Exception {
        try (TestStack uac = TestStack.start("uac", transport);
                RawPeer peer = RawPeer.start(transport)) {
            ClientTransaction call = uac.send(uac.request(Request.INVITE, peer.port()));
            String invite = peer.receive();
            uac.provider.getNewClientTransaction(call.createCancel()).sendRequest();
            String cancel = receive(peer, "CANCEL");
            peer.reply(cancel, "SIP/2.0 200 OK");
            peer.reply(invite, "SIP/2.0 487 Request Terminated");
            uac.awaitFinal(call);
            awaitTransaction(uac, "INVITE");
            awaitTransaction(uac, "CANCEL");
            assertThat(attempts(uac)).containsExactly("client 487 cancelled");
            assertThat(transactions(uac))
                    .containsExactlyInAnyOrder("INVITE 487 cancelled DEBUG", "CANCEL 200 success DEBUG");
        }
    }

    /** The next message with this method; an INVITE that is sent again may come between. */
    private static String receive(RawPeer peer, String method) throws Exception {
        String message = peer.receive();
        while (!message.startsWith(method + " ")) {
            message = peer.receive();
        }
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldTellOfACallerWhoCancelsBeforeWeSaidAnything(String transport) throws Exception {
        TestStack uas = TestStack.start("uas", transport).handle((event, self) -> {
            switch (event.getRequest().getMethod()) {
                case Request.INVITE -> self.transaction(event);
                case Request.CANCEL -> {
                    self.respond(event, 200);
                    self.transactionOf(Request.INVITE)
                            .sendResponse(self.response(
                                    487, self.transactionOf(Request.INVITE).getRequest()));
                }
                default -> {}
            }
        });
        try (uas;
                RawPeer peer = RawPeer.start(transport)) {
            String invite = peer.request(Request.INVITE, transport, "hasty");
            peer.send(invite, uas.port());
            uas.awaitRequest(Request.INVITE);
            peer.send(invite.replace("INVITE", "CANCEL"), uas.port());
            awaitTransaction(uas, "INVITE");
            awaitTransaction(uas, "CANCEL");
            assertThat(attempts(uas)).containsExactly("server 487 cancelled");
        }
    }

    /** A CANCEL that finds the call refused changes nothing (RFC 3261 9.2). */
    @Test
    void shouldLeaveARefusalAsItIsWhenTheCancelComesAfterIt() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp")
                        .handle((event, self) -> self.respond(
                                event, event.getRequest().getMethod().equals(Request.INVITE) ? 486 : 200));
                RawPeer peer = RawPeer.start("udp")) {
            String invite = peer.request(Request.INVITE, "udp", "late");
            peer.send(invite, uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
            // The stack tells of what it sends after it sent it: this CANCEL must not overtake the 486 in the events.
            awaitTransaction(uas, "INVITE");
            peer.send(invite.replace("INVITE", "CANCEL"), uas.port());
            awaitTransaction(uas, "CANCEL");
            assertThat(attempts(uas)).containsExactly("server 486 busy");
        }
    }

    // ---- codes that no registry has

    @ParameterizedTest
    @CsvSource({
        "udp, 299, success",
        "tcp, 299, success",
        "udp, 399, redirected",
        "udp, 499, unknown",
        "tcp, 499, unknown",
        "udp, 599, server-error",
        "udp, 699, unknown",
        "tcp, 699, unknown",
    })
    void shouldTakeACodeThatNobodyKnowsForWhatItsClassSays(String transport, int code, String outcome)
            throws Exception {
        try (TestStack uac = TestStack.start("uac", transport);
                RawPeer peer = RawPeer.start(transport)) {
            ClientTransaction call = uac.send(uac.request(Request.INVITE, peer.port()));
            peer.reply(peer.receive(), "SIP/2.0 " + code + " Whatever", "Contact: <sip:raw@127.0.0.1:9>");
            uac.awaitFinal(call);
            awaitTransaction(uac, "INVITE");
            TransactionEnded ended = events.await(TransactionEnded.class, event -> isOf(uac, event.request()));
            assertThat(ended.diagnosis().rawCode()).isEqualTo(code);
            assertThat(ended.diagnosis().outcome().id()).isEqualTo(outcome);
            assertThat(ended.diagnosis().phrase()).isEqualTo("Whatever");
        }
    }

    // ---- nobody answers

    /** No message shows a timeout; the tracker goes by the messages' own times, which here go on by themselves. */
    @ParameterizedTest
    @CsvSource({"INVITE", "OPTIONS"})
    void shouldTellOfARequestThatNobodyAnswers(String method) throws Exception {
        List<SipMessage> sent;
        try (TestStack uac = TestStack.start("uac", "udp");
                RawPeer silent = RawPeer.start("udp")) {
            ClientTransaction transaction = uac.provider.getNewClientTransaction(uac.request(method, silent.port()));
            transaction.setRetransmitTimer(10);
            transaction.sendRequest();
            uac.await(TimeoutEvent.class, event -> true);
            sent = events.settle().requests(uac, SipDirection.SENT);
        }
        assertThat(sent).hasSizeGreaterThan(2);
        List<SipEvent> told = new ArrayList<>();
        CallTracker tracker = new CallTracker(told::add);
        sent.forEach(tracker::accept);
        tracker.tick(sent.get(0).timestampNanos() + TimeUnit.SECONDS.toNanos(33));
        assertThat(told)
                .filteredOn(event -> event instanceof SipEvent.RequestSeen seen && !seen.retransmission())
                .hasSize(1);
        assertThat(told)
                .filteredOn(TransactionEnded.class::isInstance)
                .extracting(event -> line((TransactionEnded) event))
                .containsExactly(method + " 408 unreachable ERROR");
        assertThat(told).filteredOn(AttemptEnded.class::isInstance).hasSize(method.equals("INVITE") ? 1 : 0);
    }
}
