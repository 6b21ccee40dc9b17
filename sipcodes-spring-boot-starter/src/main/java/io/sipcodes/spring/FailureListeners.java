package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import java.util.List;
import java.util.function.Consumer;

/** Calls the application's listeners, each whatever the others do. */
record FailureListeners(List<SipFailureListener> listeners) implements Consumer<SipEvent> {

    @Override
    public void accept(SipEvent event) {
        Failures.find(event).ifPresent(failure -> {
            RuntimeException thrown = null;
            for (SipFailureListener listener : listeners) {
                try {
                    listener.onFailure(failure);
                } catch (RuntimeException e) {
                    thrown = e;
                }
            }
            if (thrown != null) {
                // Whoever calls this says so in the log, once a minute.
                throw thrown;
            }
        });
    }
}
