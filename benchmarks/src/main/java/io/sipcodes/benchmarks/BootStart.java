package io.sipcodes.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How long a Boot application starts with the starter and without it, in turns. See {@code boot/run.sh}. */
public final class BootStart {

    private BootStart() {}

    /** Arguments: the class path with the starter, pairs of starts, kits in one application, where to put the copies. */
    public static void main(String[] args) throws Exception {
        int kits = Integer.parseInt(args[2]);
        if (kits < 1 || kits > 10) {
            throw new IllegalArgumentException("kits: " + kits + " (expected: 1 to 10)");
        }
        List<String> kit = jars(args[0], true);
        if (kit.isEmpty()) {
            throw new IllegalArgumentException("class path: " + args[0] + " (expected: one with the starter)");
        }
        int pairs = Integer.parseInt(args[1]);
        String without = String.join(File.pathSeparator, jars(args[0], false));
        // The kit comes last, as what is added: all other classes are found before it is looked into.
        String with = without + kits(kit, kits, Path.of(args[3]));
        for (int i = 0; i < 2; i++) {
            start(without);
            start(with);
        }
        List<Start> plain = new ArrayList<>();
        List<Start> equipped = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            // Each goes first in every second pair.
            boolean plainFirst = i % 2 == 0;
            Start first = start(plainFirst ? without : with);
            Start second = start(plainFirst ? with : without);
            plain.add(plainFirst ? first : second);
            equipped.add(plainFirst ? second : first);
        }
        tell(plain, equipped, kits);
    }

    private static String kits(List<String> jars, int kits, Path copies) throws IOException {
        StringBuilder path = new StringBuilder();
        for (int copy = 1; copy < kits; copy++) {
            for (String jar : jars) {
                path.append(File.pathSeparatorChar).append(KitCopies.of(Path.of(jar), copy, copies));
            }
        }
        return path + File.pathSeparator + String.join(File.pathSeparator, jars);
    }

    // A main thread is quicker than the next by more than what is looked for, and in all its parts. So each is told at
    // the pace of the one in the middle too, by what it took for the parts that know nothing of the kit.
    private static void tell(List<Start> plain, List<Start> equipped, int kits) {
        double usual = pace(Stream.concat(plain.stream(), equipped.stream()));
        Medians medians = new Medians(7);
        for (int i = 0; i < plain.size(); i++) {
            Start without = plain.get(i);
            Start with = equipped.get(i);
            medians.add(
                    without.millis,
                    with.millis,
                    (with.millis - without.millis) / kits,
                    (with.cpuMillis - without.cpuMillis) / kits,
                    (with.cpuMillis / with.otherMillis - without.cpuMillis / without.otherMillis) * usual / kits,
                    with.kitMillis,
                    with.kitCpuMillis);
        }
        System.out.printf(
                Locale.ROOT,
                "start of a Boot application, %d pairs, with %d kit%s: without %.0f ms, with %.0f ms; parts that know"
                        + " nothing of the kit %.0f and %.0f ms%n",
                plain.size(),
                kits,
                kits == 1 ? "" : "s",
                medians.median(0),
                medians.median(1),
                pace(plain.stream()),
                pace(equipped.stream()));
        System.out.println("| what one adds | median | 95 % of the medians of resampled pairs | middle half |");
        String[] names = {
            "whole starts, ms",
            "main thread, ms",
            "main thread at one pace, ms",
            "in the kit's beans, ms",
            "of it running, ms"
        };
        for (int i = 0; i < names.length; i++) {
            int column = i + 2;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %s | %s |%n",
                    names[i],
                    medians.median(column),
                    medians.interval(column),
                    medians.spread(column));
        }
    }

    private static double pace(Stream<Start> starts) {
        return Medians.median(starts.map(Start::otherMillis));
    }

    private static List<String> jars(String classPath, boolean kits) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> kits == Path.of(entry).getFileName().toString().startsWith("sipcodes-"))
                .toList();
    }

    /**
     * One start: until the application was ready, for a JVM that ends waits a third of a second for its threads; how long
     * its main thread was running, for the JIT compiler, which is busy all the time then, takes the processor from it as
     * well; how long it ran in parts that know nothing of the kit; what Spring spent on the kit's beans, and of that what
     * the thread was running.
     */
    private record Start(double millis, double cpuMillis, double otherMillis, double kitMillis, double kitCpuMillis) {}

    private static Start start(String classPath) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The application ends just where its classes fill the 35 MB at which a collection begins: with
                        // the kit nearly every start had that collection, and without it some.
                        "-XX:MetaspaceSize=128m",
                        "-cp",
                        classPath,
                        "PlainApplication",
                        "--server.port=0",
                        "--server.address=127.0.0.1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> figures = new HashMap<>();
        long ready = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("(kit|kit-cpu|all-cpu|other-cpu)=[0-9.E-]+")) {
                    ready = figures.isEmpty() ? System.nanoTime() : ready;
                    int equals = line.indexOf('=');
                    figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
                }
            }
        }
        if (process.waitFor() != 0 || figures.size() != 4) {
            throw new IllegalStateException("the application did not start");
        }
        return new Start(
                (ready - start) / 1e6,
                figures.get("all-cpu"),
                figures.get("other-cpu"),
                figures.get("kit"),
                figures.get("kit-cpu"));
    }
}
