package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way, in a real application on real SIP: from a response on the wire to log, scrape and endpoint. */
class RealTrafficTest {

    private static final List<String> TRANSPORTS = List.of("udp", "tcp");

    private static Running application;
    private static Caller caller;
    private static final Map<Integer, List<String>> callIds = new LinkedHashMap<>();

    @BeforeAll
    static void placeCalls() throws Exception {
        application = Running.start(Backend.class);
        caller = new Caller();
        int port = application.context.getBean(Switchboard.class).port;
        for (String transport : TRANSPORTS) {
            for (String user : List.of("busy", "away", "strange", "anna")) {
                Caller.Call call = caller.call(user, port, transport);
                callIds.computeIfAbsent(call.code(), code -> new ArrayList<>()).add(call.callId());
            }
        }
        assertThat(callIds.keySet()).containsExactly(486, 480, 499, 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        application.close();
    }

    @ParameterizedTest
    @CsvSource({
        "486, 486, 4xx, Busy Here",
        "480, 480, 4xx, Temporarily Unavailable",
        "499, 4xx, 4xx, Request Failure",
        "200, 200, 2xx, OK",
    })
    void shouldCountEachResponseInEachDirection(int wire, String code, String codeClass, String meaning) {
        for (String direction : List.of("sent", "received")) {
            await().untilAsserted(() -> assertThat(scrape().sum(
                            "sip_responses_total",
                            Map.of(
                                    "direction", direction,
                                    "method", "INVITE",
                                    "code", code,
                                    "class", codeClass,
                                    "meaning", meaning)))
                    .as("%s %s", wire, direction)
                    .isEqualTo(TRANSPORTS.size()));
        }
    }

    /** A bean of ours made too early would take the application's own meters away. */
    @Test
    void shouldLeaveTheMetersOfTheApplicationAlone() {
        assertThat(scrape().samples().stream().filter(sample -> sample.name().startsWith("jvm_")))
                .hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({"486", "480", "499"})
    void shouldLogEachFailedResponseOnce(int code) {
        for (String callId : callIds.get(code)) {
            // Both ends are in this JVM: one line for the response that was sent, one for the same that was received.
            await().untilAsserted(() -> assertThat(linesAbout(callId)).hasSize(2));
            assertThat(linesAbout(callId)).allMatch(line -> line.contains(String.valueOf(code)));
        }
        assertThat(callIds.get(200)).allSatisfy(callId -> assertThat(linesAbout(callId)).isEmpty());
    }

    private static List<String> linesAbout(String callId) {
        return application.log().stream()
                .filter(line -> line.contains("io.sipcodes.failures") && line.contains(callId))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"'', en", "?lang=en, en", "?lang=de, de", "?lang=de-AT, de", "?lang=fr, en"})
    void shouldExplainACodeInTheLanguageAskedFor(String query, String language) {
        String title = SipCatalog.standard()
                .entry(SipCode.BUSY_HERE_486)
                .text(Locale.forLanguageTag(language))
                .title();

        Map<String, Object> body = application.get("/actuator/sipcodes/486" + query).json();

        assertThat(body)
                .containsEntry("code", 486)
                .containsEntry("phrase", "Busy Here")
                .containsEntry("class", "4xx")
                .containsEntry("language", language)
                .containsEntry("title", title)
                .containsEntry("outcome", "busy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"de-AT,de;q=0.9,en;q=0.8 | '' | de", "fr | '' | en", "de | ?lang=en | en", "en | ?lang=de | de"})
    void shouldExplainACodeInTheLanguageTheReaderAccepts(String header, String query, String language) {
        assertThat(application
                        .get("/actuator/sipcodes/486" + query, "Accept-Language", header)
                        .json())
                .containsEntry("language", language);
        assertThat(application.get("/actuator/sipcodes" + query, "Accept-Language", header).body())
                .contains(SipCatalog.standard()
                        .entry(SipCode.BUSY_HERE_486)
                        .text(Locale.forLanguageTag(language))
                        .title());
    }

    @Test
    void shouldTellWhatItIsDoing() {
        Map<String, Object> state = application.get("/actuator/sipcodes/attachment").json();

        assertThat(state)
                .containsEntry("attached", true)
                .containsEntry("language", "en")
                .containsEntry("messagesDropped", 0)
                .containsEntry("outputs", List.of("log", "metrics", "recent failures", "application events"));
        assertThat(application.get("/actuator/info").json()).containsKey("sipcodes");
        assertThat(application.log())
                .filteredOn(line -> line.contains("sipcodes is attached to JAIN-SIP"))
                .singleElement()
                .asString()
                .contains("language: en", "log, metrics, recent failures, application events", "redaction: on");
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/sipcodes/99, 404, code: 99 (expected: a number from 100 to 699)",
        "/actuator/sipcodes/700, 404, code: 700 (expected: a number from 100 to 699)",
        "/actuator/sipcodes/4x6, 400, 'code: 4x6 (expected: a number from 100 to 699, failures or attachment)'",
        "/actuator/sipcodes/486?lang=%C3%9F, 400, lang: ? (expected: a language tag such as de or de-AT)",
        "/actuator/sipcodes?lang=!, 400, lang: ! (expected: a language tag such as de or de-AT)",
    })
    void shouldSayWhatIsWrongWithARequest(String path, int status, String message) {
        Running.Answer answer = application.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()).containsExactly(Map.entry("error", message));
    }

    @Test
    void shouldShowTheLatestFailuresNewestFirst() {
        await().untilAsserted(() -> assertThat(failures()).hasSize(2 * 3 * TRANSPORTS.size()));

        assertThat(failures().get(0)).containsEntry("code", 499).containsEntry("class", "4xx");
        assertThat(failures().get(failures().size() - 1))
                .containsEntry("code", 486)
                .containsEntry("callId", callIds.get(486).get(0))
                .containsEntry("outcome", "busy");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> failures() {
        return (List<Map<String, Object>>)
                application.get("/actuator/sipcodes/failures").json().get("failures");
    }

    @Test
    void shouldStartWithoutAWordOfComplaint() {
        assertThat(application.log())
                .anyMatch(line -> line.contains("Started "))
                .noneMatch(line -> line.contains("not eligible for getting processed"))
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("deprecat"))
                .noneMatch(line -> line.contains(" WARN ") && line.contains(" o.s."));
    }

    private static Scrape scrape() {
        return Scrape.of(application.get("/actuator/prometheus").body());
    }
}
