package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Writes down all events from the hub while open. The hub is one for the JVM, so a test asks for the messages of its own
 * Call-ID or stack.
 */
final class EventRecorder implements Consumer<SipEvent>, AutoCloseable {

    private final List<SipEvent> events = new CopyOnWriteArrayList<>();
    private final SipTraffic.Subscription subscription;

    EventRecorder() {
        subscription = SipTraffic.subscribe(this);
        // What waited for a first consumer is of tests before.
        settle();
        events.clear();
    }

    @Override
    public void accept(SipEvent event) {
        events.add(event);
    }

    /** Waits until all that was handed to the hub so far has come out. */
    EventRecorder settle() {
        CountDownLatch reached = new CountDownLatch(1);
        SipEvent marker = new SipEvent.EventsDropped(0, SipEvent.EventsDropped.Cause.INTERNAL, Clock.nanos());
        SipTraffic.Subscription mark = SipTraffic.subscribe(event -> {
            if (event == marker) {
                reached.countDown();
            }
        });
        try {
            Hub.instance().put(marker);
            if (!reached.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the hub did not hand out what it was given");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            mark.close();
        }
        events.remove(marker);
        return this;
    }

    /** Waits until a stack has sent or received this many responses; ask again after {@link #settle()} for too many. */
    void awaitResponses(TestStack stack, SipDirection direction, int count) {
        Awaitility.await()
                .pollInterval(TestStack.POLL)
                .until(() -> responses(stack, direction).size() >= count);
    }

    List<SipEvent> all() {
        return List.copyOf(events);
    }

    <T extends SipEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The responses that one stack sent or received. */
    List<SipMessage> responses(TestStack stack, SipDirection direction) {
        return messages(message ->
                message.isResponse() && message.stack().equals(stack.name()) && message.direction() == direction);
    }

    /** The requests that one stack sent or received. */
    List<SipMessage> requests(TestStack stack, SipDirection direction) {
        return messages(message ->
                !message.isResponse() && message.stack().equals(stack.name()) && message.direction() == direction);
    }

    /** The messages that fit, first sendings and retransmissions alike. */
    List<SipMessage> messages(Predicate<SipMessage> fits) {
        return events.stream()
                .map(EventRecorder::message)
                .filter(message -> message != null && fits.test(message))
                .toList();
    }

    private static SipMessage message(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen seen) {
            return seen.message();
        }
        return event instanceof SipEvent.ResponseSeen seen ? seen.message() : null;
    }

    /** The messages that one stack threw away. */
    List<SipEvent.MessageRejected> rejected(TestStack stack) {
        return all(SipEvent.MessageRejected.class).stream()
                .filter(event -> event.stack().equals(stack.name()))
                .toList();
    }

    /** Waits until there is an event of this type that fits. */
    <T extends SipEvent> T await(Class<T> type, Predicate<? super T> fits) {
        return Awaitility.await()
                .pollInterval(TestStack.POLL)
                .until(() -> all(type).stream().filter(fits).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
