package io.sipcodes.spring;

import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest failed transactions, newest first. Holds no more than its capacity, and no addresses of persons. Safe for use
 * by any number of threads.
 */
public final class RecentFailures {

    /**
     * One transaction that failed.
     *
     * @param time when it ended
     * @param role our side of it
     * @param method of the request, as received
     * @param peer the other end as {@code host:port}, or empty
     * @param callId the Call-ID, to find it in other logs
     * @param diagnosis what it means
     */
    public record Failure(
            Instant time, SipRole role, String method, String peer, String callId, SipDiagnosis diagnosis) {}

    private final int capacity;
    private final Deque<Failure> failures = new ArrayDeque<>();
    private long dropped;

    /** Keeps up to so many, 0 or more. */
    RecentFailures(int capacity) {
        this.capacity = capacity;
    }

    void see(SipEvent event) {
        Failures.find(event).ifPresent(ended -> {
            SipMessage last = ended.response().orElse(ended.request());
            add(new Failure(
                    Instant.EPOCH.plusNanos(ended.timestampNanos()),
                    ended.role(),
                    last.method(),
                    last.peer(),
                    last.callId(),
                    ended.diagnosis()));
        });
    }

    private synchronized void add(Failure failure) {
        if (failures.size() >= capacity) {
            dropped++;
            failures.pollLast();
        }
        if (capacity > 0) {
            failures.addFirst(failure);
        }
    }

    /** {@return the failures that are kept, newest first} */
    public synchronized List<Failure> latest() {
        return new ArrayList<>(failures);
    }

    /** {@return how many failures are no longer kept} */
    public synchronized long dropped() {
        return dropped;
    }

    /** {@return how many failures are kept at most} */
    public int capacity() {
        return capacity;
    }
}
