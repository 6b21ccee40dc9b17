package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.IOExceptionEventExt;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPTransaction;
import io.sipcodes.SipAdvice;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javax.sip.ClientTransaction;
import javax.sip.IOExceptionEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipDiagnosesTest {

    /** The unit of all timers of a transaction, in place of 500 ms: 64 of it are a timeout. */
    private static final int FAST_MILLIS = 10;

    @Test
    void shouldExplainAResponse() throws Exception {
        Response response =
                new MessageFactoryImpl().createResponse(480, EnrichingMessageFactoryTest.requestWith("INVITE", ""));
        response.addHeader(new HeaderFactoryImpl().createReasonHeader("Q.850", 21, "Call rejected"));
        // tag::explain-response
        SipDiagnosis diagnosis = SipDiagnoses.of(response);

        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.DECLINED);
        assertThat(diagnosis.callerText(Locale.GERMAN)).isNotBlank();
        // end::explain-response
        assertThat(SipDiagnoses.of((SIPResponse) response).outcome()).isEqualTo(SipOutcome.DECLINED);
    }

    @Test
    void shouldTurnTheFaultRoundForAResponseOfOurOwn() throws Exception {
        Response response =
                new MessageFactoryImpl().createResponse(500, EnrichingMessageFactoryTest.requestWith("INVITE", ""));
        assertThat(SipDiagnoses.of(response, SipDirection.RECEIVED).fault()).isEqualTo(SipFault.UPSTREAM);
        assertThat(SipDiagnoses.of(response, SipDirection.SENT).fault()).isEqualTo(SipFault.OUR_SIDE);
    }

    @ParameterizedTest
    @CsvSource({
        // code, credentials in the request, outcome
        "401, -,                   CHALLENGED",
        "401, Authorization,       CREDENTIALS",
        "401, Proxy-Authorization, CHALLENGED",
        "407, -,                   CHALLENGED",
        "407, Authorization,       CHALLENGED",
        "407, Proxy-Authorization, CREDENTIALS",
        "403, -,                   FORBIDDEN",
        "403, Authorization,       CREDENTIALS",
        "486, Proxy-Authorization, BUSY",
    })
    void shouldLookAtTheCredentialsOfTheRequest(int code, String credentials, SipOutcome outcome) throws Exception {
        // On UDP a transaction ends five seconds later.
        try (TestStack uas = TestStack.start("uas", "tcp").answer(code);
                TestStack uac = TestStack.start("uac", "tcp")) {
            Request request = uac.request(Request.OPTIONS, uas);
            switch (credentials) {
                case "Authorization" -> request.addHeader(uac.headers.createAuthorizationHeader("Digest"));
                case "Proxy-Authorization" -> request.addHeader(uac.headers.createProxyAuthorizationHeader("Digest"));
                default -> {}
            }
            ResponseEvent event = uac.awaitFinal(uac.send(request));
            SipDiagnosis diagnosis = SipDiagnoses.of(event);
            assertThat(diagnosis.outcome()).isEqualTo(outcome);
            TransactionTerminatedEvent end =
                    uac.await(TransactionTerminatedEvent.class, ended -> ended.getClientTransaction() != null);
            assertThat(SipDiagnoses.of(end).outcome()).isEqualTo(outcome);
            assertThat(SipDiagnoses.of(end).rawCode()).isEqualTo(code);
        }
    }

    @Test
    void shouldExplainAResponseWithoutTransaction() throws Exception {
        Response response =
                new MessageFactoryImpl().createResponse(486, EnrichingMessageFactoryTest.requestWith("INVITE", ""));
        assertThat(SipDiagnoses.of(new ResponseEvent(this, null, null, response))
                        .outcome())
                .isEqualTo(SipOutcome.BUSY);
    }

    @Test
    void shouldKnowThatARequestStoodInADialog() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp")
                        .handle((event, self) -> self.respond(
                                event, event.getRequest().getMethod().equals(Request.INFO) ? 503 : 200));
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.send(uac.request(Request.INVITE, uas));
            ResponseEvent answer = uac.awaitFinal();
            uac.ack(answer);
            ResponseEvent event = uac.awaitFinal(uac.send(answer.getDialog(), Request.INFO));
            assertThat(event.getResponse().getStatusCode()).isEqualTo(503);
            // Elsewhere is no advice for what belongs to a call.
            assertThat(SipDiagnoses.of(event).advice()).isEqualTo(SipAdvice.RETRY_LATER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // method, code that comes before the silence (0: none), outcome
        "OPTIONS, 0,   UNREACHABLE",
        "INVITE,  0,   UNREACHABLE",
        "OPTIONS, 100, TIMEOUT",
    })
    void shouldExplainATimeout(String method, int before, SipOutcome outcome) throws Exception {
        try (RawPeer peer = RawPeer.start("udp");
                TestStack uac = TestStack.start("uac", "udp")) {
            ClientTransaction transaction = uac.provider.getNewClientTransaction(uac.request(method, peer.port()));
            transaction.setRetransmitTimer(FAST_MILLIS);
            transaction.sendRequest();
            if (before != 0) {
                peer.reply(peer.receive(), "SIP/2.0 " + before + " x");
            }
            TimeoutEvent event = uac.await(TimeoutEvent.class, timeout -> true);
            SipDiagnosis diagnosis = SipDiagnoses.of(event);
            assertThat(diagnosis.rawCode()).isEqualTo(408);
            assertThat(diagnosis.outcome()).isEqualTo(outcome);
            assertThat(SipDiagnoses.of(event.getClientTransaction()).outcome()).isEqualTo(outcome);
        }
    }

    @Test
    void shouldExplainAResponseThatWasNeverAcknowledged() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (TestStack uas = TestStack.start("uas", "udp").handle((event, self) -> {
                    ServerTransaction transaction = self.transaction(event);
                    transaction.setRetransmitTimer(FAST_MILLIS);
                    transaction.sendResponse(self.response(486, event.getRequest()));
                    answered.countDown();
                });
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("INVITE", "udp", "no-ack"), uas.port());
            answered.await();
            TimeoutEvent event = uas.await(TimeoutEvent.class, TimeoutEvent::isServerTransaction);
            SipDiagnosis diagnosis = SipDiagnoses.of(event);
            assertThat(diagnosis.rawCode()).isEqualTo(486);
            assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNREACHABLE);
            assertThat(diagnosis.fault()).isEqualTo(SipFault.NETWORK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 603, 200})
    void shouldExplainAServerTransactionByWhatWeAnswered(int code) throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").answer(code);
                TestStack uac = TestStack.start("uac", "udp")) {
            ClientTransaction transaction = uac.provider.getNewClientTransaction(uac.request(Request.OPTIONS, uas));
            transaction.sendRequest();
            uac.awaitFinal(transaction);
            ServerTransaction answered = uas.transactionOf(Request.OPTIONS);
            assertThat(SipDiagnoses.of((Transaction) answered).rawCode()).isEqualTo(code);
            assertThat(SipDiagnoses.of((SIPTransaction) answered).rawCode()).isEqualTo(code);
        }
    }

    @Test
    void shouldExplainAFailureToSend() {
        SipDiagnosis diagnosis = SipDiagnoses.of(new IOExceptionEvent(this, "192.0.2.1", 5060, "tcp"));
        assertThat(diagnosis.rawCode()).isEqualTo(503);
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNREACHABLE);
        assertThat(diagnosis.fault()).isEqualTo(SipFault.NETWORK);
        IOExceptionEvent extended = new IOExceptionEventExt(
                this, IOExceptionEventExt.Reason.KeepAliveTimeout, "192.0.2.2", 5060, "192.0.2.1", 5060, "tcp");
        assertThat(SipDiagnoses.of(extended).outcome()).isEqualTo(SipOutcome.UNREACHABLE);
    }
}
