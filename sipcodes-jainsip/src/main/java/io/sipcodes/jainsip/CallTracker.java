package io.sipcodes.jainsip;

import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.function.Consumer;

/** Folds messages into events. For one thread; works on the messages' own times. */
final class CallTracker {

    private final Consumer<SipEvent> sink;

    CallTracker(Consumer<SipEvent> sink) {
        this.sink = sink;
    }

    void accept(SipMessage message) {
        sink.accept(
                message.isResponse()
                        ? new SipEvent.ResponseSeen(message, false)
                        : new SipEvent.RequestSeen(message, false));
    }

    void tick(long nowNanos) {}
}
