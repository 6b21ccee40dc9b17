package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The guide's examples of Spring Boot; what stands between the tags is shown there. */
class GuideExamplesTest {

    private static final List<String> SAID = new ArrayList<>();

    private static final SipMessage INVITE =
            SipMessage.request("INVITE").callId("a84b4c76e66710").build();
    private static final SipDiagnosis BUSY = SipDiagnosis.of(486, "Busy Here");

    // tag::listeners
    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        @Bean
        SipFailureListener alarm() {
            return failure -> say(failure.diagnosis().operatorText(Locale.ENGLISH));
        }
    }

    @Component
    static class CallRecords {

        @EventListener
        void ended(SipEvent.AttemptEnded attempt) {
            say(attempt.request().callId() + " " + attempt.diagnosis().outcome());
        }
    }
    // end::listeners

    private static void say(String what) {
        SAID.add(what);
    }

    @Test
    void shouldTellListeners() {
        Application.runner()
                .withUserConfiguration(Listeners.class, CallRecords.class)
                .run(context -> {
                    List<SipEvent> events = List.of(
                            new SipEvent.TransactionEnded(SipRole.CLIENT, INVITE, Optional.empty(), true, 1, BUSY, 1),
                            new SipEvent.AttemptEnded(SipRole.CLIENT, INVITE, Optional.empty(), false, 1, BUSY, 1));
                    for (EventSink sink : Application.sinks(context)) {
                        events.forEach(sink.consumer());
                    }
                    assertThat(SAID)
                            .containsExactlyInAnyOrder(BUSY.operatorText(Locale.ENGLISH), "a84b4c76e66710 BUSY");
                });
    }

    static final class CallFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient SipDiagnosis diagnosis;

        CallFailedException(SipDiagnosis diagnosis) {
            this.diagnosis = diagnosis;
        }

        SipDiagnosis diagnosis() {
            return diagnosis;
        }
    }

    // tag::problems
    @RestControllerAdvice
    static class CallProblems {

        private final SipProblems problems;

        CallProblems(SipProblems problems) {
            this.problems = problems;
        }

        @ExceptionHandler
        ProblemDetail failed(CallFailedException failure, Locale locale) {
            return problems.of(failure.diagnosis(), locale);
        }
    }
    // end::problems

    @Test
    void shouldAnswerWithAProblem() {
        Application.runner().withUserConfiguration(CallProblems.class).run(context -> {
            ProblemDetail problem =
                    context.getBean(CallProblems.class).failed(new CallFailedException(BUSY), Locale.ENGLISH);
            assertThat(problem.getStatus()).isEqualTo(409);
            assertThat(problem.getProperties()).containsEntry("code", SipCode.BUSY_HERE_486.value());
        });
    }
}
