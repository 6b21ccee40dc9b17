package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.CallStarted;
import io.sipcodes.SipEvent.RequestSeen;
import io.sipcodes.SipEvent.ResponseSeen;
import io.sipcodes.SipEvent.TransactionEnded;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kit's numbers against those of a peer that others wrote and that counts for itself: SIPp. Skipped where it is
 * missing, unless SIPCODES_PEERS=required.
 */
@Timeout(60)
class SippTest {

    private static final int CALLS = 10;

    @TempDir
    private Path directory;

    private EventRecorder events;

    @BeforeEach
    void record() {
        Peers.require("sipp", "sip-tester");
        events = new EventRecorder();
    }

    @AfterEach
    void stopRecording() {
        if (events != null) {
            events.close();
        }
    }

    // ---- what SIPp counted, and what the kit did

    /** As {@link Sipp#totals} names them: what the stack and its peer said to each other. */
    private Map<String, Integer> counted(TestStack stack) {
        Map<String, Integer> totals = new TreeMap<>();
        for (SipEvent event : events.settle().all()) {
            if (event instanceof RequestSeen seen && isOf(stack, seen.message())) {
                totals.merge(seen.message().method() + (seen.retransmission() ? " again" : ""), 1, Integer::sum);
            } else if (event instanceof ResponseSeen seen && isOf(stack, seen.message())) {
                totals.merge(seen.message().rawCode() + (seen.retransmission() ? " again" : ""), 1, Integer::sum);
            }
        }
        return totals;
    }

    private static boolean isOf(TestStack stack, SipMessage message) {
        return message.stack().equals(stack.name());
    }

