package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/**
 * Counts and times SIP events in a meter registry; the meters are those of {@link SipMeters}.
 *
 * <p>Whatever arrives, the number of series is bounded: every tag has a closed set of values. Once a series exists,
 * counting looks nothing up, takes no lock and allocates nothing. Safe for use by any number of threads.
 */
public final class SipMetrics implements Consumer<SipEvent> {

    /**
     * Puts something in scope while an event is counted: the span of its call, which a registry that knows exemplars then
     * attaches. Events come on a thread of the kit, where no span is current by itself.
     */
    @FunctionalInterface
    public interface Scope {

        /**
         * Opens the scope.
         *
         * @param event what is about to be counted
         * @return closed when it is counted; null for no scope. An exception, here or there, is as if there were none
         */
        AutoCloseable open(SipEvent event);
    }

    private static final int NEITHER = -1;
    private static final int PLACES = 64;
    private static final int MOST_AT_A_PLACE = 4;

    private final Scope scope;
    private final SipPeers peers;
    private final MeterTable<Counter> responses;
    private final MeterTable<Counter> retransmissions;
    private final MeterTable<Timer> transactions;
    private final MeterTable<Counter> attempts;
    private final MeterTable<Counter> registrations;
    private final MeterTable<Timer> sessionRequestDelay;
    private final MeterTable<Timer> sessionDisconnectDelay;
    private final MeterTable<Timer> sessionDuration;
    private final MeterTable<Timer> registrationRequestDelay;
    private final MeterTable<Counter> causes;
    private final MeterTable<Counter> rejected;
    private final MeterTable<Counter> dropped;
    private final Findings findings;
    private final AtomicIntegerArray activeCalls;

    // A server has the same few kinds of responses all day. It is a dozen steps from a message to its counter's place
    // in
    // the table, and three to one of these. The first that come to a place stay there.
    private final Usual[] usual = new Usual[PLACES];

    private SipMetrics(Builder from) {
        scope = from.scope;
        peers = from.peers;
        List<Tags> peerTags = Dimensions.peers(peers);
        responses = from.counters(
                SipMeters.RESPONSES,
                List.of(peerTags, Dimensions.DIRECTIONS, Dimensions.METHODS, Dimensions.CODES_WITH_OUTCOME));
        retransmissions =
                from.counters(SipMeters.RETRANSMISSIONS, List.of(peerTags, Dimensions.DIRECTIONS, Dimensions.METHODS));
        transactions = from.timers(
                SipMeters.TRANSACTIONS,
                null,
                List.of(peerTags, Dimensions.ROLES, Dimensions.METHODS, Dimensions.INITIALS, Dimensions.CODES));
        attempts = from.ended(SipMeters.ATTEMPTS, peerTags);
        registrations = from.ended(SipMeters.REGISTRATIONS, peerTags);
        sessionRequestDelay = from.delays(SipMeters.SESSION_REQUEST_DELAY, from.buckets, peerTags);
        sessionDisconnectDelay = from.delays(SipMeters.SESSION_DISCONNECT_DELAY, from.buckets, peerTags);
        sessionDuration = from.delays(SipMeters.SESSION_DURATION, from.durationBuckets, peerTags);
        registrationRequestDelay = from.delays(SipMeters.REGISTRATION_REQUEST_DELAY, from.buckets, peerTags);
        causes = from.counters(SipMeters.CAUSES, List.of(peerTags, Causes.ALL));
        rejected = from.counters(SipMeters.MESSAGES_REJECTED, List.of(Dimensions.REJECTIONS));
        dropped = from.counters(SipMeters.EVENTS_DROPPED, List.of(Dimensions.DROPS));
        findings = new Findings(tags -> from.counter(SipMeters.CONFORMANCE_FINDINGS, tags), peerTags);
        activeCalls = new AtomicIntegerArray(peerTags.size() * Dimensions.ROLES.size());
        for (int i = 0; i < activeCalls.length(); i++) {
            int index = i;
            Gauge.builder(SipMeters.CALLS_ACTIVE.getName(), activeCalls, active -> active.get(index))
                    .description(SipMeters.CALLS_ACTIVE.description())
                    .tags(peerTags.get(i / Dimensions.ROLES.size()))
                    .tags(Dimensions.ROLES.get(i % Dimensions.ROLES.size()))
                    .strongReference(true)
                    .register(from.registry(SipMeters.CALLS_ACTIVE));
        }
        if (from.zeros) {
            for (int peer = 0; peer < peerTags.size(); peer++) {
                registerZeros(peer);
            }
        }
    }

