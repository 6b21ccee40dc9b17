package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo against a peer that others wrote: SIPp (Debian: sip-tester). */
class SippTest {

    private static final int CALLS = 100;

    private static RunningDemo demo;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        Peers.require("sip-tester", "sipp");
        demo = new RunningDemo("--demo.caller.enabled=false", "--demo.sip.ring-out=2s");
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void shouldCompleteTheCallsOfItsBuiltInScenarioAndCountLikeIt() throws Exception {
        awaitWhatWasBefore();
        Map<String, Double> before = counted();

        int exit = run(
                "sipp",
                "-sn",
                "uac",
                "-i",
                "127.0.0.1",
                "-m",
                "" + CALLS,
                "-r",
                "50",
                "-d",
                "200",
                // Else an INVITE that it repeats to a slow machine may be a call that it does not count.
                "-nr",
                "-nostdin",
                "-timeout",
                "50s",
                "-trace_stat",
                "-stf",
                "stat.csv",
                "-trace_counts",
                "-fd",
                "1",
                "127.0.0.1:" + demo.sipPort());

        assertThat(exit).as("sipp's exit code").isZero();
        Map<String, String> totals = lastRow("stat.csv");
        assertThat(totals).containsEntry("SuccessfulCall(C)", "" + CALLS).containsEntry("FailedCall(C)", "0");
        Map<String, String> messages = lastRow(countsFile());
        // In the order of sipp's scenario: 2_180 and 4_200 answer the INVITE, the last 200 answers the BYE.
        double ringing = received(messages, "_180_Recv");
        double answered = received(messages, "_200_Recv");
        assertThat(answered).isEqualTo(2 * CALLS);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, Double> after = counted();
            before.forEach((what, count) -> after.merge(what, -count, Double::sum));
            assertThat(after.get("180"))
                    .as(() -> "180 to INVITE, before " + before + ", and now\n" + seen())
                    .isCloseTo(ringing, within(0.0));
            assertThat(after.get("200") + after.get("bye")).as("200").isEqualTo(answered);
            assertThat(after.get("attempts")).as("answered attempts").isEqualTo(CALLS);
            assertThat(after.get("completed")).as("completed calls").isEqualTo(CALLS);
            assertThat(after.get("dropped")).as("lost events").isZero();
        });
    }

    // What tests before this one left to be counted is counted when a call of now is: events keep their order.
    private static void awaitWhatWasBefore() throws IOException {
        try (RawPhone phone = new RawPhone(demo.sipPort())) {
            phone.request("INVITE", "code-493");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> sent("INVITE", "493") > 0);
    }

    private static Map<String, Double> counted() {
        Map<String, Double> counts = new HashMap<>();
        counts.put("180", sent("INVITE", "180"));
        counts.put("200", sent("INVITE", "200"));
        counts.put("bye", sent("BYE", "200"));
        counts.put("attempts", demo.scraped("sip_attempts_total", Map.of("role", "server", "code", "200")));
        counts.put(
                "completed",
                demo.scraped("sip_session_duration_seconds_count", Map.of("role", "server", "result", "success")));
        counts.put("dropped", demo.scraped("sip_events_dropped_total", Map.of()));
        return counts;
    }

    private static String seen() {
        return demo.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.matches("sip_(requests|responses|attempts|retransmissions)_total.* [1-9].*"))
                .collect(Collectors.joining("\n"));
    }

    private static double sent(String method, String code) {
        return demo.scraped("sip_responses_total", Map.of("direction", "sent", "method", method, "code", code));
    }

    @Test
    void shouldPassEveryScenarioThatComesWithTheDemo() throws Exception {
        int exit = run(Path.of("sipp", "all").toAbsolutePath().toString(), "127.0.0.1:" + demo.sipPort(), "2");

        assertThat(exit).as(Files.readString(directory.resolve("output"))).isZero();
    }

    private int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String countsFile() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("_counts.csv"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<String, String> lastRow(String file) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(file));
        String[] names = lines.get(0).split(";");
        String[] values = lines.get(lines.size() - 1).split(";");
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            row.put(names[i], values[i]);
        }
        return row;
    }

    private static double received(Map<String, String> messages, String suffix) {
        return messages.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(suffix))
                .mapToDouble(entry -> Double.parseDouble(entry.getValue()))
                .sum();
    }
}
