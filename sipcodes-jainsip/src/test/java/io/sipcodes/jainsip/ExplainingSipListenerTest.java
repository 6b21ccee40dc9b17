package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EventObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sip.ClientTransaction;
import javax.sip.IOExceptionEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.message.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            await().untilAsserted(() ->
                    assertThat(explained).containsExactly("ResponseEvent 180 PROGRESS", "ResponseEvent 486 BUSY"));
            assertThat(uac.events()).filteredOn(ResponseEvent.class::isInstance).hasSize(2);
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
