package io.sipcodes.jainsip;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipEvent;
import io.sipcodes.SipField;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Writes one line per ended transaction to the SLF4J logger {@value #LOGGER}: a failure at the severity of its
 * diagnosis, all else at DEBUG, provisional responses too. A line says which code came from where to what, what it means, and what to do:
 *
 * <pre>
 * 486 Busy Here &lt;- 192.0.2.7:5060 INVITE sip:+49********21@example.org 1.2 s | Line busy: … | Try again later | busy, callee, Call-ID a84b
 * </pre>
 *
 * <p>The arrow points away from a response that our stack sent. The same failure with the same peer is written
 * {@linkplain Builder#limit a few times} per {@linkplain Builder#window window} and then only counted; the count comes in
 * one line when the window is over. All is also there as key-values named by {@link SipField}. Where the failure
 * {@linkplain SipTraffic#traceWith belongs to a trace}, the MDC has {@value #TRACE_ID} and {@value #SPAN_ID} while its line
 * is written, as Spring Boot and Micrometer Tracing name them.
 *
 * <p>What the conformance check finds in a response is a line at DEBUG in the logger {@value #CONFORMANCE_LOGGER}:
 *
 * <pre>
 * 405 Method Not Allowed -&gt; 192.0.2.7:5060 MESSAGE | lacks-allow: must (RFC 3261 21.4.6) | Call-ID a84b
 * </pre>
 *
 * <p>For one thread, as {@link SipTraffic} calls it.
 */
public final class FailureLog implements Consumer<SipEvent>, Ticking {

    /** The name of the logger. */
    public static final String LOGGER = "io.sipcodes.failures";

    /** The name of the logger for what the conformance check finds. */
    public static final String CONFORMANCE_LOGGER = "io.sipcodes.conformance";

    static final String TRACE_ID = "traceId";
    static final String SPAN_ID = "spanId";

    final Locale language;
    final SipCatalog catalog;
    final long windowNanos;
    final int limit;
    final boolean mdc;
    final Redaction redaction;

    // Made with the first event: each start of an application would wait until its class is loaded.
    private FailureLines lines;

    private FailureLog(Builder from) {
        language = from.language;
        catalog = from.catalog;
        windowNanos = from.window.toNanos();
        limit = from.limit;
        mdc = from.mdc;
        redaction = from.redaction;
    }

    /**
     * A log in this language, and otherwise as it comes.
     *
     * @param language of the lines
     */
    public FailureLog(Locale language) {
        this(builder().language(language));
    }

    /**
     * Starts with English, 20 lines of a kind per minute, no MDC, and the standard redaction.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void accept(SipEvent event) {
        if (lines == null) {
            lines = new FailureLines(this);
        }
        lines.accept(event);
    }

    /** Writes the counts of windows that are over. */
    @Override
    public void tick(long nanos) {
        if (lines != null) {
            lines.tick(nanos);
        }
    }

    /** Collects how a log is to be; for one thread. */
    public static final class Builder {

        private Locale language = Locale.ENGLISH;
        private SipCatalog catalog = SipCatalog.standard();
        private Duration window = Duration.ofMinutes(1);
        private int limit = 20;
        private boolean mdc;
        private Redaction redaction = Redaction.standard();

        private Builder() {}

        /**
         * The language of the words; English if not set.
         *
         * @param newLanguage of those that the catalog has, the nearest is taken
         * @return this builder
         */
        public Builder language(Locale newLanguage) {
            language = Objects.requireNonNull(newLanguage, "language");
            return this;
        }

        /**
         * Where the words come from; the standard catalog if not set.
         *
         * @param newCatalog not null
         * @return this builder
         */
        public Builder catalog(SipCatalog newCatalog) {
            catalog = Objects.requireNonNull(newCatalog, "catalog");
            return this;
        }

        /**
         * After which time the same failure is written again; a minute if not set.
         *
         * @param newWindow longer than zero
         * @return this builder
         * @throws IllegalArgumentException if not positive
         */
        public Builder window(Duration newWindow) {
            if (newWindow.isNegative() || newWindow.isZero()) {
                throw new IllegalArgumentException("window: " + newWindow + " (expected: a positive time)");
            }
            window = newWindow;
            return this;
        }

        /**
         * How many lines of the same failure a window may have; 20 if not set.
         *
         * @param newLimit 1 or more
         * @return this builder
         * @throws IllegalArgumentException if less than 1
         */
        public Builder limit(int newLimit) {
            if (newLimit < 1) {
                throw new IllegalArgumentException("limit: " + newLimit + " (expected: at least 1)");
            }
            limit = newLimit;
            return this;
        }

        /**
         * Whether the fields are in the MDC while a line is written, in place of the line's key-values.
         *
         * @param newMdc true for the MDC
         * @return this builder
         */
        public Builder mdc(boolean newMdc) {
            mdc = newMdc;
            return this;
        }

        /**
         * What is taken out of addresses and phrases; all that {@link Redaction#standard()} knows if not set.
         *
         * @param newRedaction not null
         * @return this builder
         */
        public Builder redaction(Redaction newRedaction) {
            redaction = Objects.requireNonNull(newRedaction, "redaction");
            return this;
        }

        /** {@return the log} */
        public FailureLog build() {
            return new FailureLog(this);
        }
    }
}
