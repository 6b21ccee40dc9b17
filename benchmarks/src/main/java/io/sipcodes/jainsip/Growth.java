package io.sipcodes.jainsip;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipEvent;
import io.sipcodes.micrometer.SipMetrics;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the tracker and the meters hold as there is more and more to hold, in memory and in series. Here, and not beside
 * the other benchmarks, because the tracker is not public. Time is that of the messages: an hour takes seconds.
 */
public final class Growth {

    private static final long START = TimeUnit.DAYS.toNanos(20_000);

    private Growth() {}

    /** Prints a Markdown table. */
    public static void main(String[] args) {
        atOnce(10_000, 100_000);
        atOnce(100_000, 100_000);
        atOnce(1_000_000, 100_000);
        hour(100);
        hour(1_000);
        series();
    }

    private static void atOnce(int transactions, int bound) {
        long before = used();
        CallTracker tracker = new CallTracker(
                event -> {}, new TrackerSettings(bound, bound, TimeUnit.HOURS.toNanos(24), SipCatalog.standard(), ""));
        for (int i = 0; i < transactions; i++) {
            tracker.accept(Flows.request("INVITE", i, "i", START + i, false));
        }
        long heap = used() - before;
        System.out.printf(
                Locale.ROOT,
                "| %,d INVITEs at once, bound %,d | %,d held | %.1f MB | %,d B each |%n",
                transactions,
                bound,
                tracker.transactions(),
                heap / 1e6,
                heap / tracker.transactions());
    }

    private static void hour(int callsPerSecond) {
        long before = used();
        CallTracker tracker = new CallTracker(event -> {});
        long number = 0;
        for (int minute = 1; minute <= 60; minute++) {
            for (int i = 0; i < 60 * callsPerSecond; i++) {
                Flows.call(number, START + number * TimeUnit.SECONDS.toNanos(1) / callsPerSecond, tracker::accept);
                number++;
            }
            if (minute == 1 || minute % 15 == 0) {
                System.out.printf(
                        Locale.ROOT,
                        "| minute %d at %,d calls/s | %,d held, and %,d ended and their responses | %.1f MB | |%n",
                        minute,
                        callsPerSecond,
                        tracker.transactions(),
                        tracker.ended(),
                        (used() - before) / 1e6);
            }
        }
    }

    private static void series() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SipMetrics metrics = SipMetrics.builder(registry).build();
        CallTracker tracker = new CallTracker((SipEvent event) -> metrics.accept(event));
        long start = START;
        long number = 0;
        for (long calls = 1_000; calls <= 100_000; calls *= 10) {
            while (number < calls) {
                Flows.call(number, start + number * TimeUnit.MILLISECONDS.toNanos(10), tracker::accept);
                number++;
            }
            // An hour without calls: what is left is what stays.
            for (int i = 0; i < 3_600; i++) {
                start += TimeUnit.SECONDS.toNanos(1);
                tracker.tick(start + calls * TimeUnit.MILLISECONDS.toNanos(10));
            }
            long lines = registry.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .count();
            System.out.printf(
                    Locale.ROOT, "| %,d calls counted | %,d series | %.1f MB in all | |%n", calls, lines, used() / 1e6);
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
