package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEntry;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.ProblemDetail;

/**
 * Answers a REST caller whose call or request failed in SIP: an RFC 9457 problem with the HTTP status that fits, and
 * with words for the person who phoned. Nothing in it is meant for operators, or comes from the wire but numbers: the code,
 * and the seconds of a Retry-After.
 *
 * <pre>{@code
 * {"type": "https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24", "status": 409, "title": "Busy",
 *  "detail": "The line is busy. Please try again later.", "code": 486, "outcome": "busy", "advice": "retry-later"}
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class SipProblems {

    private final SipCatalog catalog;
    private final String provider;

    SipProblems(SipCatalog catalog, String provider) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.provider = provider;
    }

    /**
     * {@return the problem of a diagnosis}
     *
     * @param diagnosis of something that failed
     * @param locale of the reader
     */
    public ProblemDetail of(SipDiagnosis diagnosis, Locale locale) {
        ProblemDetail problem = ProblemDetail.forStatus(diagnosis.httpStatus());
        problem.setTitle(catalog.words(diagnosis.outcome(), locale).title());
        problem.setDetail(diagnosis.callerText(locale));
        diagnosis
                .entry()
                .map(SipEntry::link)
                .filter(link -> !link.isEmpty())
                .ifPresent(link -> problem.setType(URI.create(link)));
        diagnosis.code().ifPresent(code -> problem.setProperty("code", code.value()));
        problem.setProperty("outcome", diagnosis.outcome().id());
        problem.setProperty("advice", diagnosis.advice().id());
        if (diagnosis.retryAfterSeconds() >= 0) {
            problem.setProperty("retryAfterSeconds", diagnosis.retryAfterSeconds());
        }
        return problem;
    }

    /**
     * {@return the problem of a code, if nothing else is known}
     *
     * @param code of something that failed
     * @param locale of the reader
     */
    public ProblemDetail of(SipCode code, Locale locale) {
        return of(
                SipDiagnosis.about(code.value())
                        .catalog(catalog)
                        .provider(provider)
                        .build(),
                locale);
    }
}
