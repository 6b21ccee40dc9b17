package io.sipcodes.jainsip;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipField;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import io.sipcodes.SipTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

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

    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";

    /** Different failures that are counted apart at one time; beyond it each failure is a line of its own. */
    private static final int MAX_KINDS = 1024;

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final Logger conformance = LoggerFactory.getLogger(CONFORMANCE_LOGGER);

    private final Locale language;
    private final SipCatalog catalog;
    private final long windowNanos;
    private final int limit;
    private final boolean mdc;
    private final Redaction redaction;
    private final Map<Kind, Repeats> repeats = new LinkedHashMap<>();
    private long nextSweep = Long.MIN_VALUE;

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
        tick(event.timestampNanos());
        if (event instanceof SipEvent.TransactionEnded ended) {
            write(ended);
        } else if (event instanceof SipEvent.ResponseSeen seen) {
            if (seen.message().rawCode() < 200 && !seen.retransmission() && log.isDebugEnabled()) {
                writeProvisional(seen);
            }
        } else if (event instanceof SipEvent.ConformanceFinding finding && conformance.isDebugEnabled()) {
            write(finding);
        }
    }

    /** Writes the counts of windows that are over. */
    @Override
    public void tick(long nanos) {
        if (nanos < nextSweep || repeats.isEmpty()) {
            return;
        }
        List<Kind> over = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Map.Entry<Kind, Repeats> entry : repeats.entrySet()) {
            if (entry.getValue().until <= nanos) {
                over.add(entry.getKey());
            } else {
                next = Math.min(next, entry.getValue().until);
            }
        }
        for (Kind kind : over) {
            Repeats counted = repeats.remove(kind);
            if (counted.more > 0) {
                writeCount(kind, counted);
            }
        }
        nextSweep = next;
    }

    private void write(SipEvent.TransactionEnded ended) {
        SipDiagnosis diagnosis = ended.diagnosis();
        Level level = level(diagnosis.severity());
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        Kind kind = new Kind(
                diagnosis.rawCode(),
                diagnosis.outcome(),
                ended.role(),
                ended.request().method(),
                ended.request().peer());
        if (level != Level.DEBUG && isOneTooMany(kind, level, ended.timestampNanos())) {
            return;
        }
        LoggingEventBuilder line = log.atLevel(level)
                .setMessage("{}")
                .addArgument(text(ended))
                .addKeyValue(SipField.STATUS.key(), redaction.text(diagnosis.phrase()));
        Map<String, String> fields = fields(ended);
        if (diagnosis.retryAfterSeconds() >= 0) {
            line.addKeyValue(SipField.RETRY_AFTER.key(), diagnosis.retryAfterSeconds());
        }
        line.addKeyValue(SipField.DURATION.key(), ended.durationNanos() / 1_000_000);
        log(line, ended, diagnosis.rawCode(), fields);
    }

    // The addresses are those of its request, which a response does not repeat here.
    private void writeProvisional(SipEvent.ResponseSeen seen) {
        SipMessage message = seen.message();
        SipDiagnosis diagnosis = SipDiagnosis.about(message).catalog(catalog).build();
        StringBuilder text = new StringBuilder(160);
        status(text, diagnosis, Optional.of(message));
        text.append(message.direction() == SipDirection.SENT ? " -> " : " <- ")
                .append(message.peer())
                .append(' ')
                .append(message.method())
                .append(" | ")
                .append(title(diagnosis))
                .append(" | ")
                .append(diagnosis.outcome().id())
                .append(", Call-ID ")
                .append(message.callId());
        LoggingEventBuilder line = log.atDebug()
                .setMessage("{}")
                .addArgument(text)
                .addKeyValue(SipField.STATUS.key(), redaction.text(diagnosis.phrase()));
        Map<String, String> fields = fieldsOfResponse(message);
        fields.put(SipField.OUTCOME.key(), diagnosis.outcome().id());
        log(line, seen, message.rawCode(), fields);
    }

    private static Map<String, String> fieldsOfResponse(SipMessage message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SipField.METHOD.key(), message.method());
        fields.put(SipField.CALL_ID.key(), message.callId());
        fields.put(SipField.PEER.key(), message.peer());
        fields.put(SipField.STACK.key(), message.stack());
        SipRole role = message.direction() == SipDirection.SENT ? SipRole.SERVER : SipRole.CLIENT;
        fields.put(SipField.ROLE.key(), role.id());
        return fields;
    }

    private void write(SipEvent.ConformanceFinding finding) {
        SipMessage message = finding.message();
        boolean sent = message.direction() == SipDirection.SENT;
        Map<String, String> fields = fieldsOfResponse(message);
        fields.put(SipField.RULE.key(), finding.rule());
        LoggingEventBuilder line = conformance
                .atDebug()
                .setMessage("{} {} {} {} {} | {}: {} ({}) | Call-ID {}")
                .addArgument(message.rawCode())
                .addArgument(phrase(message.code()))
                .addArgument(sent ? "->" : "<-")
                .addArgument(message.peer())
                .addArgument(message.method())
                .addArgument(finding.rule())
                .addArgument(finding.mandatory() ? "must" : "should")
                .addArgument(finding.reference())
                .addArgument(message.callId());
        log(line, finding, message.rawCode(), fields);
    }

    // Never in both: a format that nests names, as Boot's ECS does, refuses a line that has one twice.
    private void log(LoggingEventBuilder line, SipEvent event, int code, Map<String, String> fields) {
        if (mdc) {
            fields.forEach(MDC::put);
            MDC.put(SipField.CODE.key(), Integer.toString(code));
        } else {
            fields.forEach(line::addKeyValue);
            line.addKeyValue(SipField.CODE.key(), code);
        }
        // Whoever calls this in a trace of its own has these already.
        Optional<SipTrace> trace = event.trace().filter(found -> MDC.get(TRACE_ID) == null);
        trace.ifPresent(FailureLog::putTrace);
        try {
            line.log();
        } finally {
            if (trace.isPresent()) {
                MDC.remove(TRACE_ID);
                MDC.remove(SPAN_ID);
            }
            if (mdc) {
                fields.keySet().forEach(MDC::remove);
                MDC.remove(SipField.CODE.key());
            }
        }
    }

    private static void putTrace(SipTrace trace) {
        MDC.put(TRACE_ID, trace.traceId());
        if (!trace.spanId().isEmpty()) {
            MDC.put(SPAN_ID, trace.spanId());
        }
    }

    private Map<String, String> fields(SipEvent.TransactionEnded ended) {
        SipMessage request = ended.request();
        SipDiagnosis diagnosis = ended.diagnosis();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SipField.METHOD.key(), request.method());
        fields.put(SipField.CALL_ID.key(), request.callId());
        fields.put(SipField.FROM.key(), redaction.uri(request.fromUri()));
        fields.put(SipField.TO.key(), redaction.uri(request.toUri()));
        fields.put(SipField.PEER.key(), request.peer());
        fields.put(SipField.STACK.key(), request.stack());
        fields.put(SipField.ROLE.key(), ended.role().id());
        fields.put(SipField.OUTCOME.key(), diagnosis.outcome().id());
        fields.put(SipField.FAULT.key(), diagnosis.fault().id());
        fields.put(SipField.ADVICE.key(), diagnosis.advice().id());
        return fields;
    }

    private String text(SipEvent.TransactionEnded ended) {
        SipMessage request = ended.request();
        SipDiagnosis diagnosis = ended.diagnosis();
        StringBuilder out = new StringBuilder(320);
        status(out, diagnosis, ended.response());
        out.append(ended.role() == SipRole.CLIENT ? " <- " : " -> ")
                .append(request.peer())
                .append(' ')
                .append(request.method())
                .append(' ')
                .append(redaction.uri(request.toUri()))
                .append(' ')
                .append(duration(ended.durationNanos()))
                .append(" | ");
        out.append(title(diagnosis))
                .append(": ")
                .append(diagnosis.operatorText(language))
                .append(" | ")
                .append(catalog.words(diagnosis.advice(), language).title());
        if (diagnosis.retryAfterSeconds() >= 0) {
            out.append(" (").append(diagnosis.retryAfterSeconds()).append(" s)");
        }
        return out.append(" | ")
                .append(diagnosis.outcome().id())
                .append(", ")
                .append(diagnosis.fault().id())
                .append(", Call-ID ")
                .append(request.callId())
                .toString();
    }

    // Where something else than the code decided, the code's own title would say the wrong thing.
    private String title(SipDiagnosis diagnosis) {
        return diagnosis
                .entry()
                .filter(entry -> entry.outcome() == diagnosis.outcome())
                .map(entry -> entry.text(language))
                .orElseGet(() -> catalog.words(diagnosis.outcome(), language))
                .title();
    }

    // The phrase as received matters where it says something of its own.
    private void status(StringBuilder out, SipDiagnosis diagnosis, Optional<SipMessage> response) {
        out.append(diagnosis.rawCode()).append(' ');
        if (response.isEmpty()) {
            out.append("(no response)");
            return;
        }
        String registered = phrase(diagnosis.code());
        out.append(registered);
        if (!diagnosis.phrase().isEmpty() && !diagnosis.phrase().equalsIgnoreCase(registered)) {
            out.append(" \"").append(redaction.text(diagnosis.phrase())).append('"');
        }
    }

    private static String phrase(Optional<SipCode> code) {
        return code.map(SipCode::phrase).orElse("");
    }

    private static String duration(long nanos) {
        long millis = nanos / 1_000_000;
        long tenths = (millis + 50) / 100;
        return millis < 1_000 ? millis + " ms" : tenths / 10 + "." + tenths % 10 + " s";
    }

    private boolean isOneTooMany(Kind kind, Level level, long nanos) {
        Repeats known = repeats.get(kind);
        if (known == null) {
            if (repeats.size() >= MAX_KINDS) {
                return false;
            }
            long until = nanos + windowNanos;
            repeats.put(kind, new Repeats(level, until));
            nextSweep = Math.min(nextSweep == Long.MIN_VALUE ? until : nextSweep, until);
            return false;
        }
        if (++known.lines < limit) {
            return false;
        }
        known.more++;
        return true;
    }

    private void writeCount(Kind kind, Repeats counted) {
        log.atLevel(counted.level)
                .setMessage("{} {} {} {} {} | {} times more in {} s | {}")
                .addArgument(kind.code)
                .addArgument(phrase(SipCode.find(kind.code)))
                .addArgument(kind.role == SipRole.CLIENT ? "<-" : "->")
                .addArgument(kind.peer)
                .addArgument(kind.method)
                .addArgument(counted.more)
                .addArgument(windowNanos / 1_000_000_000)
                .addArgument(kind.outcome.id())
                .addKeyValue(SipField.CODE.key(), kind.code)
                .addKeyValue(SipField.METHOD.key(), kind.method)
                .addKeyValue(SipField.PEER.key(), kind.peer)
                .addKeyValue(SipField.ROLE.key(), kind.role.id())
                .addKeyValue(SipField.OUTCOME.key(), kind.outcome.id())
                .addKeyValue(SipField.REPEATED.key(), counted.more)
                .log();
    }

    private static Level level(System.Logger.Level severity) {
        return switch (severity) {
            case ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private record Kind(int code, SipOutcome outcome, SipRole role, String method, String peer) {}

    private static final class Repeats {
        final Level level;
        final long until;
        int lines;
        long more;

        Repeats(Level level, long until) {
            this.level = level;
            this.until = until;
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
