package io.sipcodes.spring;

import io.prometheus.metrics.tracer.common.SpanContext;
import io.sipcodes.SipTrace;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Tells Prometheus, which asks for an exemplar, the trace of the event that is being counted.
 *
 * <p>That trace is in the tracer's scope too, but Boot asks the tracer for its current span: of a trace whose span has
 * ended Brave then makes another one, and reports it as lost when it is collected.
 */
final class CountedTraceExemplars implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof SpanContext context ? new Told(context) : bean;
    }

    private record Told(SpanContext otherwise) implements SpanContext {

        @Override
        public String getCurrentTraceId() {
            SipTrace trace = CountedTrace.current();
            return trace == null ? otherwise.getCurrentTraceId() : trace.traceId();
        }

        @Override
        public String getCurrentSpanId() {
            SipTrace trace = CountedTrace.current();
            return trace == null ? otherwise.getCurrentSpanId() : trace.spanId();
        }

        @Override
        public boolean isCurrentSpanSampled() {
            SipTrace trace = CountedTrace.current();
            return trace == null ? otherwise.isCurrentSpanSampled() : trace.sampled();
        }

        // A span that may have ended is not to be changed.
        @Override
        public void markCurrentSpanAsExemplar() {
            if (CountedTrace.current() == null) {
                otherwise.markCurrentSpanAsExemplar();
            }
        }
    }
}
