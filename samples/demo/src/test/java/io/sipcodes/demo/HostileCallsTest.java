package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Calls that somebody makes to get at whoever looks at the page, the endpoint or the scrape: over real SIP into the
 * running demo, and then all that it shows.
 */
class HostileCallsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String NUMBER = "4930123456789";
    private static final String DIGEST = "6629fae49393a05397450978507c4ef1";

    private static final List<String> HOSTILE = List.of(
            "\u001b[31mred\u001b]0;owned\u0007",
            "\u202eevil\u2066x\u2069\u200b\uFEFF",
            "a\u2028b\u2029c\u0085\u009b31m",
            "\u0001\u0008\u007f",
            "<script>window.owned=1</script>",
            "<img/src=x/onerror=window.owned=1>",
            "'onmouseover='window.owned=1'x='",
            "javascript:window.owned=1//",
            "${jndi:ldap://127.0.0.1:1/a}{{7*7}}#{7*7}",
            "%s%n%x%1$s{}{0}",
            "\uE000\uDB40\uDC41",
            "x".repeat(5_000));

    private static RunningDemo demo;

    @BeforeAll
    static void start() throws IOException {
        demo = new RunningDemo("--demo.caller.enabled=false");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    // ---- the calls

    /** A call to nobody with a hostile text in all that is meant for people. */
    private static String inWords(String name, String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return "INVITE sip:words-" + name + "@127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:PORT;branch=z9hG4bKwords" + name + "\r\n"
                + "From: \"" + quoted + "\" <sip:+" + NUMBER + "@127.0.0.1:PORT>;tag=w" + name + "\r\n"
                + "To: \"" + quoted + "\" <sip:words-" + name + "@127.0.0.1>\r\n"
                + "Call-ID: words-" + name + "\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Contact: \"" + quoted + "\" <sip:+" + NUMBER + "@127.0.0.1:PORT>\r\n"
                + "Max-Forwards: 70\r\n"
                + "Subject: " + text + " +" + NUMBER + "\r\n"
                + "User-Agent: " + text + "\r\n"
                + "Reason: SIP;cause=600;text=\"" + quoted + " +" + NUMBER + "\"\r\n"
                + "Warning: 399 gw \"" + quoted + " +" + NUMBER + "\"\r\n"
                + "Proxy-Authorization: Digest username=\"+" + NUMBER + "\", realm=\"" + quoted + "\", nonce=\"x\","
                + " uri=\"sip:x\", response=\"" + DIGEST + "\"\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    /** The same text where machines look: in the Call-ID, and escaped in the users of the URIs. */
    private static String inNames(String name, String text) {
        String escaped = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return "INVITE sip:names-" + name + escaped + "@127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:PORT;branch=z9hG4bKnames" + name + "\r\n"
                + "From: <sip:" + escaped + "@127.0.0.1:PORT>;tag=n" + name + "\r\n"
                + "To: <sip:names-" + name + escaped + "@127.0.0.1>\r\n"
                + "Call-ID: names-" + name + text + "\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Contact: <sip:tester@127.0.0.1:PORT>\r\n"
                + "Max-Forwards: 70\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    /** @param test tells the calls of one test from those of another */
    private static void send(RawPhone phone, String test, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            phone.sendRaw(inWords(test + i, HOSTILE.get(i)));
            phone.sendRaw(inNames(test + i, HOSTILE.get(i)));
        }
    }

    // ---- what may be shown

    private static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void assertSafe(String where, String text) {
        text.codePoints().filter(HostileCallsTest::isHostile).findFirst().ifPresent(c -> {
            throw new AssertionError(String.format(Locale.ROOT, "U+%04X in %s", c, where));
        });
        assertThat(text).as(where).doesNotContain(NUMBER, DIGEST);
    }

    /** All strings of a document, names and values, as a program gets them that reads it. */
    private static void assertSafe(String where, JsonNode json) {
        if (json.isString()) {
            assertSafe(where, json.asString());
        }
        json.propertyNames().forEach(name -> assertSafe(where, name));
        json.forEach(child -> assertSafe(where, child));
    }

    private static void assertSafeDocument(String where, String body) {
        assertSafe(where + ", as it is sent", body);
        assertSafe(where, demo.parse(body));
    }

    /** What the page would be sent now. */
    private static String board(Predicate<String> complete) throws Exception {
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(demo.url("/api/stream")))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
                Stream<String> all = lines.lines()) {
            return all.peek(line -> assertSafe("the stream", line))
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()))
                    .filter(complete)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** How many calls the exchange has refused whose Call-ID begins like this, by the endpoint. */
    private static int refused(String prefix) {
        int refused = 0;
        for (JsonNode failure : demo.json("/actuator/sipcodes/failures").get("failures")) {
            refused += failure.get("callId").asString().startsWith(prefix) ? 1 : 0;
        }
        return refused;
    }

    @Test
    void shouldSendNothingHostileToProgramsThatRead() throws Exception {
        try (RawPhone phone = new RawPhone(demo.sipPort())) {
            send(phone, "p", 0, HOSTILE.size());
        }
        await().atMost(LONG).until(() -> refused("words-p") == HOSTILE.size());
        // What cannot stand in a Call-ID the parser refuses.
        assertThat(refused("names-p")).isGreaterThan(HOSTILE.size() / 2);

        assertSafeDocument("the board", board(board -> board.contains("words-p")));
        List<String> details = new ArrayList<>();
        for (int id = 1; id <= refused(""); id++) {
            String body = demo.get("/api/failures/" + id + "?lang=de").body();
            assertSafeDocument("failure " + id, body);
            details.add(body);
        }
        assertThat(details).anyMatch(body -> body.contains("window.owned=1")).anyMatch(body -> body.contains("jndi"));
        for (String path :
                List.of("/actuator/sipcodes/failures", "/actuator/sipcodes/attachment", "/actuator/health")) {
            assertSafeDocument(path, demo.get(path).body());
        }
        demo.get("/actuator/prometheus").body().lines().forEach(line -> assertSafe("the scrape", line));
    }

    @Test
    void shouldShowNothingHostileToPeopleAndRunNothing() throws Exception {
        Path program = Peers.require("chromium", "chromium", "chromium-browser", "google-chrome");
        try (Chromium browser = new Chromium(program, Files.createTempDirectory("chromium"));
                RawPhone phone = new RawPhone(demo.sipPort())) {
            browser.open(demo.url("/"));
            await().atMost(LONG).until(() -> browser.text("#live").equals("live"));
            for (int from = 0; from < HOSTILE.size(); from += 4) {
                send(phone, "b", from, from + 4);
                for (int i = from; i < from + 4; i++) {
                    String user = "words-b" + i;
                    await().atMost(LONG)
                            .until(() -> browser.text("#failure-list").contains(user));
                }
                // Who is open stays, whatever comes after.
                browser.ask("document.querySelectorAll('#failure-list details').forEach(it => { it.open = true; })");
            }
            await().atMost(LONG)
                    .until(() -> browser.ask("[...document.querySelectorAll('#failure-list details[open]')]"
                                    + ".every(it => it.querySelector('.ladder li'))")
                            .asBoolean());

            JsonNode texts = browser.ask("[...document.querySelectorAll('body *')].flatMap(it => ["
                    + "...[...it.childNodes].filter(child => child.nodeType === 3).map(child => child.data),"
                    + "...[...it.attributes].flatMap(each => [each.name, each.value])])");
            texts.forEach(text -> assertSafe("the page", text.asString().replaceAll("[\n\t]", " ")));
            assertThat(browser.ask("document.querySelectorAll('#failure-list details[open]').length")
                            .asInt())
                    .isGreaterThanOrEqualTo(HOSTILE.size());
            assertThat(browser.text("#failure-list")).contains("<script>window.owned=1</script>", "jndi");
            assertThat(browser.ask("window.owned === undefined").asBoolean()).isTrue();
            assertThat(browser.ask("document.querySelectorAll('script').length").asInt())
                    .isEqualTo(1);
            assertThat(browser.ask("document.querySelectorAll('img').length").asInt())
                    .isEqualTo(1);
            assertThat(browser.ask("[...document.querySelectorAll('*')].some(it => [...it.attributes]"
                                    + ".some(each => each.name.startsWith('on')"
                                    + " || each.value.trim().toLowerCase().startsWith('javascript:')))")
                            .asBoolean())
                    .isFalse();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
