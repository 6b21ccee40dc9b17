package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class DemoTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static RunningDemo demo;

    @BeforeAll
    static void start() {
        demo = new RunningDemo("--demo.caller.interval=200ms", "--demo.sip.ring-out=3s");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void shouldMeasureWhatItsCallerDoes() {
        await().atMost(LONG).untilAsserted(() -> {
            for (String direction : List.of("sent", "received")) {
                assertThat(demo.scraped(
                                "sip_responses_total",
                                Map.of(
                                        "direction",
                                        direction,
                                        "method",
                                        "INVITE",
                                        "class",
                                        "4xx",
                                        "code",
                                        "486",
                                        "meaning",
                                        "Busy Here")))
                        .isPositive();
                assertThat(demo.scraped(
                                "sip_responses_total", Map.of("direction", direction, "class", "4xx", "code", "4xx")))
                        .isPositive();
            }
        });
    }

    /** Each kind of call, to its end, as both sides diagnose it. */
    @ParameterizedTest
    @CsvSource({
        "200, success",
        "486, busy",
        "480, no-answer",
        "487, cancelled",
        "603, declined",
        "603, blocked",
        "404, not-found",
        "403, credentials",
        "503, overload",
        "488, media",
        "4xx, unknown"
    })
    void shouldPlaceCallsOfEveryKind(String code, String outcome) {
        await().atMost(LONG).untilAsserted(() -> {
            for (String role : List.of("client", "server")) {
                assertThat(demo.scraped("sip_attempts_total", Map.of("role", role, "code", code, "outcome", outcome)))
                        .as(role)
                        .isPositive();
            }
        });
    }

    @Test
    void shouldExplainACodeAtTheEndpoint() {
        assertThat(demo.get("/actuator/sipcodes/486?lang=de").body())
                .contains("Busy Here")
                .contains("Anschluss besetzt");
    }

    @Test
    void shouldSendTheBoardToWhoeverOpensThePage() throws Exception {
        await().atMost(LONG).until(() -> board("de").get("failures").size() > 0);

        JsonNode board = board("de");

        assertThat(board.get("exchange").asString()).isEqualTo("127.0.0.1:" + demo.sipPort());
        assertThat(board.get("attempts").asLong()).isPositive();
        assertThat(board.get("classes").get("4xx").asLong()).isPositive();
        assertThat(board.get("timeline")).hasSize(Window.SLOTS);
    }

    /** Each button of the page, the code that it leads to, and the first and the last message of the ladder. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    busy           | 486 | INVITE   | ACK
                    declined       | 603 | INVITE   | ACK
                    unknown        | 404 | INVITE   | ACK
                    overloaded     | 503 | INVITE   | ACK
                    wrong-password | 403 | INVITE   | ACK
                    register-wrong | 403 | REGISTER | 403 Forbidden
                    """)
    void shouldShowTheFailureOfACallThatIsPlaced(String kind, int code, String first, String last) throws Exception {
        String callId = placed("{\"kind\":\"" + kind + "\"}");
        String address = "/api/failures/" + failure(callId);
        JsonNode detail = demo.json(address);

        assertThat(detail.get("evidence")).isNotEmpty();
        assertThat(detail.get("evidence").get(0).get("decisive").asBoolean()).isTrue();
        await().atMost(LONG).untilAsserted(() -> {
            List<String> labels = new ArrayList<>();
            demo.json(address)
                    .get("ladder")
                    .forEach(step -> labels.add(step.get("label").asString()));
            assertThat(labels.get(0)).startsWith(first + " sip:");
            // What the stack sends it logs after it sent it: a quick ACK may stand before its answer.
            assertThat(labels).anyMatch(label -> label.startsWith(last));
            assertThat(labels).anyMatch(label -> label.startsWith(code + " "));
        });
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldBringEveryKindOfCallToAnEnd(Call call) throws Exception {
        String callId = placed("{\"kind\":\"" + call.id() + "\"}");

        await().atMost(LONG).until(() -> result(callId) != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"code":480,"cause":21} | 480
                    {"code":499}            | 499
                    {"code":302}            | 200
                    {"code":202}            | 202
                    {"code":183}            | 200
                    """)
    void shouldDialAnyCode(String order, int expected) throws Exception {
        String callId = placed(order);

        await().atMost(LONG)
                .until(() ->
                        result(callId) != null && result(callId).get("code").asInt() == expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"code":99}             | 400 | code: 99 (expected: 100..699)
                    {"code":700}            | 400 | code: 700 (expected: 100..699)
                    {}                      | 400 | code: null (expected: 100..699)
                    {"code":480,"cause":0}  | 400 | cause: 0 (expected: 1..127)
                    {"code":480,"cause":128}| 400 | cause: 128 (expected: 1..127)
                    {"kind":"dance"}        | 400 | kind: dance (expected: a kind of call)
                    """)
    void shouldRefuseWhatCannotBeDialled(String order, int status, String detail) {
        HttpResponse<String> response = demo.post("/api/calls", "application/json", order);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(demo.parse(response.body()).get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void shouldNotPlaceCallsForTheFormOfAnotherSite() {
        assertThat(demo.post("/api/calls", "text/plain", "{\"kind\":\"busy\"}").statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"/", "/board.js", "/api/catalog", "/api/failures/0", "/nothing/here"})
    void shouldTellTheBrowserToTakeScriptsFromNowhereElse(String path) {
        assertThat(demo.get(path).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
    }

    @Test
    void shouldOfferTheWholeCatalogInBothLanguages() {
        JsonNode catalog = demo.json("/api/catalog");

        assertThat(catalog.size()).isGreaterThan(75);
        for (JsonNode entry : catalog) {
            for (String language : List.of("en", "de")) {
                assertThat(entry.get("words").get(language).get("title").asString())
                        .as("%s %s", entry.get("code"), language)
                        .isNotBlank();
            }
        }
        assertThat(demo.json("/api/catalog/499")
                        .get("words")
                        .get("de")
                        .get("title")
                        .asString())
                .isEqualTo("Gescheitert, Grund unbekannt");
    }

    @Test
    void shouldLeaveNothingBehindWhenItStops() throws IOException {
        int sip;
        try (RunningDemo other = new RunningDemo("--demo.caller.interval=50ms")) {
            sip = other.sipPort();
            assertThat(sip).isNotEqualTo(demo.sipPort());
        }

        InetAddress loopback = InetAddress.getLoopbackAddress();
        new DatagramSocket(sip, loopback).close();
        new ServerSocket(sip, 1, loopback).close();
    }

    private static String placed(String order) {
        // On a slow machine more calls may be open for a moment than the demo allows.
        HttpResponse<String> response = await().atMost(LONG)
                .until(() -> demo.post("/api/calls", "application/json", order), posted -> posted.statusCode() != 429);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return demo.parse(response.body()).get("callId").asString();
    }

    private static JsonNode result(String callId) throws Exception {
        return find(board("en").get("results"), "callId", callId);
    }

    /** The number of the failure of this call. */
    private static long failure(String callId) throws Exception {
        List<Long> found = new ArrayList<>();
        await().atMost(LONG).until(() -> {
            for (JsonNode failure : board("en").get("failures")) {
                JsonNode detail = demo.json("/api/failures/" + failure.get("id").asLong());
                if (detail.has("callId") && detail.get("callId").asString().equals(callId)) {
                    found.add(failure.get("id").asLong());
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private static JsonNode find(JsonNode all, String key, String value) {
        for (JsonNode each : all) {
            if (each.get(key).asString().equals(value)) {
                return each;
            }
        }
        return null;
    }

    /** The first board that a new stream sends. */
    private static JsonNode board(String language) throws Exception {
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(demo.url("/api/stream?lang=" + language)))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
                Stream<String> all = lines.lines()) {
            return all.filter(line -> line.startsWith("data:"))
                    .map(line -> demo.parse(line.substring("data:".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
