package io.sipcodes.micrometer;

import static io.sipcodes.SipRole.CLIENT;
import static io.sipcodes.SipRole.SERVER;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SipMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SipMetrics metrics = SipMetrics.builder(registry).zeros(false).build();

    @ParameterizedTest
    @CsvSource({
        "486,  INVITE,    486,   4xx,   Busy Here,            busy",
        "180,  INVITE,    180,   1xx,   Ringing,              progress",
        "401,  REGISTER,  401,   4xx,   Unauthorized,         challenged",
        "607,  INVITE,    607,   6xx,   Unwanted,             blocked",
        "477,  INVITE,    477,   4xx,   Unfortunately error on sending to next hop occurred, unreachable",
        "499,  INVITE,    4xx,   4xx,   Request Failure,      unknown",
        "199,  INVITE,    199,   1xx,   Early Dialog Terminated, progress",
        "198,  INVITE,    1xx,   1xx,   Provisional,          progress",
        "299,  BYE,       2xx,   2xx,   Successful,           success",
        "399,  INVITE,    3xx,   3xx,   Redirection,          redirected",
        "599,  INVITE,    5xx,   5xx,   Server Failure,       server-error",
        "699,  INVITE,    6xx,   6xx,   Global Failures,      unknown",
        "700,  INVITE,    other, other, No SIP response code, unknown",
        "99,   INVITE,    other, other, No SIP response code, unknown",
        "-5,   INVITE,    other, other, No SIP response code, unknown",
    })
    void shouldCountAResponseUnderItsCode(
            int raw, String method, String code, String codeClass, String meaning, String outcome) {
        metrics.accept(Events.received(method, raw));

        assertThat(only("sip.responses").getId().getTags())
                .extracting(tag -> tag.getKey() + "=" + tag.getValue())
                .containsExactlyInAnyOrder(
                        "direction=received",
                        "method=" + method,
                        "code=" + code,
                        "class=" + codeClass,
                        "meaning=" + meaning,
                        "outcome=" + outcome);
        assertThat(((Counter) only("sip.responses")).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE, INVITE",
        "ACK, ACK",
        "BYE, BYE",
        "CANCEL, CANCEL",
        "INFO, INFO",
        "MESSAGE, MESSAGE",
        "NOTIFY, NOTIFY",
        "OPTIONS, OPTIONS",
        "PRACK, PRACK",
        "PUBLISH, PUBLISH",
        "REFER, REFER",
        "REGISTER, REGISTER",
        "SUBSCRIBE, SUBSCRIBE",
        "UPDATE, UPDATE",
        "invite, _OTHER",
        "'', _OTHER",
        "X-MADE-UP, _OTHER",
    })
    void shouldNameKnownMethodsOnly(String method, String tag) {
        metrics.accept(Events.received(method, 200));

        assertThat(only("sip.responses").getId().getTag("method")).isEqualTo(tag);
    }

    @Test
    void shouldCountARetransmissionApart() {
        metrics.accept(new SipEvent.ResponseSeen(Events.response(SipDirection.SENT, "INVITE", 200), true));
        metrics.accept(new SipEvent.RequestSeen(Events.request("INVITE"), true));
        metrics.accept(new SipEvent.RequestSeen(Events.request("INVITE"), false));

        assertThat(registry.find("sip.responses").meters()).isEmpty();
        assertThat(registry.get("sip.retransmissions")
                        .tags("direction", "sent", "method", "INVITE")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldTimeATransactionToItsEnd() {
        metrics.accept(Events.transaction(CLIENT, "INVITE", true, 407, Duration.ofMillis(30)));
        metrics.accept(Events.transaction(CLIENT, "INVITE", false, 488, Duration.ofMillis(40)));

        Timer challenged = registry.get("sip.transactions").tag("code", "407").timer();
        assertThat(challenged.totalTime(NANOSECONDS)).isEqualTo(30e6);
        assertThat(tags(challenged))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "role", "client",
                        "method", "INVITE",
                        "initial", "true",
                        "code", "407",
                        "class", "4xx",
                        "meaning", "Proxy Authentication Required"));
        assertThat(registry.get("sip.transactions")
                        .tag("code", "488")
                        .timer()
                        .getId()
                        .getTag("initial"))
                .isEqualTo("false");
    }

    @Test
    void shouldCountAnAttemptAsDiagnosed() {
        metrics.accept(Events.attempt(
                SERVER,
                SipDiagnosis.about(408)
                        .method("INVITE")
                        .source(SipSource.TIMEOUT)
                        .build(),
                null));

        Meter attempt = only("sip.attempts");
        SipDiagnosis expected = SipDiagnosis.about(408)
                .method("INVITE")
                .source(SipSource.TIMEOUT)
                .build();
        assertThat(tags(attempt))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "role", "server",
                        "code", "408",
                        "class", "4xx",
                        "meaning", "Request Timeout",
                        "outcome", expected.outcome().id(),
                        "fault", expected.fault().id()));
        assertThat(registry.find("sip.session.request.delay").meters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, success",
        "486, failure",
        "408, failure",
        "503, failure",
        "603, failure",
        // RFC 6076 4.3.2: these are no failures, and a redirection is not the end.
        "302, ''",
        "401, ''",
        "402, ''",
        "407, ''",
    })
    void shouldKeepTheDelaysOfSuccessAndFailureApart(int code, String result) {
        metrics.accept(Events.attempt(CLIENT, code, Duration.ofMillis(1500)));
        metrics.accept(Events.registration(CLIENT, code, Duration.ofMillis(20)));

        if (result.isEmpty()) {
            assertThat(registry.find("sip.session.request.delay").meters()).isEmpty();
            assertThat(registry.find("sip.registration.request.delay").meters()).isEmpty();
        } else {
            assertThat(only("sip.session.request.delay").getId().getTag("result"))
                    .isEqualTo(result);
            assertThat(((Timer) only("sip.session.request.delay")).totalTime(NANOSECONDS))
                    .isEqualTo(1500e6);
            assertThat(only("sip.registration.request.delay").getId().getTag("result"))
                    .isEqualTo(result);
        }
        assertThat(((Counter) only("sip.attempts")).count()).isEqualTo(1);
        assertThat(((Counter) only("sip.registrations")).count()).isEqualTo(1);
    }

    @Test
    void shouldTimeACallThatEnded() {
        metrics.accept(Events.callEnded(CLIENT, true, Duration.ofMinutes(2), Duration.ofMillis(15)));
        metrics.accept(Events.callEnded(CLIENT, false, Duration.ofMinutes(3), null));

        assertThat(registry.get("sip.session.duration")
                        .tag("result", "success")
                        .timer()
                        .totalTime(NANOSECONDS))
                .isEqualTo(120e9);
        assertThat(registry.get("sip.session.duration")
                        .tag("result", "failure")
                        .timer()
                        .totalTime(NANOSECONDS))
                .isEqualTo(180e9);
        // A BYE that nobody answered has no disconnect delay: RFC 6076 4.4 leaves it out.
        assertThat(((Timer) only("sip.session.disconnect.delay")).count()).isEqualTo(1);
    }

    @Test
    void shouldKnowTheCallsThatAreUp() {
        metrics.accept(Events.callStarted(CLIENT));
        metrics.accept(Events.callStarted(CLIENT));
        metrics.accept(Events.callStarted(SERVER));
        metrics.accept(Events.callEnded(CLIENT, true, Duration.ofMinutes(2), null));

        assertThat(registry.get("sip.calls.active")
                        .tag("role", "client")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("sip.calls.active")
                        .tag("role", "server")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void shouldNotCountBelowZeroWhenItMissedTheStart() {
        metrics.accept(Events.callEnded(CLIENT, true, Duration.ofMinutes(2), null));
        metrics.accept(Events.callStarted(CLIENT));

        assertThat(registry.get("sip.calls.active")
                        .tag("role", "client")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Q.850,         16,  Q.850,         16",
        "q.850,         0,   Q.850,         0",
        "Q.850,         127, Q.850,         127",
        "Q.850,         128, Q.850,         other",
        "Q.850,         -1,  Q.850,         other",
        "SIP,           200, SIP,           200",
        "sip,           499, SIP,           4xx",
        "SIP,           99,  SIP,           other",
        "STIR,          436, STIR,          436",
        "Preemption,    1,   Preemption,    1",
        "Preemption,    5,   Preemption,    5",
        "Preemption,    0,   Preemption,    other",
        "Preemption,    6,   Preemption,    other",
        "RELEASE_CAUSE, 7,   RELEASE_CAUSE, 7",
        "RELEASE_CAUSE, 8,   RELEASE_CAUSE, other",
        "X-Made-Up,     16,  other,         other",
    })
    void shouldCountReasonsFromAClosedSet(String protocol, int cause, String protocolTag, String causeTag) {
        metrics.accept(Events.reasons("BYE", SipReason.of(protocol, cause)));

        assertThat(tags(only("sip.causes")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("protocol", protocolTag, "cause", causeTag));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatWasRejected(SipEvent.MessageRejected.Cause cause) {
        metrics.accept(new SipEvent.MessageRejected("", SipDirection.RECEIVED, cause, "x", 0));

        assertThat(registry.get("sip.messages.rejected")
                        .tag("reason", cause.id())
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatWasDropped(SipEvent.EventsDropped.Cause cause) {
        metrics.accept(new SipEvent.EventsDropped(17, cause, 0));

        assertThat(registry.get("sip.events.dropped")
                        .tag("reason", cause.id())
                        .counter()
                        .count())
                .isEqualTo(17);
    }

    @Test
    void shouldCountFindingsByRule() {
        metrics.accept(finding("allow-missing", true));
        metrics.accept(finding("allow-missing", true));
        metrics.accept(finding("contact-missing", false));
        metrics.accept(finding("Not a rule, but text from somewhere", true));

        assertThat(registry.get("sip.conformance.findings")
                        .tags("rule", "allow-missing", "severity", "must")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sip.conformance.findings")
                        .tags("rule", "contact-missing", "severity", "should")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sip.conformance.findings")
                        .tags("rule", "other")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldNameNoMoreThan64Rules() {
        for (int i = 0; i < 1000; i++) {
            metrics.accept(finding("rule-" + i, true));
        }

        assertThat(registry.find("sip.conformance.findings").meters()).hasSize(65);
        assertThat(registry.get("sip.conformance.findings")
                        .tag("rule", "other")
                        .counter()
                        .count())
                .isEqualTo(1000 - 64);
    }

    /** More kinds than a place for those that come again has room for: codes that are 64 apart share one. */
    @Test
    void shouldCountEachOfManyKindsOfResponsesUnderItsOwn() {
        SipMetrics withPeers = withTrunk();
        List<SipMessage> kinds = new ArrayList<>();
        for (String method : List.of("INVITE", "BYE", "OPTIONS", "invite")) {
            for (int code : List.of(180, 183, 200, 202, 404, 408, 486, 488, 503, 600, 603)) {
                for (SipDirection direction : SipDirection.values()) {
                    kinds.add(Events.response(direction, method, code));
                }
            }
        }
        // The first once, the second twice and so on, in turns.
        for (int round = 0; round < kinds.size(); round++) {
            for (SipMessage response : kinds.subList(round, kinds.size())) {
                withPeers.accept(new SipEvent.ResponseSeen(response, false));
            }
        }

        for (int i = 0; i < kinds.size(); i++) {
            SipMessage response = kinds.get(i);
            assertThat(registry.get("sip.responses")
                            .tags("method", response.method().equals("invite") ? "_OTHER" : response.method())
                            .tags("code", Integer.toString(response.rawCode()))
                            .tags("direction", response.direction().id(), "peer", "trunk")
                            .counter()
                            .count())
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void shouldTellNamedPeersApart() {
        withTrunk().accept(Events.attempt(CLIENT, 200, null));

        assertThat(registry.get("sip.attempts").tag("peer", "trunk").counter().count())
                .isEqualTo(1);
    }

    private SipMetrics withTrunk() {
        return SipMetrics.builder(registry)
                .zeros(false)
                .peers(SipPeers.of(Map.of("trunk", List.of("203.0.113.0/24"))))
                .build();
    }

    @Test
    void shouldLeaveOutWhatIsNotWanted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SipMetrics fewer = SipMetrics.builder(registry)
                .zeros(true)
                .without(SipMeters.RESPONSES, SipMeters.SESSION_DURATION, SipMeters.CONFORMANCE_FINDINGS)
                .build();

        fewer.accept(Events.received("INVITE", 200));
        fewer.accept(finding("rule", true));

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .doesNotContain("sip.responses", "sip.session.duration", "sip.conformance.findings")
                .contains("sip.attempts");
    }

    @Test
    void shouldRefuseBucketsThatDoNotRise() {
        assertThatThrownBy(
                        () -> SipMetrics.builder(registry).delayBuckets(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delayBuckets: PT1S after PT1S (expected: rising, above zero)");
        assertThatThrownBy(() -> SipMetrics.builder(registry).durationBuckets(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SipEvent finding(String rule, boolean mandatory) {
        return new SipEvent.ConformanceFinding(
                Events.response(SipDirection.RECEIVED, "INVITE", 405), rule, mandatory, "RFC 3261 21.4.6");
    }

    private Meter only(String name) {
        assertThat(registry.find(name).meters()).hasSize(1);
        return registry.get(name).meter();
    }

    private static Map<String, String> tags(Meter meter) {
        return meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    }
}
