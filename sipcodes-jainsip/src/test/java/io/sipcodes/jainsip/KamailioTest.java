package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.header.AuthenticationHeader;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.CallStarted;
import io.sipcodes.SipEvent.RegistrationEnded;
import io.sipcodes.SipEvent.TransactionEnded;
import io.sipcodes.SipFault;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls and registrations through a proxy and registrar that others wrote: Kamailio (Debian package {@code kamailio}), a
 * process on the loopback interface with a small configuration of our own. Skipped where it is missing, unless
 * SIPCODES_PEERS=required.
 */
@Timeout(120)
class KamailioTest {

    private static final String PASSWORD = "secret";

    @TempDir
    private static Path directory;

    private static Process kamailio;
    private static int proxy;

    private final EventRecorder events = new EventRecorder();
    private final TestStack alice = TestStack.start("alice", "udp");
    private final TestStack bob = TestStack.start("bob", "udp");

    @BeforeAll
    static void start() throws Exception {
        Path program = Peers.require("kamailio", "kamailio");
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName(TestStack.LOOPBACK))) {
            proxy = probe.getLocalPort();
        }
        kamailio = new ProcessBuilder(
                        program.toString(),
                        "-f",
                        Path.of("src/test/resources/io/sipcodes/jainsip/kamailio.cfg")
                                .toString(),
                        "-DD",
                        "-E",
                        "-l",
                        "udp:" + TestStack.LOOPBACK + ":" + proxy,
                        "-Y",
                        directory.toString(),
                        "-P",
                        directory.resolve("pid").toString(),
                        "-m",
                        "16",
                        "-M",
                        "4")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(60, TimeUnit.SECONDS).pollInterval(TestStack.POLL).until(() -> answers() || !kamailio.isAlive());
        assertThat(kamailio.isAlive()).as(() -> "kamailio ended: " + log()).isTrue();
    }

    private static boolean answers() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(TestStack.LOOPBACK))) {
            socket.setSoTimeout(100);
            byte[] bytes = ("OPTIONS sip:ping@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort()
                            + ";branch=z9hG4bKping\r\nFrom: <sip:ping@127.0.0.1>;tag=1\r\nTo: <sip:ping@127.0.0.1>\r\n"
                            + "Call-ID: ping\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            socket.send(
                    new java.net.DatagramPacket(bytes, bytes.length, InetAddress.getByName(TestStack.LOOPBACK), proxy));
            socket.receive(new java.net.DatagramPacket(new byte[2_048], 2_048));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (kamailio != null) {
            kamailio.destroy();
            assertThat(kamailio.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    // Under a name of its own: the proxy would ring what tests before left there too.
    @BeforeEach
    void register() throws Exception {
        sendWithCredentials(bob, request(bob, "REGISTER", bob.name()), PASSWORD, 200);
    }

    @AfterEach
    void close() {
        events.close();
        alice.close();
        bob.close();
    }

    // ---- what a user agent does

    private static Request request(TestStack from, String method, String user) throws Exception {
        Request request = from.request(method, proxy);
        ((SipURI) request.getRequestURI()).setUser(user);
        request.setHeader(from.headers.createToHeader(
                from.addresses.createAddress(from.addresses.createSipURI(user, "example.org")), null));
        return request;
    }

    /** Sends, and again with credentials when challenged; waits for the final response. */
    private static ResponseEvent sendWithCredentials(TestStack from, Request request, String password, int expected)
            throws Exception {
        ResponseEvent challenged = from.awaitFinal(from.send(request));
        assertThat(challenged.getResponse().getStatusCode()).isIn(401, 407);
        ResponseEvent last =
                from.awaitFinal(from.send(withCredentials(from, request, challenged.getResponse(), password)));
        assertThat(last.getResponse().getStatusCode()).isEqualTo(expected);
        return last;
    }

    private static Request withCredentials(TestStack from, Request request, Response response, String password)
            throws Exception {
        boolean fromProxy = response.getStatusCode() == 407;
        AuthenticationHeader challenge = (AuthenticationHeader)
                response.getHeader(fromProxy ? ProxyAuthenticateHeader.NAME : WWWAuthenticateHeader.NAME);
        String uri = request.getRequestURI().toString();
        String secret = md5("alice:" + challenge.getRealm() + ":" + password);
        AuthorizationHeader credentials = fromProxy
                ? from.headers.createProxyAuthorizationHeader("Digest")
                : from.headers.createAuthorizationHeader("Digest");
        credentials.setUsername("alice");
        credentials.setRealm(challenge.getRealm());
        credentials.setNonce(challenge.getNonce());
        credentials.setURI(request.getRequestURI());
        credentials.setResponse(md5(secret + ":" + challenge.getNonce() + ":" + md5(request.getMethod() + ":" + uri)));
        Request again = (Request) request.clone();
        ((ViaHeader) again.getHeader(ViaHeader.NAME)).removeParameter("branch");
        CSeqHeader cseq = (CSeqHeader) again.getHeader(CSeqHeader.NAME);
        cseq.setSeqNumber(cseq.getSeqNumber() + 1);
        again.setHeader(credentials);
        return again;
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers an INVITE with these codes, and all else with 200. */
    private void bobAnswers(int... codes) {
        bob.handle((event, self) ->
                self.respond(event, event.getRequest().getMethod().equals("INVITE") ? codes : new int[] {200}));
    }

    // ---- what the kit saw

    private <T extends SipEvent> List<T> of(TestStack stack, Class<T> type) {
        return events.settle().all(type).stream()
                .filter(event -> message(event).stack().equals(stack.name()))
                .toList();
    }

    private static SipMessage message(SipEvent event) {
        if (event instanceof AttemptEnded ended) {
            return ended.request();
        } else if (event instanceof RegistrationEnded ended) {
            return ended.request();
        } else if (event instanceof TransactionEnded ended) {
            return ended.request();
        } else if (event instanceof CallStarted started) {
            return started.request();
        } else if (event instanceof CallEnded ended) {
            return ended.request();
        }
        throw new IllegalArgumentException(event.toString());
    }

    private void assertDiagnosis(SipDiagnosis diagnosis, int code, SipOutcome outcome) {
        assertThat(diagnosis.rawCode()).isEqualTo(code);
        assertThat(diagnosis.outcome()).isEqualTo(outcome);
    }

    private AttemptEnded attempt(TestStack stack, SipRole role, int code, SipOutcome outcome) {
        await().pollInterval(TestStack.POLL)
                .until(() -> !of(stack, AttemptEnded.class).isEmpty());
        List<AttemptEnded> attempts = of(stack, AttemptEnded.class);
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).role()).isEqualTo(role);
        assertDiagnosis(attempts.get(0).diagnosis(), code, outcome);
        return attempts.get(0);
    }

    // ---- registrations

    @Test
    void shouldCountAChallengedRegistrationOnce() {
        List<RegistrationEnded> registrations = of(bob, RegistrationEnded.class);
        assertThat(registrations).hasSize(1);
        assertThat(registrations.get(0).role()).isEqualTo(SipRole.CLIENT);
        assertDiagnosis(registrations.get(0).diagnosis(), 200, SipOutcome.SUCCESS);
        assertThat(of(bob, TransactionEnded.class))
                .extracting(ended -> ended.diagnosis().rawCode() + " "
                        + ended.diagnosis().outcome().id())
                .containsExactly("401 challenged", "200 success");
    }

    @Test
    void shouldExplainAWrongPassword() throws Exception {
        ResponseEvent refused = sendWithCredentials(alice, request(alice, "REGISTER", "alice"), "wrong", 401);
        assertThat(refused.getResponse().getHeader(WWWAuthenticateHeader.NAME)).isNotNull();
        List<RegistrationEnded> registrations = of(alice, RegistrationEnded.class);
        assertThat(registrations).hasSize(1);
        SipDiagnosis diagnosis = registrations.get(0).diagnosis();
        assertDiagnosis(diagnosis, 401, SipOutcome.CREDENTIALS);
        assertThat(diagnosis.fault()).isEqualTo(SipFault.CREDENTIALS);
    }

    // ---- calls

    @Test
    void shouldFollowACallThroughTheProxyOnBothSides() throws Exception {
        bobAnswers(180, 200);
        ResponseEvent answer = sendWithCredentials(alice, request(alice, "INVITE", bob.name()), PASSWORD, 200);
        alice.ack(answer);
        bob.awaitRequest("ACK");
        ClientTransaction bye = alice.send(answer.getDialog(), "BYE");
        assertThat(alice.awaitFinal(bye).getResponse().getStatusCode()).isEqualTo(200);

        AttemptEnded made = attempt(alice, SipRole.CLIENT, 200, SipOutcome.SUCCESS);
        AttemptEnded taken = attempt(bob, SipRole.SERVER, 200, SipOutcome.SUCCESS);
        assertThat(made.rang()).isTrue();
        assertThat(taken.rang()).isTrue();
        assertThat(made.request().callId()).isEqualTo(taken.request().callId());
        for (TestStack stack : List.of(alice, bob)) {
            assertThat(of(stack, CallStarted.class)).hasSize(1);
            assertThat(of(stack, CallEnded.class)).hasSize(1);
            assertThat(of(stack, CallEnded.class).get(0).completed()).isTrue();
            assertThat(of(stack, CallEnded.class).get(0).endedByUs()).isEqualTo(stack == alice);
        }
        assertThat(of(alice, TransactionEnded.class))
                .extracting(ended ->
                        ended.request().method() + " " + ended.diagnosis().rawCode() + " "
                                + ended.diagnosis().outcome().id())
                .containsExactly("INVITE 407 challenged", "INVITE 200 success", "BYE 200 success");
        // The proxy's own 100 has a phrase of its own.
        assertThat(events.responses(alice, SipDirection.RECEIVED))
                .anySatisfy(response -> assertThat(response.phrase()).startsWith("trying -- "));
    }

    @Test
    void shouldExplainABusyLineOnBothSides() throws Exception {
        bobAnswers(486);
        sendWithCredentials(alice, request(alice, "INVITE", bob.name()), PASSWORD, 486);
        AttemptEnded made = attempt(alice, SipRole.CLIENT, 486, SipOutcome.BUSY);
        assertThat(made.rang()).isFalse();
        assertThat(made.diagnosis().fault()).isEqualTo(SipFault.CALLEE);
        attempt(bob, SipRole.SERVER, 486, SipOutcome.BUSY);
        assertThat(of(alice, CallStarted.class)).isEmpty();
    }

    @Test
    void shouldExplainAnUnknownUserWhomOnlyTheProxyKnowsToBeUnknown() throws Exception {
        sendWithCredentials(alice, request(alice, "INVITE", "nobody"), PASSWORD, 404);
        attempt(alice, SipRole.CLIENT, 404, SipOutcome.NOT_FOUND);
        assertThat(of(bob, AttemptEnded.class)).isEmpty();
        assertThat(events.requests(bob, SipDirection.RECEIVED)).isEmpty();
    }

    @Test
    void shouldTellAWrongPasswordOfACallFromAChallenge() throws Exception {
        sendWithCredentials(alice, request(alice, "INVITE", bob.name()), "wrong", 407);
        attempt(alice, SipRole.CLIENT, 407, SipOutcome.CREDENTIALS);
    }

    @Test
    void shouldTakeACallThatWasCancelledForCancelledOnBothSides() throws Exception {
        bob.handle((event, self) -> {
            switch (event.getRequest().getMethod()) {
                case "INVITE" -> self.respond(event, 180);
                case "CANCEL" -> {
                    self.respond(event, 200);
                    self.transactionOf("INVITE")
                            .sendResponse(self.response(
                                    487, self.transactionOf("INVITE").getRequest()));
                }
                default -> {}
            }
        });
        Request invite = request(alice, "INVITE", bob.name());
        ResponseEvent challenged = alice.awaitFinal(alice.send(invite));
        ClientTransaction call = alice.send(withCredentials(alice, invite, challenged.getResponse(), PASSWORD));
        alice.awaitResponse(180);
        ClientTransaction cancel = alice.provider.getNewClientTransaction(call.createCancel());
        cancel.sendRequest();
        assertThat(alice.awaitFinal(call).getResponse().getStatusCode()).isEqualTo(487);
        bob.await(RequestEvent.class, event -> event.getRequest().getMethod().equals("CANCEL"));
        AttemptEnded made = attempt(alice, SipRole.CLIENT, 487, SipOutcome.CANCELLED);
        assertThat(made.rang()).isTrue();
        assertThat(made.diagnosis().fault()).isEqualTo(SipFault.NOBODY);
        attempt(bob, SipRole.SERVER, 487, SipOutcome.CANCELLED);
    }
}
