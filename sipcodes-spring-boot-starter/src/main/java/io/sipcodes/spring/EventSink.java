package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One consumer of SIP events.
 *
 * @param name what it makes of events, for the line at start
 * @param consumer called with each event on the one thread that {@link io.sipcodes.jainsip.SipTraffic} has
 */
record EventSink(String name, Consumer<? super SipEvent> consumer) {
    EventSink {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(consumer, "consumer");
    }
}
