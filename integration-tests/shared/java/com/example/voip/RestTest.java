package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipOutcome;
import io.sipcodes.spring.SipProblems;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Import;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a REST back end makes of codes: problems, parameters, JSON and messages, with the Jackson of this generation. */
class RestTest {

    record Body(SipCode code) {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Calls.class)
    static class RestBackend {}

    @RestController
    static class Calls {

        private final SipProblems problems;
        private final MessageSource messages;

        Calls(SipProblems problems, MessageSource messages) {
            this.problems = problems;
            this.messages = messages;
        }

        @GetMapping("/calls/{code}")
        ProblemDetail fail(@PathVariable SipCode code, Locale locale) {
            return problems.of(code, locale);
        }

        @GetMapping("/codes")
        Body find(@RequestParam(required = false) SipCode code) {
            return new Body(code);
        }

        @PostMapping("/codes")
        Body echo(@RequestBody Body body) {
            return body;
        }

        @GetMapping("/wanted")
        Body wanted(@Value("${wanted:487}") SipCode code) {
            return new Body(code);
        }

        @GetMapping("/messages/{key}")
        String message(@PathVariable String key, Locale locale) {
            return messages.getMessage(key, null, locale);
        }
    }

    private static Running application;

    @BeforeAll
    static void start() {
        application = Running.start(RestBackend.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @CsvSource({"de, de", "en, en", "fr, en"})
    void shouldAnswerWithAProblemInTheLanguageOfTheReader(String header, String language) {
        Running.Answer answer = application.get("/calls/486", "Accept-Language", header);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json())
                .containsEntry("status", 409)
                .containsEntry("code", 486)
                .containsEntry("outcome", "busy")
                .containsEntry(
                        "detail",
                        SipCatalog.standard()
                                .words(SipOutcome.BUSY, Locale.forLanguageTag(language))
                                .caller());
    }

    @ParameterizedTest
    @CsvSource({"?code=486, 486", "?code=, ", "'', "})
    void shouldTakeACodeAsParameter(String query, Integer code) {
        assertThat(application.get("/codes" + query).json()).containsEntry("code", code);
    }

    /** Where Spring converts without the web. */
    @Test
    void shouldTakeACodeAsProperty() {
        assertThat(application.get("/wanted").json()).containsExactly(Map.entry("code", 487));
    }

    @ParameterizedTest
    @CsvSource({"99", "700", "busy"})
    void shouldRefuseAPathThatHoldsNoCode(String code) {
        assertThat(application.get("/calls/" + code).status()).isEqualTo(400);
    }

    @Test
    void shouldReadAndWriteCodesAsNumbers() {
        Running.Answer answer = application.post("/codes", "{\"code\":486}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).containsExactly(Map.entry("code", 486));
        assertThat(application.post("/codes", "{\"code\":99}").status()).isEqualTo(400);
    }

    @Test
    void shouldFindTheWordsOfACodeAmongTheMessages() {
        assertThat(application.get("/messages/sip.486.title", "Accept-Language", "de").body())
                .isEqualTo(SipCatalog.standard()
                        .entry(SipCode.BUSY_HERE_486)
                        .text(Locale.GERMAN)
                        .title());
    }
}
