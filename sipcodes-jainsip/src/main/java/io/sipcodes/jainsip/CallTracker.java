package io.sipcodes.jainsip;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Folds messages into transactions, call attempts, calls and registrations, and tells of each as an event.
 *
 * <p>For one thread. All times are the messages' own, so a recorded flow gives the same events as the live one did. What
 * no message shows, a timeout, comes out when the time of a later message or {@link #tick} has passed it.
 */
final class CallTracker {

    /** 64 x T1: how long a client waits for an answer, and how long retransmissions come (RFC 3261 17.1.1.2). */
    static final long T32 = TimeUnit.SECONDS.toNanos(32);

    /** How long an INVITE lives on without a further provisional response; Timer C is at least 3 minutes (16.6). */
    static final long MAX_RINGING = TimeUnit.MINUTES.toNanos(5);

    private static final long NONE = Long.MIN_VALUE;

    /** What belongs to the call itself when it goes through its dialog (RFC 5057 5.3). */
    private static final Set<String> CALL_METHODS = Set.of("INVITE", "UPDATE", "INFO", "PRACK");

    private final Consumer<? super SipEvent> sink;
    private TrackerSettings settings;

    private final Map<TransactionKey, Transaction> transactions = new HashMap<>();
    private final Map<AttemptKey, Attempt> attempts = new HashMap<>();
    private final Map<CallKey, Call> calls = new HashMap<>();

    // Each line has one delay for all that waits in it, so it stands in the order of its deadlines. What has ended is
    // taken out at once: it would else be held till its time, which for a call is a day.
    private final WaitingLine<Transaction> unanswered = new WaitingLine<>();
    private final WaitingLine<Transaction> ringing = new WaitingLine<>();
    private final WaitingLine<Transaction> lingering = new WaitingLine<>();
    private final WaitingLine<Attempt> waiting = new WaitingLine<>();
    private final WaitingLine<Call> talking = new WaitingLine<>();

    private long now = NONE;
    private long full;

    CallTracker(Consumer<? super SipEvent> sink) {
        this(sink, TrackerSettings.standard());
    }

    CallTracker(Consumer<? super SipEvent> sink, TrackerSettings settings) {
        this.sink = sink;
        this.settings = settings;
    }

    void use(TrackerSettings newSettings) {
        settings = newSettings;
    }

    /** Takes the next message. */
    void accept(SipMessage message) {
        tick(message.timestampNanos());
        SipRole role =
                message.isResponse() == (message.direction() == SipDirection.SENT) ? SipRole.SERVER : SipRole.CLIENT;
        if (message.isResponse()) {
            response(role, message);
        } else {
            request(role, message);
        }
    }

    /** Tells of all that has timed out by then. */
    void tick(long nanos) {
        if (nanos <= now) {
            return;
        }
        now = nanos;
        for (Transaction late = unanswered.due(now); late != null; late = unanswered.due(now)) {
            noAnswer(late);
        }
        for (Transaction late = ringing.due(now); late != null; late = ringing.due(now)) {
            timedOut(late, late.until());
        }
        for (Transaction old = lingering.due(now); old != null; old = lingering.due(now)) {
            transactions.remove(old.key);
        }
        for (Attempt left = waiting.due(now); left != null; left = waiting.due(now)) {
            end(left);
        }
        for (Call forgotten = talking.due(now); forgotten != null; forgotten = talking.due(now)) {
            forgotten(forgotten, forgotten.until());
        }
        if (full > 0) {
            sink.accept(new EventsDropped(full, EventsDropped.Cause.TRACKER_FULL, now));
            full = 0;
        }
    }

    int transactions() {
        return transactions.size();
    }

    int attempts() {
        return attempts.size();
    }

    int calls() {
        return calls.size();
    }

    /** Whether anything is held till its time. */
    boolean waits() {
        return unanswered.first() != null
                || ringing.first() != null
                || lingering.first() != null
                || waiting.first() != null
                || talking.first() != null;
    }

    // ---- requests

    private void request(SipRole role, SipMessage request) {
        TransactionKey key = TransactionKey.of(role, request, request.method());
        Transaction transaction = transactions.get(key);
        boolean retransmission = transaction != null && transaction.requested;
        sink.accept(new SipEvent.RequestSeen(request, retransmission));
        if (retransmission) {
            return;
        }
        if (transaction == null) {
            transaction = open(key, role);
            if (transaction == null) {
                return;
            }
        }
        transaction.request = request;
        transaction.requested = true;
        switch (request.method()) {
            case "ACK" -> {
                // An ACK has no answer; it is kept only to tell its retransmissions apart.
                done(transaction);
                return;
            }
            case "CANCEL" -> cancel(role, request);
            case "REGISTER" -> transaction.attempt = attempt(role, request);
            case "INVITE" -> {
                if (request.hasToTag()) {
                    transaction.call = callOf(request);
                } else {
                    transaction.attempt = attempt(role, request);
                }
            }
            case "BYE" -> transaction.call = bye(request);
            default -> transaction.call = request.hasToTag() ? callOf(request) : null;
        }
        sink.accept(new SipEvent.TransactionStarted(role, request));
        // The stack logs what it sends after it sent it: a quick answer can be here before its request.
        List<SipMessage> early = transaction.early;
        transaction.early = List.of();
        for (SipMessage response : early) {
            answer(transaction, response);
        }
    }

    private void cancel(SipRole role, SipMessage cancel) {
        Transaction invite = transactions.get(TransactionKey.of(role, cancel, "INVITE"));
        if (invite != null && !invite.done && !invite.cancelled) {
            invite.cancelled = true;
            invite.cancelReasons = cancel.reasons();
            // Without a final response the client takes it for cancelled after 64 x T1 (RFC 3261 9.1).
            unanswered.add(invite, now + T32);
        }
    }

    private Transaction open(TransactionKey key, SipRole role) {
        if (transactions.size() >= settings.maxTransactions() && !makeRoom()) {
            full++;
            return null;
        }
        Transaction transaction = new Transaction(key, role);
        transactions.put(key, transaction);
        unanswered.add(transaction, now + T32);
        return transaction;
    }

    // What only waits for retransmissions gives way first: nothing is lost but telling them apart.
    private boolean makeRoom() {
        Transaction oldest = lingering.first();
        if (oldest == null) {
            return false;
        }
        lingering.remove(oldest);
        transactions.remove(oldest.key);
        return true;
    }

    // ---- responses

    private void response(SipRole role, SipMessage response) {
        TransactionKey key = TransactionKey.of(role, response, response.method());
        Transaction transaction = transactions.get(key);
        boolean retransmission = transaction != null && transaction.hasSeen(response);
        sink.accept(new SipEvent.ResponseSeen(response, retransmission));
        if (retransmission) {
            return;
        }
        if (transaction == null) {
            transaction = open(key, role);
            if (transaction == null) {
                return;
            }
        }
        transaction.see(response);
        if (transaction.requested) {
            answer(transaction, response);
        } else {
            transaction.keep(response);
        }
    }

    private void answer(Transaction transaction, SipMessage response) {
        if (transaction.done || response.rawCode() < SipCode.MIN) {
            return;
        }
        if (response.rawCode() < 200) {
            provisional(transaction, response);
            return;
        }
        SipDiagnosis diagnosis = diagnose(SipDiagnosis.about(response), transaction)
                .reasons(reasons(response, transaction))
                .source(transaction.role == SipRole.CLIENT ? SipSource.PEER : SipSource.US)
                .build();
        end(transaction, Optional.of(response), diagnosis, response.timestampNanos());
    }

    private void provisional(Transaction transaction, SipMessage response) {
        boolean rings = response.rawCode() == 180 || response.rawCode() == 183;
        transaction.answered = true;
        transaction.rang |= rings;
        Attempt attempt = transaction.attempt;
        if (attempt != null) {
            attempt.rang |= rings;
            if (response.rawCode() > 100 && attempt.progressAt == NONE) {
                attempt.progressAt = response.timestampNanos();
            }
        }
        if (transaction.request.method().equals("INVITE") && !transaction.cancelled) {
            ringing.add(transaction, now + MAX_RINGING);
        }
    }

    private static List<SipReason> reasons(SipMessage response, Transaction transaction) {
        if (transaction.cancelReasons.isEmpty()) {
            return response.reasons();
        }
        List<SipReason> all = new ArrayList<>(response.reasons());
        all.addAll(transaction.cancelReasons);
        return all;
    }

    private SipDiagnosis.Builder diagnose(SipDiagnosis.Builder builder, Transaction transaction) {
        SipMessage request = transaction.request;
        Attempt attempt = transaction.attempt;
        return builder.method(request.method())
                .inDialog(request.hasToTag())
                .answeredBefore(transaction.answered)
                .rang(attempt != null ? attempt.rang : transaction.rang)
                .challengedBefore(attempt != null ? attempt.challenged : request.hasCredentials())
                .credentialsSent(request.hasCredentials())
                .cancelled(transaction.cancelled)
                .role(transaction.role)
                .provider(settings.provider())
                .catalog(settings.catalog());
    }

    private void end(Transaction transaction, Optional<SipMessage> response, SipDiagnosis diagnosis, long at) {
        SipMessage request = transaction.request;
        Attempt attempt = transaction.attempt;
        Call call = transaction.call;
        done(transaction);
        sink.accept(new SipEvent.TransactionEnded(
                transaction.role,
                request,
                response,
                !request.hasToTag(),
                Math.max(0, at - request.timestampNanos()),
                diagnosis,
                at));
        if (attempt != null) {
            attemptAnswered(attempt, request, response, diagnosis, at);
        } else if (call != null) {
            inCall(call, request, response.isPresent(), diagnosis, at);
        }
    }

    private void done(Transaction transaction) {
        transaction.end();
        lingering.add(transaction, now + T32);
    }

    private void noAnswer(Transaction transaction) {
        if (transaction.requested) {
            timedOut(transaction, transaction.until());
        } else {
            transactions.remove(transaction.key);
        }
    }

    private void timedOut(Transaction transaction, long at) {
        SipDiagnosis diagnosis = diagnose(SipDiagnosis.about(SipCode.REQUEST_TIMEOUT_408.value()), transaction)
                .reasons(transaction.cancelReasons)
                .source(SipSource.TIMEOUT)
                .build();
        end(transaction, Optional.empty(), diagnosis, at);
    }

    // ---- attempts: to set up a call, or to register

    private Attempt attempt(SipRole role, SipMessage request) {
        AttemptKey key = new AttemptKey(request.stack(), role, request.method(), request.callId(), request.fromTag());
        Attempt attempt = attempts.get(key);
        if (attempt == null) {
            attempt = new Attempt(key, request);
            Attempt oldest = attempts.size() < settings.maxTransactions() ? null : waiting.first();
            if (oldest != null) {
                end(oldest);
            }
            attempts.put(key, attempt);
        }
        attempt.open++;
        if (waiting.remove(attempt)) {
            attempt.diagnosis = null;
        }
        return attempt;
    }

    private void attemptAnswered(
            Attempt attempt, SipMessage request, Optional<SipMessage> response, SipDiagnosis diagnosis, long at) {
        attempt.open--;
        if (attempt.ended) {
            return;
        }
        boolean first = attempt.diagnosis == null;
        if (first || rank(diagnosis) <= rank(attempt.diagnosis)) {
            attempt.diagnosis = diagnosis;
            attempt.response = response;
            attempt.answeredAt = at;
        }
        if (diagnosis.outcome() == SipOutcome.SUCCESS) {
            end(attempt);
            if (request.method().equals("INVITE") && response.isPresent()) {
                callStarted(attempt.key.role, request, response.get());
            }
        } else if (attempt.open == 0) {
            if (mayGoOn(attempt.diagnosis)) {
                attempt.challenged |= attempt.diagnosis.outcome() == SipOutcome.CHALLENGED;
                waiting.add(attempt, now + T32);
            } else {
                end(attempt);
            }
        }
    }

    // Of several branches the best answer counts: a 2xx, then a 6xx, then the lowest class (RFC 3261 16.7).
    private static int rank(SipDiagnosis diagnosis) {
        int digit = diagnosis.rawCode() / 100;
        return digit == 2 ? 0 : digit == 6 ? 1 : digit;
    }

    private static boolean mayGoOn(SipDiagnosis diagnosis) {
        return switch (diagnosis.outcome()) {
            case CHALLENGED, NEGOTIATION, REDIRECTED -> true;
            default -> false;
        };
    }

    private void end(Attempt attempt) {
        attempt.ended = true;
        waiting.remove(attempt);
        attempts.remove(attempt.key, attempt);
        long start = attempt.request.timestampNanos();
        long end = attempt.answeredAt;
        if (attempt.key.method.equals("REGISTER")) {
            sink.accept(new SipEvent.RegistrationEnded(
                    attempt.key.role,
                    attempt.request,
                    attempt.response,
                    Math.max(0, end - start),
                    attempt.diagnosis,
                    end));
            return;
        }
        // RFC 6076 4.3: a success counts to the first sign of progress, a failure to the failure response.
        boolean progressed = attempt.diagnosis.outcome() == SipOutcome.SUCCESS && attempt.progressAt != NONE;
        sink.accept(new SipEvent.AttemptEnded(
                attempt.key.role,
                attempt.request,
                attempt.response,
                attempt.rang,
                Math.max(0, (progressed ? attempt.progressAt : end) - start),
                attempt.diagnosis,
                end));
    }

    // ---- calls

    private void callStarted(SipRole role, SipMessage invite, SipMessage response) {
        if (calls.size() >= settings.maxCalls()) {
            full++;
            return;
        }
        CallKey key = new CallKey(invite.stack(), role, invite.callId(), invite.fromTag(), response.toTag());
        Call call = new Call(key, invite, response.timestampNanos());
        if (calls.putIfAbsent(key, call) == null) {
            talking.add(call, now + settings.maxCallNanos());
            sink.accept(new SipEvent.CallStarted(role, invite, response));
        }
    }

    // The leg that a request in a dialog belongs to. A proxy has two legs with the same tags; which one it is follows
    // from the way the request goes: with the INVITE it goes as the INVITE went, against it the other way.
    private Call callOf(SipMessage request) {
        boolean sent = request.direction() == SipDirection.SENT;
        Call call = calls.get(new CallKey(
                request.stack(),
                sent ? SipRole.CLIENT : SipRole.SERVER,
                request.callId(),
                request.fromTag(),
                request.toTag()));
        if (call == null) {
            call = calls.get(new CallKey(
                    request.stack(),
                    sent ? SipRole.SERVER : SipRole.CLIENT,
                    request.callId(),
                    request.toTag(),
                    request.fromTag()));
        }
        return call;
    }

    private Call bye(SipMessage bye) {
        Call call = callOf(bye);
        if (call != null && call.byeAt == NONE) {
            call.byeAt = bye.timestampNanos();
            call.endedByUs = bye.direction() == SipDirection.SENT;
        }
        return call;
    }

    private void inCall(Call call, SipMessage request, boolean answered, SipDiagnosis diagnosis, long at) {
        if (call.ended) {
            return;
        }
        int code = diagnosis.rawCode();
        if (request.method().equals("BYE")) {
            // What can be mended does not end the call: the BYE comes again (RFC 6076 4.4).
            boolean comesAgain = answered
                    && (diagnosis.outcome() == SipOutcome.CHALLENGED
                            || code == 503 && diagnosis.retryAfterSeconds() >= 0);
            if (!comesAgain) {
                boolean success = code >= 200 && code < 300;
                end(call, answered, answered ? call.byeAt : at, success ? at - call.byeAt : -1, diagnosis, at);
            }
        } else if (call.byeAt == NONE && (code == 481 || code == 408) && CALL_METHODS.contains(request.method())) {
            // The other side has lost the call, or is gone (RFC 3261 12.2.1.2).
            end(call, false, at, -1, diagnosis, at);
        }
    }

    private void forgotten(Call call, long at) {
        SipDiagnosis diagnosis = SipDiagnosis.about(SipCode.REQUEST_TIMEOUT_408.value())
                .method("BYE")
                .inDialog(true)
                .source(SipSource.TIMEOUT)
                .role(call.key.role)
                .catalog(settings.catalog())
                .build();
        end(call, false, at, -1, diagnosis, at);
    }

    private void end(Call call, boolean completed, long end, long disconnectDelay, SipDiagnosis diagnosis, long at) {
        call.ended = true;
        talking.remove(call);
        calls.remove(call.key);
        sink.accept(new SipEvent.CallEnded(
                call.key.role,
                call.invite,
                call.endedByUs,
                completed,
                Math.max(0, end - call.answeredAt),
                Math.max(-1, disconnectDelay),
                diagnosis,
                at));
    }

    // ---- what is kept

    /** RFC 3261 17.1.3; Call-ID and CSeq tell those apart whose branch is none (RFC 2543). */
    private record TransactionKey(String stack, SipRole role, String branch, String method, String callId, long cseq) {
        static TransactionKey of(SipRole role, SipMessage message, String method) {
            return new TransactionKey(
                    message.stack(), role, message.branch(), method, message.callId(), message.cseq());
        }
    }

    /** A challenge's successor and a redirect's recursion keep Call-ID and From tag (RFC 3261 8.1.3.4, 8.1.3.5). */
    private record AttemptKey(String stack, SipRole role, String method, String callId, String fromTag) {}

    /** One leg of a call; the tags stand as in the INVITE. */
    private record CallKey(String stack, SipRole role, String callId, String fromTag, String toTag) {}

    private static final class Transaction extends WaitingLine.Place {

        /** More different responses than this belong to no honest transaction; later ones pass for retransmissions. */
        private static final int MAX_SEEN = 32;

        private static final int[] NO_CODES = {};
        private static final String[] NO_TAGS = {};

        final TransactionKey key;
        final SipRole role;
        SipMessage request;
        boolean requested;
        Attempt attempt;
        Call call;
        List<SipMessage> early = List.of();
        List<SipReason> cancelReasons = List.of();
        boolean answered;
        boolean rang;
        boolean cancelled;
        boolean done;
        private int seenCount;
        private int[] seenCodes = NO_CODES;
        private String[] seenTags = NO_TAGS;

        Transaction(TransactionKey key, SipRole role) {
            this.key = key;
            this.role = role;
        }

        boolean hasSeen(SipMessage response) {
            for (int i = 0; i < seenCount; i++) {
                if (seenCodes[i] == response.rawCode() && seenTags[i].equals(response.toTag())) {
                    return true;
                }
            }
            return seenCount == MAX_SEEN;
        }

        void see(SipMessage response) {
            if (seenCount == seenCodes.length) {
                int room = Math.max(2, seenCount * 2);
                seenCodes = Arrays.copyOf(seenCodes, room);
                seenTags = Arrays.copyOf(seenTags, room);
            }
            seenCodes[seenCount] = response.rawCode();
            seenTags[seenCount++] = response.toTag();
        }

        void keep(SipMessage response) {
            if (early.isEmpty()) {
                early = new ArrayList<>(2);
            }
            early.add(response);
        }

        /** Lets go of all but what tells retransmissions apart. */
        void end() {
            done = true;
            request = null;
            attempt = null;
            call = null;
            cancelReasons = List.of();
        }
    }

    private static final class Attempt extends WaitingLine.Place {

        final AttemptKey key;
        final SipMessage request;
        int open;
        boolean rang;
        boolean challenged;
        boolean ended;
        long progressAt = NONE;
        long answeredAt;
        Optional<SipMessage> response = Optional.empty();
        SipDiagnosis diagnosis;

        Attempt(AttemptKey key, SipMessage request) {
            this.key = key;
            this.request = request;
        }
    }

    private static final class Call extends WaitingLine.Place {

        final CallKey key;
        final SipMessage invite;
        final long answeredAt;
        long byeAt = NONE;
        boolean endedByUs;
        boolean ended;

        Call(CallKey key, SipMessage invite, long answeredAt) {
            this.key = key;
            this.invite = invite;
            this.answeredAt = answeredAt;
        }
    }
}
