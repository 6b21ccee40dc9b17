package io.sipcodes.demo;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCodeClass;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import io.sipcodes.jainsip.SipTraffic;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * What the page shows, folded from the events of sipcodes as the exchange sees them: its own side of every call. What
 * the caller of the demo sees of the same calls is left out, or each would count twice.
 */
@Component
final class Board {

    private static final int MOST_FAILURES = 24;
    private static final int MOST_RESULTS = 24;

    /** One failure, with the messages of its call, which may still grow. */
    private record Failure(long id, SipMessage request, SipDiagnosis diagnosis, long nanos, List<SipMessage> ladder) {}

    private final Telephony telephony;
    private final Ladders ladders = new Ladders();
    private final Map<SipCodeClass, Long> classes = new EnumMap<>(SipCodeClass.class);
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Deque<BoardView.Result> results = new ArrayDeque<>();
    private SipTraffic.Subscription subscription;
    private long calls;
    private long attempts;
    private long ids;
    private long version;

    Board(Telephony telephony) {
        this.telephony = telephony;
        for (SipCodeClass each : SipCodeClass.values()) {
            classes.put(each, 0L);
        }
    }

    @PostConstruct
    void open() {
        subscription = SipTraffic.subscribe(this::accept);
    }

    @PreDestroy
    void close() {
        subscription.close();
    }

    synchronized void accept(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen seen && ours(seen.message())) {
            ladders.add(seen.message());
        } else if (event instanceof SipEvent.ResponseSeen seen && ours(seen.message())) {
            ladders.add(seen.message());
            if (!seen.retransmission() && seen.message().direction() == SipDirection.SENT) {
                seen.message().code().ifPresent(code -> classes.merge(code.codeClass(), 1L, Long::sum));
                version++;
            }
        } else if (event instanceof SipEvent.AttemptEnded ended && ours(ended.role(), ended.request())) {
            attempts++;
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
        return message.stack().equals(telephony.exchange().stackName());
    }

    private void ended(SipMessage request, SipDiagnosis diagnosis, long nanos) {
        version++;
        push(
                results,
                new BoardView.Result(
                        request.callId(),
                        diagnosis.rawCode(),
                        diagnosis.phrase(),
                        diagnosis.outcome().id()),
                MOST_RESULTS);
        if (diagnosis.outcome() != SipOutcome.SUCCESS) {
            push(failures, new Failure(++ids, request, diagnosis, nanos, ladders.of(request.callId())), MOST_FAILURES);
        }
    }

    private static <T> void push(Deque<T> last, T item, int most) {
        last.addFirst(item);
        if (last.size() > most) {
            last.removeLast();
        }
    }

    /** Another number whenever there is something new. */
    synchronized long version() {
        return version;
    }

    synchronized BoardView view(Locale language) {
        Map<String, Long> byLabel = new LinkedHashMap<>();
        classes.forEach((each, count) -> byLabel.put(each.label(), count));
        return new BoardView(
                calls,
                attempts,
                byLabel,
                failures.stream().map(failure -> brief(failure, language)).toList(),
                List.copyOf(results));
    }

    private static BoardView.Failure brief(Failure failure, Locale language) {
        SipDiagnosis diagnosis = failure.diagnosis();
        return new BoardView.Failure(
                failure.id(),
                TimeUnit.NANOSECONDS.toMillis(failure.nanos()),
                failure.request().method(),
                diagnosis.rawCode(),
                diagnosis.phrase(),
                failure.request().fromUri(),
                failure.request().toUri(),
                diagnosis.outcome().id(),
                SipCatalog.standard().words(diagnosis.outcome(), language).title(),
                diagnosis.severity().name(),
                diagnosis.entry().map(entry -> entry.text(language).title()).orElse(""),
                diagnosis.operatorText(language));
    }
}
