package io.sipcodes.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sipcodes.micrometer.SipMeters;
import io.sipcodes.micrometer.SipMetrics;
import io.sipcodes.micrometer.SipPeers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.lang.Nullable;

/**
 * Meters of the SIP traffic, where the application has a meter registry. A bean of type SipPeers tells peers apart, one of
 * type SipMetrics.Scope says which trace belongs to an event, for exemplars.
 */
@Lazy
@AutoConfiguration(
        after = SipCodesJainSipAutoConfiguration.class,
        // The same class in Boot 3.5 and in Boot 4: without its name here the registry would not be there yet.
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, SipMetrics.class})
@ConditionalOnBean(value = MeterRegistry.class, name = "sipEventFlow")
@ConditionalOnBooleanProperty(name = "sipcodes.metrics.enabled", matchIfMissing = true)
public class SipCodesMetricsAutoConfiguration {

    /** For Spring. */
    public SipCodesMetricsAutoConfiguration() {}

    private static final String PREFIX = "sipcodes.metrics.";

    @Bean
    static EventSink sipMetricsSink(
            MeterRegistry registry,
            ObjectProvider<SipPeers> peers,
            ObjectProvider<SipMetrics.Scope> scope,
            ObjectProvider<TraceSource> trace,
            SipCodesProperties properties,
            AfterStart afterStart) {
        SipCodesProperties.Metrics metrics = properties.getMetrics();
        SipPeers own = peers.getIfAvailable();
        SipMetrics.Scope around = scope(scope, trace);
        // What is set wrongly ends the start. Where nothing is set there is nothing to look at.
        SipMetrics.Builder looked = metrics.isAsItComes() ? null : builder(registry, own, around, metrics);
        // More than a thousand series, which take a JVM that has only just begun some tenths of a second.
        Supplier<SipMetrics> made =
                afterStart.later(() -> (looked == null ? builder(registry, own, around, metrics) : looked).build());
        return new EventSink("metrics", event -> made.get().accept(event));
    }

    @Nullable
    private static SipMetrics.Scope scope(ObjectProvider<SipMetrics.Scope> own, ObjectProvider<TraceSource> trace) {
        SipMetrics.Scope wanted = own.getIfAvailable();
        if (wanted != null) {
            return wanted;
        }
        TraceSource source = trace.getIfAvailable();
        return source == null ? null : source.scope();
    }

    private static SipMetrics.Builder builder(
            MeterRegistry registry,
            @Nullable SipPeers own,
            @Nullable SipMetrics.Scope scope,
            SipCodesProperties.Metrics metrics) {
        SipMetrics.Builder builder = SipMetrics.builder(registry)
                .zeros(metrics.isZeros())
                .without(metrics.getExclude().stream()
                        .map(SipCodesMetricsAutoConfiguration::meter)
                        .toArray(SipMeters[]::new));
        if (scope != null) {
            builder.scope(scope);
        }
        if (own != null) {
            builder.peers(own);
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
                .orElseThrow(() -> new PropertyException(
                        PREFIX + "exclude",
                        name,
                        Arrays.stream(SipMeters.values())
                                .map(SipMeters::getName)
                                .collect(Collectors.joining(", "))));
    }
}
