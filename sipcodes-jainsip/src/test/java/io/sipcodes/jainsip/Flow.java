package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A call flow as text, one message a line, and what the tracker makes of it, one event a line.
 *
 * <pre>
 * 0    &gt; INVITE b1           milliseconds, &gt; sent or &lt; received, method or code, branch
 * 20   &lt; 180 b1 to=t1        a response has the method of the request with its branch
 * </pre>
 *
 * More words may follow: {@code to= from= call= cseq= stack= auth stale reason= retry-after= expires=}, and
 * {@code method=} for a response whose request was not seen. A line with a time only lets time pass.
 */
final class Flow {

    private final Map<String, String> methods = new HashMap<>();
    private final Map<String, Long> cseqs = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final CallTracker tracker;

    Flow() {
        this(TrackerSettings.standard());
    }

    Flow(TrackerSettings settings) {
        tracker = new CallTracker(this::tell, settings);
    }

    Flow(Consumer<? super SipEvent> events) {
        tracker = new CallTracker(events);
    }

    CallTracker tracker() {
        return tracker;
    }

    /** Plays the flow and gives all that ended, or began a call. */
    static List<String> play(String flow) {
        return new Flow().run(flow);
    }

    /** What was told since the last run began. */
    List<String> told() {
        return List.copyOf(told);
    }

    List<String> run(String flow) {
        told.clear();
        flow.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(this::step);
        return List.copyOf(told);
    }

    private void step(String line) {
        String[] words = line.split(" +");
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[0]));
        if (words.length == 1) {
            tracker.tick(nanos);
        } else {
            tracker.accept(message(words, nanos));
        }
    }

    private SipMessage message(String[] words, long nanos) {
        boolean response = Character.isDigit(words[2].charAt(0));
        String branch = words[3];
        Map<String, String> more = new HashMap<>();
        for (int i = 4; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            more.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        SipMessage.Builder out;
        if (response) {
            String method = more.getOrDefault("method", methods.getOrDefault(branch, "INVITE"));
            out = SipMessage.response(Integer.parseInt(words[2]), "").method(method);
        } else {
            methods.put(branch, words[2]);
            cseqs.put(branch, Long.parseLong(more.getOrDefault("cseq", "1")));
            out = SipMessage.request(words[2]).hasCredentials(more.containsKey("auth"));
        }
        if (more.containsKey("reason")) {
            out.reasons(SipReason.parse(more.get("reason")));
        }
        return out.timestampNanos(nanos)
                .direction(words[1].equals(">") ? SipDirection.SENT : SipDirection.RECEIVED)
                .branch(branch)
                .cseq(response ? cseqs.getOrDefault(branch, 1L) : cseqs.get(branch))
                .callId(more.getOrDefault("call", "c1"))
                .fromTag(more.getOrDefault("from", "f1"))
                .toTag(more.getOrDefault("to", ""))
                .stack(more.getOrDefault("stack", "s1"))
                .staleChallenge(more.containsKey("stale"))
                .retryAfterSeconds(Integer.parseInt(more.getOrDefault("retry-after", "-1")))
                .expiresSeconds(Integer.parseInt(more.getOrDefault("expires", "-1")))
                .build();
    }

    private void tell(SipEvent event) {
        String text = describe(event);
        if (text != null) {
            told.add(text);
        }
    }

    private static String describe(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen seen) {
            return seen.retransmission() ? "again " + seen.message().method() : null;
        } else if (event instanceof SipEvent.ResponseSeen seen) {
            return seen.retransmission() ? "again " + seen.message().rawCode() : null;
        } else if (event instanceof SipEvent.TransactionEnded ended) {
            return "transaction " + ended.role().id() + " " + ended.request().method() + " "
                    + ended.diagnosis().rawCode() + " "
                    + ended.diagnosis().outcome().id() + " "
                    + (ended.initial() ? "initial " : "in-dialog ") + millis(ended.durationNanos())
                    + (ended.response().isPresent() ? "" : " no-response");
        } else if (event instanceof SipEvent.AttemptEnded ended) {
            return "attempt " + ended.role().id() + " " + ended.diagnosis().rawCode() + " "
                    + ended.diagnosis().outcome().id() + (ended.rang() ? " rang " : " ")
                    + millis(ended.requestDelayNanos());
        } else if (event instanceof SipEvent.CallStarted started) {
            return "call " + started.role().id();
        } else if (event instanceof SipEvent.CallEnded ended) {
            return "hang-up " + ended.role().id() + (ended.endedByUs() ? " by-us" : " by-them")
                    + (ended.completed() ? " completed " : " lost ") + millis(ended.durationNanos()) + " delay "
                    + (ended.disconnectDelayNanos() < 0 ? "none" : millis(ended.disconnectDelayNanos()));
        } else if (event instanceof SipEvent.RegistrationEnded ended) {
            return "registration " + ended.role().id() + " " + ended.diagnosis().rawCode() + " "
                    + ended.diagnosis().outcome().id() + " " + millis(ended.requestDelayNanos());
        } else if (event instanceof SipEvent.EventsDropped dropped) {
            return "dropped " + dropped.count() + " " + dropped.cause().id();
        }
        return null;
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + "ms";
    }
}
