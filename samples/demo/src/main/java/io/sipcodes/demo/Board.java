package io.sipcodes.demo;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipCodeClass;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import io.sipcodes.SipText;
import io.sipcodes.jainsip.Redaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What the page shows, folded from the events of sipcodes as the exchange sees them: its own side of every call. What
 * the caller of the demo sees of the same calls is left out, or each would count twice.
 */
@Component
final class Board {

    private static final int SHOWN_FAILURES = 12;
    // Longer than they are shown: somebody may read one while others come.
    private static final int MOST_FAILURES = 200;
    private static final int MOST_RESULTS = 30;
    // What is told of the last minutes moves on without an event.
    private static final long SLOT_MILLIS = 5_000;
    private static final int TOP = 6;

    // Whoever looks at the page need not know who called whom.
    private static final Redaction REDACTION = Redaction.standard();

    /** One failure, with the messages of its call, which may still grow. */
    private record Failure(
            long id, SipMessage request, SipDiagnosis diagnosis, long nanos, List<Ladders.Rung> ladder) {}

    private record Result(String callId, SipDiagnosis diagnosis) {}

    private final Telephony telephony;
    private final SipCatalog catalog;
    private final Ladders ladders = new Ladders();
    private final Window window = new Window();
    private final Map<SipCodeClass, Long> classes = new EnumMap<>(SipCodeClass.class);
    // Apart, so that many busy lines do not push the one broken trunk out of sight.
    private final Deque<Failure> notAnswered = new ArrayDeque<>();
    private final Deque<Failure> failed = new ArrayDeque<>();
    // Of all calls, since one may end before it is known that a page has placed it.
    private final Deque<Result> results = new ArrayDeque<>();
    private final Map<String, Optional<Result>> placed = new LinkedHashMap<>();
    private long calls;
    private long attempts;
    private long ids;
    private long version;

    Board(Telephony telephony, SipCatalog catalog) {
        this.telephony = telephony;
        this.catalog = catalog;
        for (SipCodeClass each : SipCodeClass.values()) {
            classes.put(each, 0L);
        }
    }

