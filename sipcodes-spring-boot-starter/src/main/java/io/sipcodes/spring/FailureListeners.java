package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.lang.Nullable;

/** Calls the application's listeners, each whatever the others do. */
record FailureListeners(List<SipFailureListener> listeners) implements Consumer<SipEvent> {

    /** Null if there is none. */
    @Nullable
    static Consumer<SipEvent> find(BeanFactory beans) {
        List<SipFailureListener> all =
                beans.getBeanProvider(SipFailureListener.class).orderedStream().toList();
        return all.isEmpty() ? null : new FailureListeners(all);
    }

    @Override
    public void accept(SipEvent event) {
        Failures.find(event).ifPresent(failure -> {
            Throwable thrown = null;
            for (SipFailureListener listener : listeners) {
                try {
                    listener.onFailure(failure);
                } catch (RuntimeException | LinkageError | AssertionError e) {
                    thrown = e;
                }
            }
            // Whoever calls this says so in the log, once a minute.
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        });
    }
}
