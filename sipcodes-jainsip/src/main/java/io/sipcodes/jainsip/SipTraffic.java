package io.sipcodes.jainsip;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipEvent;
import io.sipcodes.SipTrace;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The SIP traffic of all stacks of this JVM that the kit is attached to, as events. Safe for use by any number of
 * threads.
 */
public final class SipTraffic {

    private static TrackerSettings settings;
    private static volatile Supplier<SipTrace> tracing;
    private static volatile Redaction redaction;

    private SipTraffic() {}

    /**
     * Ends a subscription, after what was seen before has been handed over or half a second has passed; calling it
     * again does nothing.
     */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Calls a consumer with every event from now on, and with what waits because nobody listened before. It is called
     * on one thread, which is none of the stack's; a consumer that throws is called again with the next event.
     *
     * @param consumer should return soon, since all consumers wait for it; calls on the wire never do
     * @return closes the subscription
     */
    public static Subscription subscribe(Consumer<? super SipEvent> consumer) {
        return Hub.instance().subscribe(Objects.requireNonNull(consumer, "consumer"));
    }

    /**
     * Calls several consumers, as {@link #subscribe(Consumer)} does one; what waits goes to each of them.
     *
     * @param consumers each is called with every event, whatever the others do
     * @return closes the subscription of all
     */
    public static Subscription subscribe(List<? extends Consumer<? super SipEvent>> consumers) {
        return Hub.instance().subscribe(Objects.requireNonNull(consumers, "consumers"));
    }

    /**
     * Sets what the diagnoses in events ask: for all stacks of the JVM, from now on.
     *
     * @param catalog where words and overrides come from
     * @param provider whose overrides apply; empty for none
     */
    public static void diagnoseWith(SipCatalog catalog, String provider) {
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(provider, "provider");
        synchronized (SipTraffic.class) {
            TrackerSettings now = settings();
            use(new TrackerSettings(now.maxTransactions(), now.maxCalls(), now.maxCallNanos(), catalog, provider));
        }
    }

    /**
     * Sets what is taken out of the lines that stacks write of themselves, of whole messages in the log
     * {@code io.sipcodes.messages} at TRACE, and of what is told of messages that cannot be read: for all stacks of the
     * JVM, from now on. All that {@link Redaction#standard()} knows if not set.
     *
     * @param redaction what it takes out; not null
     */
    public static void redactWith(Redaction redaction) {
        SipTraffic.redaction = Objects.requireNonNull(redaction, "redaction");
    }

    // Made when it is first needed: that a trace is told of traffic is set while an application starts.
    static Redaction redaction() {
        Redaction set = redaction;
        return set == null ? Redaction.standard() : set;
    }

    /**
     * Whether responses, those sent and those received, are held against the rules of {@link ResponseConformance}: for
     * all stacks of the JVM, from now on. What is found becomes a {@link SipEvent.ConformanceFinding}, once for each
     * response and rule, and not again for retransmissions. On if not set; off, it costs nothing.
     *
     * @param check true to check
     */
    public static void checkConformance(boolean check) {
        Hub.instance().checkConformance(check);
    }

    /**
     * Bounds what is remembered at one time, for all stacks of the JVM together; what finds no room is counted in an
     * {@link SipEvent.EventsDropped}. A transaction stays for 32 s after its end, so that its retransmissions are known,
     * as long as there is room.
     *
     * @param transactions how many transactions, 65536 if not set; each takes about half a kilobyte
     * @param calls how many calls, 65536 if not set
     * @throws IllegalArgumentException if one is less than 1
     */
    public static void limit(int transactions, int calls) {
        if (transactions < 1 || calls < 1) {
            throw new IllegalArgumentException(
                    "limit: " + transactions + " transactions, " + calls + " calls (expected: at least 1 of each)");
        }
        synchronized (SipTraffic.class) {
            TrackerSettings now = settings();
            use(new TrackerSettings(transactions, calls, now.maxCallNanos(), now.catalog(), now.provider()));
        }
    }

    /**
     * Has messages carry the trace in which they are sent or received, so that {@link SipEvent#trace() events}, log lines
     * and exemplars lead to it: for all stacks of the JVM, from now on. Without, nothing is asked.
     *
     * @param current asked for each message, on the thread of the stack or of the application that sends or receives it;
     *     null if there is no trace. It must be quick; what it throws is as if there were none
     * @return ends it when closed, unless somebody else has set another since
     */
    public static Subscription traceWith(Supplier<SipTrace> current) {
        Objects.requireNonNull(current, "current");
        synchronized (SipTraffic.class) {
            tracing = current;
        }
        return () -> endTracing(current);
    }

    private static synchronized void endTracing(Supplier<SipTrace> current) {
        if (tracing == current) {
            tracing = null;
        }
    }

    /** The trace of this thread, or null. */
    static SipTrace currentTrace() {
        Supplier<SipTrace> current = tracing;
        if (current == null) {
            return null;
        }
        try {
            return current.get();
        } catch (Throwable e) {
            StackLog.failed("the trace of a message cannot be told", e);
            return null;
        }
    }

    private static TrackerSettings settings() {
        return settings == null ? TrackerSettings.standard() : settings;
    }

    private static void use(TrackerSettings newSettings) {
        settings = newSettings;
        Hub.instance().use(newSettings);
    }

    /** {@return how many messages were seen on the wire, since the start of the JVM} */
    public static long seen() {
        return Hub.instance().seen();
    }

    /** {@return how many of them were not made into events, because the queue was full or reading failed} */
    public static long dropped() {
        return Hub.instance().dropped();
    }
}
