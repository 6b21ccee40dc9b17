package io.sipcodes.jainsip;

import io.sipcodes.SipEvent;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The SIP traffic of all stacks of this JVM that the kit is attached to, as events. Safe for use by any number of
 * threads.
 */
public final class SipTraffic {

    private SipTraffic() {}

    /** Ends a subscription; calling it again does nothing. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Calls a consumer with every event from now on, and with what waits because nobody listened before. It is called
     * on one thread, which is none of the stack's; a consumer that throws is called again with the next event.
     *
     * @param consumer should return soon, since all consumers wait for it; calls on the wire never do
     * @return closes the subscription
     */
    public static Subscription subscribe(Consumer<? super SipEvent> consumer) {
        Hub.Subscription subscription = Hub.instance().subscribe(Objects.requireNonNull(consumer, "consumer"));
        return subscription::close;
    }

    /** How many messages were seen on the wire, since the start of the JVM. */
    public static long seen() {
        return Hub.instance().seen();
    }

    /** How many of them were not made into events, because the queue was full or reading failed. */
    public static long dropped() {
        return Hub.instance().dropped();
    }
}
