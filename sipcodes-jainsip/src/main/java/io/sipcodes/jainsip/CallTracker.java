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
import java.util.List;
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

    /** How long a call goes on whose BYE was challenged, or told to come later, and did not come again. */
    static final long BYE_AGAIN = TimeUnit.MINUTES.toNanos(5);

    /** How long a 487 waits for the CANCEL that it answers, since the stack logs that one after it sent it. */
    static final long LOGGED_LATE = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long a response waits for its request, which the stack logs after it sent it, or which there never was. */
    static final long REQUEST_LATE = TimeUnit.SECONDS.toNanos(2);

    /** How many different responses wait for one request: a quick answer with its provisional ones before it. */
    private static final int MAX_EARLY = 4;

    /** How many ended transactions and responses of theirs are remembered for each transaction that may be followed. */
    private static final int ENDED_FOR_EACH = 4;

    private static final long NONE = Long.MIN_VALUE;

    private static final long[] NO_RESPONSES = {};

    /**
     * What belongs to the call itself when it goes through its dialog (RFC 5057 5.3). A PRACK does, but its 481 may only say
     * that what it acknowledges is not waited for (RFC 3262 3).
     */
    private static final Set<String> CALL_METHODS = Set.of("INVITE", "UPDATE", "INFO");

    private final Consumer<? super SipEvent> sink;
    private TrackerSettings settings;

    // Those that have not ended; under load most have, and they are kept in less room.
    private final FingerprintMap<Transaction> transactions = new FingerprintMap<>();
    private final EndedTransactions ended = new EndedTransactions();
    private final FingerprintMap<Attempt> attempts = new FingerprintMap<>();
    private final FingerprintMap<Call> calls = new FingerprintMap<>();
    private final FingerprintMap<Challenge> challenges = new FingerprintMap<>();

    // Anybody can send responses to no request at any rate: those have their places for a short time, and only till
    // something else needs them.
    private final Deadlines<Transaction> unrequested = new Deadlines<>();
    private final Deadlines<Transaction> unanswered = new Deadlines<>();
    private final Deadlines<Transaction> ringing = new Deadlines<>();
    private final Deadlines<Transaction> terminated = new Deadlines<>();
    private final Deadlines<Attempt> waiting = new Deadlines<>();
    private final Deadlines<Call> talking = new Deadlines<>();
    private final Deadlines<Call> leaving = new Deadlines<>();
    private final Deadlines<Challenge> challenged = new Deadlines<>();

    private long now = NONE;
    private long full;

    CallTracker(Consumer<? super SipEvent> sink) {
        this(sink, TrackerSettings.standard());
    }

    CallTracker(Consumer<? super SipEvent> sink, TrackerSettings settings) {
        this.sink = sink;
        use(settings);
    }

    void use(TrackerSettings newSettings) {
        settings = newSettings;
        ended.setMost(ENDED_FOR_EACH * (long) newSettings.maxTransactions());
    }

    /** Takes the next message, of which no more is known. */
    void accept(SipMessage message) {
        accept(Seen.of(message));
    }

    /** Takes the next message. */
    void accept(Seen seen) {
        tick(seen.message().timestampNanos());
        if (seen.message().isResponse()) {
            response(seen.role(), seen);
        } else {
            request(seen.role(), seen);
        }
    }

    /**
     * Looks at what will be looked at when the message comes, so that the processor fetches it meanwhile.
     *
     * @return anything, so that what is fetched counts as used
     */
    int fetch(Seen seen) {
        SipMessage message = seen.message();
        return ended.fetch(seen.fingerprints().transaction())
                + message.method().length()
                + message.toTag().length()
                + message.expiresSeconds();
    }

    /** Tells of all that has timed out by then. */
    void tick(long nanos) {
        if (nanos <= now) {
            return;
        }
        now = nanos;
        for (Transaction due = unrequested.poll(now); due != null; due = unrequested.poll(now)) {
            noRequest(due);
        }
        for (Transaction due = unanswered.poll(now); due != null; due = unanswered.poll(now)) {
            timedOut(due, due.until());
        }
        for (Transaction due = ringing.poll(now); due != null; due = ringing.poll(now)) {
            timedOut(due, due.until());
        }
        for (Transaction due = terminated.poll(now); due != null; due = terminated.poll(now)) {
            end(due, due.terminated);
        }
        ended.forget(now);
        for (Attempt due = waiting.poll(now); due != null; due = waiting.poll(now)) {
            end(due);
        }
        for (Call due = talking.poll(now); due != null; due = talking.poll(now)) {
            forgotten(due, due.until());
        }
        for (Call due = leaving.poll(now); due != null; due = leaving.poll(now)) {
            end(due, true, due.byeAt, -1, due.answerToBye, due.until());
        }
        for (Challenge due = challenged.poll(now); due != null; due = challenged.poll(now)) {
            challenges.remove(due.key, due);
        }
        if (full > 0) {
            sink.accept(new EventsDropped(full, EventsDropped.Cause.TRACKER_FULL, now));
            full = 0;
        }
    }

    /** How many transactions have not ended. */
    int transactions() {
        return transactions.size();
    }

    /** How many ended transactions and responses of theirs are remembered. */
    int ended() {
        return ended.size();
    }

    int attempts() {
        return attempts.size();
    }

    int calls() {
        return calls.size();
    }

    /** How much is kept because its time has not come yet. */
    int waiting() {
        return unrequested.size()
                + unanswered.size()
                + ringing.size()
                + terminated.size()
                + ended.size()
                + waiting.size()
                + talking.size()
                + leaving.size()
                + challenged.size();
    }

    // ---- requests

    private void request(SipRole role, Seen seen) {
        SipMessage request = seen.message();
        long fingerprint = seen.fingerprints().transaction();
        Transaction transaction = transactions.get(fingerprint);
        boolean retransmission = transaction == null ? ended.find(fingerprint) >= 0 : transaction.requested;
        sink.accept(new SipEvent.RequestSeen(request, retransmission));
        if (retransmission) {
            return;
        }
        if (transaction == null) {
            if (request.method().equals("ACK")) {
                // It has no answer, and is over at once.
                ended.add(fingerprint, seen.conditions(), NO_RESPONSES, 0, now + T32);
                return;
            }
            transaction = open(fingerprint, role);
            if (transaction == null) {
                return;
            }
        }
        transaction.request = request;
        transaction.fingerprints = seen.fingerprints();
        transaction.conditions = seen.conditions();
        transaction.requested = true;
        unanswered.add(transaction, now + T32);
        switch (request.method()) {
            case "ACK" -> {
                // Something answered it before it came, as nothing should.
                done(transaction);
                return;
            }
            case "CANCEL" -> cancel(role, seen);
            case "REGISTER" -> transaction.attempt = attempt(transaction);
            case "INVITE" -> {
                if (request.hasToTag()) {
                    transaction.call = callOf(transaction);
                } else {
                    transaction.attempt = attempt(transaction);
                }
            }
            case "BYE" -> {
                transaction.call = bye(transaction);
                if (transaction.call == null) {
                    byeBeforeAnswer(transaction);
                }
            }
            default -> transaction.call = request.hasToTag() ? callOf(transaction) : null;
        }
        sink.accept(new SipEvent.TransactionStarted(role, request));
        // The stack logs what it sends after it sent it: a quick answer can be here before its request.
        if (!transaction.early.isEmpty()) {
            List<Seen> early = transaction.early;
            transaction.early = List.of();
            for (Seen before : early) {
                tellFindings(before, transaction.conditions);
                answer(transaction, before);
            }
        }
    }

    private void cancel(SipRole role, Seen cancel) {
        Transaction invite = transactions.get(Fingerprints.ofCancelled(role, cancel.message()));
        if (invite != null && !invite.cancelled) {
            invite.cancelled = true;
            invite.cancelReasons = cancel.message().reasons();
            if (invite.terminated != null) {
                end(invite, invite.terminated);
                return;
            }
            if (invite.requested) {
                // Without a final response the client takes it for cancelled after 64 x T1 (RFC 3261 9.1).
                unanswered.add(invite, now + T32);
            }
        }
    }

    // A caller may give up an early dialog by a BYE as well, and the INVITE gets its 487 (RFC 3261 15, 15.1.2).
    private void byeBeforeAnswer(Transaction bye) {
        Attempt attempt = bye.request.direction() == SipDirection.SENT
                ? attempts.get(bye.fingerprints.ofAttempt(SipRole.CLIENT, "INVITE"))
                : null;
        if (attempt != null) {
            attempt.givenUpByBye = true;
        }
    }

    private Transaction open(long fingerprint, SipRole role) {
        if (transactions.size() >= settings.maxTransactions()) {
            Transaction oldest = unrequested.poll();
            if (oldest == null) {
                full++;
                return null;
            }
            noRequest(oldest);
        }
        Transaction transaction = new Transaction(fingerprint, role);
        transactions.put(fingerprint, transaction);
        return transaction;
    }

    // ---- responses

    private void response(SipRole role, Seen seen) {
        SipMessage response = seen.message();
        long fingerprint = seen.fingerprints().transaction();
        long ofResponse = seen.fingerprints().ofResponse(response.rawCode());
        Transaction transaction = transactions.get(fingerprint);
        int found = transaction == null ? ended.find(fingerprint) : -1;
        if (found >= 0) {
            late(found, ofResponse, seen);
            return;
        }
        boolean retransmission = transaction != null && transaction.isRetransmission(ofResponse, response);
        sink.accept(new SipEvent.ResponseSeen(response, retransmission));
        if (retransmission) {
            // Whoever lets it ring for long repeats what it said once a minute (RFC 3261 13.3.1.1).
            if (transaction.answered
                    && transaction.terminated == null
                    && response.rawCode() > 100
                    && response.rawCode() < 200) {
                ringsOn(transaction);
            }
            return;
        }
        if (transaction == null) {
            transaction = open(fingerprint, role);
            if (transaction == null) {
                return;
            }
            unrequested.add(transaction, now + REQUEST_LATE);
        }
        transaction.see(ofResponse);
        if (transaction.requested) {
            tellFindings(seen, transaction.conditions);
            answer(transaction, seen);
        } else {
            transaction.keep(seen);
        }
    }

    private void late(int found, long ofResponse, Seen seen) {
        boolean retransmission = ended.hadResponse(found, ofResponse);
        int conditions = ended.conditions(found);
        if (!retransmission) {
            ended.addResponse(found, ofResponse, now + T32);
        }
        sink.accept(new SipEvent.ResponseSeen(seen.message(), retransmission));
        if (!retransmission) {
            tellFindings(seen, conditions);
        }
    }

    private void tellFindings(Seen seen, int conditions) {
        if (!seen.suspects().isEmpty()) {
            ResponseConformance.findings(seen.suspects(), conditions, seen.message())
                    .forEach(sink);
        }
    }

    private void answer(Transaction transaction, Seen seen) {
        SipMessage response = seen.message();
        if (transaction.done || transaction.terminated != null || response.rawCode() < SipCode.MIN) {
            return;
        }
        if (response.rawCode() < 200) {
            provisional(transaction, response);
        } else if (mayBeCancelled(transaction, response)) {
            transaction.terminated = seen;
            terminated.add(transaction, now + LOGGED_LATE);
        } else {
            end(transaction, seen);
        }
    }

    // Without a CANCEL or BYE of ours a 487 means that somebody on the way has given up.
    private static boolean mayBeCancelled(Transaction transaction, SipMessage response) {
        return response.rawCode() == 487
                && transaction.role == SipRole.CLIENT
                && !transaction.cancelled
                && transaction.request.method().equals("INVITE")
                && !transaction.request.hasToTag()
                && !givenUpByBye(transaction);
    }

    private static boolean givenUpByBye(Transaction transaction) {
        return transaction.attempt != null && transaction.attempt.givenUpByBye;
    }

    private void end(Transaction transaction, Seen seen) {
        SipMessage response = seen.message();
        SipDiagnosis.Builder diagnosis = SipDiagnosis.about(response)
                .source(transaction.role == SipRole.CLIENT ? SipSource.PEER : SipSource.US)
                .challengedBefore(challengedBefore(transaction, response.rawCode()));
        end(transaction, seen, diagnosis, response.timestampNanos());
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
        ringsOn(transaction);
    }

    private void ringsOn(Transaction transaction) {
        if (transaction.request.method().equals("INVITE") && !transaction.cancelled) {
            ringing.add(transaction, now + MAX_RINGING);
        }
    }

    /** What a response says of why, and what the CANCEL or BYE said. */
    private static List<SipReason> reasons(Optional<SipMessage> response, List<SipReason> ofRequest) {
        List<SipReason> own = response.map(SipMessage::reasons).orElse(List.of());
        if (ofRequest.isEmpty()) {
            return own;
        }
        List<SipReason> all = new ArrayList<>(own);
        all.addAll(ofRequest);
        return all;
    }

    private SipDiagnosis.Builder diagnose(SipDiagnosis.Builder builder, Transaction transaction) {
        SipMessage request = transaction.request;
        Attempt attempt = transaction.attempt;
        diagnose(builder, transaction.role, request.method())
                .inDialog(request.hasToTag())
                .answeredBefore(transaction.answered)
                .rang(attempt != null ? attempt.rang : transaction.rang)
                .credentialsSent(request.hasCredentials());
        // Given up, but by no CANCEL: what the 487 says by itself is right then.
        if (transaction.cancelled || !givenUpByBye(transaction)) {
            builder.cancelled(transaction.cancelled);
        }
        return builder;
    }

    private SipDiagnosis.Builder diagnose(SipDiagnosis.Builder builder, SipRole role, String method) {
        return builder.method(method).role(role).provider(settings.provider()).catalog(settings.catalog());
    }

    /**
     * Ends a transaction.
     *
     * @param answer the final response; null if there was none
     */
    private void end(Transaction transaction, Seen answer, SipDiagnosis.Builder about, long at) {
        SipMessage request = transaction.request;
        Optional<SipMessage> response = Optional.ofNullable(answer).map(Seen::message);
        Attempt attempt = transaction.attempt;
        Call call = transaction.call != null ? transaction.call : lateCallOf(transaction);
        SipDiagnosis diagnosis = diagnose(about, transaction)
                .reasons(reasons(response, transaction.cancelReasons))
                .build();
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
            attemptAnswered(transaction, answer, response, diagnosis, at);
        } else if (call != null) {
            // What a BYE says of why is about the call, and not about the BYE.
            boolean toldWhy =
                    request.method().equals("BYE") && !request.reasons().isEmpty();
            SipDiagnosis ofCall = toldWhy
                    ? about.reasons(reasons(response, request.reasons())).build()
                    : diagnosis;
            inCall(call, request, response.isPresent(), ofCall, at);
        }
    }

    private void done(Transaction transaction) {
        transaction.done = true;
        transaction.leave();
        transactions.remove(transaction.fingerprint, transaction);
        ended.add(transaction.fingerprint, transaction.conditions, transaction.seen, transaction.seenCount, now + T32);
    }

    private void noRequest(Transaction transaction) {
        transactions.remove(transaction.fingerprint, transaction);
        for (Seen response : transaction.early) {
            tellFindings(response, transaction.conditions);
        }
    }

    private void timedOut(Transaction transaction, long at) {
        end(
                transaction,
                null,
                SipDiagnosis.about(SipCode.REQUEST_TIMEOUT_408.value()).source(SipSource.TIMEOUT),
                at);
    }

    /** Ends a transaction of ours that could not be sent, which no message shows (RFC 3261 8.1.3.1). */
    void unsent(SipMessage request) {
        Transaction transaction =
                transactions.get(Fingerprints.of(SipRole.CLIENT, request).transaction());
        if (transaction != null && transaction.requested) {
            end(
                    transaction,
                    null,
                    SipDiagnosis.about(SipCode.SERVICE_UNAVAILABLE_503.value()).source(SipSource.TRANSPORT),
                    request.timestampNanos());
        }
    }

    // ---- challenges

    /**
     * Whether the same challenge had come for this request before, and notes this one; any other answer ends the matter.
     * What tells a request's successor from another branch of it is the CSeq: the successor's is higher (RFC 3261 22.2).
     * Of a client that does not raise it, the successor is known by its credentials where the request before had none,
     * since the branches of one request have the same.
     */
    private boolean challengedBefore(Transaction transaction, int code) {
        boolean challenge = code == 401 || code == 407;
        if (!challenge && challenges.isEmpty()) {
            return false;
        }
        SipMessage request = transaction.request;
        long key = transaction.fingerprints.ofChallenge(transaction.role, request.method());
        Challenge known = challenges.get(key);
        if (challenge) {
            if (known == null) {
                known = new Challenge(key);
                if (challenges.size() >= settings.maxTransactions()) {
                    Challenge oldest = challenged.poll();
                    challenges.remove(oldest.key, oldest);
                }
                challenges.put(key, known);
            }
            challenged.add(known, now + T32);
            return known.cameBefore(code, request);
        }
        if (known != null && known.isBefore(request)) {
            known.leave();
            challenges.remove(key, known);
        }
        return false;
    }

    // ---- attempts: to set up a call, or to register

    private Attempt attempt(Transaction transaction) {
        SipMessage request = transaction.request;
        long key = transaction.fingerprints.ofAttempt(transaction.role, request.method());
        Attempt attempt = attempts.get(key);
        if (attempt == null) {
            attempt = new Attempt(key, transaction.role, request);
            Attempt oldest = attempts.size() >= settings.maxTransactions() ? waiting.poll() : null;
            if (oldest != null) {
                end(oldest);
            }
            attempts.put(key, attempt);
        }
        attempt.open++;
        if (attempt.leave()) {
            attempt.diagnosis = null;
        }
        return attempt;
    }

    private void attemptAnswered(
            Transaction transaction, Seen answer, Optional<SipMessage> response, SipDiagnosis diagnosis, long at) {
        Attempt attempt = transaction.attempt;
        attempt.open--;
        if (attempt.ended) {
            return;
        }
        if (isBetter(attempt, transaction.request.cseq(), diagnosis)) {
            attempt.diagnosis = diagnosis;
            attempt.answeredCseq = transaction.request.cseq();
            attempt.response = response;
            attempt.answeredAt = at;
        }
        if (diagnosis.outcome() == SipOutcome.SUCCESS) {
            end(attempt);
            if (transaction.request.method().equals("INVITE") && answer != null) {
                callStarted(transaction, answer);
            }
        } else if (attempt.open == 0) {
            if (mayGoOn(attempt.diagnosis)) {
                waiting.add(attempt, now + T32);
            } else {
                end(attempt);
            }
        }
    }

    // What was sent is logged after it was sent: the answer to a request with credentials may be here before the
    // challenge that it follows from. A challenge that has been followed counts no more, in whatever order they come.
    private static boolean isBetter(Attempt attempt, long cseq, SipDiagnosis diagnosis) {
        if (attempt.diagnosis == null || cseq > attempt.answeredCseq && mayGoOn(attempt.diagnosis)) {
            return true;
        }
        boolean followed = cseq < attempt.answeredCseq && mayGoOn(diagnosis);
        return !followed && rank(diagnosis) <= rank(attempt.diagnosis);
    }

    // Of several branches the best answer counts: a 2xx, then a 6xx, then the lowest class, and of one class what says
    // how to ask again (RFC 3261 16.7).
    private static int rank(SipDiagnosis diagnosis) {
        int digit = diagnosis.rawCode() / 100;
        int byClass = digit == 2 ? 0 : digit == 6 ? 1 : digit;
        return 2 * byClass + (mayGoOn(diagnosis) ? 0 : 1);
    }

    private static boolean mayGoOn(SipDiagnosis diagnosis) {
        return switch (diagnosis.outcome()) {
            case CHALLENGED, NEGOTIATION, REDIRECTED -> true;
            default -> false;
        };
    }

    private void end(Attempt attempt) {
        attempt.ended = true;
        attempts.remove(attempt.key, attempt);
        long start = attempt.request.timestampNanos();
        long end = attempt.answeredAt;
        if (attempt.request.method().equals("REGISTER")) {
            sink.accept(new SipEvent.RegistrationEnded(
                    attempt.role, attempt.request, attempt.response, Math.max(0, end - start), attempt.diagnosis, end));
            return;
        }
        // RFC 6076 4.3: a success counts to the first sign of progress, a failure to the failure response.
        boolean progressed = attempt.diagnosis.outcome() == SipOutcome.SUCCESS && attempt.progressAt != NONE;
        sink.accept(new SipEvent.AttemptEnded(
                attempt.role,
                attempt.request,
                attempt.response,
                attempt.rang,
                Math.max(0, (progressed ? attempt.progressAt : end) - start),
                attempt.diagnosis,
                end));
    }

    // ---- calls

    private void callStarted(Transaction transaction, Seen answer) {
        if (calls.size() >= settings.maxCalls()) {
            full++;
            return;
        }
        SipMessage invite = transaction.request;
        SipMessage response = answer.message();
        Fingerprints ofInvite = transaction.fingerprints;
        long key = ofInvite.ofCall(
                transaction.role, ofInvite.fromTag(), answer.fingerprints().toTag());
        if (calls.get(key) == null) {
            Call call = new Call(key, transaction.role, invite, response.timestampNanos());
            calls.put(key, call);
            talking.add(call, now + settings.maxCallNanos());
            sink.accept(new SipEvent.CallStarted(transaction.role, invite, response));
        }
    }

    // The leg that a request in a dialog belongs to. A proxy has two legs with the same tags; which one it is follows
    // from the way the request goes: with the INVITE it goes as the INVITE went, against it the other way.
    private Call callOf(Transaction transaction) {
        Fingerprints of = transaction.fingerprints;
        boolean sent = transaction.request.direction() == SipDirection.SENT;
        Call call = calls.get(of.ofCall(sent ? SipRole.CLIENT : SipRole.SERVER, of.fromTag(), of.toTag()));
        return call != null
                ? call
                : calls.get(of.ofCall(sent ? SipRole.SERVER : SipRole.CLIENT, of.toTag(), of.fromTag()));
    }

    // A 2xx is logged after it was sent: a quick ACK and BYE can be here before it, and so before the call.
    private Call lateCallOf(Transaction transaction) {
        SipMessage request = transaction.request;
        if (transaction.attempt != null
                || !request.hasToTag()
                || request.method().equals("CANCEL")) {
            return null;
        }
        return request.method().equals("BYE") ? bye(transaction) : callOf(transaction);
    }

    private Call bye(Transaction transaction) {
        SipMessage bye = transaction.request;
        Call call = callOf(transaction);
        if (call == null) {
            return null;
        }
        call.hangUp(bye.direction() == SipDirection.SENT, bye.timestampNanos());
        if (call.answerToBye != null) {
            call.answerToBye = null;
            talking.add(call, now + settings.maxCallNanos());
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
            if (comesAgain) {
                call.answerToBye = diagnosis;
                leaving.add(call, now + BYE_AGAIN);
            } else {
                boolean success = code >= 200 && code < 300;
                // A 408 says that who was to answer did not (RFC 6076 4.9).
                boolean completed = answered && code != SipCode.REQUEST_TIMEOUT_408.value();
                long delay = success ? at - call.byeAt(request.direction() == SipDirection.SENT) : -1;
                end(call, completed, completed ? call.byeAt : at, delay, diagnosis, at);
            }
        } else if (call.byeAt == NONE && (code == 481 || code == 408) && CALL_METHODS.contains(request.method())) {
            // The other side has lost the call, or is gone (RFC 3261 12.2.1.2).
            end(call, false, at, -1, diagnosis, at);
        }
    }

    private void forgotten(Call call, long at) {
        SipDiagnosis diagnosis = diagnose(SipDiagnosis.about(SipCode.REQUEST_TIMEOUT_408.value()), call.role, "BYE")
                .inDialog(true)
                .source(SipSource.TIMEOUT)
                .build();
        end(call, false, at, -1, diagnosis, at);
    }

    private void end(Call call, boolean completed, long end, long disconnectDelay, SipDiagnosis diagnosis, long at) {
        call.ended = true;
        call.leave();
        calls.remove(call.key, call);
        sink.accept(new SipEvent.CallEnded(
                call.role,
                call.invite,
                call.endedByUs,
                completed,
                Math.max(0, end - call.answeredAt),
                Math.max(-1, disconnectDelay),
                diagnosis,
                at));
    }

    // ---- what is kept

    private static final class Transaction extends Deadlines.Waiting {

        final long fingerprint;
        final SipRole role;
        SipMessage request;
        Fingerprints fingerprints;
        boolean requested;
        Attempt attempt;
        Call call;
        int conditions;
        List<Seen> early = List.of();
        List<SipReason> cancelReasons = List.of();
        boolean answered;
        boolean rang;
        boolean cancelled;
        boolean done;

        /** The 487 that waits for its CANCEL, if one does. */
        Seen terminated;

        private int seenCount;
        private long[] seen = NO_RESPONSES;

        Transaction(long fingerprint, SipRole role) {
            this.fingerprint = fingerprint;
            this.role = role;
        }

        /** Beyond so many that are told apart a response counts only if it is the one that ends the transaction. */
        boolean isRetransmission(long ofResponse, SipMessage response) {
            for (int i = 0; i < seenCount; i++) {
                if (seen[i] == ofResponse) {
                    return true;
                }
            }
            boolean ends = requested && terminated == null && isFinal(response);
            return seenCount == EndedTransactions.MAX_RESPONSES && !ends;
        }

        void see(long response) {
            if (seenCount == EndedTransactions.MAX_RESPONSES) {
                return;
            }
            if (seenCount == seen.length) {
                seen = Arrays.copyOf(seen, Math.max(2, seenCount * 2));
            }
            seen[seenCount++] = response;
        }

        /** Beyond so many only a final response is kept, in place of a provisional one. */
        void keep(Seen response) {
            if (early.isEmpty()) {
                early = new ArrayList<>(2);
            }
            if (early.size() < MAX_EARLY) {
                early.add(response);
            } else if (!isFinal(early.get(MAX_EARLY - 1).message()) && isFinal(response.message())) {
                early.set(MAX_EARLY - 1, response);
            }
        }

        private static boolean isFinal(SipMessage response) {
            return response.rawCode() >= 200;
        }
    }

    private static final class Attempt extends Deadlines.Waiting {

        final long key;
        final SipRole role;
        final SipMessage request;
        int open;
        boolean rang;
        boolean givenUpByBye;
        boolean ended;
        long progressAt = NONE;
        long answeredAt;
        long answeredCseq;
        Optional<SipMessage> response = Optional.empty();
        SipDiagnosis diagnosis;

        Attempt(long key, SipRole role, SipMessage request) {
            this.key = key;
            this.role = role;
            this.request = request;
        }
    }

    private static final class Challenge extends Deadlines.Waiting {

        final long key;
        private final First of401 = new First();
        private final First of407 = new First();

        Challenge(long key) {
            this.key = key;
        }

        boolean cameBefore(int code, SipMessage request) {
            First first = code == 401 ? of401 : of407;
            boolean before = first.isBefore(request);
            first.note(request);
            return before;
        }

        boolean isBefore(SipMessage request) {
            return of401.isBefore(request) || of407.isBefore(request);
        }
    }

    /** The first request that had one kind of challenge. */
    private static final class First {

        private long cseq = Long.MAX_VALUE;
        private boolean bare;

        boolean isBefore(SipMessage request) {
            return cseq < request.cseq() || cseq == request.cseq() && bare && request.hasCredentials();
        }

        void note(SipMessage request) {
            if (request.cseq() < cseq) {
                cseq = request.cseq();
                bare = !request.hasCredentials();
            } else if (request.cseq() == cseq) {
                bare |= !request.hasCredentials();
            }
        }
    }

    private static final class Call extends Deadlines.Waiting {

        final long key;
        final SipRole role;
        final SipMessage invite;
        final long answeredAt;
        long byeAt = NONE;
        boolean endedByUs;
        boolean ended;

        /** When the side that did not hang up first did so too. */
        private long otherByeAt = NONE;

        /** What a BYE was answered with that may come again; null if there was none, or it has come. */
        SipDiagnosis answerToBye;

        Call(long key, SipRole role, SipMessage invite, long answeredAt) {
            this.key = key;
            this.role = role;
            this.invite = invite;
            this.answeredAt = answeredAt;
        }

        void hangUp(boolean byUs, long at) {
            if (byeAt == NONE) {
                byeAt = at;
                endedByUs = byUs;
            } else if (byUs != endedByUs && otherByeAt == NONE) {
                otherByeAt = at;
            }
        }

        /** When the one side hung up first; its BYE may have come again. */
        long byeAt(boolean byUs) {
            return byUs == endedByUs ? byeAt : otherByeAt;
        }
    }
}
