package io.sipcodes.spring;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sipcodes.SipEvent;
import io.sipcodes.micrometer.SipMeters;
import io.sipcodes.micrometer.SipMetrics;
import io.sipcodes.micrometer.SipPeers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.lang.Nullable;

/**
 * Meters of the SIP traffic, where the application has a meter registry. A bean of type SipPeers tells peers apart, one of
 * type SipMetrics.Scope says which trace belongs to an event, for exemplars. To be touched where Micrometer is there.
 */
final class Metering implements Consumer<SipEvent> {

    private static final String PREFIX = "sipcodes.metrics.";

    private final MeterRegistry registry;
    private final SipPeers peers;
    private final SipMetrics.Scope scope;
    private final Traces traces;
    private final SipCodesProperties.Metrics metrics;

    // Of any consumer: a type that is named where it is made is loaded at each start.
    private final Supplier<Consumer<SipEvent>> made;

    private Metering(
            MeterRegistry registry,
            @Nullable SipPeers peers,
            @Nullable SipMetrics.Scope scope,
            @Nullable Traces traces,
            SipCodesProperties.Metrics metrics,
            AfterStart afterStart) {
        this.registry = registry;
        this.peers = peers;
        this.scope = scope;
        this.traces = traces;
        this.metrics = metrics;
        if (!metrics.isAsItComes()) {
            // What is set wrongly ends the start.
            builder();
        }
        // More than a thousand series, which take a JVM that has only just begun some tenths of a second.
        this.made = afterStart.later(() -> builder().build());
    }

    /**
     * Null if there is no registry.
     *
     * @param traces whose scope is taken where the application has none of its own; or null
     */
    @Nullable
    static Consumer<SipEvent> find(
            BeanFactory beans, SipCodesProperties.Metrics metrics, @Nullable Traces traces, AfterStart afterStart) {
        MeterRegistry registry = registry(beans.getBeanProvider(MeterRegistry.class));
        if (registry == null) {
            return null;
        }
        SipPeers peers = beans.getBeanProvider(SipPeers.class).getIfAvailable();
        SipMetrics.Scope scope = beans.getBeanProvider(SipMetrics.Scope.class).getIfAvailable();
        return new Metering(registry, peers, scope, traces, metrics, afterStart);
    }

    // With the Actuator one of them is for all; without it each of several counts.
    @Nullable
    private static MeterRegistry registry(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry unique = registries.getIfUnique();
        if (unique != null) {
            return unique;
        }
        List<MeterRegistry> all = registries.orderedStream().toList();
        return all.isEmpty() ? null : new CompositeMeterRegistry(Clock.SYSTEM, all);
    }

    @Override
    public void accept(SipEvent event) {
        made.get().accept(event);
    }

    private SipMetrics.Builder builder() {
        SipMetrics.Builder builder = SipMetrics.builder(registry)
                .zeros(metrics.isZeros())
                .without(metrics.getExclude().stream().map(Metering::meter).toArray(SipMeters[]::new));
        if (scope != null) {
            builder.scope(scope);
        } else if (traces != null) {
            builder.scope(traces::open);
        }
        if (peers != null) {
            builder.peers(peers);
        } else if (!metrics.getPeers().isEmpty()) {
            builder.peers(PropertyException.guard(
                    PREFIX + "peers", metrics.getPeers(), () -> SipPeers.of(metrics.getPeers())));
        }
        if (metrics.getDelayBuckets() != null) {
            PropertyException.guard(
                    PREFIX + "delay-buckets",
                    metrics.getDelayBuckets(),
                    () -> builder.delayBuckets(metrics.getDelayBuckets().toArray(Duration[]::new)));
        }
        if (metrics.getDurationBuckets() != null) {
            PropertyException.guard(
                    PREFIX + "duration-buckets",
                    metrics.getDurationBuckets(),
                    () -> builder.durationBuckets(metrics.getDurationBuckets().toArray(Duration[]::new)));
        }
        return builder;
    }

    private static SipMeters meter(String name) {
        return Arrays.stream(SipMeters.values())
                .filter(meter -> meter.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> PropertyException.of(
                        PREFIX + "exclude",
                        name,
                        Arrays.stream(SipMeters.values())
                                .map(SipMeters::getName)
                                .collect(Collectors.joining(", "))));
    }
}
