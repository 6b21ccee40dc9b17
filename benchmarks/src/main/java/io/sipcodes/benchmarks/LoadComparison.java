package io.sipcodes.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Compares what a call costs with the kit and without it, on this machine, in one run.
 *
 * <p>Two {@link LoadServer}s are up at the same time and are loaded by SIPp in turns, so that a pair of measurements is
 * never far apart; a server that is not loaded does next to nothing. Two processes of one kind differ, though, so that
 * it all is done with several pairs of servers. Prints a Markdown table. Arguments:
 *
 * <pre>
 * pairs MODE_A MODE_B RATE SECONDS PAIRS SERVERS     CPU and allocation per call, MODE_A against MODE_B:
 *                                                    PAIRS with each of so many pairs of servers
 * highest MODE_A MODE_B FROM STEP SECONDS SERVERS    the highest rate without a failed call, with so many servers of
 *                                                    each, one after the other
 * </pre>
 */
public final class LoadComparison {

    private LoadComparison() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        if (args.length != 7) {
            throw new IllegalArgumentException(
                    "arguments: " + String.join(" ", args) + " (expected: a task, two modes and four numbers)");
        }
        switch (args[0]) {
            case "pairs" -> pairs(args[1], args[2], number(args[3]), number(args[4]), number(args[5]), number(args[6]));
            case "highest" ->
                highest(args[1], args[2], number(args[3]), number(args[4]), number(args[5]), number(args[6]));
            default -> throw new IllegalArgumentException("task: " + args[0] + " (expected: pairs, highest)");
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static void pairs(String first, String second, int rate, int seconds, int pairs, int servers)
            throws Exception {
        List<List<Pair>> costs = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            costs.add(pairs(first, second, rate, seconds, pairs));
        }
        System.out.printf(
                Locale.ROOT,
                "| %d calls/s, %d x %d pairs of %d s | %s | %s | ratio, median (95 %% of the medians of %d resamples) |%n",
                rate,
                servers,
                pairs,
                seconds,
                first,
                second,
                Medians.RESAMPLES);
        System.out.println("|---|---|---|---|");
        row("CPU, ms per call", costs, Cost::cpuMillis);
        row("of it in Java's threads, not in GC and JIT compiler", costs, Cost::threadMillis);
        row("allocated, kB per call", costs, Cost::kilobytes);
    }

    private static List<Pair> pairs(String first, String second, int rate, int seconds, int pairs) throws Exception {
        List<Pair> costs = new ArrayList<>();
        try (Server a = Server.warm(first, rate);
                Server b = Server.warm(second, rate)) {
            for (int i = 0; i < pairs; i++) {
                // The machine is faster at one time than at another: each begins as early as the other ends late.
                Cost begin = a.load(rate, seconds / 2);
                Cost two = b.load(rate, seconds / 2).and(b.load(rate, seconds / 2));
                Cost one = begin.and(a.load(rate, seconds / 2));
                Pair pair = new Pair(one, two);
                costs.add(pair);
                System.err.printf(
                        Locale.ROOT,
                        "pair %d: %s; %s; ratio %.3f%n",
                        i + 1,
                        one.in(first),
                        two.in(second),
                        pair.ratio(Cost::cpuMillis));
            }
        }
        return evened(costs);
    }

    // How many collections, a fifth of a second each, fall into a window is by chance. So what the garbage collector
    // and the JIT compiler took is shared out evenly among a server's windows.
    private static List<Pair> evened(List<Pair> pairs) {
        double first = mean(pairs, pair -> pair.first.otherMillis());
        double second = mean(pairs, pair -> pair.second.otherMillis());
        return pairs.stream()
                .map(pair -> new Pair(pair.first.withOther(first), pair.second.withOther(second)))
                .toList();
    }

    private static double mean(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return pairs.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static void row(String name, List<List<Pair>> costs, ToDoubleFunction<Cost> figure) {
        List<List<Double>> ratios = costs.stream()
                .map(pairs -> pairs.stream().map(pair -> pair.ratio(figure)).toList())
                .toList();
        // Two servers of one kind differ for all their life: so each is a group.
        double[] bounds = Medians.interval(ratios);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f (%.3f to %.3f) |%n",
                name,
                Medians.median(flat(costs).map(pair -> figure.applyAsDouble(pair.first))),
                Medians.median(flat(costs).map(pair -> figure.applyAsDouble(pair.second))),
                Medians.median(flat(ratios)),
                bounds[0],
                bounds[1]);
    }

