package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every panel of the Grafana dashboard has data, asked of a real Prometheus that scrapes the demo and evaluates the rules.
 * {@code -Dsipcodes.scrape=127.0.0.1:8080/actuator/prometheus} has it scrape a program that runs in place of the demo.
 */
class DashboardTest {

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Path OBSERVABILITY = Path.of("../../observability");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @TempDir
    private Path folder;

    private RunningDemo demo;
    private Process prometheus;
    private String url;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Files.isExecutable(PROMETHEUS) || "required".equals(System.getenv("SIPCODES_PEERS")),
                "prometheus is missing (Debian, Ubuntu: apt install prometheus)");
        String scrape = System.getProperty("sipcodes.scrape");
        if (scrape == null) {
            demo = new RunningDemo("--demo.caller.interval=50ms", "--demo.sip.ring-out=2s");
            scrape = demo.url("/actuator/prometheus").substring("http://".length());
        }
        int slash = scrape.indexOf('/');
        StringBuilder config =
                new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files:\n");
        for (String file : List.of("sip-rules.yml", "sip-alerts.en.yml", "sip-words.en.yml")) {
            // The groups that are asked seldom would keep the test waiting.
            String rules = Files.readString(OBSERVABILITY.resolve("prometheus").resolve(file))
                    .replaceAll("(?m)^    interval: .*\\R", "");
            config.append("  - ")
                    .append(Files.writeString(folder.resolve(file), rules))
                    .append('\n');
        }
        config.append("scrape_configs:\n  - job_name: voip\n    metrics_path: ")
                .append(scrape.substring(slash))
                .append("\n    static_configs: [{targets: ['")
                .append(scrape, 0, slash)
                .append("']}]\n");
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        prometheus = new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + Files.writeString(folder.resolve("prometheus.yml"), config),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
                prometheus.destroyForcibly().waitFor();
            }
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void shouldHaveDataInEveryPanel() throws IOException {
        Map<String, String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(40);

        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(queries.entrySet().stream()
                                .filter(query -> !hasData(query.getValue()))
                                .toList())
                        .as(() -> "queries without data; the log says:\n" + log())
                        .isEmpty());
    }

    /** The queries by panel, with all variables at "all"; for now where they are for a week ago, since no test runs so long. */
    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        JsonNode dashboard = JsonMapper.builder()
                .build()
                .readTree(Files.readString(OBSERVABILITY.resolve("grafana/sip-dashboard.json")));
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.put(
                        panel.get("title").asString() + " "
                                + target.get("refId").asString(),
                        target.get("expr")
                                .asString()
                                .replaceAll("\\$(job|role|peer)", ".*")
                                .replace("$__rate_interval", "1m")
                                .replace("$__range", "1h")
                                .replace(" offset 1w", ""));
            }
        }
        return queries;
    }

    private boolean hasData(String query) {
        assertThat(prometheus.isAlive()).as(this::log).isTrue();
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    url + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"value\":[");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
