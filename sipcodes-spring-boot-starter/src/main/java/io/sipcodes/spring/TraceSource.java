package io.sipcodes.spring;

import io.sipcodes.SipTrace;
import io.sipcodes.micrometer.SipMetrics;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tells the trace of a thread, and makes that of an event current, as one bean. Beans of type {@code Supplier} would be
 * taken for functions to bind by Spring Cloud Function and Stream; one of type {@code Scope} is the application's own.
 *
 * @param current the trace of the thread that asks, or null
 * @param scope where the application has none
 */
record TraceSource(Supplier<SipTrace> current, SipMetrics.Scope scope) {
    TraceSource {
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(scope, "scope");
    }
}
