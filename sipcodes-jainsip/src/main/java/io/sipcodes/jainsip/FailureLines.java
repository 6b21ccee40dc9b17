package io.sipcodes.jainsip;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipField;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import io.sipcodes.SipTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the lines of a {@link FailureLog}, on the one thread that calls it. */
final class FailureLines {

    /** Different failures that are counted apart at one time; beyond it each failure is a line of its own. */
    private static final int MAX_KINDS = 1024;

    private static final Logger log = LoggerFactory.getLogger(FailureLog.LOGGER);
    private static final Logger conformance = LoggerFactory.getLogger(FailureLog.CONFORMANCE_LOGGER);

    private final FailureLog set;
    private final Map<Kind, Repeats> repeats = new LinkedHashMap<>();
    private long nextSweep = Long.MIN_VALUE;

    /** Writes as the log is set to. */
    FailureLines(FailureLog set) {
        this.set = set;
    }

    void accept(SipEvent event) {
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
    void tick(long nanos) {
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
                .addKeyValue(SipField.STATUS.key(), set.redaction.text(diagnosis.phrase()));
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
        SipDiagnosis diagnosis =
                SipDiagnosis.about(message).catalog(set.catalog).build();
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
                .addKeyValue(SipField.STATUS.key(), set.redaction.text(diagnosis.phrase()));
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
        if (set.mdc) {
            fields.forEach(MDC::put);
            MDC.put(SipField.CODE.key(), Integer.toString(code));
        } else {
            fields.forEach(line::addKeyValue);
            line.addKeyValue(SipField.CODE.key(), code);
        }
        // Whoever calls this in a trace of its own has these already.
        Optional<SipTrace> trace = event.trace().filter(found -> MDC.get(FailureLog.TRACE_ID) == null);
        trace.ifPresent(FailureLines::putTrace);
        try {
            line.log();
        } finally {
            if (trace.isPresent()) {
                MDC.remove(FailureLog.TRACE_ID);
                MDC.remove(FailureLog.SPAN_ID);
            }
            if (set.mdc) {
                fields.keySet().forEach(MDC::remove);
                MDC.remove(SipField.CODE.key());
            }
        }
    }

    private static void putTrace(SipTrace trace) {
        MDC.put(FailureLog.TRACE_ID, trace.traceId());
        if (!trace.spanId().isEmpty()) {
            MDC.put(FailureLog.SPAN_ID, trace.spanId());
        }
    }

    private Map<String, String> fields(SipEvent.TransactionEnded ended) {
        SipMessage request = ended.request();
        SipDiagnosis diagnosis = ended.diagnosis();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SipField.METHOD.key(), request.method());
        fields.put(SipField.CALL_ID.key(), request.callId());
        fields.put(SipField.FROM.key(), set.redaction.uri(request.fromUri()));
        fields.put(SipField.TO.key(), set.redaction.uri(request.toUri()));
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
                .append(set.redaction.uri(request.toUri()))
                .append(' ')
                .append(duration(ended.durationNanos()))
                .append(" | ");
        out.append(title(diagnosis))
                .append(": ")
                .append(diagnosis.operatorText(set.language))
                .append(" | ")
                .append(set.catalog.words(diagnosis.advice(), set.language).title());
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
                .map(entry -> entry.text(set.language))
                .orElseGet(() -> set.catalog.words(diagnosis.outcome(), set.language))
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
            out.append(" \"").append(set.redaction.text(diagnosis.phrase())).append('"');
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
            long until = nanos + set.windowNanos;
            repeats.put(kind, new Repeats(level, until));
            nextSweep = Math.min(nextSweep == Long.MIN_VALUE ? until : nextSweep, until);
            return false;
        }
        if (++known.lines < set.limit) {
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
                .addArgument(set.windowNanos / 1_000_000_000)
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
}