    private static <T> Stream<T> flat(List<List<T>> lists) {
        return lists.stream().flatMap(List::stream);
    }

    private static void highest(String first, String second, int from, int step, int seconds, int servers)
            throws Exception {
        List<Integer> ofFirst = new ArrayList<>();
        List<Integer> ofSecond = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            if (i % 2 == 0) {
                ofFirst.add(highest(first, from, step, seconds));
            }
            ofSecond.add(highest(second, from, step, seconds));
            if (i % 2 == 1) {
                ofFirst.add(highest(first, from, step, seconds));
            }
        }
        System.out.printf(
                "| highest rate without a failed call, %d servers each | %s | %s | ratio |%n", servers, first, second);
        System.out.println("|---|---|---|---|");
        double one = Medians.median(ofFirst.stream().map(Integer::doubleValue));
        double other = Medians.median(ofSecond.stream().map(Integer::doubleValue));
        System.out.printf(
                Locale.ROOT,
                "| calls/s, median of %s and of %s | %.0f | %.0f | %.2f |%n",
                ofFirst,
                ofSecond,
                one,
                other,
                other / one);
    }

    private static int highest(String mode, int from, int step, int seconds) throws Exception {
        int best = 0;
        try (Server server = Server.warm(mode, from)) {
            boolean goesOn = true;
            for (int rate = from; goesOn && rate <= 20_000; rate += step) {
                // Twice, since one pause of the garbage collector or of the machine can end a rate that else is borne.
                goesOn = bears(server, rate, seconds) || bears(server, rate, seconds);
                best = goesOn ? rate : best;
            }
        }
        return best;
    }

    private static boolean bears(Server server, int rate, int seconds) throws Exception {
        // A full collection stops all for seconds, whatever the rate. It comes when the old objects of a minute
        // or so of calls fill the heap, and would end at random what has not yet come to its end.
        server.collect();
        Cost cost = server.load(rate, seconds);
        System.err.printf(
                Locale.ROOT,
                "%s %d calls/s: failed %d, dropped %d, in threads %.3f ms a call, GC pauses %.3f%n",
                server.mode,
                rate,
                cost.failed,
                cost.dropped,
                cost.threadMillis,
                cost.gcMillis);
        return cost.failed == 0;
    }

    private record Pair(Cost first, Cost second) {

        double ratio(ToDoubleFunction<Cost> figure) {
            return figure.applyAsDouble(second) / figure.applyAsDouble(first);
        }
    }

    private record Cost(
            double cpuMillis,
            double threadMillis,
            double jitMillis,
            double gcMillis,
            double kilobytes,
            double seen,
            long failed,
            long dropped) {

        /** What was not in Java's threads: the garbage collector, the JIT compiler and the JVM. */
        double otherMillis() {
            return cpuMillis - threadMillis;
        }

        Cost withOther(double millis) {
            return new Cost(threadMillis + millis, threadMillis, jitMillis, gcMillis, kilobytes, seen, failed, dropped);
        }

        /** This and another one of as many calls. */
        Cost and(Cost other) {
            return new Cost(
                    (cpuMillis + other.cpuMillis) / 2,
                    (threadMillis + other.threadMillis) / 2,
                    (jitMillis + other.jitMillis) / 2,
                    (gcMillis + other.gcMillis) / 2,
                    (kilobytes + other.kilobytes) / 2,
                    (seen + other.seen) / 2,
                    failed + other.failed,
                    dropped + other.dropped);
        }

        String in(String mode) {
            return String.format(
                    Locale.ROOT,
                    "%s %.3f ms a call, in threads %.3f, JIT %.3f, GC pauses %.3f, seen %.2f, dropped %d, failed %d",
                    mode,
                    cpuMillis,
                    threadMillis,
                    jitMillis,
                    gcMillis,
                    seen,
                    dropped,
                    failed);
        }
    }

    private static final class Server implements AutoCloseable {

        private static final int SIPP_CORE = 0;
        private static final int SERVER_CORE = 1;
        private static final int WARM_UP_SECONDS = 10;
        private static final int LEAST_WARM_UP_RATE = 2_000;
        private static final int QUIET_WARM_UPS = 2;
        private static final int MOST_WARM_UPS = 24;
        private static final int MOST_SERVERS = 3;

        /** A call takes a moment, and SIPp some to begin and to end; more means that it could not make them so fast. */
        private static final int SLOWEST_SECONDS = 3;

        /** Which part of the CPU time the JIT compiler may have when all is compiled. */
        private static final double QUIET = 0.01;

        private final String mode;
        private final Process process;
        private final BufferedReader out;
        private final OutputStream in;
        private final int port;
        private final Path folder;

        Server(String mode) throws IOException {
            this.mode = mode;
            port = LoadedStack.freePort();
            folder = Files.createTempDirectory("sipcodes-load");
            long megabytes = Math.min(6 * 1024, memory() / 4 >> 20);
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms" + megabytes + "m",
                    "-Xmx" + megabytes + "m",
                    "-Xmn" + megabytes / 3 + "m",
                    "-XX:+UseParallelGC",
                    // Else the kernel clears a page for nearly each buffer of the stack, until it has given all.
                    "-XX:+AlwaysPreTouch",
                    // Else where its small pages come to lie can make a server's buffers twice as dear as another's.
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:+UseTransparentHugePages",
                    "-Dlogback.configurationFile="
                            + Path.of("load", "logback.xml").toAbsolutePath(),
                    "-Dlog4j2.configurationFile="
                            + Path.of("load", "log4j2.xml").toAbsolutePath(),
                    "-Dsipcodes.load.folder=" + folder,
                    "-cp",
                    System.getProperty("java.class.path"),
                    LoadServer.class.getName(),
                    mode,
                    Integer.toString(port),
                    folder.toString());
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = process.getOutputStream();
            awaitLine("ready");
        }

        // What a server writes besides is passed over; nobody reads it under load, so it must be little.
        private String awaitLine(String beginning) throws IOException {
            String line = out.readLine();
            while (line != null && !line.startsWith(beginning)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IOException("server " + mode + ": ended (expected: " + beginning + "…)");
            }
            return line;
        }

        private static long memory() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        }

        /**
         * A server that is ready to be measured. One whose calls fail before that is thrown away: what is left of them
         * makes each of its collections several times as long for the rest of its life, with the kit or without.
         */
        static Server warm(String mode, int rate) throws Exception {
            for (int i = 0; i < MOST_SERVERS; i++) {
                Server server = new Server(mode);
                try {
                    if (server.warmUp(rate)) {
                        return server;
                    }
                } catch (Exception e) {
                    server.close();
                    throw e;
                }
                System.err.println("server " + mode + ": calls failed before it was measured; another one");
                server.close();
            }
            throw new IOException("server " + mode + ": calls fail at " + rate + "/s (expected: a rate that it bears)");
        }

        /**
         * Loads it until its JIT compiler has next to nothing left to do, which else is most of what is measured: on all
         * cores, and then again on the one that it has from then on.
         *
         * @return whether no call failed once it was warm
         */
        private boolean warmUp(int rate) throws Exception {
            // What runs for one call in a hundred is else not compiled to the end before hours have gone by.
            figures(LoadServer.REFUSE + 10);
            // A cold server that is given the whole rate at once queues datagrams, 64 kB each, till its memory is full.
            // And one that has never met a retransmission throws away what was compiled when it meets the first.
            load(rate / 4, WARM_UP_SECONDS, "-lost", "2");
            load(rate / 2, WARM_UP_SECONDS, "-lost", "2");
            // The stack's own logs do not bear more than they must.
            int most = mode.startsWith("stock") ? rate : Math.max(rate, LEAST_WARM_UP_RATE);
            long failed = loadUntilQuiet(most);
            figures(LoadServer.REFUSE + LoadServer.ONE_OF_A_HUNDRED);
            if (canPin(SERVER_CORE)) {
                String core = Integer.toString(SERVER_CORE);
                new ProcessBuilder("taskset", "-a", "-c", "-p", core, Long.toString(process.pid()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                // Threads that share a core take ways through the code that they did not take before.
                failed += loadUntilQuiet(rate);
            }
            // It takes seconds, and would else come within a window, first in the server that was loaded longest.
            collect();
            return failed == 0;
        }

        void collect() throws IOException {
            figures(LoadServer.COLLECT);
        }

        private long loadUntilQuiet(int rate) throws Exception {
            long failed = 0;
            int quiet = 0;
            for (int round = 0; round < MOST_WARM_UPS && quiet < QUIET_WARM_UPS; round++) {
                collect();
                Cost cost = load(rate, WARM_UP_SECONDS);
                System.err.println(cost.in(mode));
                // What comes first is slow.
                failed += round == 0 ? 0 : cost.failed;
                // One round is not enough: compilers come back to code that is run once in a while, as the worker's is.
                quiet = cost.jitMillis < QUIET * cost.cpuMillis ? quiet + 1 : 0;
            }
            return failed;
        }

        Cost load(int rate, int seconds, String... options) throws Exception {
            Map<String, Long> before = figures("");
            int calls = rate * seconds;
            List<String> command = new ArrayList<>();
            if (canPin(SIPP_CORE)) {
                command.addAll(List.of("taskset", "-c", Integer.toString(SIPP_CORE)));
            }
            command.addAll(List.of(
                    "sipp",
                    "127.0.0.1:" + port,
                    "-sf",
                    Path.of("load", "call.xml").toAbsolutePath().toString(),
                    "-i",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(LoadedStack.freePort()),
                    "-r",
                    Integer.toString(rate),
                    "-m",
                    Integer.toString(calls),
                    "-l",
                    "20000",
                    "-nostdin",
                    "-buff_size",
                    "4194304",
                    "-recv_timeout",
                    "5000",
                    "-timeout",
                    seconds + 30 + "s"));
            command.addAll(List.of(options));
            Process sipp = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sipp.log").toFile())
                    .start();
            long start = System.nanoTime();
            if (!sipp.waitFor(seconds + 60L, TimeUnit.SECONDS)) {
                sipp.destroy();
                throw new IOException("SIPp did not end");
            }
            double took = (System.nanoTime() - start) / 1e9;
            Map<String, Long> after = figures("");
            double done = Math.max(1, after.get("calls") - before.get("calls"));
            if (took > seconds + SLOWEST_SECONDS) {
                System.err.printf(
                        Locale.ROOT,
                        "%s: %d calls/s were wanted, but SIPp took %.1f s in place of %d%n",
                        mode,
                        rate,
                        took,
                        seconds);
            }
            long failed = failedCalls(Files.readString(folder.resolve("sipp.log")));
            return new Cost(
                    (after.get("cpu_ns") - before.get("cpu_ns")) / 1e6 / done,
                    (after.get("threads_ns") - before.get("threads_ns")) / 1e6 / done,
                    (after.get("jit_ms") - before.get("jit_ms")) / done,
                    (after.get("gc_ms") - before.get("gc_ms")) / done,
                    (after.get("allocated") - before.get("allocated")) / 1e3 / done,
                    (after.get("seen") - before.get("seen")) / done,
                    failed,
                    after.get("dropped") - before.get("dropped"));
        }

        // The last screen that SIPp prints has the total in its last column.
        private static long failedCalls(String screen) {
            long failed = -1;
            for (String line : screen.split("\n")) {
                if (line.strip().startsWith("Failed call")) {
                    failed = Long.parseLong(
                            line.substring(line.lastIndexOf('|') + 1).strip());
                }
            }
            if (failed < 0) {
                throw new IllegalStateException("SIPp: no total of failed calls (expected: a line Failed call)");
            }
            return failed;
        }

        private Map<String, Long> figures(String request) throws IOException {
            in.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            Map<String, Long> figures = new HashMap<>();
            String line = awaitLine("cpu_ns=");
            for (String pair : line.split(" ")) {
                figures.put(pair.substring(0, pair.indexOf('=')), Long.valueOf(pair.substring(pair.indexOf('=') + 1)));
            }
            return figures;
        }

        // One core for the server and one for SIPp, where that can be had: they would else take turns at random.
        private static boolean canPin(int core) {
            return Files.isExecutable(Path.of("/usr/bin/taskset"))
                    && Runtime.getRuntime().availableProcessors() > core;
        }

        @Override
        public void close() throws IOException {
            in.close();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroy();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
