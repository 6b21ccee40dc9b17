package io.sipcodes.spring;

import io.sipcodes.SipTrace;

/** The trace of the event that is being counted on this thread. */
final class CountedTrace {

    private static final ThreadLocal<SipTrace> CURRENT = new ThreadLocal<>();

    private CountedTrace() {}

    /** Null if none is being counted. */
    static SipTrace current() {
        return CURRENT.get();
    }

    static void set(SipTrace trace) {
        CURRENT.set(trace);
    }

    static void clear() {
        CURRENT.remove();
    }
}
