package io.sipcodes.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Does what the start of the application need not wait for, on a thread of its own, as soon as the context is there; or
 * when somebody needs it, should that be before.
 */
final class AfterStart implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private List<Supplier<?>> waiting = new ArrayList<>();

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

    // Contexts below this one, as Actuator's on a port of its own, tell of theirs here too.
    @Override
    public synchronized void onApplicationEvent(ContextRefreshedEvent event) {
        if (waiting != null) {
            List<Supplier<?>> all = waiting;
            waiting = null;
            start(all);
        }
    }

    private static void start(List<Supplier<?>> all) {
        Thread thread = new Thread(() -> all.forEach(AfterStart::get), "sipcodes-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void get(Supplier<?> supplier) {
        try {
            supplier.get();
        } catch (RuntimeException | LinkageError e) {
            log.error("sipcodes could not do all that belongs to its start", e);
        }
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
