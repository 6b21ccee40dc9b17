package io.sipcodes.jainsip;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue into which any number of threads put and from which one takes. Nobody ever waits for another, and
 * putting in allocates nothing.
 *
 * <p>It is a ring. Room is reserved first and given back last, by whoever takes: so a place that is come round to is empty.
 */
final class Inbox {

    private final int capacity;
    private final AtomicReferenceArray<Object> places;
    private final int mask;
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private int first;

    Inbox(int capacity) {
        this.capacity = capacity;
        int room = Integer.highestOneBit(Math.max(1, capacity - 1)) * 2;
        places = new AtomicReferenceArray<>(room);
        mask = room - 1;
    }

    /** {@return how many were in it before; with the capacity or more, it was not put in} */
    int put(Object item) {
        int before = reserved.getAndIncrement();
        if (before >= capacity) {
            reserved.decrementAndGet();
        } else {
            places.setRelease(next.getAndIncrement() & mask, item);
        }
        return before;
    }

    /** Takes out the oldest, at most so many. What is just being put in, and what comes behind it, is left for next time. */
    void take(List<Object> to, int most) {
        int taken = 0;
        for (; taken < most; taken++) {
            int place = first & mask;
            Object item = places.getAcquire(place);
            if (item == null) {
                break;
            }
            places.setPlain(place, null);
            to.add(item);
            first++;
        }
        reserved.addAndGet(-taken);
    }
}
