package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.CallStarted;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipEvent.RegistrationEnded;
import io.sipcodes.SipEvent.RequestSeen;
import io.sipcodes.SipEvent.ResponseSeen;
import io.sipcodes.SipEvent.TransactionEnded;
import io.sipcodes.SipEvent.TransactionStarted;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the tracker is told and whatever the clock does: what began ends once, and nothing stays. */
class TrackerTotalsTest {

    // ---- the clock

    /** A busy call, and between its messages the clock goes to these milliseconds. */
    @ParameterizedTest
    @ValueSource(strings = {"0 20 90", "3600000 0 90", "0 -3600000 90", "0 20 -86400000", "0 31536000000 31536000001"})
    void shouldEndWhatItBeganWhateverTheClockDoes(String times) {
        String[] at = times.split(" ");
        List<SipEvent> events = new ArrayList<>();
        CallTracker tracker = new CallTracker(events::add);
        SipMessage.Builder invite = SipMessage.request("INVITE").direction(SipDirection.SENT);
        tracker.accept(at(invite, at[0]));
        tracker.accept(at(SipMessage.response(180, "").method("INVITE"), at[1]));
        tracker.accept(at(SipMessage.response(486, "").method("INVITE"), at[2]));
        tracker.tick(Long.MAX_VALUE / 2);
        assertThat(of(events, TransactionEnded.class)).hasSize(1).allSatisfy(ended -> {
            assertThat(ended.durationNanos()).isNotNegative();
            assertThat(ended.diagnosis().rawCode()).isIn(486, 408);
        });
        assertThat(of(events, AttemptEnded.class))
                .hasSize(1)
                .allSatisfy(ended -> assertThat(ended.requestDelayNanos()).isNotNegative());
        assertThat(tracker.transactions()).isZero();
        assertThat(tracker.attempts()).isZero();
    }

    private static SipMessage at(SipMessage.Builder builder, String millis) {
        return builder.branch("b")
                .callId("c")
                .fromTag("f")
                .timestampNanos(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)))
                .build();
    }

    private static <T extends SipEvent> List<T> of(List<SipEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    // ---- totals

    /**
     * Random traffic of many calls at once: messages are lost, doubled and out of order, codes are any, the clock jumps,
     * and there is room for a few only.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEndEachThingOnceThatItBegan(long seed) {
        Random random = new Random(seed);
        int room = seed % 2 == 0 ? 100_000 : 20 + random.nextInt(100);
        Map<Class<?>, Long> counts = new HashMap<>();
        AtomicLong dropped = new AtomicLong();
        CallTracker tracker = new CallTracker(
                event -> {
                    if (event instanceof EventsDropped lost) {
                        dropped.addAndGet(lost.count());
                    } else {
                        counts.merge(event.getClass(), 1L, Long::sum);
                    }
                },
                new TrackerSettings(room, room, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), ""));
        long now = 0;
        int messages = 20_000;
        for (int i = 0; i < messages; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(random.nextInt(40));
            long skew = random.nextInt(1_000) == 0 ? TimeUnit.MINUTES.toNanos(random.nextInt(20) - 10) : 0;
            tracker.accept(random(random, now + skew));
            assertThat(tracker.transactions()).isLessThanOrEqualTo(room);
            assertThat(tracker.calls()).isLessThanOrEqualTo(room);
        }
        tracker.tick(now + TimeUnit.DAYS.toNanos(2));
        tracker.tick(now + TimeUnit.DAYS.toNanos(4));
        assertThat(count(counts, RequestSeen.class) + count(counts, ResponseSeen.class))
                .isEqualTo(messages);
        assertThat(count(counts, TransactionEnded.class))
                .isPositive()
                .isEqualTo(count(counts, TransactionStarted.class));
        assertThat(count(counts, CallEnded.class)).isEqualTo(count(counts, CallStarted.class));
        assertThat(count(counts, AttemptEnded.class)).isPositive();
        assertThat(count(counts, RegistrationEnded.class)).isPositive();
        assertThat(tracker.transactions()).isZero();
        assertThat(tracker.attempts()).isZero();
        assertThat(tracker.calls()).isZero();
        if (room > messages) {
            assertThat(count(counts, CallEnded.class)).isPositive();
            assertThat(dropped).hasValue(0);
        } else {
            assertThat(dropped.get()).isPositive();
        }
    }

    private static long count(Map<Class<?>, Long> counts, Class<?> type) {
        return counts.getOrDefault(type, 0L);
    }

    private static final String[] METHODS = {"INVITE", "INVITE", "INVITE", "REGISTER", "OPTIONS", "BYE", "CANCEL", "ACK"
    };
    private static final int[] CODES = {
        100, 180, 183, 200, 200, 302, 401, 407, 408, 423, 481, 486, 487, 503, 603, 99, 700
    };

    private static SipMessage random(Random random, long nanos) {
        String call = Integer.toString(random.nextInt(300));
        String method = METHODS[random.nextInt(METHODS.length)];
        boolean dialog = method.equals("BYE") || random.nextInt(10) == 0;
        SipMessage.Builder out = random.nextInt(3) == 0
                ? SipMessage.request(method).hasCredentials(random.nextBoolean())
                : SipMessage.response(CODES[random.nextInt(CODES.length)], "").method(method);
        return out.direction(random.nextInt(4) == 0 ? SipDirection.SENT : SipDirection.RECEIVED)
                .stack("s")
                .callId(call)
                .branch(call + "-" + random.nextInt(3) + (method.equals("CANCEL") ? "" : method.charAt(0)))
                .cseq(random.nextInt(2))
                .fromTag("f")
                .toTag(dialog || random.nextInt(3) > 0 ? "t" : "")
                .timestampNanos(nanos)
                .build();
    }
}
