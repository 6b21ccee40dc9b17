package io.sipcodes.jainsip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import io.sipcodes.micrometer.SipMetrics;
import java.nio.charset.StandardCharsets;
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

    private static final String HEAD = """
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-524287-1-%s\r
            From: <sip:caller@127.0.0.1:5070>;tag=524287-1\r
            To: <sip:load@127.0.0.1:5060>%s\r
            Call-ID: 1-524287@127.0.0.1\r
            CSeq: %s\r
            """;

    private static final String CONTACT = "Contact: <sip:load@127.0.0.1:5060>\r\n";
    private static final String HOPS = "Max-Forwards: 70\r\n";
    private static final String NO_BODY = "Content-Length: 0\r\n\r\n";
    private static final String TAG = ";tag=2bq5x7w1";

    private final List<SIPMessage> messages = new ArrayList<>();
    private final List<SipDirection> directions = new ArrayList<>();
    private final SipMetrics metrics =
            SipMetrics.builder(new SimpleMeterRegistry()).build();
    private CallTracker tracker;
    private long number;
    private long nanos = TimeUnit.DAYS.toNanos(20_000);

    /** Parses the messages. */
    @Setup
    public void parse() throws Exception {
        String body = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=audio 6000 RTP/AVP 0 8\r\n";
        received(
                "INVITE sip:load@127.0.0.1:5060 SIP/2.0",
                "0",
                "",
                "1 INVITE",
                CONTACT + HOPS + "Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
        sent("SIP/2.0 180 Ringing", "0", "1 INVITE", CONTACT);
        sent("SIP/2.0 200 OK", "0", "1 INVITE", CONTACT);
        received("ACK sip:load@127.0.0.1:5060 SIP/2.0", "4", TAG, "1 ACK", HOPS + NO_BODY);
        received("BYE sip:load@127.0.0.1:5060 SIP/2.0", "6", TAG, "2 BYE", HOPS + NO_BODY);
        sent("SIP/2.0 200 OK", "6", "2 BYE", "");
    }

    private void received(String line, String branch, String tag, String cseq, String rest) throws Exception {
        add(SipDirection.RECEIVED, line + "\r\n" + String.format(HEAD, branch, tag, cseq) + rest);
    }

    private void sent(String line, String branch, String cseq, String rest) throws Exception {
        add(SipDirection.SENT, line + "\r\n" + String.format(HEAD, branch, TAG, cseq) + rest + NO_BODY);
    }

    private void add(SipDirection direction, String text) throws Exception {
        messages.add(new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null));
        directions.add(direction);
    }

    /** What the stack's threads do for the six messages, but for putting them into the queue. */
    @Benchmark
    public void seen(Blackhole hole) {
        for (int i = 0; i < messages.size(); i++) {
            SIPMessage message = messages.get(i);
            hole.consume(Checked.of(message, directions.get(i), "load", "127.0.0.1:5070", Clock.nanos()));
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
        return SipMessages.read(message, directions.get(i), "load", "127.0.0.1:5070", Clock.nanos());
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
