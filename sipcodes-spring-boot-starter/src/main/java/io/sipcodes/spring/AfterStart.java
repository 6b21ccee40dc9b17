package io.sipcodes.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Does what the start of the application need not wait for, on a thread of its own, as soon as the application is ready; or
 * when somebody needs it, should that be before.
 */
final class AfterStart implements SmartApplicationListener, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final Duration longestWait;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean closed;
    private List<Supplier<?>> waiting = new ArrayList<>();

    /**
     * Waits no longer than this from the context's being there to the application's being ready: it never is where a runner
     * does not return, or no Spring Boot has started the context.
     */
    AfterStart(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** {@return what the supplier gives, which is asked once} */
    synchronized <T> Supplier<T> later(Supplier<T> supplier) {
        Supplier<T> once = new Once<>(supplier);
        if (waiting == null) {
            start(List.of(once));
        } else {
            waiting.add(once);
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
        if (waiting != null) {
            List<Supplier<?>> all = waiting;
            waiting = null;
            start(all);
        }
    }

    @Override
    public void destroy() {
        closed = true;
        ready.countDown();
    }

    private void start(List<Supplier<?>> all) {
        Thread thread = new Thread(() -> whenReady(all), "sipcodes-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void whenReady(List<Supplier<?>> all) {
        try {
            // Whichever comes first, what it returns makes no difference.
            ready.await(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return;
        }
        for (Supplier<?> one : all) {
            if (!closed) {
                get(one);
            }
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

    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> supplier;
        private volatile T value;

        Once(Supplier<T> supplier) {
            this.supplier = supplier;
        }

        @Override
        public T get() {
            T known = value;
            if (known != null) {
                return known;
            }
            synchronized (this) {
                if (value == null) {
                    value = supplier.get();
                }
                return value;
            }
        }
    }
}
