package io.sipcodes.jainsip;

import java.util.concurrent.TimeUnit;

/** The time of live messages: starts at the wall clock's, then runs steadily, so differences are durations. */
final class Clock {

    private static final long OFFSET = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    private Clock() {}

    static long nanos() {
        return OFFSET + System.nanoTime();
    }
}
