package io.sipcodes.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long a Boot application starts with the starter and without it, in turns. See {@code boot/run.sh}. */
public final class BootStart {

    private BootStart() {}

    /** Arguments: the class path with the starter, pairs of starts. */
    public static void main(String[] args) throws Exception {
        String with = args[0];
        int pairs = Integer.parseInt(args[1]);
        String without = Arrays.stream(with.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("sipcodes-"))
                .collect(Collectors.joining(File.pathSeparator));
        if (without.length() == with.length()) {
            throw new IllegalArgumentException("class path: " + with + " (expected: one with the starter)");
        }
        for (int i = 0; i < 2; i++) {
            start(without);
            start(with);
        }
        Medians medians = new Medians(3);
        for (int i = 0; i < pairs; i++) {
            // Each goes first in every second pair.
            double first = start(i % 2 == 0 ? without : with);
            double second = start(i % 2 == 0 ? with : without);
            double added = i % 2 == 0 ? second - first : first - second;
            medians.add(i % 2 == 0 ? first : second, i % 2 == 0 ? second : first, added);
        }
        System.out.printf(
                Locale.ROOT,
                "| start of a Boot application, %d pairs | without %.0f ms | with %.0f ms | adds %.0f ms (%s) |%n",
                pairs,
                medians.median(0),
                medians.median(1),
                medians.median(2),
                medians.spread(2));
    }

    private static double start(String classPath) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "PlainApplication",
                        "--server.port=0",
                        "--server.address=127.0.0.1")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the application did not start");
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
