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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the lines of a {@link FailureLog}, on the one thread that calls it. */
final class FailureLines {

    /** Kinds of failures that are counted apart at one time; what is of none of them is counted together. */
    static final int MAX_KINDS = 1024;

    private static final Logger log = LoggerFactory.getLogger(FailureLog.LOGGER);
    private static final Logger conformance = LoggerFactory.getLogger(FailureLog.CONFORMANCE_LOGGER);

    private final FailureLog set;
    private final Map<Kind, Repeats> repeats = new LinkedHashMap<>();
    private long nextSweep = Long.MAX_VALUE;

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
        if (nanos < nextSweep) {
            return;
        }
        nextSweep = Long.MAX_VALUE;
        // The oldest is first: all windows are of one length, and times do not go back but by what is logged late.
        Iterator<Map.Entry<Kind, Repeats>> oldest = repeats.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Kind, Repeats> entry = oldest.next();
            if (entry.getValue().until > nanos) {
                nextSweep = entry.getValue().until;
                return;
            }
            oldest.remove();
            if (entry.getValue().more > 0) {
                writeCount(entry.getKey(), entry.getValue().more);
            }
        }
    }

    private void write(SipEvent.TransactionEnded ended) {
        SipDiagnosis diagnosis = ended.diagnosis();
        Level level = level(diagnosis.severity());
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        Kind kind = new Kind(
                level,
                diagnosis.rawCode(),
                diagnosis.outcome(),
                ended.role(),
                ended.request().method(),
                source(ended));
        if (level != Level.DEBUG && isOneTooMany(kind, ended.timestampNanos())) {
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
        out.append(' ')
                .append(arrow(ended.role()))
                .append(' ')
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

    private static String arrow(SipRole role) {
        return role == SipRole.CLIENT ? "<-" : "->";
    }

    private static String duration(long nanos) {
        long millis = nanos / 1_000_000;
        long tenths = (millis + 50) / 100;
        return millis < 1_000 ? millis + " ms" : tenths / 10 + "." + tenths % 10 + " s";
    }

    // Whoever asks us may do so from another port each time, and does where it connects anew.
    private static String source(SipEvent.TransactionEnded ended) {
        String peer = ended.request().peer();
        int colon = peer.lastIndexOf(':');
        return ended.role() == SipRole.CLIENT || colon < 0 ? peer : peer.substring(0, colon);
    }

    private boolean isOneTooMany(Kind kind, long nanos) {
        // Whoever sends from ever new ports, or with ever new methods, must not fill the log.
        boolean apart = repeats.size() < MAX_KINDS || repeats.containsKey(kind);
        Repeats counted = repeats.computeIfAbsent(
                apart ? kind : Kind.others(kind.level, kind.role), made -> new Repeats(nanos + set.windowNanos));
        nextSweep = Math.min(nextSweep, counted.until);
        if (++counted.lines <= set.limit) {
            return false;
        }
        counted.more++;
        return true;
    }

    private void writeCount(Kind kind, long more) {
        if (kind.isOthers()) {
            log.atLevel(kind.level)
                    .setMessage("failures of other kinds {} | {} times more in {} s")
                    .addArgument(arrow(kind.role))
                    .addArgument(more)
                    .addArgument(set.windowNanos / 1_000_000_000)
                    .addKeyValue(SipField.ROLE.key(), kind.role.id())
                    .addKeyValue(SipField.REPEATED.key(), more)
                    .log();
            return;
        }
        log.atLevel(kind.level)
                .setMessage("{} {} {} {} {} | {} times more in {} s | {}")
                .addArgument(kind.code)
                .addArgument(phrase(SipCode.find(kind.code)))
                .addArgument(arrow(kind.role))
                .addArgument(kind.peer)
                .addArgument(kind.method)
                .addArgument(more)
                .addArgument(set.windowNanos / 1_000_000_000)
                .addArgument(kind.outcome.id())
                .addKeyValue(SipField.CODE.key(), kind.code)
                .addKeyValue(SipField.METHOD.key(), kind.method)
                .addKeyValue(SipField.PEER.key(), kind.peer)
                .addKeyValue(SipField.ROLE.key(), kind.role.id())
                .addKeyValue(SipField.OUTCOME.key(), kind.outcome.id())
                .addKeyValue(SipField.REPEATED.key(), more)
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

    /** What is counted as the same; of failures that are counted together only level and role. */
    private record Kind(Level level, int code, SipOutcome outcome, SipRole role, String method, String peer) {

        private static final int NO_CODE = 0;

        static Kind others(Level level, SipRole role) {
            return new Kind(level, NO_CODE, SipOutcome.UNKNOWN, role, "", "");
        }

        boolean isOthers() {
            return code == NO_CODE;
        }
    }

    private static final class Repeats {
        final long until;
        int lines;
        long more;

        Repeats(long until) {
            this.until = until;
        }
    }
}
