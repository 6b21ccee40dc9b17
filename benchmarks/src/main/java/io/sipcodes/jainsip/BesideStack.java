package io.sipcodes.jainsip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipDirection;
import io.sipcodes.benchmarks.Medians;
import io.sipcodes.micrometer.SipMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * What a call costs the kit beside a stack that leaves it nothing in a cache: 2,000 calls a second are parsed, with 64 kB
 * filled for each datagram as the stack does it, and handed over. Steadier than the load comparison, so that changes of
 * the kit can be told apart by it; all on one core: {@code taskset -c 1 java -Xms4g -Xmx4g … BesideStack 40 9}.
 *
 * <p>Arguments: seconds to warm up, rounds of three seconds.
 */
public final class BesideStack {

    private static final int DATAGRAM = 65_536;
    private static final int CALLS = 20;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int A_SECOND = 100;

    /** Who takes longer was interrupted. */
    private static final long MOST_NANOS = 50_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final SipCodesServerLogger logger = new SipCodesServerLogger();
    private final byte[][] datagrams = new byte[256][];
    private final long worker;
    private long calls;
    private long messages;
    private long seen;
    private long seenNanos;

    private BesideStack() {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "load");
        logger.setStackProperties(properties);
        SipTraffic.subscribe(SipMetrics.builder(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .build());
        worker = Arrays.stream(threads.getAllThreadIds())
                .filter(id -> threads.getThreadInfo(id).getThreadName().equals("sipcodes-events"))
                .findFirst()
                .orElseThrow();
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int warmUp = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        BesideStack beside = new BesideStack();
        beside.run(warmUp);
        Medians medians = new Medians(2);
        for (int i = 0; i < rounds; i++) {
            medians.add(beside.run(3));
        }
        System.out.printf(
                Locale.ROOT,
                "| beside a stack, µs per call, %d rounds | worker %.1f (%s) | stack's threads %.1f (%s) |%n",
                rounds,
                medians.median(0),
                medians.spread(0),
                medians.median(1),
                medians.spread(1));
    }

    /** Gives what a call takes, in µs: the worker's and the stack's threads'. */
    private double[] run(int seconds) throws Exception {
        long callsBefore = calls;
        long workerBefore = threads.getThreadCpuTime(worker);
        seen = 0;
        seenNanos = 0;
        long next = System.nanoTime();
        for (int i = 0; i < seconds * A_SECOND; i++) {
            for (int call = 0; call < CALLS; call++) {
                call();
            }
            next = Math.max(next + PAUSE_NANOS, System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
        Hub.instance().settle();
        double workerNanos = threads.getThreadCpuTime(worker) - workerBefore;
        int ofACall = CallTexts.DIRECTIONS.size();
        return new double[] {workerNanos / (calls - callsBefore) / 1e3, (double) seenNanos / seen * ofACall / 1e3};
    }

    private void call() throws Exception {
        List<byte[]> texts = CallTexts.of(calls++);
        for (int i = 0; i < texts.size(); i++) {
            datagrams[(int) (messages++ % datagrams.length)] = new byte[DATAGRAM];
            SIPMessage message = new StringMsgParser().parseSIPMessage(texts.get(i), true, false, null);
            boolean sent = CallTexts.DIRECTIONS.get(i) == SipDirection.SENT;
            long start = System.nanoTime();
            logger.logMessage(message, "127.0.0.1:5070", "127.0.0.1:5060", sent, 0L);
            long nanos = System.nanoTime() - start;
            if (nanos < MOST_NANOS) {
                seen++;
                seenNanos += nanos;
            }
        }
    }
}