    // The last response is logged after it was sent.
    private void assertCountedAs(Map<String, Integer> totals, TestStack stack) {
        await().pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(counted(stack)).isEqualTo(totals));
    }

    private List<String> attempts(TestStack stack) {
        return events.all(AttemptEnded.class).stream()
                .filter(ended -> isOf(stack, ended.request()))
                .map(ended -> ended.role().id() + " " + ended.diagnosis().rawCode() + " "
                        + ended.diagnosis().outcome().id())
                .toList();
    }

    private List<String> transactions(TestStack stack) {
        return events.all(TransactionEnded.class).stream()
                .filter(ended -> isOf(stack, ended.request()))
                .map(ended -> ended.request().method() + " " + ended.diagnosis().rawCode() + " "
                        + ended.diagnosis().outcome().id())
                .toList();
    }

    private void assertCompletedCalls(TestStack stack, SipRole role, int calls, boolean byUs) {
        assertThat(events.all(CallStarted.class))
                .filteredOn(started -> isOf(stack, started.request()))
                .hasSize(calls)
                .allSatisfy(started -> assertThat(started.role()).isEqualTo(role));
        assertThat(events.all(CallEnded.class))
                .filteredOn(ended -> isOf(stack, ended.request()))
                .hasSize(calls)
                .allSatisfy(ended -> {
                    assertThat(ended.completed()).isTrue();
                    assertThat(ended.endedByUs()).isEqualTo(byUs);
                });
    }

    private static TestStack answering(String transport, int... codes) {
        return TestStack.start("uas", transport)
                .handle((event, self) -> self.respond(
                        event, event.getRequest().getMethod().equals(Request.INVITE) ? codes : new int[] {200}));
    }

    // ---- SIPp calls

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldCountAnsweredCallsAsTheirCallerDoes(String transport) throws Exception {
        try (TestStack uas = answering(transport, 180, 200)) {
            Map<String, Integer> totals = Sipp.calls(uas, CALLS, directory, """
                    > INVITE
                    < 100 ?
                    < 180
                    < 200
                    > ACK
                    > BYE
                    < 200
                    wait 200
                    """).totals();
            assertThat(totals)
                    .containsEntry("INVITE", CALLS)
                    .containsEntry("180", CALLS)
                    .containsEntry("200", 2 * CALLS);
            assertCountedAs(totals, uas);
            assertThat(attempts(uas)).hasSize(CALLS).containsOnly("server 200 success");
            assertCompletedCalls(uas, SipRole.SERVER, CALLS, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldCountBusyCallsAsTheirCallerDoes(String transport) throws Exception {
        try (TestStack uas = answering(transport, 486)) {
            Map<String, Integer> totals = Sipp.calls(uas, CALLS, directory, """
                    > INVITE
                    < 100 ?
                    < 486
                    > ACK
                    wait 200
                    """).totals();
            assertThat(totals).containsEntry("486", CALLS).containsEntry("ACK", CALLS);
            assertCountedAs(totals, uas);
            assertThat(attempts(uas)).hasSize(CALLS).containsOnly("server 486 busy");
            assertCompletedCalls(uas, SipRole.SERVER, 0, false);
        }
    }

    /** Challenges an INVITE without credentials, and answers one that has some. */
    private static void challenge(RequestEvent event, TestStack self, int answer) throws Exception {
        Request request = event.getRequest();
        if (!request.getMethod().equals(Request.INVITE)) {
            self.respond(event, 200);
        } else if (request.getHeader(ProxyAuthorizationHeader.NAME) != null && answer != 407) {
            self.respond(event, answer);
        } else {
            Response response = self.response(407, request);
            ProxyAuthenticateHeader challenge = self.headers.createProxyAuthenticateHeader("Digest");
            challenge.setRealm("example.org");
            challenge.setNonce("84f1c1ae6cbe5ua9c8e88dfa3ecm3459");
            challenge.setAlgorithm("MD5");
            response.addHeader(challenge);
            self.transaction(event).sendResponse(response);
        }
    }

    @Test
    void shouldCountAChallengedCallOnceAndItsMessagesAsTheCallerDoes() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> challenge(event, self, 200))) {
            Map<String, Integer> totals = Sipp.calls(uas, CALLS, directory, """
                    > INVITE
                    < 100 ?
                    < 407 auth
                    > ACK
                    > INVITE
                    < 100 ?
                    < 200
                    > ACK
                    > BYE
                    < 200
                    """).totals();
            assertThat(totals).containsEntry("INVITE", 2 * CALLS).containsEntry("407", CALLS);
            assertCountedAs(totals, uas);
            assertThat(attempts(uas)).hasSize(CALLS).containsOnly("server 200 success");
            assertThat(transactions(uas))
                    .filteredOn("INVITE 407 challenged"::equals)
                    .hasSize(CALLS);
            assertCompletedCalls(uas, SipRole.SERVER, CALLS, false);
        }
    }

    @Test
    void shouldTellRefusedCredentialsFromAChallenge() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> challenge(event, self, 407))) {
            Map<String, Integer> totals = Sipp.calls(uas, CALLS, directory, """
                    > INVITE
                    < 100 ?
                    < 407 auth
                    > ACK
                    > INVITE
                    < 100 ?
                    < 407
                    > ACK
                    """).totals();
            assertThat(totals).containsEntry("INVITE", 2 * CALLS).containsEntry("407", 2 * CALLS);
            assertCountedAs(totals, uas);
            assertThat(attempts(uas)).hasSize(CALLS).containsOnly("server 407 credentials");
        }
    }

    /** The 200 comes again until its ACK does (RFC 3261 13.3.1.4). */
    @Test
    void shouldCountTheRetransmissionsOfAnAnswerAsTheirReceiverDoes() throws Exception {
        try (TestStack uas = answering("udp", 200)) {
            Map<String, Integer> totals = Sipp.calls(uas, 3, directory, """
                    > INVITE
                    < 100 ?
                    < 200
                    wait 1200
                    > ACK
                    wait 300
                    > BYE
                    < 200
                    """).totals();
            assertThat(totals.get("200 again")).isGreaterThanOrEqualTo(3);
            assertCountedAs(totals, uas);
            assertThat(attempts(uas)).hasSize(3).containsOnly("server 200 success");
            assertCompletedCalls(uas, SipRole.SERVER, 3, false);
        }
    }

    // ---- SIPp is called

    /** The stack sends an INVITE again until something comes back (RFC 3261 17.1.1.2). */
    @Test
    void shouldCountTheRetransmissionsOfAnInviteAsTheirReceiverDoes() throws Exception {
        try (TestStack uac = TestStack.start("uac", "udp")) {
            Sipp sipp = Sipp.takesCalls(1, directory, """
                    < INVITE
                    wait %d
                    > 180
                    > 200
                    < ACK
                    < BYE
                    > 200
                    """.formatted(TestStack.RETRANSMIT_MILLIS + 500));
            uac.send(uac.request(Request.INVITE, sipp.port()));
            ResponseEvent answer = uac.awaitFinal();
            uac.ack(answer);
            uac.awaitFinal(uac.send(answer.getDialog(), Request.BYE));
            Map<String, Integer> totals = sipp.totals();
            assertThat(totals.get("INVITE again")).isPositive();
            assertCountedAs(totals, uac);
            assertThat(attempts(uac)).containsExactly("client 200 success");
            assertThat(events.responses(uac, SipDirection.RECEIVED))
                    .extracting(SipMessage::phrase)
                    .containsOnly("Of SIPp");
            assertCompletedCalls(uac, SipRole.CLIENT, 1, true);
        }
    }
}
