package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every panel of the dashboard has data, asked of a real Prometheus that scrapes and evaluates the rules. By default it
 * scrapes what is counted here; {@code -Dsipcodes.scrape=127.0.0.1:8080/actuator/prometheus} has it scrape a program
 * that runs, for instance the demo.
 */
class LivePrometheusTest {

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @TempDir
    private Path folder;

    private HttpServer program;
    private Process prometheus;
    private String url;

    @BeforeEach
    void start() throws IOException {
        Observability.need(PROMETHEUS, "the dashboard is not asked of a live one");
        String scrape = System.getProperty("sipcodes.scrape");
        if (scrape == null) {
            program = program();
            scrape = "127.0.0.1:" + program.getAddress().getPort() + "/metrics";
        }
        int slash = scrape.indexOf('/');
        StringBuilder config =
                new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files:\n");
        for (Path file : Observability.ruleFiles()) {
            if (file.endsWith("sip-alerts.de.yml")) {
                // One language at a time: the alerts are the same.
                continue;
            }
            // The groups that are asked seldom would keep the test waiting.
            String rules = Files.readString(file).replaceAll("(?m)^    interval: .*\\R", "");
            config.append("  - ")
                    .append(Files.writeString(folder.resolve(file.getFileName()), rules))
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
        if (program != null) {
            program.stop(0);
        }
    }

    @Test
    void shouldHaveDataInEveryPanel() {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Observability.queries().stream()
                                .filter(query -> !hasData(query.now()))
                                .map(query -> query.panel() + ": " + query.now()))
                        .as(() -> "queries without data; the log says:\n" + log())
                        .isEmpty());
    }

    private boolean hasData(String expression) throws RuntimeException {
        assertThat(prometheus.isAlive()).as(this::log).isTrue();
        try {
            String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/query?query=" + query))
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

    /** Counts a little of all with every scrape. */
    private static HttpServer program() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SipMetrics metrics = SipMetrics.builder(registry)
                .peers(SipPeers.of(Map.of("trunk", List.of("203.0.113.0/24"))))
                .build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            countALittleOfAll(metrics);
            byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void countALittleOfAll(SipMetrics metrics) {
        for (SipRole role : SipRole.values()) {
            for (int code : List.of(200, 200, 486, 503, 603)) {
                metrics.accept(Events.received("INVITE", code));
                metrics.accept(Events.transaction(role, "INVITE", true, code, Duration.ofMillis(70)));
                metrics.accept(Events.attempt(role, code, Duration.ofMillis(70)));
            }
            metrics.accept(Events.transaction(role, "REGISTER", true, 200, Duration.ofMillis(3)));
            metrics.accept(Events.registration(role, 200, Duration.ofMillis(3)));
            metrics.accept(Events.registration(role, 503, Duration.ofMillis(3)));
            metrics.accept(Events.callStarted(role));
            metrics.accept(Events.callEnded(role, true, Duration.ofSeconds(30), Duration.ofMillis(3)));
            metrics.accept(Events.callEnded(role, false, Duration.ofSeconds(90), null));
        }
        metrics.accept(Events.reasons("BYE", SipReason.of("Q.850", 16)));
        metrics.accept(new SipEvent.RequestSeen(Events.request("INVITE"), true));
        metrics.accept(new SipEvent.ConformanceFinding(
                Events.response(SipDirection.RECEIVED, "INVITE", 405), "allow-missing", true, "RFC 3261 21.4.6"));
    }
}
