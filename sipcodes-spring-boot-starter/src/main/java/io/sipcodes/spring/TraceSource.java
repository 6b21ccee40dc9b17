package io.sipcodes.spring;

import io.sipcodes.SipTrace;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tells the trace of a thread, as a bean. A bean of type {@code Supplier} itself would be taken for a function to bind by
 * Spring Cloud Function and Stream.
 *
 * @param current the trace of the thread that asks, or null
 */
record TraceSource(Supplier<SipTrace> current) {
    TraceSource {
        Objects.requireNonNull(current, "current");
    }
}
