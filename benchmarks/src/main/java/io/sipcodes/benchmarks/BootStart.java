package io.sipcodes.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long a Boot application starts with the starter and without it, in turns. See {@code boot/run.sh}. */
public final class BootStart {

    private BootStart() {}

    /** Arguments: the class path with the starter, pairs of starts. */
    public static void main(String[] args) throws Exception {
        String all = args[0];
        int pairs = Integer.parseInt(args[1]);
        String without = jars(all, false);
        // The kit comes last, as what is added: all other classes are found before it is looked into.
        String with = without + File.pathSeparator + jars(all, true);
        if (without.equals(all)) {
            throw new IllegalArgumentException("class path: " + all + " (expected: one with the starter)");
        }
        for (int i = 0; i < 2; i++) {
            start(without);
            start(with);
        }
        Medians medians = new Medians(8);
        for (int i = 0; i < pairs; i++) {
            // Each goes first in every second pair.
            Start first = start(i % 2 == 0 ? without : with);
            Start second = start(i % 2 == 0 ? with : without);
            Start plain = i % 2 == 0 ? first : second;
            Start equipped = i % 2 == 0 ? second : first;
            medians.add(
                    plain.millis,
                    equipped.millis,
                    equipped.millis - plain.millis,
                    equipped.cpuMillis - plain.cpuMillis,
                    equipped.kitMillis,
                    equipped.kitCpuMillis,
                    plain.cpuMillis,
                    equipped.cpuMillis);
        }
        System.out.printf(
                Locale.ROOT,
                "| start of a Boot application, %d pairs | without %.0f ms | with %.0f ms | adds %.0f ms (%s),"
                        + " by the lower quartiles %.0f ms | main thread ran %.1f ms longer (%s),"
                        + " by the lower quartiles %.1f ms"
                        + " | in the kit's beans %.1f ms (%s) | running %.1f ms (%s) |%n",
                pairs,
                medians.median(0),
                medians.median(1),
                medians.median(2),
                medians.spread(2),
                medians.lowerQuartile(1) - medians.lowerQuartile(0),
                medians.median(3),
                medians.spread(3),
                medians.lowerQuartile(7) - medians.lowerQuartile(6),
                medians.median(4),
                medians.spread(4),
                medians.median(5),
                medians.spread(5));
    }

    private static String jars(String classPath, boolean kits) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> kits == Path.of(entry).getFileName().toString().startsWith("sipcodes-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * One start: until the JVM had ended; how long its main thread was running, for the JIT compiler, which is busy all
     * the time then, takes the processor from it as well; what Spring spent on the kit's beans, and of that what the
     * thread was running.
     */
    private record Start(double millis, double cpuMillis, double kitMillis, double kitCpuMillis) {}

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
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("(kit|kit-cpu|all-cpu)=[0-9.E-]+")) {
                    int equals = line.indexOf('=');
                    figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
                }
            }
        }
        if (process.waitFor() != 0 || figures.size() != 3) {
            throw new IllegalStateException("the application did not start");
        }
        return new Start(
                (System.nanoTime() - start) / 1e6, figures.get("all-cpu"), figures.get("kit"), figures.get("kit-cpu"));
    }
}