    /** Takes what sipcodes tells of; see sipcodes.events.publish. */
    @EventListener
    synchronized void accept(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen seen && ours(seen.message())) {
            ladders.add(seen.message(), seen.retransmission());
        } else if (event instanceof SipEvent.ResponseSeen seen && ours(seen.message())) {
            ladders.add(seen.message(), seen.retransmission());
            if (!seen.retransmission() && seen.message().direction() == SipDirection.SENT) {
                seen.message().code().ifPresent(code -> classes.merge(code.codeClass(), 1L, Long::sum));
                version++;
            }
        } else if (event instanceof SipEvent.AttemptEnded ended && ours(ended.role(), ended.request())) {
            attempts++;
            window.add(ended.diagnosis(), ended.timestampNanos());
            ended(ended.request(), ended.diagnosis(), ended.timestampNanos());
        } else if (event instanceof SipEvent.RegistrationEnded ended && ours(ended.role(), ended.request())) {
            ended(ended.request(), ended.diagnosis(), ended.timestampNanos());
        } else if (event instanceof SipEvent.TransactionEnded ended
                && ours(ended.role(), ended.request())
                && standsAlone(ended)) {
            ended(ended.request(), ended.diagnosis(), ended.timestampNanos());
        } else if (event instanceof SipEvent.CallStarted started && ours(started.role(), started.request())) {
            calls++;
            version++;
        } else if (event instanceof SipEvent.CallEnded ended && ours(ended.role(), ended.request())) {
            calls--;
            version++;
        }
    }

    // What is no part of an attempt or of a registration, which are told of as a whole.
    private static boolean standsAlone(SipEvent.TransactionEnded ended) {
        return switch (ended.request().method()) {
            case "INVITE" -> !ended.initial();
            case "REGISTER", "CANCEL" -> false;
            case "BYE" -> ended.diagnosis().outcome() != SipOutcome.SUCCESS;
            default -> true;
        };
    }

    private boolean ours(SipRole role, SipMessage message) {
        return role == SipRole.SERVER && ours(message);
    }

    private boolean ours(SipMessage message) {
        return telephony.owns(message.stack());
    }

    private void ended(SipMessage request, SipDiagnosis diagnosis, long nanos) {
        version++;
        Result result = new Result(request.callId(), diagnosis);
        push(results, result, MOST_RESULTS);
        placed.computeIfPresent(request.callId(), (callId, before) -> Optional.of(result));
        Window.Kind kind = Window.Kind.of(diagnosis);
        if (kind != Window.Kind.ANSWERED) {
            Failure failure = new Failure(++ids, request, diagnosis, nanos, ladders.of(request.callId()));
            push(kind == Window.Kind.FAILED ? failed : notAnswered, failure, MOST_FAILURES);
        }
    }

    private static <T> void push(Deque<T> last, T item, int most) {
        last.addFirst(item);
        if (last.size() > most) {
            last.removeLast();
        }
    }

    /** Keeps the result of this call for the page that has placed it, however many others come. */
    synchronized void placed(String callId) {
        placed.put(
                callId,
                results.stream()
                        .filter(result -> result.callId().equals(callId))
                        .findFirst());
        if (placed.size() > MOST_RESULTS) {
            placed.remove(placed.keySet().iterator().next());
        }
        version++;
    }

    /** A higher number whenever there is something new. */
    synchronized long version() {
        return version + System.currentTimeMillis() / SLOT_MILLIS;
    }

    /** All of it, as it stands. */
    synchronized BoardView view(Locale language) {
        Window.Sums sums = window.sums(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        Map<String, Long> byLabel = new LinkedHashMap<>();
        classes.forEach((each, count) -> byLabel.put(each.label(), count));
        Exchange exchange = telephony.exchange();
        return new BoardView(
                exchange.host() + ":" + exchange.port(),
                telephony.caller().isPresent(),
                calls,
                sums.attempts(),
                attempts,
                sums.ser(),
                sums.seer(),
                sums.isa(),
                sums.timeline(),
                outcomes(sums, language),
                codes(sums, language),
                byLabel,
                Stream.concat(
                                failed.stream().limit(SHOWN_FAILURES),
                                notAnswered.stream().limit(SHOWN_FAILURES))
                        .sorted(Comparator.comparingLong(Failure::id).reversed())
                        .map(failure -> brief(failure, language))
                        .toList(),
                placed.values().stream()
                        .flatMap(Optional::stream)
                        .map(result -> result(result, language))
                        .toList());
    }

    private List<BoardView.Outcome> outcomes(Window.Sums sums, Locale language) {
        return sums.outcomes().entrySet().stream()
                .sorted(Map.Entry.<SipOutcome, Long>comparingByValue().reversed())
                .map(entry -> {
                    SipText words = catalog.words(entry.getKey(), language);
                    return new BoardView.Outcome(entry.getKey().id(), words.title(), words.meaning(), entry.getValue());
                })
                .toList();
    }

    private List<BoardView.Code> codes(Window.Sums sums, Locale language) {
        return sums.codes().entrySet().stream()
                .filter(entry -> entry.getKey() >= 300)
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(TOP)
                .map(entry -> {
                    SipCode code = SipCode.of(entry.getKey());
                    SipText text = catalog.entry(code).text(language);
                    return new BoardView.Code(
                            code.value(),
                            code.phrase(),
                            text.title(),
                            text.meaning(),
                            text.remedies().isEmpty() ? "" : text.remedies().get(0),
                            entry.getValue());
                })
                .toList();
    }

    private static BoardView.Failure brief(Failure failure, Locale language) {
        SipDiagnosis diagnosis = failure.diagnosis();
        return new BoardView.Failure(
                failure.id(),
                TimeUnit.NANOSECONDS.toMillis(failure.nanos()),
                failure.request().method(),
                diagnosis.rawCode(),
                REDACTION.text(diagnosis.phrase()),
                REDACTION.uri(failure.request().fromUri()),
                REDACTION.uri(failure.request().requestUri()),
                diagnosis.outcome().id(),
                Window.Kind.of(diagnosis),
                title(diagnosis, language));
    }

    private static BoardView.Result result(Result result, Locale language) {
        SipDiagnosis diagnosis = result.diagnosis();
        return new BoardView.Result(
                result.callId(),
                diagnosis.rawCode(),
                REDACTION.text(diagnosis.phrase()),
                title(diagnosis, language),
                Window.Kind.of(diagnosis));
    }

    private static String title(SipDiagnosis diagnosis, Locale language) {
        return diagnosis.entry().map(entry -> entry.text(language).title()).orElse("");
    }

    /** All that is known of a failure; empty if newer ones have taken its place. */
    synchronized Optional<BoardView.Detail> detail(long id, Locale language) {
        return Stream.concat(failed.stream(), notAnswered.stream())
                .filter(failure -> failure.id() == id)
                .findFirst()
                .map(failure -> detail(failure, language));
    }

    private BoardView.Detail detail(Failure failure, Locale language) {
        SipDiagnosis diagnosis = failure.diagnosis();
        Optional<SipText> text = diagnosis.entry().map(entry -> entry.text(language));
        return new BoardView.Detail(
                failure.request().callId(),
                failure.request().peer(),
                diagnosis.operatorText(language),
                diagnosis.callerText(language),
                catalog.words(diagnosis.outcome(), language).title(),
                catalog.words(diagnosis.fault(), language).title(),
                catalog.words(diagnosis.advice(), language).title(),
                diagnosis.retryAfterSeconds(),
                text.map(SipText::causes).orElse(List.of()),
                text.map(SipText::remedies).orElse(List.of()),
                diagnosis.evidence().stream()
                        .map(each -> new BoardView.Evidence(
                                each.decisive(),
                                catalog.words(each, language).title(),
                                REDACTION.text(each.detail()),
                                each.source()))
                        .toList(),
                steps(failure.ladder()));
    }

    private static List<BoardView.Step> steps(List<Ladders.Rung> ladder) {
        List<BoardView.Step> steps = new ArrayList<>();
        // What the stack sends it tells of after it is sent: the order is that of the times.
        List<Ladders.Rung> inOrder = ladder.stream()
                .sorted(Comparator.comparingLong(rung -> rung.message().timestampNanos()))
                .toList();
        for (Ladders.Rung rung : inOrder) {
            SipMessage message = rung.message();
            long since = message.timestampNanos() - inOrder.get(0).message().timestampNanos();
            steps.add(new BoardView.Step(
                    TimeUnit.NANOSECONDS.toMillis(since),
                    message.direction() == SipDirection.RECEIVED,
                    rung.again(),
                    message.rawCode(),
                    message.isResponse()
                            ? message.rawCode() + " " + REDACTION.text(message.phrase())
                            : message.method() + " " + REDACTION.uri(message.requestUri()),
                    notes(message)));
        }
        return steps;
    }

    private static List<String> notes(SipMessage message) {
        List<String> notes = new ArrayList<>();
        message.reasons().forEach(reason -> notes.add("Reason: " + REDACTION.text(reason.toString())));
        message.warnings().forEach(warning -> notes.add("Warning: " + REDACTION.text(warning.toString())));
        if (message.retryAfterSeconds() >= 0) {
            notes.add("Retry-After: " + message.retryAfterSeconds());
        }
        if (message.hasCredentials()) {
            notes.add(message.method().equals("REGISTER") ? "Authorization: …" : "Proxy-Authorization: …");
        }
        return notes;
    }
}
