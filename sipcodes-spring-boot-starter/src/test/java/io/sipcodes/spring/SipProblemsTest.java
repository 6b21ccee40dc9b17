package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipOutcome;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.http.ProblemDetail;

class SipProblemsTest {

    private final SipCatalog catalog = SipCatalog.standard();
    private final SipProblems problems = new SipProblems(catalog, "");

    @Test
    void shouldTellACallerWhyACallFailed() {
        ProblemDetail problem = problems.of(SipCode.BUSY_HERE_486, Locale.GERMAN);

        assertThat(problem.getStatus()).isEqualTo(409);
        assertThat(problem.getTitle())
                .isEqualTo(catalog.words(SipOutcome.BUSY, Locale.GERMAN).title());
        assertThat(problem.getDetail())
                .isEqualTo(catalog.words(SipOutcome.BUSY, Locale.GERMAN).caller());
        assertThat(problem.getType()).isEqualTo(URI.create("https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24"));
        assertThat(problem.getProperties())
                .containsEntry("code", 486)
                .containsEntry("outcome", "busy")
                .containsEntry("advice", "retry-later")
                .doesNotContainKey("retryAfterSeconds");
    }

    @ParameterizedTest
    @CsvSource({"404, 404", "486, 409", "503, 503", "408, 504", "403, 403", "499, 502", "603, 403"})
    void shouldHaveTheHttpStatusOfTheCatalog(int code, int status) {
        assertThat(problems.of(SipCode.of(code), Locale.ENGLISH).getStatus()).isEqualTo(status);
    }

    @Test
    void shouldFollowTheDiagnosisWhereItSaysMoreThanTheCode() {
        SipDiagnosis wrongPassword = SipDiagnosis.about(403)
                .method("REGISTER")
                .challengedBefore(true)
                .credentialsSent(true)
                .build();

        ProblemDetail problem = problems.of(wrongPassword, Locale.ENGLISH);

        assertThat(problem.getProperties()).containsEntry("outcome", "credentials");
        assertThat(problem.getStatus()).isEqualTo(500);
    }

    @Test
    void shouldPassRetryAfterOn() {
        SipDiagnosis overloaded = SipDiagnosis.about(503).retryAfterSeconds(30).build();

        assertThat(problems.of(overloaded, Locale.ENGLISH).getProperties()).containsEntry("retryAfterSeconds", 30);
    }

    @Test
    void shouldTellNothingFromTheWireAndNothingForOperators() {
        for (SipCode code : SipCode.known()) {
            SipDiagnosis diagnosis = SipDiagnosis.about(code.value())
                    .phrase("secret-of-the-wire")
                    .build();
            ProblemDetail problem = problems.of(diagnosis, Locale.ENGLISH);

            assertThat(problem.toString()).doesNotContain("secret-of-the-wire");
            assertThat(problem.getDetail()).isNotEmpty().isNotEqualTo(diagnosis.operatorText(Locale.ENGLISH));
        }
    }

    @Test
    void shouldTellOfWhatIsNoCodeAtAll() {
        ProblemDetail problem = problems.of(SipDiagnosis.of(0, ""), Locale.ENGLISH);

        assertThat(problem.getStatus()).isEqualTo(502);
        assertThat(problem.getType()).isEqualTo(URI.create("about:blank"));
        assertThat(problem.getProperties()).doesNotContainKey("code");
    }

    @Test
    void shouldBeABeanWhereSpringWebIs() {
        Application.runner().run(context -> assertThat(context).hasSingleBean(SipProblems.class));
        Application.runner()
                .withClassLoader(new FilteredClassLoader("org.springframework.http", "org.springframework.web"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("sipProblems"));
    }
}
