package io.sipcodes.benchmarks;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** How long the catalog takes in a JVM that has only just begun: median of many JVMs, one after the other. */
public final class ColdStart {

    private static final int TIMES = 31;

    private ColdStart() {}

    /** Without an argument the whole comparison; with one, what a single JVM does. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            once(args[0]);
            return;
        }
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            Medians medians = new Medians(2);
            for (int i = 0; i < TIMES; i++) {
                medians.add(child(language));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| catalog in a cold JVM, %s, %d JVMs | facts %.1f ms (%s) | words %.1f ms (%s) |%n",
                    language.getDisplayLanguage(Locale.ENGLISH),
                    TIMES,
                    medians.median(0),
                    medians.spread(0),
                    medians.median(1),
                    medians.spread(1));
        }
    }

    private static double[] child(Locale language) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        language.toLanguageTag())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String[] nanos = out.readLine().split(" ");
            process.waitFor();
            return new double[] {Long.parseLong(nanos[0]) / 1e6, Long.parseLong(nanos[1]) / 1e6};
        }
    }

    private static void once(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        long start = System.nanoTime();
        boolean busy = SipCatalog.standard().entry(SipCode.BUSY_HERE_486).outcome() != null;
        long facts = System.nanoTime();
        boolean words = !SipCatalog.standard()
                .entry(SipCode.BUSY_HERE_486)
                .text(language)
                .title()
                .isEmpty();
        long end = System.nanoTime();
        if (!busy || !words) {
            throw new IllegalStateException("the catalog is empty");
        }
        System.out.println((facts - start) + " " + (end - facts));
    }
}
