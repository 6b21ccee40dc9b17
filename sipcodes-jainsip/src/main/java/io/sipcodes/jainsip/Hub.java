package io.sipcodes.jainsip;

import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the stack's threads hand over and the worker takes on. The stack makes its loggers itself, by a no-argument
 * constructor, and consumers come later: so this is static, and what comes before the first consumer waits.
 *
 * <p>A thread of the stack only ever puts into a bounded queue. It is not woken for, because waking a thread per message
 * would cost more than all the rest: the worker looks every {@value #PAUSE_MILLIS} ms, and at once when the queue fills.
 */
final class Hub {

    static final int CAPACITY = 16_384;

    private static final int PAUSE_MILLIS = 10;
    private static final int BATCH = 512;
    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private static final Hub INSTANCE = new Hub(CAPACITY);

    private final ArrayBlockingQueue<Object> queue;
    private final int wakeAt;
    private final CallTracker tracker = new CallTracker(this::deliver);
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final LongAdder seen = new LongAdder();
    private final LongAdder queueFull = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private long delivered;
    private long queueFullTold;
    private long unreadableTold;
    private long nextReport;
    private volatile Thread worker;

    Hub(int capacity) {
        queue = new ArrayBlockingQueue<>(capacity);
        wakeAt = capacity / 4;
    }

    static Hub instance() {
        return INSTANCE;
    }

    /** Takes a message or an event in; on a thread of the stack: never blocks, never throws, never logs. */
    void put(Object item) {
        seen.increment();
        if (!queue.offer(item)) {
            queueFull.increment();
        }
        Thread waiting = worker;
        if (waiting != null && queue.size() > wakeAt) {
            LockSupport.unpark(waiting);
        }
    }

    /** Counts a message that could not even be read. */
    void lost() {
        seen.increment();
        unreadable.increment();
    }

    long seen() {
        return seen.sum();
    }

    long dropped() {
        return queueFull.sum() + unreadable.sum();
    }

    synchronized Subscription subscribe(Consumer<? super SipEvent> consumer) {
        Subscription subscription = new Subscription(consumer);
        subscriptions.add(subscription);
        if (worker == null) {
            Thread thread = new Thread(this::run, "sipcodes-events");
            thread.setDaemon(true);
            worker = thread;
            thread.start();
        }
        return subscription;
    }

    private void run() {
        List<Object> batch = new ArrayList<>(BATCH);
        Thread self = Thread.currentThread();
        while (worker == self) {
            try {
                work(batch);
            } catch (Throwable e) {
                // Nothing may end this thread: the kit would fall silent for good.
                report("events were lost: " + e, e);
            }
        }
    }

    private void work(List<Object> batch) {
        batch.clear();
        if (queue.drainTo(batch, BATCH) == 0) {
            tracker.tick(Clock.nanos());
            tellDropped();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            return;
        }
        for (Object item : batch) {
            if (item instanceof SipMessage message) {
                tracker.accept(message);
            } else {
                deliver((SipEvent) item);
            }
            delivered++;
        }
    }

    private void tellDropped() {
        queueFullTold = tellDropped(queueFull.sum(), queueFullTold, SipEvent.EventsDropped.Cause.QUEUE_FULL);
        unreadableTold = tellDropped(unreadable.sum(), unreadableTold, SipEvent.EventsDropped.Cause.INTERNAL);
    }

    private long tellDropped(long now, long told, SipEvent.EventsDropped.Cause cause) {
        if (now > told) {
            deliver(new SipEvent.EventsDropped(now - told, cause, Clock.nanos()));
        }
        return now;
    }

    private void deliver(SipEvent event) {
        for (Subscription subscription : subscriptions) {
            try {
                subscription.consumer.accept(event);
            } catch (Throwable e) {
                subscription.failures++;
                report(
                        "a consumer of SIP events failed: "
                                + subscription.consumer.getClass().getName(),
                        e);
            }
        }
    }

    private void report(String what, Throwable cause) {
        long now = Clock.nanos();
        if (now >= nextReport) {
            nextReport = now + REPORT_NANOS;
            log.warn("{} (said once a minute)", what, cause);
        }
    }

    private synchronized void unsubscribe(Subscription subscription) {
        if (subscriptions.remove(subscription) && subscriptions.isEmpty()) {
            Thread thread = worker;
            worker = null;
            LockSupport.unpark(thread);
        }
    }

    /** One consumer's place at the hub, until closed. */
    final class Subscription implements AutoCloseable {

        private final Consumer<? super SipEvent> consumer;
        private long failures;

        private Subscription(Consumer<? super SipEvent> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void close() {
            unsubscribe(this);
        }
    }
}
