package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipEvent;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Once a series exists, counting allocates nothing. */
class HotPathTest {

    private static final int EVENTS = 100_000;

    /** With a peer that has a name, and with one that has none. */
    static Stream<Arguments> registries() {
        return Stream.of("203.0.113.0/24", "198.51.100.0/24")
                .flatMap(named -> Stream.of(
                        Arguments.of(new SimpleMeterRegistry(), named),
                        Arguments.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), named)));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void shouldAllocateNothing(MeterRegistry registry, String named) {
        SipMetrics metrics = SipMetrics.builder(registry)
                .peers(SipPeers.of(Map.of("trunk", List.of(named))))
                .build();
        List<SipEvent> events = List.of(
                Events.received("INVITE", 486),
                Events.received("REGISTER", 200),
                Events.received("INVITE", 200),
                Events.received("BYE", 200),
                Events.received("OPTIONS", 200),
                Events.received("CANCEL", 200),
                Events.received("REFER", 200),
                Events.received("X-UNKNOWN", 499),
                Events.reasons("BYE", SipReason.of("Q.850", 16), SipReason.of("SIP", 200)),
                Events.transaction(SipRole.CLIENT, "INVITE", true, 486, Duration.ofMillis(70)),
                Events.attempt(SipRole.CLIENT, 486, Duration.ofMillis(70)),
                Events.registration(SipRole.CLIENT, 200, Duration.ofMillis(3)),
                Events.callStarted(SipRole.SERVER),
                Events.callEnded(SipRole.SERVER, true, Duration.ofSeconds(3), Duration.ofMillis(1)));
        count(metrics, events);

        long before = allocated();
        count(metrics, events);
        long bytes = allocated() - before;

        // A call of the measuring itself allocates a little; one byte an event would be 1,400,000.
        assertThat(bytes).isLessThan(EVENTS / 2);
    }

    private static void count(SipMetrics metrics, List<SipEvent> events) {
        for (int i = 0; i < EVENTS; i++) {
            for (int j = 0; j < events.size(); j++) {
                metrics.accept(events.get(j));
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
