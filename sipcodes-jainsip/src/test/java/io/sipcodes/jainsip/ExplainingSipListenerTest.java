package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.stack.SIPTransaction;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EventObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sip.ClientTransaction;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainingSipListenerTest {

    private final List<String> explained = new CopyOnWriteArrayList<>();

    private void explain(EventObject event, SipDiagnosis diagnosis) {
        explained.add(event.getClass().getSimpleName().replace("Ext", "") + " " + diagnosis.rawCode() + " "
                + diagnosis.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldExplainTheResponsesOfACall(String transport) throws Exception {
        try (TestStack uas = TestStack.start("uas", transport).answer(180, 486);
                TestStack uac = TestStack.start(
                        "uac",
                        transport,
                        properties -> {},
                        listener -> ExplainingSipListener.around(listener, this::explain))) {
            uac.send(uac.request(Request.INVITE, uas));
            uac.awaitFinal();
            await().untilAsserted(() -> assertThat(TestStack.withoutTrying(explained))
                    .containsExactly("ResponseEvent 180 PROGRESS", "ResponseEvent 486 BUSY"));
            assertThat(uac.events()).filteredOn(ResponseEvent.class::isInstance).hasSameSizeAs(explained);
        }
    }

    @Test
    void shouldExplainATimeout() throws Exception {
        try (RawPeer silent = RawPeer.start("udp");
                TestStack uac = TestStack.start(
                        "uac",
                        "udp",
                        properties -> {},
                        listener -> ExplainingSipListener.around(listener, this::explain))) {
            ClientTransaction transaction =
                    uac.provider.getNewClientTransaction(uac.request(Request.OPTIONS, silent.port()));
            transaction.setRetransmitTimer(10);
            transaction.sendRequest();
            uac.await(TimeoutEvent.class, event -> true);
            await().untilAsserted(() -> assertThat(explained).containsExactly("TimeoutEvent 408 UNREACHABLE"));
        }
    }

    @Test
    void shouldShowHowItIsUsed() throws Exception {
        SipListener application = listener(new ArrayList<>(), null, SipListener.class);
        List<SipOutcome> outcomes = new CopyOnWriteArrayList<>();
        // tag::explaining-sip-listener
        SipListener explaining = ExplainingSipListener.around(application, (event, diagnosis) -> {
            outcomes.add(diagnosis.outcome());
        });
        // provider.addSipListener(explaining);
        // end::explaining-sip-listener
        explaining.processIOException(new IOExceptionEvent(this, "192.0.2.1", 5060, "udp"));
        await().untilAsserted(() -> assertThat(outcomes).containsExactly(SipOutcome.UNREACHABLE));
    }

    // ---- a listener that fails

    /** Notes what reaches the stack. */
    private static SipListener noting(List<Throwable> thrown, SipListener listener) {
        return (SipListener) Proxy.newProxyInstance(
                SipListener.class.getClassLoader(), new Class<?>[] {SipListener.class}, (proxy, method, args) -> {
                    try {
                        return method.invoke(listener, args);
                    } catch (InvocationTargetException e) {
                        thrown.add(e.getCause());
                        throw e.getCause();
                    }
                });
    }

    private static SipListener failing(TestStack[] self, Throwable failure, int... codes) {
        return (SipListener) Proxy.newProxyInstance(
                SipListener.class.getClassLoader(), new Class<?>[] {SipListener.class}, (proxy, method, args) -> {
                    if (method.getName().equals("processRequest")) {
                        self[0].respond((RequestEvent) args[0], codes);
                        throw failure;
                    }
                    return null;
                });
    }

    /** What the listener answered before it failed, and what the caller hears in the end. */
    @ParameterizedTest
    @CsvSource({
        "udp, INVITE,  ,        500",
        "tcp, INVITE,  ,        500",
        "udp, INVITE,  180,     500",
        "udp, INVITE,  486,     486",
        "udp, INVITE,  180 200, 200",
        "udp, OPTIONS, ,        500",
        "tcp, OPTIONS, 200,     200",
    })
    void shouldAnswerForAListenerThatFailsIfAsked(String transport, String method, String before, int expected)
            throws Exception {
        int[] codes = before == null
                ? new int[0]
                : Arrays.stream(before.split(" ")).mapToInt(Integer::parseInt).toArray();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Throwable failure = codes.length == 0 ? new IllegalStateException("of the listener") : new RuntimeException();
        TestStack[] self = new TestStack[1];
        TestStack uas = TestStack.start(
                "uas",
                transport,
                properties -> {},
                listener -> noting(
                        thrown,
                        ExplainingSipListener.around(failing(self, failure, codes), this::explain)
                                .answerFailures()));
        self[0] = uas;
        try (uas;
                EventRecorder events = new EventRecorder();
                TestStack uac = TestStack.start("uac", transport)) {
            Response response =
                    uac.awaitFinal(uac.send(uac.request(method, uas))).getResponse();
            assertThat(response.getStatusCode()).isEqualTo(expected);
            // RFC 3261 section 8.2.6.2: the same in all responses to a request. TestStack answers with this one.
            String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
            if (before == null) {
                assertThat(tag).isNotEmpty();
            } else {
                assertThat(tag).isEqualTo("tag-" + uas.name());
            }
            await().untilAsserted(() -> assertThat(thrown).containsExactly(failure));
            events.awaitResponses(uas, SipDirection.SENT, codes.length + (expected == 500 ? 1 : 0));
            events.settle();
            assertThat(events.responses(uas, SipDirection.SENT))
                    .filteredOn(sent -> sent.rawCode() >= 200)
                    .filteredOn(sent -> sent.rawCode() == expected)
                    .isNotEmpty()
                    .hasSameSizeAs(events.responses(uas, SipDirection.SENT).stream()
                            .filter(sent -> sent.rawCode() >= 200)
                            .toList());
        }
    }

    @Test
    void shouldAnswerNothingUnlessAsked() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        TestStack[] self = new TestStack[1];
        TestStack uas = TestStack.start(
                "uas",
                "udp",
                properties -> {},
                listener -> noting(
                        thrown,
                        ExplainingSipListener.around(failing(self, new IllegalStateException("x")), this::explain)));
        self[0] = uas;
        try (uas;
                EventRecorder events = new EventRecorder();
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.send(uac.request(Request.INVITE, uas));
            uac.awaitResponse(100);
            await().untilAsserted(() -> assertThat(thrown).hasSize(1));
            events.awaitResponses(uas, SipDirection.SENT, 1);
            events.settle();
            assertThat(events.responses(uas, SipDirection.SENT))
                    .extracting(SipMessage::rawCode)
                    .containsOnly(100);
        }
    }

    // ---- failures to send

    /** As the stack itself does it when a retransmission or a connection fails on a thread of its own. */
    @Test
    void shouldEndTheTransactionOfARequestThatCouldNotBeSent() throws Exception {
        try (EventRecorder events = new EventRecorder();
                RawPeer silent = RawPeer.start("udp");
                TestStack uac = TestStack.start(
                        "uac",
                        "udp",
                        properties -> {},
                        listener -> ExplainingSipListener.around(listener, this::explain))) {
            ClientTransaction call = uac.send(uac.request(Request.INVITE, silent.port()));
            ((SIPTransaction) call).raiseIOExceptionEvent();
            uac.await(IOExceptionEvent.class, event -> true);
            SipEvent.AttemptEnded attempt = events.await(
                    SipEvent.AttemptEnded.class,
                    ended -> ended.request().stack().equals(uac.name()));
            assertThat(attempt.diagnosis().rawCode()).isEqualTo(503);
            assertThat(attempt.diagnosis().outcome()).isEqualTo(SipOutcome.UNREACHABLE);
            assertThat(attempt.response()).isEmpty();
            await().untilAsserted(() -> assertThat(explained).containsExactly("IOExceptionEvent 503 UNREACHABLE"));
        }
    }

    @Test
    void shouldNotTakeACallForARetransmissionForAnEnd() {
        SipListener explaining =
                ExplainingSipListener.around(listener(new ArrayList<>(), null, SipListener.class), this::explain);
        explaining.processTimeout(new TimeoutEvent(this, (ClientTransaction) null, Timeout.RETRANSMIT));
        explaining.processIOException(new IOExceptionEvent(this, "192.0.2.1", 5060, "udp"));
        await().untilAsserted(() -> assertThat(explained).containsExactly("IOExceptionEvent 503 UNREACHABLE"));
    }

    @Test
    void shouldBeAnExtendedListenerOnlyWhereTheApplicationsIs() {
        SipListener plain = listener(new ArrayList<>(), null, SipListener.class);
        List<String> calls = new ArrayList<>();
        SipListener extended = listener(calls, null, SipListenerExt.class);
        assertThat(ExplainingSipListener.around(plain, this::explain)).isNotInstanceOf(SipListenerExt.class);
        SipListener explaining = ExplainingSipListener.around(extended, this::explain);
        assertThat(explaining).isInstanceOf(SipListenerExt.class);
        ((SipListenerExt) explaining)
                .processDialogTimeout(new DialogTimeoutEvent(this, null, DialogTimeoutEvent.Reason.AckNotReceived));
        assertThat(calls).containsExactly("processDialogTimeout");
    }

    static List<Method> callbacks() {
        return List.of(SipListenerExt.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void shouldHandOnEveryEventAndWhatTheListenerThrows(Method callback) throws Exception {
        // No event at all is the worst of events to explain.
        for (Throwable thrown : new Throwable[] {null, new IllegalStateException("x"), new StackOverflowError("x")}) {
            List<String> calls = new ArrayList<>();
            SipListener explaining =
                    ExplainingSipListener.around(listener(calls, thrown, SipListenerExt.class), this::explain);
            Object event = callback.getName().equals("processTimeout")
                    ? new TimeoutEvent(this, (ClientTransaction) null, Timeout.TRANSACTION)
                    : null;
            if (thrown == null) {
                callback.invoke(explaining, event);
            } else {
                assertThatThrownBy(() -> callback.invoke(explaining, event))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCause(thrown);
            }
            assertThat(calls).containsExactly(callback.getName());
        }
    }

    @Test
    void shouldLeaveTheCallAloneWhateverTheConsumerDoes() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (TestStack uas = TestStack.start("uas", "udp").answer(486);
                TestStack uac = TestStack.start(
                        "uac",
                        "udp",
                        properties -> {},
                        listener -> ExplainingSipListener.around(listener, (event, diagnosis) -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new StackOverflowError("on purpose");
                            }
                            awaitQuietly(release);
                        }))) {
            for (int i = 0; i < 5; i++) {
                uac.awaitFinal(uac.send(uac.request(Request.OPTIONS, uas)));
            }
            assertThat(calls.get()).isLessThanOrEqualTo(2);
            release.countDown();
            await().until(() -> calls.get() == 5);
        } finally {
            release.countDown();
        }
    }

    @Test
    void shouldDropAndCountWhatTheConsumerCannotTake() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        ExplainingSipListener explaining = ExplainingSipListener.around(
                listener(new ArrayList<>(), null, SipListener.class), (event, diagnosis) -> {
                    started.countDown();
                    awaitQuietly(release);
                    calls.incrementAndGet();
                });
        IOExceptionEvent event = new IOExceptionEvent(this, "192.0.2.1", 5060, "udp");
        explaining.processIOException(event);
        awaitQuietly(started);
        IntStream.range(0, ExplainingSipListener.CAPACITY + 10).forEach(i -> explaining.processIOException(event));
        assertThat(explaining.dropped()).isEqualTo(10);
        release.countDown();
        await().until(() -> calls.get() == ExplainingSipListener.CAPACITY + 1);
    }

    private static SipListener listener(List<String> calls, Throwable thrown, Class<? extends SipListener> type) {
        return (SipListener) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("toString") ? "listener" : System.identityHashCode(proxy);
                    }
                    calls.add(method.getName());
                    if (thrown != null) {
                        throw thrown;
                    }
                    return null;
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
