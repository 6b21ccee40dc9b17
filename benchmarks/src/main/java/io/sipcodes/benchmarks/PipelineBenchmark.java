package io.sipcodes.benchmarks;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.jainsip.SipMessages;
import io.sipcodes.micrometer.SipMetrics;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The steps of one response, one by one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineBenchmark {

    private static final String RESPONSE = """
            SIP/2.0 %s\r
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-524287-1-0\r
            From: sipp <sip:sipp@127.0.0.1:5070>;tag=1\r
            To: service <sip:service@127.0.0.1:5060>;tag=2\r
            Call-ID: 1-524287@127.0.0.1\r
            CSeq: 1 INVITE\r
            Contact: <sip:load@127.0.0.1:5060>\r
            %sContent-Length: 0\r
            \r
            """;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SipMetrics metrics = SipMetrics.builder(registry).build();
    private final Counter held = registry.counter("held", "code", "486");

    private SIPMessage success;
    private SIPMessage failure;
    private SipMessage successRead;
    private SipMessage failureRead;
    private SipEvent seen;

    /** Parses the messages. */
    @Setup
    public void parse() throws Exception {
        success = parse(String.format(RESPONSE, "200 OK", ""));
        failure = parse(String.format(RESPONSE, "486 Busy here", "Reason: Q.850;cause=17;text=\"User busy\"\r\n"));
        successRead = SipMessages.read(success, SipDirection.RECEIVED);
        failureRead = SipMessages.read(failure, SipDirection.RECEIVED);
        seen = new SipEvent.ResponseSeen(successRead, false);
    }

    private static SIPMessage parse(String text) throws Exception {
        return new StringMsgParser()
                .parseSIPMessage(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), true, false, null);
    }

    /** A {@link SipMessage} of a 200. */
    @Benchmark
    public SipMessage readSuccess() {
        return SipMessages.read(success, SipDirection.RECEIVED);
    }

    /** A {@link SipMessage} of a 486 with a Reason. */
    @Benchmark
    public SipMessage readFailure() {
        return SipMessages.read(failure, SipDirection.RECEIVED);
    }

    /** The diagnosis of a 200. */
    @Benchmark
    public SipDiagnosis diagnoseSuccess() {
        return SipDiagnosis.of(successRead);
    }

    /** The diagnosis of a 486 with a Reason. */
    @Benchmark
    public SipDiagnosis diagnoseFailure() {
        return SipDiagnosis.of(failureRead);
    }

    /** A Reason header. */
    @Benchmark
    public List<SipReason> parseReason() {
        return SipReason.parse("Q.850;cause=17;text=\"User busy\"");
    }

    /** Counting a response. */
    @Benchmark
    public void recordResponse() {
        metrics.accept(seen);
    }

    /** What that is compared to. */
    @Benchmark
    public void incrementHeldCounter() {
        held.increment();
    }

    /** What many do instead. */
    @Benchmark
    public void incrementByLookUp() {
        registry.counter(
                        "sip.by.look.up",
                        "direction",
                        "received",
                        "method",
                        "INVITE",
                        "code",
                        "486",
                        "class",
                        "4xx",
                        "meaning",
                        "Busy Here",
                        "outcome",
                        "busy")
                .increment();
    }
}
