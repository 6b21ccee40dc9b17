package io.sipcodes.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sipcodes.micrometer.SipMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters of the SIP traffic, where the application has a meter registry. */
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

    @Bean
    EventSink sipMetricsSink(MeterRegistry registry) {
        return new EventSink(SipMetrics.builder(registry).build());
    }
}
