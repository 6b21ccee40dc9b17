package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that logs, JSON and dashboards of others hold: whoever changes one breaks somebody's search. */
class NamesTest {

    @Test
    void shouldNameTheFieldsOfALog() {
        assertThat(Arrays.stream(SipField.values()).map(SipField::key))
                .containsExactly(
                        "sip.code",
                        "sip.status",
                        "sip.method",
                        "sip.call_id",
                        "sip.from.uri",
                        "sip.to.uri",
                        "sip.peer",
                        "sip.stack",
                        "sip.role",
                        "sip.outcome",
                        "sip.fault",
                        "sip.advice",
                        "sip.retry_after",
                        "sip.duration_ms",
                        "sip.repeated",
                        "sip.rule");
    }

    @Test
    void shouldNameDirectionsRolesAndStrengths() {
        assertThat(Arrays.stream(SipDirection.values()).map(SipDirection::id)).containsExactly("sent", "received");
        assertThat(Arrays.stream(SipRole.values()).map(SipRole::id)).containsExactly("client", "server");
        assertThat(Arrays.stream(SipHeaderRule.Strength.values()).map(SipHeaderRule.Strength::id))
                .containsExactly("must", "should", "may", "should-not", "must-not");
    }

    @ParameterizedTest
    @CsvSource({
        "RFC3398, RFC 3398 7.2.4.1, RFC 3398 8.2.6.1",
        "RFC4497, RFC 4497 8.4.1,   RFC 4497 8.4.4",
    })
    void shouldSayWhereATranslationIsWrittenDown(Q850Profile profile, String toSip, String toCause) {
        assertThat(profile.sourceToSip()).isEqualTo(toSip);
        assertThat(profile.sourceToCause()).isEqualTo(toCause);
    }

    @Test
    void shouldCleanAndBoundATrace() {
        SipTrace trace = new SipTrace("a\r" + "b".repeat(1_000), "\u001b", true);

        assertThat(trace.traceId()).startsWith("a\uFFFDb").hasSize(128);
        assertThat(trace.spanId()).isEqualTo("\uFFFD");
        assertThatThrownBy(() -> new SipTrace("", "b", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("traceId: empty (expected: an identifier)");
    }
}
