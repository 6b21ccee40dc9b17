package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipWarning;
import io.sipcodes.WireText;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the endpoint and the scrape show of messages that somebody made to do harm. */
class HostileOutputsTest {

    private static final String NUMBER = "4930123456789";
    private static final String DIGEST = "6629fae49393a05397450978507c4ef1";

    private static final List<String> HOSTILE = List.of(
            "\u001b[31mred\u001b[0m",
            "\u202eevil\u2066",
            "line\r\nX-Injected: yes",
            "\u2028\u2029",
            "\0\u007f\u009b31m",
            "%s%n%x {} {0}",
            "${jndi:ldap://127.0.0.1/a}",
            "\"} 1\nsip_forged_total{x=\"",
            "</script><script>alert(1)</script>",
            "\uD800",
            "\uE000\uFEFF\uDB40\uDC41",
            "+" + NUMBER,
            "call sip:" + NUMBER + "@example.org",
            "Digest username=\"bob\", response=\"" + DIGEST + "\"",
            "x".repeat(100_000));

    private static SipEvent.TransactionEnded ended(Random random) {
        SipMessage request = SipMessage.request(technical(random))
                .direction(SipDirection.SENT)
                .callId("c")
                .peer(technical(random))
                .fromUri("sip:+" + NUMBER + "@example.org")
                .toUri(text(random))
                .build();
        SipMessage response = SipMessage.response(400 + random.nextInt(300), text(random))
                .method(random.nextBoolean() ? "INVITE" : technical(random))
                .callId(technical(random))
                .peer("192.0.2.7:5060")
                .reasons(SipReason.parse(text(random) + ";cause=17;text=\"" + text(random) + "\""))
                .warnings(SipWarning.parse("399 " + "gw \"" + text(random) + "\""))
                .build();
        return new SipEvent.TransactionEnded(
                SipRole.CLIENT,
                request,
                Optional.of(response),
                true,
                1,
                SipDiagnosis.about(response)
                        .challengedBefore(random.nextBoolean())
                        .build(),
                1);
    }

    private static String text(Random random) {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    // What tells one message from another is shown as it is, but for its characters.
    private static String technical(Random random) {
        String text = text(random);
        return text.contains(NUMBER) || text.contains(DIGEST) ? "INVITE" : text;
    }

    @Test
    void shouldShowCleanAndRedactedTextInTheEndpointAndTheScrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Application.runner()
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=sipcodes", "sipcodes.failures.capacity=1000")
                .run(context -> {
                    RecentFailures failures = context.getBean(RecentFailures.class);
                    SipCodesEndpoint endpoint = context.getBean(SipCodesEndpoint.class);
                    io.sipcodes.micrometer.SipMetrics metrics =
                            io.sipcodes.micrometer.SipMetrics.builder(registry).build();
                    Random random = new Random(1);
                    for (int i = 0; i < 2_000; i++) {
                        SipEvent.TransactionEnded ended = ended(random);
                        failures.see(ended);
                        metrics.accept(ended);
                        metrics.accept(
                                new SipEvent.ResponseSeen(ended.response().orElseThrow(), false));
                        metrics.accept(new SipEvent.RequestSeen(ended.request(), false));
                    }
                    for (String language : List.of("en", "de")) {
                        assertSafe(endpoint.one("failures", language).toString());
                        assertSafe(new ObjectMapper().writeValueAsString(endpoint.one("failures", language)));
                    }
                });
        String scrape = registry.scrape();
        assertThat(scrape).doesNotContain("forged").contains("sip_responses_total");
        scrape.lines().forEach(HostileOutputsTest::assertSafe);
    }

    private static void assertSafe(String text) {
        assertThat(WireText.clean(text, Integer.MAX_VALUE).equals(text))
                .as("clean: " + WireText.clean(text, 1_000))
                .isTrue();
        assertThat(text).doesNotContain(NUMBER, DIGEST);
    }
}
