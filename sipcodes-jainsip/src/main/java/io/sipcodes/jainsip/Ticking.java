package io.sipcodes.jainsip;

/** A consumer of events that has something to do when time passes and nothing comes. */
interface Ticking {

    /**
     * Called about every 50 ms while nothing comes, and every 200 ms under load.
     *
     * @param nanos the time of {@link Clock}
     */
    void tick(long nanos);
}
