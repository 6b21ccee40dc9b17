package io.sipcodes.spring;

import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.sipcodes.SipEvent;
import io.sipcodes.SipTrace;
import io.sipcodes.micrometer.SipMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * The way from a failure to its trace, where the application has a tracer of Micrometer Tracing: log lines carry the
 * trace in which a message was sent or received, and metrics take it as exemplar if it is sampled.
 */
@Lazy
@AutoConfiguration(
        after = SipCodesJainSipAutoConfiguration.class,
        before = SipCodesMetricsAutoConfiguration.class,
        // The tracers of Boot 3.5, and of Boot 4.
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.tracing.BraveAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnClass({Tracer.class, SipMetrics.class})
@ConditionalOnBean(value = Tracer.class, name = "sipEventFlow")
@ConditionalOnBooleanProperty(name = "sipcodes.tracing.enabled", matchIfMissing = true)
public class SipCodesTracingAutoConfiguration {

    /** For Spring. */
    public SipCodesTracingAutoConfiguration() {}

    @Bean
    static TraceSource sipTraceSource(Tracer tracer) {
        return new TraceSource(() -> trace(tracer.currentTraceContext().context()), event -> open(tracer, event));
    }

    // A tracer that does nothing has a context too, without a name.
    private static SipTrace trace(TraceContext context) {
        return context == null || context.traceId().isEmpty()
                ? null
                : new SipTrace(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    // No span is made, begun or ended here: the trace's own is the application's.
    private static AutoCloseable open(Tracer tracer, SipEvent event) {
        SipTrace trace = event.trace().filter(SipTrace::sampled).orElse(null);
        if (trace == null) {
            return null;
        }
        CurrentTraceContext.Scope scope = tracer.currentTraceContext()
                .newScope(tracer.traceContextBuilder()
                        .traceId(trace.traceId())
                        .spanId(trace.spanId())
                        .sampled(true)
                        .build());
        CountedTrace.set(trace);
        return () -> {
            CountedTrace.clear();
            scope.close();
        };
    }

    @Bean
    @ConditionalOnClass(name = "io.prometheus.metrics.tracer.common.SpanContext")
    static CountedTraceExemplars sipCountedTraceExemplars() {
        return new CountedTraceExemplars();
    }
}
