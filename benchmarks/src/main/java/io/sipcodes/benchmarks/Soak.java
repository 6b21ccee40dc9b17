package io.sipcodes.benchmarks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.ExplainingSipListener;
import io.sipcodes.jainsip.FailureLog;
import io.sipcodes.jainsip.SipAttachment;
import io.sipcodes.jainsip.SipTraffic;
import io.sipcodes.micrometer.SipMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A server with all of the kit on, loaded by five SIPp processes with the demo's scenarios: answered, busy, unknown,
 * cancelled while it rings, challenged. When they are done, every call that SIPp counts must be in the meters once, under
 * its code. Arguments: seconds, calls a second, folder for files. Ends with 1 if anything differs or was dropped.
 */
public final class Soak extends LoadedStack {

    private enum Scenario {
        ANSWERED("answered"),
        BUSY("busy"),
        UNKNOWN("unknown"),
        CANCELLED("give-up"),
        CHALLENGED("credentials");

        private final String file;

        Scenario(String file) {
            this.file = file;
        }
    }

    private static final int HEAP_EVERY_SECONDS = 10;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder explained = new LongAdder();
    private final Map<String, ServerTransaction> ringing = new ConcurrentHashMap<>();
    private final Path folder;
    private final int port;
    private boolean good = true;

    private Soak(Path folder) throws Exception {
        this.folder = folder;
        SipAttachment.attach().obstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(obstacle);
        });
        SipTraffic.subscribe(List.of(
                SipMetrics.builder(registry).build(),
                FailureLog.builder()
                        .language(Locale.ENGLISH)
                        .limit(Integer.MAX_VALUE)
                        .build(),
                this::count));
        port = freePort();
        open(underLoad("soak"), port, ExplainingSipListener.around(this, (event, diagnosis) -> explained.increment()));
    }

    private void count(SipEvent event) {
        if (event instanceof SipEvent.RequestSeen
                || event instanceof SipEvent.ResponseSeen
                || event instanceof SipEvent.MessageRejected) {
            delivered.increment();
        }
    }

    /** See the class. */
    public static void main(String[] args) {
        endWith(() -> {
            Soak soak = new Soak(Path.of(args[2]));
            soak.run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
            return soak.good;
        });
    }

    // ---- the load

    private void run(int seconds, int rate) throws Exception {
        Map<Scenario, Process> running = new EnumMap<>(Scenario.class);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.values().forEach(Process::destroy)));
        int each = Math.max(1, rate / Scenario.values().length);
        for (Scenario scenario : Scenario.values()) {
            running.put(scenario, start(scenario, each, each * seconds));
        }
        System.out.printf(
                Locale.ROOT, "%d calls/s of %d kinds for %d s%n", each * running.size(), running.size(), seconds);
        System.out.println("| after | heap after GC | seen | delivered | dropped |");
        System.out.println("|---|---|---|---|---|");
        long start = System.nanoTime();
        long limit = start + TimeUnit.SECONDS.toNanos(seconds + 60L);
        long next = start;
        while (running.values().stream().anyMatch(Process::isAlive) && System.nanoTime() < limit) {
            if (System.nanoTime() >= next) {
                heap(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
                next += TimeUnit.SECONDS.toNanos(HEAP_EVERY_SECONDS);
            }
            running.get(Scenario.CANCELLED).waitFor(100, TimeUnit.MILLISECONDS);
        }
        Map<Scenario, Long> calls = new EnumMap<>(Scenario.class);
        for (Map.Entry<Scenario, Process> one : running.entrySet()) {
            if (!one.getValue().waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("SIPp did not end: " + one.getKey().file);
            }
            calls.put(one.getKey(), calls(one.getKey()));
        }
        for (int i = 0; i < 100 && delivered.sum() + SipTraffic.dropped() < SipTraffic.seen(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        heap(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        compare(calls);
    }

    private Process start(Scenario scenario, int rate, int calls) throws IOException {
        List<String> command = List.of(
                "sipp",
                "127.0.0.1:" + port,
                "-sf",
                Path.of("..", "samples", "demo", "sipp", scenario.file + ".xml")
                        .toAbsolutePath()
                        .toString(),
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(freePort()),
                "-r",
                Integer.toString(rate),
                "-m",
                Integer.toString(calls),
                "-l",
                "20000",
                "-nostdin",
                "-buff_size",
                "4194304",
                "-trace_stat",
                "-fd",
                "1",
                "-stf",
                statistics(scenario).toString());
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(scenario.file + ".log").toFile())
                .start();
    }

    private Path statistics(Scenario scenario) {
        return folder.resolve(scenario.file + ".csv");
    }

    /** How many calls SIPp says it completed; one that failed in its eyes makes the run fail. */
    private long calls(Scenario scenario) throws IOException {
        List<String> lines = Files.readAllLines(statistics(scenario));
        List<String> names = Arrays.asList(lines.get(0).split(";"));
        String[] last = lines.get(lines.size() - 1).split(";");
        long failed = Long.parseLong(last[names.indexOf("FailedCall(C)")]);
        expect("calls that failed for SIPp: " + scenario.file, 0, failed);
        return Long.parseLong(last[names.indexOf("SuccessfulCall(C)")]);
    }

    private void heap(long seconds) {
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "| %d s | %.1f MB | %d | %d | %d |%n",
                seconds,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6,
                SipTraffic.seen(),
                delivered.sum(),
                SipTraffic.dropped());
    }

    // ---- the count

    private void compare(Map<Scenario, Long> calls) {
        long answered = calls.get(Scenario.ANSWERED) + calls.get(Scenario.CHALLENGED);
        expect("attempts with 200", answered, attempts("200"));
        expect("attempts with 486", calls.get(Scenario.BUSY), attempts("486"));
        expect("attempts with 404", calls.get(Scenario.UNKNOWN), attempts("404"));
        expect("attempts with 487", calls.get(Scenario.CANCELLED), attempts("487"));
        expect(
                "attempts",
                calls.values().stream().mapToLong(Long::longValue).sum(),
                sum("sip.attempts", List.of("role", "server")));
        expect("challenges", calls.get(Scenario.CHALLENGED), transactions("INVITE", "407"));
        expect("cancels", calls.get(Scenario.CANCELLED), transactions("CANCEL", "200"));
        expect("hang-ups", answered, transactions("BYE", "200"));
        expect("calls that ended", answered, timed("sip.session.duration", List.of("role", "server")));
        expect(
                "calls still up",
                0,
                Math.round(registry.get("sip.calls.active")
                        .tag("role", "server")
                        .gauge()
                        .value()));
        expect("messages rejected", 0, sum("sip.messages.rejected", List.of()));
        expect("failures of the server itself", 0, failures.sum());
        expect("delivered and dropped", SipTraffic.seen(), delivered.sum() + SipTraffic.dropped());
        expect("dropped", 0, SipTraffic.dropped());
    }

    private void expect(String what, long expected, long found) {
        boolean same = expected == found;
        good &= same;
        System.out.printf(
                Locale.ROOT, "%-40s %10d %s%n", what, found, same ? "ok" : "WRONG (expected: " + expected + ")");
    }

    private long attempts(String code) {
        return sum("sip.attempts", List.of("role", "server", "code", code));
    }

    private long sum(String name, List<String> tags) {
        return Math.round(registry.find(name).tags(tags.toArray(String[]::new)).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    private long transactions(String method, String code) {
        return timed("sip.transactions", List.of("role", "server", "method", method, "code", code));
    }

    private long timed(String name, List<String> tags) {
        return registry.find(name).tags(tags.toArray(String[]::new)).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    // ---- the server

    @Override
    public void processRequest(RequestEvent event) {
        try {
            Request request = event.getRequest();
            switch (request.getMethod()) {
                case Request.INVITE -> invite(transaction(event), request);
                case Request.BYE -> event.getServerTransaction().sendResponse(messages.createResponse(200, request));
                case Request.CANCEL -> cancel(event, request);
                default -> {
                    // An ACK asks for nothing.
                }
            }
        } catch (Exception e) {
            failures.increment();
        }
    }

    private ServerTransaction transaction(RequestEvent event) throws Exception {
        return event.getServerTransaction() != null
                ? event.getServerTransaction()
                : provider.getNewServerTransaction(event.getRequest());
    }

    private void invite(ServerTransaction transaction, Request request) throws Exception {
        String tag = Long.toString(System.nanoTime(), 36);
        switch (((SipURI) request.getRequestURI()).getUser()) {
            case "busy" -> transaction.sendResponse(response(486, request, tag));
            case "unknown" -> transaction.sendResponse(response(404, request, tag));
            case "noanswer" -> {
                ringing.put(callId(request), transaction);
                transaction.sendResponse(response(180, request, tag));
            }
            case "secure" -> {
                if (request.getHeader(ProxyAuthorizationHeader.NAME) == null) {
                    Response challenge = response(407, request, tag);
                    ProxyAuthenticateHeader header = headers.createProxyAuthenticateHeader("Digest");
                    header.setRealm("soak");
                    header.setNonce(tag);
                    challenge.setHeader(header);
                    transaction.sendResponse(challenge);
                } else {
                    answer(transaction, request, tag);
                }
            }
            default -> answer(transaction, request, tag);
        }
    }

    private void answer(ServerTransaction transaction, Request request, String tag) throws Exception {
        transaction.sendResponse(response(180, request, tag));
        transaction.sendResponse(response(200, request, tag));
    }

    private void cancel(RequestEvent event, Request request) throws Exception {
        event.getServerTransaction().sendResponse(messages.createResponse(200, request));
        ServerTransaction invite = ringing.remove(callId(request));
        if (invite != null) {
            invite.sendResponse(
                    response(487, invite.getRequest(), invite.getDialog().getLocalTag()));
        }
    }

    private static String callId(Request request) {
        return ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
    }
}
