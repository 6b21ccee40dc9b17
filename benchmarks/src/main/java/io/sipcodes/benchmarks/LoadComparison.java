package io.sipcodes.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Compares what a call costs with the kit and without it, on this machine, in one run.
 *
 * <p>What is compared are two stacks of one {@link LoadServer}, loaded by SIPp in turns of a second or so: two processes of one
 * kind differ for all their life, by where their memory lies and in what order their code was compiled, and by more than
 * what is looked for. Prints a Markdown table. Arguments:
 *
 * <pre>
 * pairs MODE_A MODE_B RATE SECONDS PAIRS SERVERS     CPU and allocation per call, MODE_A against MODE_B:
 *                                                    PAIRS with each of so many servers, one after the other
 * highest MODE_A MODE_B FROM STEP SECONDS SERVERS    the highest rate without a failed call, with so many servers of
 *                                                    each, one after the other
 * </pre>
 */
public final class LoadComparison {

    /** Turns are a change, after which the JIT compiler has to do once more. */
    private static final int UNCOUNTED_PAIRS = 8;

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
        row("of it in Java's threads, not in GC and JIT compiler", costs, Cost::javaMillis);
        row("allocated, kB per call", costs, Cost::kilobytes);
    }

    private static List<Pair> pairs(String first, String second, int rate, int seconds, int pairs) throws Exception {
        List<Pair> costs = new ArrayList<>();
        try (Server server = Server.warm(List.of(first, second), rate);
                Sipp one = server.sipp(0);
                Sipp two = server.sipp(1)) {
            for (int i = -UNCOUNTED_PAIRS; i < pairs; i++) {
                // The machine is faster at one time than at another: the first begins as early as the second ends late.
                long before = server.kitNanos();
                Cost begin = server.slice(one, rate, seconds);
                Cost ofSecond = server.slice(two, rate, seconds).and(server.slice(two, rate, seconds));
                Cost ofFirst = begin.and(server.slice(one, rate, seconds));
                // The kit is not done when its turn is over: it looks once more, and forgets half a minute later.
                double kitMillis = (server.kitNanos() - before) / 1e6 / ofSecond.calls;
                Pair pair = new Pair(ofFirst.withKit(0), ofSecond.withKit(kitMillis));
                System.err.printf(
                        Locale.ROOT,
                        "pair %d: %s; %s; ratio %.3f%n",
                        i + 1,
                        ofFirst.in(first),
                        ofSecond.in(second),
                        pair.ratio(Cost::cpuMillis));
                if (i >= 0) {
                    costs.add(pair);
                }
            }
        }
        return evened(costs);
    }

    // One heap is collected for both, and how many collections, a fifth of a second each, fall into a window is by
    // chance. So what the garbage collector and the JIT compiler took is shared out by what each has allocated.
    private static List<Pair> evened(List<Pair> pairs) {
        double first = total(pairs, pair -> pair.first, Cost::kilobytes);
        double second = total(pairs, pair -> pair.second, Cost::kilobytes);
        double ofKilobyte = (total(pairs, pair -> pair.first, Cost::otherMillis)
                        + total(pairs, pair -> pair.second, Cost::otherMillis))
                / (first + second);
        double ofFirst = ofKilobyte * first / total(pairs, pair -> pair.first, cost -> 1);
        double ofSecond = ofKilobyte * second / total(pairs, pair -> pair.second, cost -> 1);
        return pairs.stream()
                .map(pair -> new Pair(pair.first.withOther(ofFirst), pair.second.withOther(ofSecond)))
                .toList();
    }

    private static double total(List<Pair> pairs, Function<Pair, Cost> of, ToDoubleFunction<Cost> perCall) {
        return pairs.stream()
                .map(of)
                .mapToDouble(cost -> perCall.applyAsDouble(cost) * cost.calls)
                .sum();
    }

    private static void row(String name, List<List<Pair>> costs, ToDoubleFunction<Cost> figure) {
        List<List<Double>> ratios = costs.stream()
                .map(pairs -> pairs.stream().map(pair -> pair.ratio(figure)).toList())
                .toList();
        // What is measured of one server has something in common: so each is a group.
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
        try (Server server = Server.warm(List.of(mode), from)) {
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
                server.mode(),
                rate,
                cost.failed,
                cost.dropped,
                cost.javaMillis(),
                cost.gcMillis);
        return cost.failed == 0;
    }

    private record Pair(Cost first, Cost second) {

        double ratio(ToDoubleFunction<Cost> figure) {
            return figure.applyAsDouble(second) / figure.applyAsDouble(first);
        }
    }

    /**
     * What a call cost, in the mean of a window.
     *
     * @param threadMillis of Java's threads other than the kit's
     * @param kitMillis of the kit's threads
     * @param otherMillis of the garbage collector, the JIT compiler and the JVM
     */
    private record Cost(
            double calls,
            double threadMillis,
            double kitMillis,
            double otherMillis,
            double jitMillis,
            double gcMillis,
            double kilobytes,
            double seen,
            long failed,
            long dropped) {

        double javaMillis() {
            return threadMillis + kitMillis;
        }

        double cpuMillis() {
            return javaMillis() + otherMillis;
        }

        Cost withKit(double millis) {
            return new Cost(
                    calls, threadMillis, millis, otherMillis, jitMillis, gcMillis, kilobytes, seen, failed, dropped);
        }

        Cost withOther(double millis) {
            return new Cost(
                    calls, threadMillis, kitMillis, millis, jitMillis, gcMillis, kilobytes, seen, failed, dropped);
        }

        Cost and(Cost other) {
            return new Cost(
                    calls + other.calls,
                    mean(threadMillis, other, other.threadMillis),
                    mean(kitMillis, other, other.kitMillis),
                    mean(otherMillis, other, other.otherMillis),
                    mean(jitMillis, other, other.jitMillis),
                    mean(gcMillis, other, other.gcMillis),
                    mean(kilobytes, other, other.kilobytes),
                    mean(seen, other, other.seen),
                    failed + other.failed,
                    dropped + other.dropped);
        }

        private double mean(double own, Cost other, double others) {
            return (calls * own + other.calls * others) / (calls + other.calls);
        }

        String in(String mode) {
            return String.format(
                    Locale.ROOT,
                    "%s %.3f ms a call, in threads %.3f, JIT %.3f, GC pauses %.3f, seen %.2f, dropped %d, failed %d",
                    mode,
                    cpuMillis(),
                    javaMillis(),
                    jitMillis,
                    gcMillis,
                    seen,
                    dropped,
                    failed);
        }
    }

    // It has been told to end; where it does not, it is ended.
    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIPp that makes as many calls a second as it is told, until it is closed. */
    private record Sipp(Process process, Path log, int of, int control) implements AutoCloseable {

        void rate(int callsPerSecond) throws IOException {
            tell("cset rate " + callsPerSecond);
        }

        private void tell(String text) throws IOException {
            byte[] command = text.getBytes(StandardCharsets.US_ASCII);
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(command, command.length, InetAddress.getByName("127.0.0.1"), control));
            }
        }

        /** Ends it, and says so if calls have failed. */
        @Override
        public void close() throws IOException {
            tell("q");
            awaitEnd(process);
            System.err.println("failed calls: " + failedCalls(log));
        }

        // The last screen that SIPp prints has the total in its last column.
        static long failedCalls(Path log) throws IOException {
            long failed = -1;
            for (String line : Files.readAllLines(log)) {
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
    }

    private static final class Server implements AutoCloseable {

        private static final int SIPP_CORE = 0;
        private static final int SERVER_CORE = 1;
        private static final int WARM_UP_SECONDS = 10;
        private static final int LEAST_WARM_UP_RATE = 2_000;
        private static final int QUIET_WARM_UPS = 2;
        private static final int MOST_WARM_UPS = 24;
        private static final int MOST_SERVERS = 3;

        /** Longer than the 50 ms that a call takes. */
        private static final int LAST_CALLS_MILLIS = 100;

        private static final int MOST_MINUTES = 120;

        /** A call takes a moment, and SIPp some to begin and to end; more means that it could not make them so fast. */
        private static final int SLOWEST_SECONDS = 3;

        /** Which part of the CPU time the JIT compiler may have when all is compiled. */
        private static final double QUIET = 0.01;

        private final List<String> modes;
        private final List<Integer> ports = new ArrayList<>();
        private final Process process;
        private final BufferedReader out;
        private final OutputStream in;
        private final Path folder;
        private int turn;

        Server(List<String> modes) throws IOException {
            this.modes = modes;
            folder = Files.createTempDirectory("sipcodes-load");
            long megabytes = Math.min(6 * 1024, memory() / 4 >> 20);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms" + megabytes + "m",
                    "-Xmx" + megabytes + "m",
                    "-Xmn" + megabytes / 3 + "m",
                    // The JVM's own choice. ParallelGC stops all for seconds once a minute of calls, since this stack
                    // keeps its 64 kB buffers for half a minute: with that up to a third of the CPU time was its.
                    "-XX:+UseG1GC",
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
                    folder.toString()));
            for (String mode : modes) {
                ports.add(LoadedStack.freePort());
                command.addAll(List.of(mode, Integer.toString(ports.get(ports.size() - 1))));
            }
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
                throw new IOException("server " + modes + ": ended (expected: " + beginning + "…)");
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
        static Server warm(List<String> modes, int rate) throws Exception {
            for (int i = 0; i < MOST_SERVERS; i++) {
                Server server = new Server(modes);
                try {
                    if (server.warmUp(rate)) {
                        return server;
                    }
                } catch (Exception e) {
                    server.close();
                    throw e;
                }
                System.err.println("server " + modes + ": calls failed before it was measured; another one");
                server.close();
            }
            throw new IOException(
                    "server " + modes + ": calls fail at " + rate + "/s (expected: a rate that it bears)");
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
            for (int i = 0; i < modes.size(); i++) {
                turn(i);
                load(rate / 4, WARM_UP_SECONDS, "-lost", "2");
                load(rate / 2, WARM_UP_SECONDS, "-lost", "2");
            }
            // The stack's own logs do not bear more than they must.
            int most = modes.stream().anyMatch(mode -> mode.startsWith("stock"))
                    ? rate
                    : Math.max(rate, LEAST_WARM_UP_RATE);
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
            int enough = QUIET_WARM_UPS * modes.size();
            for (int round = 0; round < MOST_WARM_UPS && quiet < enough; round++) {
                turn(round % modes.size());
                collect();
                Cost cost = load(rate, WARM_UP_SECONDS);
                System.err.println(cost.in(mode()));
                // What comes first is slow.
                failed += round < modes.size() ? 0 : cost.failed;
                // One round is not enough: compilers come back to code that is run once in a while, as the worker's is.
                quiet = cost.jitMillis < QUIET * cost.cpuMillis() ? quiet + 1 : 0;
            }
            return failed;
        }

        /** Makes it the turn of one of its modes. */
        void turn(int of) throws IOException {
            turn = of;
            figures(LoadServer.TURN + of);
        }

        String mode() {
            return modes.get(turn);
        }

        /** SIPp for one of the modes, which makes no calls until it is told to. */
        Sipp sipp(int of) throws IOException {
            int control = LoadedStack.freePort();
            List<String> command = sippCommand(of, 0);
            command.addAll(List.of("-cp", Integer.toString(control), "-timeout", MOST_MINUTES + "m"));
            Path log = folder.resolve("sipp-" + of + ".log");
            return new Sipp(start(command, log), log, of, control);
        }

        /** What a call costs while SIPp makes so many; it ends when all these calls have ended. */
        Cost slice(Sipp sipp, int rate, int seconds) throws Exception {
            turn(sipp.of);
            Map<String, Long> before = figures("");
            sipp.rate(rate);
            Thread.sleep(1_000L * seconds);
            sipp.rate(0);
            Thread.sleep(LAST_CALLS_MILLIS);
            return cost(before, figures(""), 0);
        }

        private List<String> sippCommand(int of, int rate) throws IOException {
            List<String> command = new ArrayList<>();
            if (canPin(SIPP_CORE)) {
                command.addAll(List.of("taskset", "-c", Integer.toString(SIPP_CORE)));
            }
            command.addAll(List.of(
                    "sipp",
                    "127.0.0.1:" + ports.get(of),
                    "-sf",
                    Path.of("load", "call.xml").toAbsolutePath().toString(),
                    "-i",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(LoadedStack.freePort()),
                    "-r",
                    Integer.toString(rate),
                    "-l",
                    "20000",
                    "-nostdin",
                    "-buff_size",
                    "4194304",
                    "-recv_timeout",
                    "5000"));
            return command;
        }

        private Process start(List<String> command, Path log) throws IOException {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        }

        Cost load(int rate, int seconds, String... options) throws Exception {
            Map<String, Long> before = figures("");
            List<String> command = sippCommand(turn, rate);
            command.addAll(List.of("-m", Integer.toString(rate * seconds), "-timeout", seconds + 30 + "s"));
            command.addAll(List.of(options));
            Path log = folder.resolve("sipp.log");
            Process sipp = start(command, log);
            long start = System.nanoTime();
            if (!sipp.waitFor(seconds + 60L, TimeUnit.SECONDS)) {
                sipp.destroy();
                throw new IOException("SIPp did not end");
            }
            double took = (System.nanoTime() - start) / 1e9;
            Map<String, Long> after = figures("");
            if (took > seconds + SLOWEST_SECONDS) {
                System.err.printf(
                        Locale.ROOT,
                        "%s: %d calls/s were wanted, but SIPp took %.1f s in place of %d%n",
                        mode(),
                        rate,
                        took,
                        seconds);
            }
            return cost(before, after, Sipp.failedCalls(log));
        }

        private static Cost cost(Map<String, Long> before, Map<String, Long> after, long failed) {
            double done = Math.max(1, after.get("calls") - before.get("calls"));
            double all = (after.get("cpu_ns") - before.get("cpu_ns")) / 1e6 / done;
            double threads = (after.get("threads_ns") - before.get("threads_ns")) / 1e6 / done;
            double kit = (after.get("kit_ns") - before.get("kit_ns")) / 1e6 / done;
            return new Cost(
                    done,
                    threads,
                    kit,
                    all - threads - kit,
                    (after.get("jit_ms") - before.get("jit_ms")) / done,
                    (after.get("gc_ms") - before.get("gc_ms")) / done,
                    (after.get("allocated") - before.get("allocated")) / 1e3 / done,
                    (after.get("seen") - before.get("seen")) / done,
                    failed,
                    after.get("dropped") - before.get("dropped"));
        }

        /** What the kit's threads have taken so far. */
        long kitNanos() throws IOException {
            return figures("").get("kit_ns");
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
            awaitEnd(process);
        }
    }
}
