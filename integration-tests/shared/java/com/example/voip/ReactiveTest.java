package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same in a back end on WebFlux, which has no servlets. */
class ReactiveTest {

    @Test
    void shouldWorkWithWebFlux() throws Exception {
        try (Running application = Running.start(Backend.class, "--spring.main.web-application-type=reactive");
                Caller caller = new Caller()) {
            assertThat(application.context.getClass().getSimpleName()).contains("Reactive");
            caller.call("busy", application.context.getBean(Switchboard.class).port, "udp");

            await().untilAsserted(() -> assertThat(
                            Scrape.of(application.get("/actuator/prometheus").body())
                                    .sum("sip_attempts_total", Map.of("code", "486")))
                    .isEqualTo(2));
            await().untilAsserted(() -> assertThat((List<?>) application
                            .get("/actuator/sipcodes/failures")
                            .json()
                            .get("failures"))
                    .hasSize(2));
            assertThat(application.get("/actuator/sipcodes/486?lang=de").json()).containsEntry("language", "de");
            assertThat(application.get("/actuator/sipcodes/99").status()).isEqualTo(404);
            assertThat(application.get("/actuator/sipcodes/nonsense").status()).isEqualTo(400);
            assertThat(application.get("/calls/486", "Accept-Language", "de").json())
                    .containsEntry("status", 409)
                    .containsEntry("title", "Besetzt");
            assertThat(application.get("/calls/99").status()).isEqualTo(400);
            assertThat(application.log())
                    .noneMatch(line -> line.contains("not eligible for getting processed"))
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("deprecat"));
        }
    }
}
