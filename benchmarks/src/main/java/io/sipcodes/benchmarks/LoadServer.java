package io.sipcodes.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.jainsip.FailureLog;
import io.sipcodes.jainsip.SipAttachment;
import io.sipcodes.jainsip.SipTraffic;
import io.sipcodes.micrometer.SipMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;

/**
 * A server that answers calls on loopback, to be loaded by SIPp: with the kit, without it, or with the stack's own logs.
 * A line on standard input gives a line of figures on standard output, {@value #COLLECT} after a full garbage collection;
 * the end of standard input ends it.
 *
 * <p>Arguments: mode (off, kit, stock16, stock32), port, folder for logs. Every hundredth call is refused with 486, so
 * that there are failures to write of; {@value #REFUSE} and a number as a line changes which.
 */
public final class LoadServer extends LoadedStack {

    static final String COLLECT = "collect";
    static final String REFUSE = "refuse ";
    static final int ONE_OF_A_HUNDRED = 100;

    private final LongAdder calls = new LongAdder();
    private volatile int refused = ONE_OF_A_HUNDRED;

    private LoadServer(String mode, int port, String logs) throws Exception {
        Properties properties = underLoad("load");
        if (mode.startsWith("stock")) {
            properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", mode.substring("stock".length()));
            properties.setProperty("gov.nist.javax.sip.SERVER_LOG", logs + "/server.log");
            properties.setProperty("gov.nist.javax.sip.DEBUG_LOG", logs + "/debug.log");
        }
        if (mode.equals("kit")) {
            attachKit();
        }
        open(properties, port, this);
    }

    private static void attachKit() {
        SipAttachment attachment = SipAttachment.attach();
        attachment.obstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(obstacle);
        });
        SipTraffic.subscribe(SipMetrics.builder(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .build());
        SipTraffic.subscribe(FailureLog.builder()
                .language(Locale.ENGLISH)
                .limit(Integer.MAX_VALUE)
                .build());
    }

    /** See the class. */
    public static void main(String[] args) {
        endWith(() -> {
            LoadServer server = new LoadServer(args[0], Integer.parseInt(args[1]), args[2]);
            System.out.println("ready");
            server.serve();
            return true;
        });
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(COLLECT)) {
                System.gc();
            } else if (line.startsWith(REFUSE)) {
                refused = Integer.parseInt(line.substring(REFUSE.length()));
            }
            System.out.println(figures());
        }
    }

    private String figures() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        long own = 0;
        for (long id : threads.getAllThreadIds()) {
            allocated += Math.max(0, threads.getThreadAllocatedBytes(id));
            own += Math.max(0, threads.getThreadCpuTime(id));
        }
        return String.format(
                Locale.ROOT,
                "cpu_ns=%d threads_ns=%d allocated=%d calls=%d failures=%d seen=%d dropped=%d heap=%d jit_ms=%d gc_ms=%d",
                system.getProcessCpuTime(),
                own,
                allocated,
                calls.sum(),
                failures.sum(),
                SipTraffic.seen(),
                SipTraffic.dropped(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum());
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            Request request = event.getRequest();
            switch (request.getMethod()) {
                case Request.INVITE -> invite(event, request);
                case Request.BYE -> event.getServerTransaction().sendResponse(messages.createResponse(200, request));
                default -> {
                    // An ACK asks for nothing.
                }
            }
        } catch (Exception e) {
            failures.increment();
        }
    }

    private void invite(RequestEvent event, Request request) throws Exception {
        ServerTransaction transaction = event.getServerTransaction() != null
                ? event.getServerTransaction()
                : provider.getNewServerTransaction(request);
        calls.increment();
        String tag = Long.toString(System.nanoTime(), 36);
        if (calls.sum() % refused == 0) {
            transaction.sendResponse(response(486, request, tag));
        } else {
            transaction.sendResponse(response(180, request, tag));
            transaction.sendResponse(response(200, request, tag));
        }
    }
}
