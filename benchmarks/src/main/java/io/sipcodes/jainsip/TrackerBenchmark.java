package io.sipcodes.jainsip;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A whole call of six messages through the tracker; what it takes more than making the messages is the tracker's cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrackerBenchmark {

    private CallTracker tracker;
    private Blackhole hole;
    private long number;
    private long nanos = TimeUnit.DAYS.toNanos(20_000);

    /** Making the messages alone. */
    @Benchmark
    public void callMade(Blackhole blackhole) {
        number++;
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        Flows.call(number, nanos, blackhole::consume);
    }

    /** Making and tracking them, 1,000 calls a second, so that those of 32,000 calls are remembered; the events go nowhere. */
    @Benchmark
    public void callMadeAndTracked(Blackhole blackhole) {
        track(blackhole, TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** The same, a call a second, so that those of 32 calls are. */
    @Benchmark
    public void loneCallMadeAndTracked(Blackhole blackhole) {
        track(blackhole, TimeUnit.SECONDS.toNanos(1));
    }

    private void track(Blackhole blackhole, long step) {
        if (tracker == null) {
            hole = blackhole;
            tracker = new CallTracker(event -> hole.consume(event));
        }
        number++;
        nanos += step;
        Flows.call(number, nanos, tracker::accept);
    }
}