    /**
     * Starts with the registry to count in.
     *
     * @param registry not null
     * @return a builder
     */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(registry);
    }

    /** Counts an event. */
    @Override
    public void accept(SipEvent event) {
        AutoCloseable open = scope == null ? null : open(event);
        try {
            count(event);
        } finally {
            if (open != null) {
                close(open);
            }
        }
    }

    private AutoCloseable open(SipEvent event) {
        try {
            return scope.open(event);
        } catch (RuntimeException noScope) {
            return null;
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception closed) {
            // The event is counted; whose scope it is has to look after it.
        }
    }

    private void count(SipEvent event) {
        if (event instanceof SipEvent.ResponseSeen seen) {
            response(seen);
        } else if (event instanceof SipEvent.RequestSeen seen) {
            request(seen);
        } else if (event instanceof SipEvent.TransactionEnded ended) {
            transaction(ended);
        } else if (event instanceof SipEvent.AttemptEnded ended) {
            int peer = peer(ended.request());
            count(attempts, peer, ended.role(), ended.diagnosis());
            record(sessionRequestDelay, peer, ended.role(), result(ended.diagnosis()), ended.requestDelayNanos());
        } else if (event instanceof SipEvent.RegistrationEnded ended) {
            int peer = peer(ended.request());
            count(registrations, peer, ended.role(), ended.diagnosis());
            record(registrationRequestDelay, peer, ended.role(), result(ended.diagnosis()), ended.requestDelayNanos());
        } else if (event instanceof SipEvent.CallStarted started) {
            activeCalls.incrementAndGet(activeIndex(peer(started.request()), started.role()));
        } else if (event instanceof SipEvent.CallEnded ended) {
            callEnded(ended);
        } else if (event instanceof SipEvent.MessageRejected rejection) {
            rejected.at(rejection.cause().ordinal()).increment();
        } else if (event instanceof SipEvent.ConformanceFinding finding) {
            findings.at(peer(finding.message()), finding.rule(), finding.mandatory())
                    .increment();
        } else if (event instanceof SipEvent.EventsDropped drop) {
            dropped.at(drop.cause().ordinal()).increment(drop.count());
        }
    }

    private void response(SipEvent.ResponseSeen seen) {
        SipMessage message = seen.message();
        if (seen.retransmission()) {
            retransmission(message);
        } else {
            int peer = peer(message);
            counterOf(message, peer).increment();
            causes(peer, message.reasons());
        }
    }

    private Counter counterOf(SipMessage response, int peer) {
        int direction = response.direction().ordinal();
        int place = response.rawCode() + peer & PLACES - 1;
        Usual first = usual[place];
        int there = 0;
        for (Usual known = first; known != null; known = known.next) {
            if (known.isFor(response, peer, direction)) {
                return known.counter;
            }
            there++;
        }
        int method = Methods.index(response.method());
        Counter counter = responses.at(peer, direction, method, CodeTags.index(response.rawCode()));
        if (method != Methods.OTHER && there < MOST_AT_A_PLACE) {
            // A race, after which one of two may have to be put in again; each is whole, since nothing in it changes.
            usual[place] = new Usual(Methods.ALL.get(method), response.rawCode(), peer, direction, counter, first);
        }
        return counter;
    }

    /** Which counter is incremented for a response of this kind. */
    private record Usual(String method, int code, int peer, int direction, Counter counter, Usual next) {

        boolean isFor(SipMessage response, int itsPeer, int itsDirection) {
            return code == response.rawCode()
                    && peer == itsPeer
                    && direction == itsDirection
                    && method.equals(response.method());
        }
    }

    private void request(SipEvent.RequestSeen seen) {
        SipMessage message = seen.message();
        if (seen.retransmission()) {
            retransmission(message);
        } else if (!message.reasons().isEmpty()) {
            causes(peer(message), message.reasons());
        }
    }

    private void retransmission(SipMessage message) {
        retransmissions
                .at(peer(message), message.direction().ordinal(), Methods.index(message.method()))
                .increment();
    }

    private void causes(int peer, List<SipReason> reasons) {
        // By index: an iterator would be an allocation a message.
        for (int i = 0; i < reasons.size(); i++) {
            causes.at(peer, Causes.index(reasons.get(i))).increment();
        }
    }

    private void transaction(SipEvent.TransactionEnded ended) {
        transactions
                .at(
                        peer(ended.request()),
                        ended.role().ordinal(),
                        Methods.index(ended.request().method()),
                        ended.initial() ? Dimensions.INITIAL : Dimensions.IN_DIALOG,
                        CodeTags.index(ended.diagnosis().rawCode()))
                .record(ended.durationNanos(), TimeUnit.NANOSECONDS);
    }

    private void callEnded(SipEvent.CallEnded ended) {
        int peer = peer(ended.request());
        // Never below zero: whoever begins to listen in the middle sees ends without a start.
        activeCalls.updateAndGet(activeIndex(peer, ended.role()), active -> Math.max(0, active - 1));
        int result = ended.completed() ? Dimensions.SUCCESS : Dimensions.FAILURE;
        record(sessionDuration, peer, ended.role(), result, ended.durationNanos());
        record(sessionDisconnectDelay, peer, ended.role(), Dimensions.SUCCESS, ended.disconnectDelayNanos());
    }

    private int peer(SipMessage message) {
        return peers == null ? 0 : peers.index(message);
    }

    private static int activeIndex(int peer, SipRole role) {
        return peer * Dimensions.ROLES.size() + role.ordinal();
    }

    private static void count(MeterTable<Counter> table, int peer, SipRole role, SipDiagnosis diagnosis) {
        int code = CodeTags.index(diagnosis.rawCode());
        table.at(
                        peer,
                        role.ordinal(),
                        code,
                        diagnosis.outcome().ordinal(),
                        diagnosis.fault().ordinal())
                .increment();
    }

    private static void record(MeterTable<Timer> table, int peer, SipRole role, int result, long nanos) {
        if (nanos >= 0 && result != NEITHER) {
            table.at(peer, role.ordinal(), result).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** RFC 6076 section 4.3.2: 401, 402 and 407 are no failures, and a redirection is not the end. */
    private static int result(SipDiagnosis diagnosis) {
        int code = diagnosis.rawCode();
        if (code >= 200 && code <= 299) {
            return Dimensions.SUCCESS;
        }
        boolean failure = code >= 400 && code <= 699 && code != 401 && code != 402 && code != 407;
        return failure ? Dimensions.FAILURE : NEITHER;
    }

    /**
     * A counter that is born with its first event shows no increase, and a ratio without one of its terms is no ratio:
     * so what rules and dashboards divide is there from the start.
     */
    private void registerZeros(int peer) {
        for (SipRole role : SipRole.values()) {
            int side = role.ordinal();
            for (Zeros.Cell cell : Zeros.attempts(role)) {
                attempts.at(peer, side, cell.code(), cell.outcome(), cell.fault());
            }
            for (Zeros.Cell cell : Zeros.registrations(role)) {
                registrations.at(peer, side, cell.code(), cell.outcome(), cell.fault());
            }
            int invite = Methods.index("INVITE");
            int register = Methods.index("REGISTER");
            for (int code : Zeros.INVITE) {
                transactions.at(peer, side, invite, Dimensions.INITIAL, CodeTags.index(code));
            }
            for (int code : Zeros.REGISTER) {
                transactions.at(peer, side, register, Dimensions.INITIAL, CodeTags.index(code));
            }
            for (int result = 0; result < Dimensions.RESULTS.size(); result++) {
                sessionRequestDelay.at(peer, side, result);
                sessionDuration.at(peer, side, result);
                registrationRequestDelay.at(peer, side, result);
            }
            sessionDisconnectDelay.at(peer, side, Dimensions.SUCCESS);
        }
        for (int direction = 0; direction < Dimensions.DIRECTIONS.size(); direction++) {
            for (Zeros.Responses row : Zeros.RESPONSES) {
                int method = Methods.index(row.method());
                retransmissions.at(peer, direction, method);
                for (int code : row.codes()) {
                    responses.at(peer, direction, method, CodeTags.index(code));
                }
            }
        }
        for (int i = 0; i < Dimensions.REJECTIONS.size(); i++) {
            rejected.at(i);
        }
        for (int i = 0; i < Dimensions.DROPS.size(); i++) {
            dropped.at(i);
        }
    }

    /** Collects what is to be counted, and how; for one thread. */
    public static final class Builder {

        // No children: its meters do nothing and cost nothing.
        private static final MeterRegistry NOWHERE = new CompositeMeterRegistry();

        private final MeterRegistry registry;
        private final Set<SipMeters> without = EnumSet.noneOf(SipMeters.class);
        private SipPeers peers;
        private Scope scope;
        private boolean zeros = true;
        private Duration[] buckets = {
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(32),
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
        };
        private Duration[] durationBuckets = {
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(4),
        };

        private Builder(MeterRegistry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /**
         * Tells these peers apart by the tag {@code peer}; without, there is no such tag.
         *
         * @param peers not null
         * @return this builder
         */
        public Builder peers(SipPeers peers) {
            this.peers = Objects.requireNonNull(peers, "peers");
            return this;
        }

        /**
         * The upper bounds of the histograms of the three delays; from 10 ms to 3 min if not set. 32 s is among them,
         * when a transaction times out (RFC 3261 section 17).
         *
         * @param bounds each above zero and above the one before; none for no histogram
         * @return this builder
         * @throws IllegalArgumentException if they do not rise
         */
        public Builder delayBuckets(Duration... bounds) {
            this.buckets = rising("delayBuckets", bounds);
            return this;
        }

        /**
         * The upper bounds of the histogram of the session duration; from 1 s to 4 h if not set.
         *
         * @param bounds each above zero and above the one before; none for no histogram
         * @return this builder
         * @throws IllegalArgumentException if they do not rise
         */
        public Builder durationBuckets(Duration... bounds) {
            this.durationBuckets = rising("durationBuckets", bounds);
            return this;
        }

        /**
         * Whether the series that rules and dashboards divide exist from the start, at zero; true if not set.
         *
         * @param zeros true for zeros
         * @return this builder
         */
        public Builder zeros(boolean zeros) {
            this.zeros = zeros;
            return this;
        }

        /**
         * Opens this scope around each event that is counted; for exemplars.
         *
         * @param scope not null
         * @return this builder
         */
        public Builder scope(Scope scope) {
            this.scope = Objects.requireNonNull(scope, "scope");
            return this;
        }

        /**
         * Leaves these meters out.
         *
         * @param meters any of them
         * @return this builder
         */
        public Builder without(SipMeters... meters) {
            without.addAll(Arrays.asList(meters));
            return this;
        }

        /** {@return the consumer; its first series are registered now} */
        public SipMetrics build() {
            return new SipMetrics(this);
        }

        private static Duration[] rising(String name, Duration... bounds) {
            Duration last = Duration.ZERO;
            for (Duration bound : bounds) {
                if (bound.compareTo(last) <= 0) {
                    throw new IllegalArgumentException(
                            name + ": " + bound + " after " + last + " (expected: rising, above zero)");
                }
                last = bound;
            }
            return bounds.clone();
        }

        private MeterRegistry registry(SipMeters meter) {
            return without.contains(meter) ? NOWHERE : registry;
        }

        private Counter counter(SipMeters meter, Tags tags) {
            return Counter.builder(meter.getName())
                    .description(meter.description())
                    .tags(tags)
                    .register(registry(meter));
        }

        private MeterTable<Counter> counters(SipMeters meter, List<List<Tags>> dimensions) {
            return new MeterTable<>(tags -> counter(meter, tags), dimensions);
        }

        private MeterTable<Counter> ended(SipMeters meter, List<Tags> peerTags) {
            return counters(
                    meter,
                    List.of(peerTags, Dimensions.ROLES, Dimensions.CODES, Dimensions.OUTCOMES, Dimensions.FAULTS));
        }

        private MeterTable<Timer> timers(SipMeters meter, Duration[] bounds, List<List<Tags>> dimensions) {
            return new MeterTable<>(
                    tags -> Timer.builder(meter.getName())
                            .description(meter.description())
                            .tags(tags)
                            .serviceLevelObjectives(bounds)
                            .register(registry(meter)),
                    dimensions);
        }

        private MeterTable<Timer> delays(SipMeters meter, Duration[] bounds, List<Tags> peerTags) {
            return timers(meter, bounds, List.of(peerTags, Dimensions.ROLES, Dimensions.RESULTS));
        }
    }
}
