package io.sipcodes.jainsip;

import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.WireText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Draws each call, or whatever else has one Call-ID, as a ladder of messages with the explanation of what failed: as plain
 * text, and as a Mermaid sequence diagram. Takes the events of {@link ServerLogReader} and of {@link SipTraffic} alike.
 *
 * <p>Holds up to {@value #MAX_CALLS} calls of up to {@value #MAX_STEPS} messages; of more calls the oldest are dropped, of
 * more messages of one call the later ones are counted. For one thread.
 */
public final class CallLadders implements Consumer<SipEvent> {

    static final int MAX_CALLS = 10_000;
    static final int MAX_STEPS = 500;

    private static final int COLUMN = 40;
    private static final int MARGIN = 12;
    private static final int MAX_LABEL = 120;
    private static final int MAX_NOTE_LINE = 100;
    private static final int MAX_SIDE = 8;

    private final Redaction redaction;
    private final Locale language;
    private final Map<Key, CallLadder> calls = new LinkedHashMap<>();
    private long dropped;

    /**
     * Starts with no calls.
     *
     * @param redaction what is taken out of addresses and phrases
     * @param language of the explanations
     */
    public CallLadders(Redaction redaction, Locale language) {
        this.redaction = Objects.requireNonNull(redaction, "redaction");
        this.language = Objects.requireNonNull(language, "language");
    }

    @Override
    public void accept(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen seen) {
            call(seen.message()).add(seen.message(), seen.retransmission());
        } else if (event instanceof SipEvent.ResponseSeen seen) {
            call(seen.message()).add(seen.message(), seen.retransmission());
        } else if (event instanceof SipEvent.TransactionEnded ended) {
            // None there: it was dropped for want of room.
            CallLadder call = calls.get(key(ended.request()));
            if (call != null) {
                call.explain(ended);
            }
        }
    }

    private static Key key(SipMessage message) {
        return new Key(message.stack(), message.callId());
    }

    private CallLadder call(SipMessage message) {
        Key key = key(message);
        CallLadder call = calls.get(key);
        if (call == null) {
            if (calls.size() >= MAX_CALLS) {
                calls.remove(calls.keySet().iterator().next());
                dropped++;
            }
            call = new CallLadder(message);
            calls.put(key, call);
        }
        return call;
    }

    /** {@return the ladders so far, by when their first message came} */
    public List<CallLadder> ladders() {
        return List.copyOf(calls.values());
    }

    /** {@return how many calls are missing, the oldest, because there was no room for more} */
    public long dropped() {
        return dropped;
    }

    /** Two stacks of one JVM each have their own view of a call. */
    private record Key(String stack, String callId) {}

    /** Ours or a peer, which may have the same name. */
    private record Side(String name, boolean isOurs) {}

    private record Step(SipMessage message, String label, int[] times, List<String> notes) {}

    /** The messages of one Call-ID. */
    public final class CallLadder {

        private final SipMessage first;
        private final List<Step> steps = new ArrayList<>();
        private final Set<Side> sides = new LinkedHashSet<>();
        private int more;

        private CallLadder(SipMessage first) {
            this.first = first;
        }

        /** {@return the Call-ID, cleaned} */
        public String callId() {
            return first.callId();
        }

        private void add(SipMessage message, boolean retransmission) {
            if (retransmission) {
                for (int i = steps.size() - 1; i >= 0; i--) {
                    if (isSame(steps.get(i).message, message)) {
                        steps.get(i).times[0]++;
                        return;
                    }
                }
            }
            Side peer = peer(message);
            if (steps.size() >= MAX_STEPS || sides.size() >= MAX_SIDE && !sides.contains(peer)) {
                more++;
                return;
            }
            if (sides.isEmpty()) {
                // Whoever sent the first message stands on the left.
                boolean sent = message.direction() == SipDirection.SENT;
                sides.add(sent ? ours() : peer);
                sides.add(sent ? peer : ours());
            }
            sides.add(peer);
            steps.add(new Step(message, label(message), new int[] {1}, new ArrayList<>(1)));
        }

        private boolean isSame(SipMessage one, SipMessage other) {
            return one.direction() == other.direction()
                    && one.rawCode() == other.rawCode()
                    && one.cseq() == other.cseq()
                    && one.method().equals(other.method())
                    && one.branch().equals(other.branch())
                    && one.toTag().equals(other.toTag());
        }

        private void explain(SipEvent.TransactionEnded ended) {
            SipDiagnosis diagnosis = ended.diagnosis();
            SipMessage message = ended.response().orElse(ended.request());
            if (diagnosis.rawCode() < 300) {
                return;
            }
            for (int i = steps.size() - 1; i >= 0; i--) {
                if (steps.get(i).message == message) {
                    steps.get(i).notes.add(note(diagnosis, ended.response().isEmpty()));
                    return;
                }
            }
        }

        private String note(SipDiagnosis diagnosis, boolean nothingCame) {
            String title =
                    diagnosis.entry().map(entry -> entry.text(language).title()).orElse("");
            return (nothingCame ? diagnosis.rawCode() + " " : "") + title + " ["
                    + diagnosis.outcome().id() + "]: " + diagnosis.operatorText(language);
        }

        private String label(SipMessage message) {
            String label = message.isResponse()
                    ? message.rawCode() + " " + redaction.text(message.phrase())
                            + (message.method().equals(first.method()) ? "" : " (" + message.method() + ")")
                    : message.method() + " " + redaction.uri(message.requestUri());
            return WireText.clean(label.strip(), MAX_LABEL);
        }

        private Side ours() {
            return new Side(first.stack().isEmpty() ? "*" : first.stack(), true);
        }

        private Side peer(SipMessage message) {
            return new Side(message.peer(), false);
        }

        private Side from(SipMessage message) {
            return message.direction() == SipDirection.SENT ? ours() : peer(message);
        }

        private Side to(SipMessage message) {
            return message.direction() == SipDirection.SENT ? peer(message) : ours();
        }

        private String head() {
            Instant start = Instant.EPOCH.plus(first.timestampNanos(), ChronoUnit.NANOS);
            return start.truncatedTo(ChronoUnit.MILLIS) + "  Call-ID " + first.callId() + "  "
                    + redaction.uri(first.fromUri()) + " -> " + redaction.uri(first.toUri());
        }

        private String count(Step step) {
            return step.times[0] > 1 ? " (" + step.times[0] + "x)" : "";
        }

        // ---- text

        /** {@return the ladder as plain text for a fixed-width font, lines ended by line feeds} */
        public String text() {
            List<Side> all = List.copyOf(sides);
            StringBuilder out = new StringBuilder(head()).append("\n\n");
            int width = MARGIN + COLUMN * Math.max(1, all.size());
            StringBuilder line = blank(width);
            for (int i = 0; i < all.size(); i++) {
                String name = WireText.clean(all.get(i).name, COLUMN - 2);
                place(line, Math.max(0, column(i) - name.length() / 2), name);
            }
            append(out, line);
            for (Step step : steps) {
                arrow(all, step, out);
                for (String note : step.notes) {
                    wrapped(note, out);
                }
            }
            if (more > 0) {
                out.append(" ".repeat(MARGIN)).append("+ ").append(more).append('\n');
            }
            return out.toString();
        }

        private void arrow(List<Side> all, Step step, StringBuilder out) {
            StringBuilder line = blank(MARGIN + COLUMN * all.size());
            double seconds =
                    (step.message.timestampNanos() - first.timestampNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
            place(line, 0, String.format(Locale.ROOT, "%+10.3f", seconds));
            for (int i = 0; i < all.size(); i++) {
                line.setCharAt(column(i), '|');
            }
            int from = column(all.indexOf(from(step.message)));
            int to = column(all.indexOf(to(step.message)));
            int left = Math.min(from, to) + 1;
            int right = Math.max(from, to);
            for (int i = left; i < right; i++) {
                line.setCharAt(i, '-');
            }
            line.setCharAt(to > from ? right - 1 : left, to > from ? '>' : '<');
            String count = count(step);
            String label = " " + WireText.clean(step.label, right - left - 6 - count.length()) + count + " ";
            place(line, left + (right - left - label.length()) / 2, label);
            append(out, line);
        }

        private void wrapped(String note, StringBuilder out) {
            int start = 0;
            while (start < note.length()) {
                int end = Math.min(note.length(), start + MAX_NOTE_LINE);
                int blank = end < note.length() ? note.lastIndexOf(' ', end) : end;
                end = blank > start ? blank : end;
                out.append(" ".repeat(MARGIN))
                        .append(start == 0 ? "= " : "  ")
                        .append(note, start, end)
                        .append('\n');
                start = end;
                while (start < note.length() && note.charAt(start) == ' ') {
                    start++;
                }
            }
        }

        private int column(int index) {
            return MARGIN + COLUMN / 2 + index * COLUMN - COLUMN / 4;
        }

        private StringBuilder blank(int width) {
            return new StringBuilder(" ".repeat(width));
        }

        private void place(StringBuilder line, int at, String text) {
            line.replace(at, Math.min(line.length(), at + text.length()), text);
        }

        private void append(StringBuilder out, StringBuilder line) {
            out.append(line.toString().stripTrailing()).append('\n');
        }

        // ---- Mermaid

        /** {@return the ladder as a Mermaid sequence diagram, lines ended by line feeds} */
        public String mermaid() {
            List<Side> all = List.copyOf(sides);
            StringBuilder out = new StringBuilder("sequenceDiagram\n");
            for (int i = 0; i < all.size(); i++) {
                out.append("    participant P")
                        .append(i)
                        .append(" as ")
                        .append(quoted(all.get(i).name))
                        .append('\n');
            }
            for (Step step : steps) {
                int from = all.indexOf(from(step.message));
                int to = all.indexOf(to(step.message));
                out.append("    P")
                        .append(from)
                        .append(step.message.isResponse() ? "-->>" : "->>")
                        .append('P')
                        .append(to);
                out.append(": ").append(quoted(step.label + count(step))).append('\n');
                for (String note : step.notes) {
                    out.append("    Note over P")
                            .append(Math.min(from, to))
                            .append(",P")
                            .append(Math.max(from, to));
                    out.append(": ").append(quoted(note)).append('\n');
                }
            }
            return out.toString();
        }
    }

    /** Mermaid takes some characters for its own, and a browser others: all but the harmless become character references. */
    static String quoted(String text) {
        if (text.equalsIgnoreCase("end")) {
            return "#101;" + text.substring(1);
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " .,()+-*/=@_!?'".indexOf(c) >= 0) {
                out.appendCodePoint(c);
            } else {
                out.append('#').append(c).append(';');
            }
        });
        return out.toString();
    }
}
