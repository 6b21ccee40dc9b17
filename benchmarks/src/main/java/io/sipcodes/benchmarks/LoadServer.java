package io.sipcodes.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import gov.nist.core.CommonLogger;
import gov.nist.core.StackLogger;
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
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;

/**
 * Servers that answer calls on loopback, to be loaded by SIPp one after the other: with the kit, without it, or with the
 * stack's own logs. Each has a stack and a port of its own in this one JVM. A line on standard input gives a line of
 * figures on standard output, {@value #COLLECT} after a full garbage collection; the end of standard input ends it.
 *
 * <p>Arguments: folder for logs, then a mode (off, kit, stock16, stock32) and a port for each server. The kit must be the
 * last, since it is attached to every stack that is made later. {@value #TURN} and a number from 0 on as a line says whose
 * turn it is, at first that of the last. Every hundredth call is refused with 486, so that there are failures to write
 * of; {@value #REFUSE} and a number as a line changes which.
 */
public final class LoadServer extends LoadedStack {

    static final String COLLECT = "collect";
    static final String REFUSE = "refuse ";
    static final String TURN = "turn ";
    static final int ONE_OF_A_HUNDRED = 100;

    /** How the names begin of the kit's threads, and of the one that writes its lines. */
    private static final List<String> OF_THE_KIT = List.of("sipcodes-", "AsyncAppender-");

    private static final LongAdder calls = new LongAdder();
    private static volatile int refused = ONE_OF_A_HUNDRED;

    private final StackLogger logger;

    private LoadServer(String mode, int port, String logs) throws Exception {
        Properties properties = underLoad("load-" + mode);
        if (mode.startsWith("stock")) {
            properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", mode.substring("stock".length()));
            properties.setProperty("gov.nist.javax.sip.SERVER_LOG", logs + "/server.log");
            properties.setProperty("gov.nist.javax.sip.DEBUG_LOG", logs + "/debug.log");
        }
        if (mode.equals("kit")) {
            attachKit();
        }
        open(properties, port, this);
        logger = CommonLogger.legacyLogger;
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
            List<LoadServer> servers = new ArrayList<>();
            for (int i = 1; i < args.length; i += 2) {
                servers.add(new LoadServer(args[i], Integer.parseInt(args[i + 1]), args[0]));
            }
            System.out.println("ready");
            serve(servers);
            return true;
        });
    }

    private static void serve(List<LoadServer> servers) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(COLLECT)) {
                System.gc();
            } else if (line.startsWith(REFUSE)) {
                refused = Integer.parseInt(line.substring(REFUSE.length()));
            } else if (line.startsWith(TURN)) {
                // The stacks of a JVM share one of these, that of the stack which was made last.
                CommonLogger.legacyLogger = servers.get(Integer.parseInt(line.substring(TURN.length()))).logger;
            }
            System.out.println(figures());
        }
    }

    private static String figures() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        long own = 0;
        long kit = 0;
        long asking = Thread.currentThread().getId();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread == null || thread.getThreadId() == asking) {
                continue;
            }
            allocated += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
            long cpu = Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            if (OF_THE_KIT.stream().anyMatch(thread.getThreadName()::startsWith)) {
                kit += cpu;
            } else {
                own += cpu;
            }
        }
        return String.format(
                Locale.ROOT,
                "cpu_ns=%d threads_ns=%d kit_ns=%d allocated=%d calls=%d seen=%d dropped=%d heap=%d jit_ms=%d gc_ms=%d",
                system.getProcessCpuTime() - Math.max(0, threads.getThreadCpuTime(asking)),
                own,
                kit,
                allocated,
                calls.sum(),
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
