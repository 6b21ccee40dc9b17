package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {

    private static final int MANY = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 17, 1000})
    void shouldHoldAsManyAsItsCapacityAndNoMore(int capacity) {
        Inbox inbox = new Inbox(capacity);
        List<Object> taken = new ArrayList<>();
        // More rounds than places, so that each place is come round to.
        for (int round = 0; round < 3; round++) {
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                assertThat(inbox.put(i)).isEqualTo(i);
                expected.add(i);
            }
            assertThat(inbox.put("too many")).isEqualTo(capacity);
            taken.clear();
            inbox.take(taken, capacity + 1);
            assertThat(taken).isEqualTo(expected);
        }
    }

    @Test
    void shouldGiveTheOldestFirstAndKeepTheRest() {
        Inbox inbox = new Inbox(4);
        List<Object> taken = new ArrayList<>();
        List.of("a", "b", "c").forEach(inbox::put);
        inbox.take(taken, 2);
        assertThat(taken).containsExactly("a", "b");
        assertThat(inbox.put("d")).isEqualTo(1);
        inbox.take(taken, 9);
        inbox.take(taken, 9);
        assertThat(taken).containsExactly("a", "b", "c", "d");
    }

    private record Item(int from, int number) {}

    /** Nothing that was taken in is lost or comes twice, and what one thread puts in stays in order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1 << 20})
    void shouldLoseNothingWhenManyThreadsPut(int capacity) throws Exception {
        Inbox inbox = new Inbox(capacity);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> accepted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int from = i;
            accepted.add(threads.submit(() -> {
                int count = 0;
                for (int number = 0; number < MANY; number++) {
                    if (inbox.put(new Item(from, number)) < capacity) {
                        count++;
                    }
                }
                return count;
            }));
        }
        threads.shutdown();
        List<Object> batch = new ArrayList<>();
        int[] taken = new int[4];
        int[] last = {-1, -1, -1, -1};
        boolean over;
        do {
            over = accepted.stream().allMatch(Future::isDone);
            batch.clear();
            inbox.take(batch, 100);
            for (Object one : batch) {
                Item item = (Item) one;
                assertThat(item.number).isGreaterThan(last[item.from]);
                last[item.from] = item.number;
                taken[item.from]++;
            }
        } while (!over || !batch.isEmpty());
        for (int i = 0; i < 4; i++) {
            assertThat(taken[i]).as("of thread %d", i).isEqualTo(accepted.get(i).get());
        }
        assertThat(inbox.put("room")).isZero();
    }
}
