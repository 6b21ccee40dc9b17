package io.sipcodes.spring;

import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.sipcodes.SipEvent;
import io.sipcodes.SipTrace;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.lang.Nullable;

/**
 * The way from a failure to its trace, where the application has a tracer of Micrometer Tracing: log lines carry the
 * trace in which a message was sent or received, and metrics take it as exemplar if it is sampled. To be touched where
 * Micrometer Tracing is there.
 */
final class Traces implements Supplier<SipTrace> {

    static final String TRACER = "io.micrometer.tracing.Tracer";

    private final Tracer tracer;

    Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Null if there is no tracer, or none that goes before the others. */
    @Nullable
    static Traces find(BeanFactory beans) {
        Tracer tracer = beans.getBeanProvider(Tracer.class).getIfUnique();
        return tracer == null ? null : new Traces(tracer);
    }

    /** The trace of the thread that asks, or null. A tracer that does nothing has a context too, without a name. */
    @Override
    @Nullable
    public SipTrace get() {
        TraceContext context = tracer.currentTraceContext().context();
        return context == null || context.traceId().isEmpty()
                ? null
                : new SipTrace(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    /**
     * Makes the event's trace current until it is closed; null if it has none that is sampled. No span is made, begun or
     * ended here: the trace's own is the application's.
     */
    @Nullable
    AutoCloseable open(SipEvent event) {
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
}
