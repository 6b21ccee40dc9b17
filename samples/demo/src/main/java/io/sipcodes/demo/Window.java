package io.sipcodes.demo;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipOutcome;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How the call attempts of the last five minutes ended, in slots of five seconds. For one thread at a time. */
final class Window {

    static final int SLOTS = 60;
    static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What a person on the phone decides, or the technology between. */
    enum Kind {
        ANSWERED,
        NOT_ANSWERED,
        FAILED;

        static Kind of(SipDiagnosis diagnosis) {
            if (diagnosis.outcome() == SipOutcome.SUCCESS) {
                return ANSWERED;
            }
            return diagnosis.severity().compareTo(Level.WARNING) < 0 ? NOT_ANSWERED : FAILED;
        }
    }

    /**
     * A ratio of RFC 6076.
     *
     * @param part attempts that count for it
     * @param whole attempts it is taken of; 0 leaves it undefined (section 4)
     */
    record Ratio(long part, long whole) {}

    // RFC 6076 sections 4.7 and 4.8.
    private static final Set<Integer> EFFECTIVE = Set.of(200, 480, 486, 600, 603);
    private static final Set<Integer> INEFFECTIVE = Set.of(408, 500, 503, 504);

    private static final class Slot {
        private long number = -1;
        private final long[] codes = new long[SipCode.MAX + 1];
        private final long[] kinds = new long[Kind.values().length];
        private final Map<SipOutcome, Long> outcomes = new EnumMap<>(SipOutcome.class);
    }

    private final Slot[] ring = new Slot[SLOTS];
    private long newest;

    Window() {
        for (int i = 0; i < SLOTS; i++) {
            ring[i] = new Slot();
        }
    }

    void add(SipDiagnosis diagnosis, long nanos) {
        long number = nanos / SLOT_NANOS;
        newest = Math.max(newest, number);
        if (number <= newest - SLOTS) {
            return; // an attempt that came to an end long before its end was told
        }
        Slot slot = ring[(int) (number % SLOTS)];
        if (slot.number != number) {
            slot.number = number;
            Arrays.fill(slot.codes, 0);
            Arrays.fill(slot.kinds, 0);
            slot.outcomes.clear();
        }
        if (diagnosis.rawCode() >= 0 && diagnosis.rawCode() < slot.codes.length) {
            slot.codes[diagnosis.rawCode()]++;
        }
        slot.kinds[Kind.of(diagnosis).ordinal()]++;
        slot.outcomes.merge(diagnosis.outcome(), 1L, Long::sum);
    }

    /** The state at one moment. */
    Sums sums(long nowNanos) {
        long last = nowNanos / SLOT_NANOS;
        Map<Integer, Long> codes = new TreeMap<>();
        Map<SipOutcome, Long> outcomes = new EnumMap<>(SipOutcome.class);
        List<long[]> timeline = new ArrayList<>(SLOTS);
        for (long number = last - SLOTS + 1; number <= last; number++) {
            Slot slot = ring[(int) (number % SLOTS)];
            boolean filled = slot.number == number;
            timeline.add(filled ? slot.kinds.clone() : new long[Kind.values().length]);
            if (filled) {
                for (int code = 0; code < slot.codes.length; code++) {
                    if (slot.codes[code] > 0) {
                        codes.merge(code, slot.codes[code], Long::sum);
                    }
                }
                slot.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
            }
        }
        return new Sums(codes, outcomes, timeline);
    }

    /**
     * The sums over all slots.
     *
     * @param codes attempts by the code that ended them
     * @param outcomes attempts by what became of them
     * @param timeline attempts of each slot by kind, the oldest first
     */
    record Sums(Map<Integer, Long> codes, Map<SipOutcome, Long> outcomes, List<long[]> timeline) {

        /** All attempts. */
        long attempts() {
            return codes.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The session establishment ratio, RFC 6076 section 4.6: a redirect says nothing about it. */
        Ratio ser() {
            return new Ratio(codes.getOrDefault(200, 0L), attempts() - redirects());
        }

        /** The session establishment effectiveness ratio, section 4.7. */
        Ratio seer() {
            return new Ratio(sum(EFFECTIVE), attempts() - redirects());
        }

        /** The ineffective session attempts, section 4.8. */
        Ratio isa() {
            return new Ratio(sum(INEFFECTIVE), attempts());
        }

        private long redirects() {
            return codes.entrySet().stream()
                    .filter(entry -> entry.getKey() / 100 == 3)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        private long sum(Set<Integer> which) {
            return which.stream()
                    .mapToLong(code -> codes.getOrDefault(code, 0L))
                    .sum();
        }
    }
}
