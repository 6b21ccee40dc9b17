package io.sipcodes.jainsip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipMessage;
import io.sipcodes.micrometer.SipMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a call of six messages costs: on the stack's threads, and on the worker. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

    private final List<SIPMessage> messages = new ArrayList<>();
    private final SipMetrics metrics =
            SipMetrics.builder(new SimpleMeterRegistry()).build();
    private CallTracker tracker;
    private long number;
    private long nanos = TimeUnit.DAYS.toNanos(20_000);

    /** Parses the messages. */
    @Setup
    public void parse() throws Exception {
        for (byte[] text : CallTexts.of(1)) {
            messages.add(new StringMsgParser().parseSIPMessage(text, true, false, null));
        }
    }

    /** What the stack's threads do for the six messages, but for putting them into the queue. */
    @Benchmark
    public void seen(Blackhole hole) {
        for (int i = 0; i < messages.size(); i++) {
            SIPMessage message = messages.get(i);
            hole.consume(Seen.checked(message, CallTexts.DIRECTIONS.get(i), "load", "127.0.0.1:5070", Clock.nanos()));
        }
    }

    /** The same without the check of responses. */
    @Benchmark
    public void read(Blackhole hole) {
        for (int i = 0; i < messages.size(); i++) {
            hole.consume(read(messages.get(i), i));
        }
    }

    private SipMessage read(SIPMessage message, int i) {
        return SipMessages.read(message, CallTexts.DIRECTIONS.get(i), "load", "127.0.0.1:5070", Clock.nanos());
    }

    /** What the worker does for them, 1,000 calls a second, with metrics; every hundredth call fails. */
    @Benchmark
    public void followed() {
        if (tracker == null) {
            tracker = new CallTracker(metrics);
        }
        number++;
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        Flows.call(number, nanos, tracker::accept);
    }
}
