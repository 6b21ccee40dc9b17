package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import io.sipcodes.micrometer.SipMetrics;
import io.sipcodes.micrometer.SipPeers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** What the application is told, and what is kept, of the events that come. */
class EventsTest {

    private static final SipMessage INVITE = SipMessage.request("INVITE")
            .callId("call-1")
            .peer("192.0.2.7:5060")
            .fromUri("sip:+4930123456@example.org")
            .build();

    private static SipEvent ended(int code, String callId, long seconds) {
        SipMessage response = SipMessage.response(code, "whatever")
                .method("INVITE")
                .direction(SipDirection.RECEIVED)
                .callId(callId)
                .peer("192.0.2.7:5060")
                .build();
        return new SipEvent.TransactionEnded(
                SipRole.CLIENT,
                INVITE,
                Optional.of(response),
                true,
                1,
                SipDiagnosis.of(response),
                TimeUnit.SECONDS.toNanos(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "200, false",
        "180, false",
        "302, false",
        "401, false",
        "486, true",
        "404, true",
        "503, true",
        "499, true"
    })
    void shouldCallAListenerWithFailuresOnly(int code, boolean failure) {
        List<SipEvent> seen = new ArrayList<>();

        new FailureListeners(List.of(seen::add)).accept(ended(code, "call-1", 1));

        assertThat(seen).hasSize(failure ? 1 : 0);
    }

    static Stream<Supplier<Throwable>> broken() {
        return Stream.of(
                () -> new IllegalStateException("broken"),
                () -> new NoClassDefFoundError("broken"),
                () -> new AssertionError("broken"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldCallEachListenerWhateverTheOthersDo(Supplier<Throwable> broken) {
        List<SipEvent> seen = new ArrayList<>();
        FailureListeners listeners = new FailureListeners(List.of(
                failure -> {
                    throw ExceptionUtils.throwAsUncheckedException(broken.get());
                },
                seen::add));

        assertThatThrownBy(() -> listeners.accept(ended(486, "call-1", 1))).hasMessage("broken");

        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"none, ''", "calls, CallStarted EventsDropped", "all, RequestSeen CallStarted EventsDropped"})
    void shouldPublishWhatTheApplicationAsksFor(String publish, String expected) {
        runner(publish).run(context -> {
            EventSink sink = Application.sinks(context).stream()
                    .filter(any -> any.name().equals("application events"))
                    .findFirst()
                    .orElseThrow();
            sink.consumer().accept(new SipEvent.RequestSeen(INVITE, false));
            sink.consumer().accept(new SipEvent.CallStarted(SipRole.CLIENT, INVITE, INVITE));
            sink.consumer().accept(new SipEvent.EventsDropped(3, SipEvent.EventsDropped.Cause.QUEUE_FULL, 1));

            assertThat(context.getBean(Listener.class).seen)
                    .containsExactlyElementsOf(expected.isEmpty() ? List.of() : Arrays.asList(expected.split(" ")));
        });
    }

    @Test
    void shouldCountInTheScopeAndForThePeersOfTheApplication() {
        List<SipEvent> scoped = new ArrayList<>();
        SipEvent event = ended(486, "call-1", 1);
        Application.runner()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Tracer.class, () -> Tracer.NOOP)
                .withBean(SipPeers.class, () -> SipPeers.of(Map.of("carrier", List.of("192.0.2.7"))))
                .withBean(SipMetrics.Scope.class, () -> counted -> {
                    scoped.add(counted);
                    return null;
                })
                .run(context -> {
                    Application.sinks(context).stream()
                            .filter(sink -> sink.name().equals("metrics"))
                            .forEach(sink -> sink.consumer().accept(event));

                    assertThat(scoped).containsExactly(event);
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("sip.transactions")
                                    .tags("code", "486", "peer", "carrier", "role", "client")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    private static ApplicationContextRunner runner(String publish) {
        return Application.runner().withBean(Listener.class).withPropertyValues("sipcodes.events.publish=" + publish);
    }

    static final class Listener {
        private final List<String> seen = new ArrayList<>();

        @EventListener
        void on(SipEvent event) {
            seen.add(event.getClass().getSimpleName());
        }
    }

    @Test
    void shouldKeepTheLatestFailuresNewestFirst() {
        RecentFailures failures = new RecentFailures(2);
        for (int i = 1; i <= 5; i++) {
            failures.see(ended(486, "call-" + i, i));
            failures.see(ended(200, "other", i));
        }

        assertThat(failures.latest()).extracting(RecentFailures.Failure::callId).containsExactly("call-5", "call-4");
        assertThat(failures.latest().get(0).time()).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(failures.dropped()).isEqualTo(3);
    }

    @Test
    void shouldKeepNothingIfToldSo() {
        RecentFailures failures = new RecentFailures(0);
        failures.see(ended(486, "call-1", 1));

        assertThat(failures.latest()).isEmpty();
        assertThat(failures.dropped()).isEqualTo(1);
    }

    @Test
    void shouldTellOfATimeoutByTheRequest() {
        RecentFailures failures = new RecentFailures(1);
        failures.see(new SipEvent.TransactionEnded(
                SipRole.CLIENT, INVITE, Optional.empty(), true, 1, SipDiagnosis.of(408, ""), 1));

        assertThat(failures.latest())
                .singleElement()
                .satisfies(failure -> assertThat(failure.peer()).isEqualTo("192.0.2.7:5060"));
    }
}
