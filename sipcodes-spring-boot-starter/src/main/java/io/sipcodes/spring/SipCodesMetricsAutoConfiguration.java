package io.sipcodes.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sipcodes.micrometer.SipMeters;
import io.sipcodes.micrometer.SipMetrics;
import io.sipcodes.micrometer.SipPeers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Meters of the SIP traffic, where the application has a meter registry. A bean of type SipPeers tells peers apart, one of
 * type SipMetrics.Scope says which trace belongs to an event, for exemplars.
 */
@AutoConfiguration(
        after = SipCodesJainSipAutoConfiguration.class,
        // The same class in Boot 3.5 and in Boot 4: without its name here the registry would not be there yet.
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, SipMetrics.class})
@ConditionalOnBean({MeterRegistry.class, EventFlow.class})
@ConditionalOnBooleanProperty(name = "sipcodes.metrics.enabled", matchIfMissing = true)
public class SipCodesMetricsAutoConfiguration {

    /** For Spring. */
    public SipCodesMetricsAutoConfiguration() {}

    private static final String PREFIX = "sipcodes.metrics.";

    @Bean
    @Order(2)
    EventSink sipMetricsSink(
            MeterRegistry registry,
            ObjectProvider<SipPeers> peers,
            ObjectProvider<SipMetrics.Scope> scope,
            SipCodesProperties properties) {
        SipCodesProperties.Metrics metrics = properties.metrics();
        SipMetrics.Builder builder = SipMetrics.builder(registry)
                .zeros(metrics.zeros())
                .without(metrics.exclude().stream()
                        .map(SipCodesMetricsAutoConfiguration::meter)
                        .toArray(SipMeters[]::new));
        scope.ifAvailable(builder::scope);
        SipPeers own = peers.getIfAvailable();
        if (own != null) {
            builder.peers(own);
        } else if (!metrics.peers().isEmpty()) {
            builder.peers(
                    PropertyException.guard(PREFIX + "peers", metrics.peers(), () -> SipPeers.of(metrics.peers())));
        }
        if (metrics.delayBuckets() != null) {
            PropertyException.guard(
                    PREFIX + "delay-buckets",
                    metrics.delayBuckets(),
                    () -> builder.delayBuckets(metrics.delayBuckets().toArray(Duration[]::new)));
        }
        if (metrics.durationBuckets() != null) {
            PropertyException.guard(
                    PREFIX + "duration-buckets",
                    metrics.durationBuckets(),
                    () -> builder.durationBuckets(metrics.durationBuckets().toArray(Duration[]::new)));
        }
        return new EventSink("metrics", builder.build());
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
