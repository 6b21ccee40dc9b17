package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipMeterFilterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void addTheFilterBeforeAnyMeter() {
        registry.config().meterFilter(SipMeterFilter.byTag("status", Set.of("voip.calls")::contains));
    }

    @ParameterizedTest
    @CsvSource({
        "486,           4xx,   Busy Here,            busy",
        "486 Busy Here, 4xx,   Busy Here,            busy",
        "200,           2xx,   OK,                   success",
        "499,           4xx,   Request Failure,      unknown",
        "5xx,           5xx,   Server Failure,       server-error",
        "4860,          other, No SIP response code, unknown",
        "099,           other, No SIP response code, unknown",
        "700,           other, No SIP response code, unknown",
        "busy,          other, No SIP response code, unknown",
        "'',            other, No SIP response code, unknown",
    })
    void shouldAddWhatTheCodeMeans(String status, String codeClass, String meaning, String outcome) {
        registry.counter("voip.calls", "status", status, "line", "7").increment();

        assertThat(registry.get("voip.calls").counter().getId().getTags())
                .containsExactlyInAnyOrderElementsOf(Tags.of(
                        "status", status, "line", "7", "class", codeClass, "meaning", meaning, "outcome", outcome));
    }

    @Test
    void shouldGiveAMeterWithoutACodeTheSameKeys() {
        registry.counter("voip.calls", "line", "7");

        assertThat(registry.get("voip.calls").counter().getId().getTags())
                .containsExactlyInAnyOrderElementsOf(Tags.of(
                        "line", "7", "class", "other", "meaning", "No SIP response code", "outcome", "unknown"));
    }

    @Test
    void shouldKeepATagThatTheMeterHas() {
        registry.counter("voip.calls", "status", "486", "outcome", "theirs");

        assertThat(registry.get("voip.calls").counter().getId().getTag("outcome"))
                .isEqualTo("theirs");
    }

    @Test
    void shouldLeaveOtherMetersAlone() {
        registry.counter("http.calls", "status", "486");

        assertThat(registry.get("http.calls").counter().getId().getTags())
                .containsExactlyElementsOf(Tags.of("status", "486"));
    }
}
