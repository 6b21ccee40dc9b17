package io.sipcodes.spring;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Does what the start of the application need not wait for, on a thread of its own, as soon as the application is ready; or
 * when somebody needs it, should that be before.
 */
final class AfterStart implements SmartApplicationListener, Runnable, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final Duration longestWait;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean closed;
    private final Queue<Supplier<?>> waiting = new ConcurrentLinkedQueue<>();
    private boolean begun;

    /**
     * Waits no longer than this from the context's being there to the application's being ready: it never is where a runner
     * does not return, or no Spring Boot has started the context.
     */
    AfterStart(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** {@return what the supplier gives, which is asked once} */
    synchronized <T> Supplier<T> later(Supplier<T> supplier) {
        Supplier<T> once = SingletonSupplier.of(supplier);
        waiting.add(once);
        if (begun) {
            start();
        }
        return once;
    }

    @Override
    public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
        return ContextRefreshedEvent.class.isAssignableFrom(type) || ApplicationReadyEvent.class.isAssignableFrom(type);
    }

    // Between the one event and the other Boot has still something to do, and takes longer for it if this goes on
    // beside it on two cores. Contexts below this one, as Actuator's on a port of its own, tell of theirs here too.
    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationReadyEvent) {
            ready.countDown();
        } else {
            begin();
        }
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            start();
        }
    }

    @Override
    public void destroy() {
        closed = true;
        ready.countDown();
    }

    // By this object, and not by a lambda, which would be made in the way of the start.
    private void start() {
        Thread thread = new Thread(this, "sipcodes-start");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does all that waits, when the application is ready. */
    @Override
    public void run() {
        try {
            // Whichever comes first, what it returns makes no difference.
            ready.await(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return;
        }
        for (Supplier<?> one = waiting.poll(); one != null && !closed; one = waiting.poll()) {
            get(one);
        }
    }

    private void get(Supplier<?> supplier) {
        try {
            supplier.get();
        } catch (RuntimeException | LinkageError e) {
            if (closed || isEnd(e)) {
                log.debug("sipcodes has left out what belongs to a start, for the application is over", e);
            } else {
                log.error("sipcodes could not do all that belongs to its start", e);
            }
        }
    }

    /** Whether that is because the context is closing, which makes no beans any more. */
    static boolean isEnd(Throwable thrown) {
        return NestedExceptionUtils.getMostSpecificCause(thrown) instanceof BeanCreationNotAllowedException;
    }
}
