package io.sipcodes.jainsip;

import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the stack's threads hand over and the worker takes on. The stack makes its loggers itself, by a no-argument
 * constructor, and consumers come later: so this is static, and what comes before the first consumer waits.
 *
 * <p>A thread of the stack only ever puts into a bounded queue, without a lock that another one could hold. The worker
 * is not woken for each message, which would cost more than all the rest: it looks every {@value #LOOK_MILLIS} ms, where
 * many come every {@value #BUSY_LOOK_MILLIS}, and at once when the queue fills. Many messages at a time cost half as much as
 * a few, since the worker's own data is in no cache when it begins. A second thread says once a minute what was lost,
 * since the worker cannot when a consumer holds it.
 */
final class Hub {

    static final int CAPACITY = 16_384;

    private static final int LOOK_MILLIS = 50;
    private static final int BUSY_LOOK_MILLIS = 200;

    /** So many between two looks are many: some 430 calls a second, and when it has become busy, 110. */
    private static final int BUSY = 128;

    // Where nothing comes, the tracker is made a second later: its classes take the processor from an application that
    // starts.
    private static final long QUIET_ROUNDS = 1_000 / LOOK_MILLIS;

    private static final long SETTLE_STEP = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SETTLE_LIMIT = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BATCH = 512;
    private static final int AHEAD = 32;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private static final Hub INSTANCE = new Hub(CAPACITY);

    private final int capacity;
    private final Inbox inbox;

    /** The worker's, which makes it; null until then, and when nobody is left to work for. */
    private CallTracker tracker;

    // Never changed, only replaced: the worker goes through them for each event, without an iterator.
    private volatile Subscription[] subscriptions = {};

    private final LongAdder seen = new LongAdder();
    private final LongAdder queueFull = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    // Both are written for each event, by the worker alone; others need not see that at once, and a fence each time
    // costs more than what is fenced.
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicReference<Consumer<?>> busyWith = new AtomicReference<>();
    private volatile long rounds;

    // Written so that what is fetched counts as used.
    private int fetched;

    private int sinceLook;

    private volatile TrackerSettings settings;
    private volatile boolean checksConformance = true;
    private volatile Thread worker;
    private Thread watch;
    private long queueFullTold;
    private long unreadableTold;

    Hub(int capacity) {
        this.capacity = capacity;
        this.inbox = new Inbox(capacity);
    }

    static Hub instance() {
        return INSTANCE;
    }

    /** Takes a message in; on a thread of the stack: never blocks, never throws, never logs. */
    void put(Seen message) {
        take(message);
    }

    /** Takes in what happened without a message; as a message is taken in. */
    void put(SipEvent event) {
        take(event);
    }

    private void take(Object item) {
        seen.increment();
        if (!offer(item)) {
            queueFull.increment();
        }
    }

    /** Has the worker do something when it gets to it; left out if there is no room. */
    void later(Runnable task) {
        offer(task);
    }

    private boolean offer(Object item) {
        int before = inbox.put(item);
        if (before >= capacity / 4) {
            LockSupport.unpark(worker);
        }
        return before < capacity;
    }

    /** Tells the tracker of a request that could not be sent; left out if nobody listens. */
    void unsent(SipMessage request) {
        if (worker != null) {
            later(() -> tracker.unsent(request));
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

    long delivered() {
        return delivered.get();
    }

    void use(TrackerSettings newSettings) {
        settings = newSettings;
    }

    void checkConformance(boolean check) {
        checksConformance = check;
    }

    boolean checksConformance() {
        return checksConformance;
    }

    Subscription subscribe(Consumer<? super SipEvent> consumer) {
        return subscribe(List.of(consumer));
    }

    /** Lets all of them in at once, so that what waits goes to each. */
    synchronized Subscription subscribe(List<? extends Consumer<? super SipEvent>> consumers) {
        Subscription added = new Subscription(consumers);
        List<Subscription> all = new ArrayList<>(List.of(subscriptions));
        all.add(added);
        subscriptions = all.toArray(new Subscription[0]);
        if (worker == null) {
            Thread started = thread("sipcodes-events", this::work);
            worker = started;
            started.start();
        }
        return added;
    }

    /**
     * Waits until the consumers have had what was seen before, so that the last words of a program that ends are heard;
     * but not for a consumer that hangs.
     */
    void settle() {
        long wanted = seen();
        long until = System.nanoTime() + SETTLE_LIMIT;
        if (Thread.currentThread() == worker) {
            return;
        }
        await(() -> delivered.get() + dropped() < wanted, until);
        long round = rounds;
        await(() -> rounds == round, until);
    }

    private void await(BooleanSupplier isWaiting, long until) {
        while (worker != null && isWaiting.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.unpark(worker);
            LockSupport.parkNanos(SETTLE_STEP);
        }
    }

    private synchronized void unsubscribe(Subscription subscription) {
        List<Subscription> left = new ArrayList<>(List.of(subscriptions));
        if (left.remove(subscription)) {
            subscriptions = left.toArray(new Subscription[0]);
            if (left.isEmpty()) {
                LockSupport.unpark(worker);
            }
        }
    }

    /**
     * Whether the worker has somebody to work for; if not, it has lost its place. It gives it up itself, between two
     * rounds: who comes while a consumer that has left still holds it gets the same worker, since two would hand out
     * events in any order and break the tracker.
     */
    private synchronized boolean isWanted() {
        if (subscriptions.length > 0) {
            return true;
        }
        worker = null;
        // Whoever comes next must not hear of the end of what began before its time.
        tracker = null;
        LockSupport.unpark(watch);
        return false;
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        // A thread keeps the class loader of whoever starts it, which may be an application that is closed later.
        thread.setContextClassLoader(Hub.class.getClassLoader());
        return thread;
    }

    // ---- the worker

    private void work() {
        startWatch(Thread.currentThread());
        List<Object> batch = new ArrayList<>(BATCH);
        while (isWanted()) {
            try {
                round(batch);
            } catch (Throwable e) {
                // Nothing may end this thread: the kit would fall silent for good.
                StackLog.failed("SIP events were lost", e);
            }
        }
    }

    private void round(List<Object> batch) {
        batch.clear();
        inbox.take(batch, BATCH);
        sinceLook += batch.size();
        if (tracker == null) {
            if (batch.isEmpty() && rounds < QUIET_ROUNDS) {
                rounds++;
                park();
                return;
            }
            Fingerprints.prepare();
            tracker = new CallTracker(this::deliver);
        }
        TrackerSettings wanted = settings;
        if (wanted != null) {
            tracker.use(wanted);
        }
        for (int i = 0; i < batch.size(); i++) {
            if (i % AHEAD == 0) {
                fetch(batch, i);
            }
            try {
                handle(batch.get(i));
            } catch (Throwable e) {
                // The rest of the batch must not be lost with it.
                StackLog.failed("SIP events were lost", e);
            }
        }
        long now = Clock.nanos();
        queueFullTold = tell(queueFull.sum(), queueFullTold, EventsDropped.Cause.QUEUE_FULL, now);
        unreadableTold = tell(unreadable.sum(), unreadableTold, EventsDropped.Cause.INTERNAL, now);
        rounds++;
        if (batch.isEmpty()) {
            StackLog.look();
            tracker.tick(now);
            for (Subscription subscription : subscriptions) {
                subscription.tick(now);
            }
            park();
        }
    }

    private void handle(Object item) {
        if (item instanceof Runnable task) {
            task.run();
            return;
        }
        // Counted first: what a failure interrupts was handed over all the same.
        delivered.lazySet(delivered.getPlain() + 1);
        if (item instanceof Seen seen) {
            tracker.accept(seen);
        } else {
            deliver((SipEvent) item);
        }
    }

    private void park() {
        int millis = sinceLook < BUSY ? LOOK_MILLIS : BUSY_LOOK_MILLIS;
        sinceLook = 0;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    // What messages hold lies anywhere in memory, and by now in no cache. In the work that follows, each part would be
    // waited for; here nothing depends on it, and the processor fetches many at once.
    private void fetch(List<Object> batch, int from) {
        int to = Math.min(batch.size(), from + AHEAD);
        int sum = 0;
        for (int i = from; i < to; i++) {
            if (batch.get(i) instanceof Seen seen) {
                sum += tracker.fetch(seen);
            }
        }
        fetched = sum;
    }

    private long tell(long count, long told, EventsDropped.Cause cause, long now) {
        if (count > told) {
            deliver(new EventsDropped(count - told, cause, now));
        }
        return count;
    }

    private void deliver(SipEvent event) {
        for (Subscription subscription : subscriptions) {
            subscription.accept(event);
        }
    }

    // ---- the watch

    private synchronized void startWatch(Thread watched) {
        watch = thread("sipcodes-watch", () -> watch(watched));
        watch.start();
    }

    private void watch(Thread watched) {
        long told = dropped();
        long toldFull = queueFull.sum();
        while (worker == watched) {
            LockSupport.parkNanos(MINUTE);
            long count = dropped();
            if (count > told) {
                long full = queueFull.sum();
                log.warn(
                        "{} SIP messages are missing from metrics and logs: {}",
                        count - told,
                        full > toldFull ? "the queue is full" + waiting() : "they could not be read");
                told = count;
                toldFull = full;
            }
        }
    }

    private String waiting() {
        Consumer<?> holder = busyWith.get();
        return holder == null
                ? ""
                : ", and the worker waits for " + holder.getClass().getName();
    }

    /** The place of those at the hub who came together, until closed. */
    final class Subscription implements SipTraffic.Subscription {

        private final List<? extends Consumer<? super SipEvent>> consumers;

        private Subscription(List<? extends Consumer<? super SipEvent>> consumers) {
            this.consumers = List.copyOf(consumers);
        }

        private void accept(SipEvent event) {
            for (int i = 0; i < consumers.size(); i++) {
                Consumer<? super SipEvent> consumer = consumers.get(i);
                busyWith.lazySet(consumer);
                try {
                    consumer.accept(event);
                } catch (Throwable e) {
                    failed(consumer, e);
                }
            }
            busyWith.lazySet(null);
        }

        private void tick(long nanos) {
            for (Consumer<? super SipEvent> consumer : consumers) {
                if (consumer instanceof Ticking ticking) {
                    try {
                        ticking.tick(nanos);
                    } catch (Throwable e) {
                        failed(consumer, e);
                    }
                }
            }
        }

        private static void failed(Consumer<?> consumer, Throwable e) {
            StackLog.failed(
                    "a consumer of SIP events failed: " + consumer.getClass().getName(), e);
        }

        @Override
        public void close() {
            settle();
            unsubscribe(this);
        }
    }
}
