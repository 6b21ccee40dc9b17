package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndedTransactionsTest {

    private static final long[] NONE = {};

    /** In place of a number of responses, in the model. */
    private static final int BESIDE = -2;

    private final EndedTransactions ended = new EndedTransactions();

    @Test
    void shouldKnowATransactionAndItsResponses() {
        ended.add(7, 42, new long[] {70, 71, 99}, 2, 10);
        ended.add(8, 43, NONE, 0, 10);
        int seven = ended.find(7);
        assertThat(ended.conditions(seven)).isEqualTo(42);
        assertThat(ended.hadResponse(seven, 70)).isTrue();
        assertThat(ended.hadResponse(seven, 71)).isTrue();
        assertThat(ended.hadResponse(seven, 99)).isFalse();
        int eight = ended.find(8);
        assertThat(ended.conditions(eight)).isEqualTo(43);
        assertThat(ended.hadResponse(eight, 70)).isFalse();
        ended.addResponse(eight, 80, 10);
        assertThat(ended.hadResponse(ended.find(8), 80)).isTrue();
        assertThat(ended.conditions(ended.find(8))).isEqualTo(43);
        assertThat(ended.find(9)).isEqualTo(-1);
        assertThat(ended.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        // time; how many are left of three that go at 10, 10 and 11
        "9,  3",
        "10, 1",
        "11, 0",
        "12, 0",
    })
    void shouldForgetWhoseTimeHasCome(long now, int left) {
        ended.add(1, 0, new long[] {2}, 1, 10);
        ended.add(3, 0, NONE, 0, 11);
        ended.forget(now);
        assertThat(ended.size()).isEqualTo(left);
        assertThat(ended.find(1) >= 0).isEqualTo(left == 3);
        assertThat(left == 3 && ended.hadResponse(ended.find(1), 2)).isEqualTo(left == 3);
        assertThat(ended.find(3) >= 0).isEqualTo(left > 0);
    }

    @ParameterizedTest
    @CsvSource({
        // how many have room, how many of 1,000 are left
        "1,       1",
        "4,       4",
        "255,     255",
        "256,     256",
        "257,     257",
        "999,     999",
        "1000,    1000",
        "1001,    1000",
        "8589934592, 1000",
    })
    void shouldForgetTheOldestForWantOfRoom(long room, int left) {
        ended.setMost(room);
        for (int i = 0; i < 1_000; i++) {
            ended.add(i, i, NONE, 0, 10);
        }
        assertThat(ended.size()).isEqualTo(left);
        for (int i = 0; i < 1_000; i++) {
            int found = ended.find(i);
            assertThat(found).isEqualTo(i < 1_000 - left ? -1 : 999 - i);
            if (found >= 0) {
                assertThat(ended.conditions(found)).isEqualTo(i);
            }
        }
    }

    /** As many as ever: who sends new ones for ever must not have each counted for one that was never seen. */
    @Test
    void shouldTakeForSeenWhatIsBeyondAllMeasure() {
        ended.add(1, 0, new long[] {100, 101}, 2, 10);
        for (int i = 2; i < EndedTransactions.MAX_RESPONSES; i++) {
            assertThat(ended.hadResponse(ended.find(1), 100 + i)).isFalse();
            ended.addResponse(ended.find(1), 100 + i, 10);
        }
        assertThat(ended.hadResponse(ended.find(1), 1_000)).isTrue();
    }

    /** A response stays for its own half minute, but belongs to the transaction that had it. */
    @Test
    void shouldNotTakeAResponseForThatOfALaterTransactionOfTheSameName() {
        ended.add(1, 0, NONE, 0, 10);
        ended.addResponse(ended.find(1), 100, 30);
        ended.forget(10);
        assertThat(ended.find(1)).isEqualTo(-1);
        ended.add(1, 0, NONE, 0, 40);
        assertThat(ended.hadResponse(ended.find(1), 100)).isFalse();
    }

    @Test
    void shouldTakeMemoryAsItNeedsItAndGiveItBack() {
        assertThat(ended.room()).isEqualTo(256);
        for (int i = 0; i < 2_049; i++) {
            ended.add(i, i, NONE, 0, i);
        }
        assertThat(ended.room()).isEqualTo(4_096);
        // An eighth of it in use, and then one less.
        ended.forget(2_048 - 512);
        assertThat(ended.size()).isEqualTo(512);
        assertThat(ended.room()).isEqualTo(4_096);
        ended.forget(2_048 - 511);
        assertThat(ended.room()).isEqualTo(2_048);
        for (int i = 0; i < 2_049; i++) {
            assertThat(ended.find(i)).isEqualTo(i <= 2_048 - 511 ? -1 : 2_048 - i);
        }
        for (int i = 0; i < 10; i++) {
            ended.forget(Long.MAX_VALUE);
        }
        assertThat(ended.size()).isZero();
        assertThat(ended.room()).isEqualTo(256);
    }

    /** What is beside a transaction is the responses that it had when it ended, which nobody looks for by themselves. */
    private record Entry(long fingerprint, int conditions, long until, int[] responses, Set<Long> beside) {}

    /** The same in the plainest way: a list that is searched from its end. */
    private static final class Model {

        private final Deque<Entry> entries = new ArrayDeque<>();
        private int most;

        Entry add(long fingerprint, int conditions, long until, int responses) {
            while (entries.size() >= most) {
                entries.removeFirst();
            }
            Entry entry = new Entry(fingerprint, conditions, until, new int[] {responses}, new HashSet<>());
            entries.addLast(entry);
            return entry;
        }

        void forget(long now) {
            while (!entries.isEmpty() && entries.getFirst().until <= now) {
                entries.removeFirst();
            }
        }

        int find(long fingerprint) {
            int age = 0;
            for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); age++) {
                Entry entry = newest.next();
                if (entry.fingerprint == fingerprint && entry.responses[0] != BESIDE) {
                    return age;
                }
            }
            return -1;
        }

        Entry get(long fingerprint) {
            Iterator<Entry> newest = entries.descendingIterator();
            Entry entry = newest.next();
            while (entry.fingerprint != fingerprint || entry.responses[0] == BESIDE) {
                entry = newest.next();
            }
            return entry;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // seed, the number of the first entry: they come round, and pass 0
        "1, 0",
        "2, 2147480000",
        "3, -20000",
    })
    void shouldDoAsTheModelDoes(long seed, int firstNumber) {
        Random random = new Random(seed);
        EndedTransactions tried = new EndedTransactions(firstNumber);
        Model model = new Model();
        long now = 0;
        int largest = 0;
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            if (i % 10_000 == 0) {
                // Grows at first, and later has less room than there are.
                model.most = 1 + random.nextInt(i < 50_000 ? 1_000 : 300);
                tried.setMost(model.most);
            }
            long transaction = name(random);
            int at = model.find(transaction);
            assertThat(tried.find(transaction)).isEqualTo(at);
            if (at < 0) {
                int conditions = random.nextInt();
                long[] responses = {name(random), name(random), name(random)};
                int count = random.nextInt(4);
                long until = now + 400;
                tried.add(transaction, conditions, responses, count, until);
                Entry entry = model.add(transaction, conditions, until, count);
                for (int r = 0; r < count; r++) {
                    model.add(responses[r], 0, until, BESIDE);
                    entry.beside.add(responses[r]);
                }
            } else if (model.get(transaction).responses[0] >= 0) {
                found++;
                Entry entry = model.get(transaction);
                long response = name(random);
                int place = model.find(response);
                boolean had = entry.responses[0] == EndedTransactions.MAX_RESPONSES
                        || entry.beside.contains(response)
                        || place >= 0 && place < at;
                assertThat(tried.conditions(at)).isEqualTo(entry.conditions);
                assertThat(tried.hadResponse(at, response)).isEqualTo(had);
                if (!had) {
                    tried.addResponse(at, response, now + 400);
                    entry.responses[0]++;
                    model.add(response, 0, now + 400, -1);
                }
            }
            if (random.nextInt(4) == 0) {
                now += random.nextInt(10);
                tried.forget(now);
                model.forget(now);
            }
            if (random.nextInt(5_000) == 0) {
                // Nothing for a while, so that it gives memory back.
                now += 390;
                tried.forget(now);
                model.forget(now);
            }
            assertThat(tried.size()).isEqualTo(model.entries.size());
            largest = Math.max(largest, tried.size());
        }
        assertThat(found).isGreaterThan(1_000);
        assertThat(largest).isGreaterThan(512);
    }

    // Few enough that they come again, and all of them where three chains begin.
    private static long name(Random random) {
        return (long) random.nextInt(2_000) << 32 | random.nextInt(3);
    }
}
