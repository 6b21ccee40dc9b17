package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipEvent;
import io.sipcodes.SipRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry that fails, and many threads at once. */
@Timeout(60)
class FaultTest {

    /** Refuses to make meters while it is broken. */
    private static final class BreakingRegistry extends SimpleMeterRegistry {

        private boolean broken;

        BreakingRegistry() {
            config().meterFilter(new MeterFilter() {
                @Override
                public MeterFilterReply accept(Meter.Id id) {
                    if (broken) {
                        throw new IllegalStateException("broken registry");
                    }
                    return MeterFilterReply.NEUTRAL;
                }
            });
        }
    }

    private static double sum(MeterRegistry registry, String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void shouldCountAgainWhenTheRegistryIsWell() {
        BreakingRegistry registry = new BreakingRegistry();
        SipMetrics metrics = SipMetrics.builder(registry).zeros(false).build();
        metrics.accept(Events.received("INVITE", 486));
        registry.broken = true;
        // The hub, which calls it, goes on with the next event.
        assertThatThrownBy(() -> metrics.accept(Events.received("INVITE", 487)))
                .isInstanceOf(IllegalStateException.class);
        metrics.accept(Events.received("INVITE", 486));
        registry.broken = false;
        metrics.accept(Events.received("INVITE", 487));
        assertThat(sum(registry, "sip.responses")).isEqualTo(3);
        assertThat(registry.get("sip.responses").tag("code", "487").counter().count())
                .isEqualTo(1);
    }

    @Test
    void shouldGoOnWhenItsMetersAreTakenOutOfTheRegistry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SipMetrics metrics = SipMetrics.builder(registry).build();
        registry.clear();
        metrics.accept(Events.received("INVITE", 486));
        registry.close();
        metrics.accept(Events.callStarted(SipRole.CLIENT));
        metrics.accept(Events.received("INVITE", 486));
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getName()).startsWith("sip."));
    }

    @Test
    void shouldLoseNoEventOfManyThreads() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        // Nothing is there yet, so that all threads fill the same cells.
        SipMetrics metrics = SipMetrics.builder(registry).zeros(false).build();
        int threads = 8;
        int each = 20_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int seed = t;
            Thread thread = new Thread(() -> {
                Random random = new Random(seed);
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < each; i++) {
                    count(metrics, random);
                }
            });
            running.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        int all = threads * each;
        assertThat(sum(registry, "sip.responses")).isEqualTo(all);
        assertThat(sum(registry, "sip.attempts")).isEqualTo(all);
        assertThat(sum(registry, "sip.events.dropped")).isEqualTo(2.0 * all);
        assertThat(registry.find("sip.transactions").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(all);
        assertThat(registry.find("sip.calls.active").gauges())
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
        assertThat(registry.find("sip.session.duration").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(all);
    }

    private static void count(SipMetrics metrics, Random random) {
        int code = 100 + random.nextInt(600);
        SipRole role = random.nextBoolean() ? SipRole.CLIENT : SipRole.SERVER;
        metrics.accept(Events.received(random.nextBoolean() ? "INVITE" : "OPTIONS", code));
        metrics.accept(Events.attempt(role, Math.max(200, code), Duration.ofMillis(5)));
        metrics.accept(Events.transaction(role, "INVITE", true, Math.max(200, code), Duration.ofMillis(5)));
        metrics.accept(Events.callStarted(role));
        metrics.accept(Events.callEnded(role, true, Duration.ofSeconds(1), Duration.ofMillis(5)));
        metrics.accept(new SipEvent.EventsDropped(2, SipEvent.EventsDropped.Cause.QUEUE_FULL, 1));
    }
}
