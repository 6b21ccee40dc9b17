package io.sipcodes;

import java.util.Objects;

/**
 * The distributed trace in which a message was sent or received, so that log lines and metrics lead to it. It comes from
 * the application's tracer; text is cleaned and bounded all the same. Immutable and safe for use by any number of threads.
 *
 * @param traceId identifies the trace, as the tracer writes it
 * @param spanId identifies the span in it; empty if not known
 * @param sampled whether the trace is recorded: only then can it be looked up
 */
public record SipTrace(String traceId, String spanId, boolean sampled) {

    /**
     * Cleans and bounds the identifiers.
     *
     * @param traceId identifies the trace
     * @param spanId identifies the span in it; empty if not known
     * @param sampled whether the trace is recorded
     * @throws IllegalArgumentException if there is no trace id
     */
    public SipTrace {
        traceId = WireText.clean(traceId, WireText.SHORT);
        spanId = WireText.clean(Objects.requireNonNull(spanId, "spanId"), WireText.SHORT);
        if (traceId.isEmpty()) {
            throw new IllegalArgumentException("traceId: empty (expected: an identifier)");
        }
    }
}
