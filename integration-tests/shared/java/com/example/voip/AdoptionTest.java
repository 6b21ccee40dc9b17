package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.gateway.GatewayApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that was written without the kit gets all of it by the dependency alone. */
class AdoptionTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Jvm.Program start(List<String> classPath) throws IOException {
        return Jvm.start(
                classPath,
                List.of(),
                GatewayApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=prometheus,sipcodes");
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldGetMetricsLogAndEndpointByTheDependencyAlone() throws Exception {
        try (Jvm.Program gateway = start(Jvm.classPath());
                RawCaller caller = new RawCaller()) {
            int http = gateway.await("started on port (\\d+)");
            int sip = gateway.await("SIP on port (\\d+)");
            String busy = caller.call("486", sip);
            String strange = caller.call("499", sip);
            String unknown = caller.call("404", sip);

            await().untilAsserted(() -> {
                assertThat(lines(gateway, "io.sipcodes.failures", busy)).hasSize(1);
                assertThat(lines(gateway, "io.sipcodes.failures", strange)).hasSize(1);
                assertThat(lines(gateway, "io.sipcodes.failures", unknown)).hasSize(1);
            });
            // What it had before it still has.
            assertThat(lines(gateway, "GatewayServerLogger", "received INVITE sip:486@"))
                    .hasSize(1);
            assertThat(lines(gateway, "GatewayServerLogger", "sent SIP/2.0 486")).hasSize(1);
            Map<String, String> sent = Map.of("direction", "sent", "method", "INVITE");
            await().untilAsserted(() -> {
                Scrape scrape = Scrape.of(get(http, "/actuator/prometheus").body());
                assertThat(scrape.sum("sip_responses_total", with(sent, "486"))).isEqualTo(1);
                assertThat(scrape.sum("sip_responses_total", with(sent, "4xx"))).isEqualTo(1);
                assertThat(scrape.sum("sip_responses_total", with(sent, "404"))).isEqualTo(1);
            });
            assertThat(get(http, "/actuator/sipcodes/failures").body()).contains(busy, strange, unknown);
        }
    }

    /** That it runs without shows that nothing in it was written for the kit. */
    @Test
    void shouldRunWithoutTheKitToo() throws Exception {
        List<String> without = Jvm.classPath().stream()
                .filter(entry -> !entry.matches(".*sipcodes-[a-z-]+(/target/classes|-[0-9][^/]*\\.jar)"))
                .toList();
        assertThat(Jvm.classPath().size() - without.size()).isEqualTo(4);

        try (Jvm.Program gateway = start(without);
                RawCaller caller = new RawCaller()) {
            int http = gateway.await("started on port (\\d+)");
            caller.call("486", gateway.await("SIP on port (\\d+)"));

            await().untilAsserted(() -> assertThat(lines(gateway, "GatewayServerLogger", "sent SIP/2.0 486"))
                    .hasSize(1));
            assertThat(get(http, "/actuator/prometheus").body())
                    .contains("jvm_")
                    .doesNotContain("sip_");
            assertThat(get(http, "/actuator/sipcodes").statusCode()).isEqualTo(404);
        }
    }

    private static List<String> lines(Jvm.Program program, String logger, String text) {
        return program.output()
                .lines()
                .filter(line -> line.contains(logger) && line.contains(text))
                .toList();
    }

    private static Map<String, String> with(Map<String, String> labels, String code) {
        return Map.of(
                "direction", labels.get("direction"), "method", labels.get("method"), "code", code);
    }
}
