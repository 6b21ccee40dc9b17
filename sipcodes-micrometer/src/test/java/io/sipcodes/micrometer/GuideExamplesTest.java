package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the guide shows of this module; a test holds it to this. */
class GuideExamplesTest {

    @Test
    void shouldCountWithoutSpring() {
        MeterRegistry registry = new SimpleMeterRegistry();
        // tag::micrometer
        SipMetrics metrics = SipMetrics.builder(registry)
                .peers(SipPeers.of(Map.of("acme", List.of("203.0.113.0/24", "sip.acme.example"))))
                .build();
        // With JAIN-SIP: SipTraffic.subscribe(metrics). With another stack, hand it your own events:
        SipMessage response = SipMessage.response(486, "Busy Here")
                .method("INVITE")
                .direction(SipDirection.RECEIVED)
                .peer("203.0.113.7:5060")
                .build();
        metrics.accept(new SipEvent.ResponseSeen(response, false));
        // end::micrometer
        assertThat(registry.get("sip.responses")
                        .tag("code", "486")
                        .tag("direction", "received")
                        .tag("method", "INVITE")
                        .tag("peer", "acme")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldEnrichExistingMeters() {
        MeterRegistry registry = new SimpleMeterRegistry();
        // tag::existing-meters
        // Before the meters exist; with Spring Boot, as a bean.
        registry.config().meterFilter(SipMeterFilter.byTag("status", "our.sip.calls"::equals));

        Counter.builder("our.sip.calls").tag("status", "486").register(registry).increment();
        // now it has class="4xx", meaning="Busy Here" and outcome="busy" too
        // end::existing-meters
        assertThat(registry.get("our.sip.calls")
                        .tag("class", "4xx")
                        .tag("meaning", "Busy Here")
                        .tag("outcome", "busy")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
