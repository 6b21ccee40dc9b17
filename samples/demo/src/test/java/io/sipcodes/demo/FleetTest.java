package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fleet/run promises: two demos, one Prometheus, the ratio of all calls together. */
class FleetTest {

    @TempDir
    private Path directory;

    @Test
    void shouldShowTheRatioOfTheWholeFleet() throws Exception {
        Peers.require("prometheus", "prometheus");
        Peers.require("prometheus", "promtool");
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(Path.of("fleet", "run").toAbsolutePath().toString());
        int page = freePort();
        builder.environment().put("OFFSET", String.valueOf(page - 8080));
        builder.environment()
                .put(
                        "DEMO",
                        Path.of(System.getProperty("java.home"), "bin", "java") + " -cp "
                                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                + " io.sipcodes.demo.DemoApplication");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
                String text = Files.readString(output);
                assertThat(process.isAlive()).as(text).isTrue();
                assertThat(text.lines().reduce((first, last) -> last))
                        .hasValueSatisfying(line -> assertThat(line)
                                .matches("SER(   127\\.0\\.0\\.1:\\d+ \\d+\\.\\d %){2}   fleet \\d+\\.\\d %"));
            });
        } finally {
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("ends when asked to")
                    .isTrue();
        }
        // Nothing it started lives on: both pages and Prometheus have let go of their ports.
        for (int port : new int[] {page, page + 1, page + 1010}) {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    // The others lie up to 1010 above it; one that is taken makes the test fail, not hang.
    private static int freePort() throws Exception {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Math.min(any.getLocalPort(), 60_000);
        }
    }
}
