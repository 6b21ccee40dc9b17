package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubTest {

    private static Seen options(long number) {
        return Seen.of(SipMessage.request("OPTIONS")
                .branch("b" + number)
                .timestampNanos(number)
                .build());
    }

    private static long requests(List<SipEvent> events) {
        return events.stream().filter(SipEvent.RequestSeen.class::isInstance).count();
    }

    @Test
    void shouldKeepWhatComesBeforeTheFirstConsumer() {
        Hub hub = new Hub(16);
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        hub.put(options(1));
        hub.put(options(2));
        try (Hub.Subscription subscription = hub.subscribe(events::add)) {
            await().until(() -> requests(events) == 2);
        }
        assertThat(hub.dropped()).isZero();
    }

    @Test
    void shouldHandWhatWaitedToAllWhoComeInAtOnce() {
        Hub hub = new Hub(16);
        List<SipEvent> one = new CopyOnWriteArrayList<>();
        List<SipEvent> other = new CopyOnWriteArrayList<>();
        hub.put(options(1));
        try (Hub.Subscription subscription = hub.subscribe(List.of(one::add, other::add))) {
            await().until(() -> requests(one) == 1 && requests(other) == 1);
        }
    }

    @Test
    void shouldHandOverWhatWasSeenBeforeItIsSettled() {
        Hub hub = new Hub(2000);
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        try (Hub.Subscription subscription = hub.subscribe(events::add)) {
            for (int round = 1; round <= 20; round++) {
                for (int i = 0; i < 50; i++) {
                    hub.put(options(round * 50L + i));
                }
                hub.settle();
                assertThat(requests(events)).isEqualTo(round * 50L);
            }
        }
    }

    @Test
    void shouldNotWaitForAConsumerThatHangs() {
        Hub hub = new Hub(16);
        CountDownLatch release = new CountDownLatch(1);
        try (Hub.Subscription hanging = hub.subscribe(event -> awaitQuietly(release))) {
            hub.put(options(1));
            hub.settle();
            assertThat(release.getCount()).isEqualTo(1);
            release.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldDropAndCountWhatDoesNotFit() {
        Hub hub = new Hub(16);
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            hub.put(options(i));
        }
        assertThat(hub.seen()).isEqualTo(20);
        assertThat(hub.dropped()).isEqualTo(4);
        try (Hub.Subscription subscription = hub.subscribe(events::add)) {
            await().until(() -> requests(events) == 16
                    && events.stream()
                            .anyMatch(event -> event instanceof EventsDropped dropped
                                    && dropped.count() == 4
                                    && dropped.cause() == EventsDropped.Cause.QUEUE_FULL));
        }
        assertThat(hub.delivered() + hub.dropped()).isEqualTo(hub.seen());
    }

    @Test
    void shouldGoOnWhenAConsumerThrows() {
        Hub hub = new Hub(16);
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        try (Hub.Subscription broken = hub.subscribe(event -> {
                    throw new NoClassDefFoundError("broken consumer");
                });
                Hub.Subscription sound = hub.subscribe(events::add)) {
            hub.put(options(1));
            hub.put(options(2));
            await().until(() -> requests(events) == 2);
        }
    }

    @Test
    void shouldLoseNothingThatComesWithATaskThatThrows() {
        Hub hub = new Hub(16);
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        hub.put(options(1));
        hub.later(() -> {
            throw new NoClassDefFoundError("broken appender");
        });
        hub.put(options(2));
        try (Hub.Subscription sound = hub.subscribe(events::add)) {
            await().until(() -> requests(events) == 2);
        }
        assertThat(hub.delivered()).isEqualTo(hub.seen());
    }

    /** As an application that is started again in the same JVM. */
    @Test
    void shouldTellNobodyOfTheEndOfWhatBeganBeforeTheLastOneLeft() throws Exception {
        Hub hub = new Hub(16);
        BlockingQueue<Thread> workers = new LinkedBlockingQueue<>();
        SipMessage request = SipMessage.request("OPTIONS")
                .direction(SipDirection.SENT)
                .branch("b1")
                .build();
        SipMessage response = SipMessage.response(200, "OK")
                .direction(SipDirection.RECEIVED)
                .method("OPTIONS")
                .branch("b1")
                .build();
        try (Hub.Subscription first = hub.subscribe(event -> workers.add(Thread.currentThread()))) {
            hub.put(Seen.of(request));
            hub.settle();
        }
        workers.take().join();
        List<SipEvent> events = new CopyOnWriteArrayList<>();
        try (Hub.Subscription second = hub.subscribe(events::add)) {
            hub.put(Seen.of(response));
            hub.settle();
        }
        assertThat(events).singleElement().isInstanceOf(SipEvent.ResponseSeen.class);
    }

    @Test
    void shouldNeverMakeTheStackWaitForAConsumerThatBlocks() throws Exception {
        Hub hub = new Hub(16);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Hub.Subscription blocking = hub.subscribe(event -> {
            blocked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            hub.put(options(0));
            blocked.await();
            for (int i = 1; i <= 1_000; i++) {
                hub.put(options(i));
            }
            assertThat(hub.dropped()).isGreaterThanOrEqualTo(1_000 - 16);
            release.countDown();
            await().until(() -> hub.delivered() + hub.dropped() == 1_001);
        }
    }

    @Test
    void shouldLoseNoneOfManyThreadsMessagesFromItsAccounts() throws Exception {
        Hub hub = new Hub(1_024);
        AtomicLong requests = new AtomicLong();
        AtomicLong droppedTold = new AtomicLong();
        int threads = 4;
        int each = 50_000;
        try (Hub.Subscription subscription = hub.subscribe(event -> {
            if (event instanceof SipEvent.RequestSeen) {
                requests.incrementAndGet();
            } else if (event instanceof EventsDropped dropped && dropped.cause() == EventsDropped.Cause.QUEUE_FULL) {
                droppedTold.addAndGet(dropped.count());
            }
        })) {
            Thread[] senders = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                int start = t * each;
                senders[t] = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        hub.put(options(start + i));
                    }
                });
                senders[t].start();
            }
            for (Thread sender : senders) {
                sender.join();
            }
            await().until(() -> requests.get() + droppedTold.get() == threads * each);
        }
        assertThat(hub.seen()).isEqualTo(threads * each);
        assertThat(hub.delivered() + hub.dropped()).isEqualTo(hub.seen());
    }

    @Test
    void shouldHandOutInOrderWhenTheLastConsumerLeavesWhileItHoldsTheWorker() throws Exception {
        Hub hub = new Hub(16);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> order = new CopyOnWriteArrayList<>();
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        for (int i = 1; i <= 3; i++) {
            hub.put(options(i));
        }
        Hub.Subscription leaving = hub.subscribe(event -> {
            held.countDown();
            awaitQuietly(release);
        });
        held.await();
        leaving.close();
        try (Hub.Subscription coming = hub.subscribe(event -> {
            workers.add(Thread.currentThread());
            if (event instanceof SipEvent.RequestSeen seen) {
                order.add(seen.timestampNanos());
            }
        })) {
            hub.put(options(4));
            // A second worker would take it now.
            await().during(Duration.ofMillis(50)).until(order::isEmpty);
            release.countDown();
            await().until(() -> order.contains(4L));
        }
        assertThat(order).isSorted();
        assertThat(workers).hasSize(1);
    }

    @Test
    void shouldStartAgainForAConsumerThatComesAfterTheLastOneLeft() {
        Hub hub = new Hub(16);
        List<SipEvent> first = new CopyOnWriteArrayList<>();
        List<SipEvent> second = new CopyOnWriteArrayList<>();
        hub.subscribe(first::add).close();
        hub.put(options(1));
        try (Hub.Subscription subscription = hub.subscribe(second::add)) {
            await().until(() -> requests(second) == 1);
        }
        assertThat(requests(first)).isZero();
    }
}
