package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import io.sipcodes.SipTrace;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // The MDC is read when first asked for, which would be after the line was written.
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private static SipEvent.TransactionEnded ended(String method, int code, String phrase, long atMillis) {
        return ended(SipRole.CLIENT, "192.0.2.7:5060", method, code, phrase, atMillis);
    }

    private static SipEvent.TransactionEnded ended(
            SipRole role, String peer, String method, int code, String phrase, long atMillis) {
        SipMessage request = SipMessage.request(method)
                .direction(role == SipRole.CLIENT ? SipDirection.SENT : SipDirection.RECEIVED)
                .peer(peer)
                .callId("a84b4c76e66710")
                .toUri("sip:+4930123456@example.org")
                .stack("trunk")
                .build();
        SipMessage response = SipMessage.response(code, phrase).method(method).build();
        return new SipEvent.TransactionEnded(
                role,
                request,
                Optional.of(response),
                true,
                TimeUnit.MILLISECONDS.toNanos(1234),
                SipDiagnosis.of(response),
                TimeUnit.MILLISECONDS.toNanos(atMillis));
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void shouldSayWhatHappenedAndWhatItMeans() {
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 486, "Busy here", 0));
        assertThat(texts()).hasSize(1);
        assertThat(texts().get(0))
                .startsWith("486 Busy Here <- 192.0.2.7:5060 INVITE sip:")
                .contains(" 1.2 s | Line busy: ")
                .endsWith(" | busy, callee, Call-ID a84b4c76e66710");
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void shouldMaskNumbersUnlessToldNotTo() {
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 480, "No +4930987654 here", 0));
        FailureLog.builder().redaction(Redaction.none()).build().accept(ended("INVITE", 480, "No +4930987654 here", 0));
        assertThat(texts().get(0)).doesNotContain("123456", "987654").contains("@example.org");
        assertThat(lines.list.get(0).getKeyValuePairs().toString()).doesNotContain("123456", "987654");
        assertThat(texts().get(1)).contains("sip:+4930123456@example.org", "No +4930987654 here");
    }

    /** What the line tells of a Reason comes from the peer as well. */
    @Test
    void shouldNotTellTheNumberThatAPeerGivesAsALocation() {
        SipEvent.TransactionEnded plain = ended("INVITE", 486, "Busy Here", 0);
        SipDiagnosis busy = SipDiagnosis.about(486)
                .reasons(SipReason.parse("Q.850;cause=17;location=\"+4930987654\""))
                .build();
        new FailureLog(Locale.ENGLISH)
                .accept(new SipEvent.TransactionEnded(
                        plain.role(), plain.request(), plain.response(), true, 0, busy, 0));
        assertThat(texts().get(0))
                .contains(" | Line busy: Q.850 17: User busy. ")
                .doesNotContain("987654");
    }

    @Test
    void shouldSayItInGerman() {
        new FailureLog(Locale.GERMAN).accept(ended("INVITE", 486, "Busy here", 0));
        assertThat(texts().get(0)).contains("| Anschluss besetzt: ");
    }

    @Test
    void shouldShowAPhraseThatIsNotTheRegistrys() {
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 480, "Error {} \u001b[31m%s\r\nX: y", 0));
        assertThat(texts().get(0))
                .startsWith("480 Temporarily Unavailable \"Error {} \uFFFD[31m%s\uFFFD\uFFFDX: y\" <- ")
                .doesNotContain("\u001b", "\r", "\n");
    }

    @Test
    void shouldNameWhatDecidedAndNotTheCode() {
        SipEvent.TransactionEnded plain = ended("INVITE", 480, "Error", 0);
        SipDiagnosis rang =
                SipDiagnosis.about(plain.response().orElseThrow()).rang(true).build();
        new FailureLog(Locale.ENGLISH)
                .accept(new SipEvent.TransactionEnded(
                        plain.role(), plain.request(), plain.response(), true, 0, rang, 0));
        assertThat(texts().get(0))
                .contains(" | Not answered: ")
                .endsWith(" | no-answer, callee, Call-ID a84b4c76e66710");
    }

    /** What the README shows of the kit, in one piece. */
    @Test
    void shouldWriteTheLineOfTheReadme() throws Exception {
        SipMessage request = SipMessage.request("INVITE")
                .direction(SipDirection.SENT)
                .peer("203.0.113.7:5060")
                .callId("a84b4c76e66710")
                .toUri("sip:+493012345621@example.org")
                .build();
        SipMessage response = SipMessage.response(480, "Error").method("INVITE").build();
        new FailureLog(Locale.ENGLISH)
                .accept(new SipEvent.TransactionEnded(
                        SipRole.CLIENT,
                        request,
                        Optional.of(response),
                        true,
                        TimeUnit.MILLISECONDS.toNanos(18_400),
                        SipDiagnosis.about(response).rang(true).build(),
                        0));
        assertThat(Files.readString(Path.of("../README.md")).replaceAll("\n\\s+\\|", " |"))
                .contains("INFO  io.sipcodes.failures     : " + texts().get(0) + "\n");
    }

    @Test
    void shouldSayThatThereWasNoResponse() {
        SipMessage request = SipMessage.request("INVITE").peer("192.0.2.7:5060").build();
        new FailureLog(Locale.ENGLISH)
                .accept(new SipEvent.TransactionEnded(
                        SipRole.CLIENT,
                        request,
                        Optional.empty(),
                        true,
                        TimeUnit.SECONDS.toNanos(32),
                        SipDiagnosis.about(408).source(SipSource.TIMEOUT).build(),
                        0));
        assertThat(texts().get(0)).startsWith("408 (no response) <- 192.0.2.7:5060 INVITE");
    }

    @Test
    void shouldCarryTheFieldsAsKeyValues() {
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 486, "Busy here", 0));
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .contains(
                        "sip.code=486",
                        "sip.status=Busy here",
                        "sip.method=INVITE",
                        "sip.call_id=a84b4c76e66710",
                        "sip.peer=192.0.2.7:5060",
                        "sip.stack=trunk",
                        "sip.role=client",
                        "sip.outcome=busy",
                        "sip.fault=callee",
                        "sip.duration_ms=1234");
        assertThat(lines.list.get(0).getMDCPropertyMap()).isEmpty();
    }

    @Test
    void shouldPutTheFieldsIntoTheMdcIfAsked() {
        FailureLog.builder().mdc(true).build().accept(ended("INVITE", 486, "Busy here", 0));
        assertThat(lines.list.get(0).getMDCPropertyMap())
                .containsEntry("sip.code", "486")
                .containsEntry("sip.call_id", "a84b4c76e66710");
        assertThat(MDC.get("sip.code")).isNull();
    }

    /** Boot's ECS format would refuse the line. */
    @Test
    void shouldNeverHaveAFieldInTheMdcAndAmongTheKeyValues() {
        FailureLog.builder().mdc(true).build().accept(ended("INVITE", 486, "Busy here", 0));
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key)
                .contains("sip.status")
                .doesNotContainAnyElementsOf(
                        lines.list.get(0).getMDCPropertyMap().keySet());
    }

    private static SipEvent.TransactionEnded traced(SipTrace ofRequest, SipTrace ofResponse) {
        SipMessage request = SipMessage.request("INVITE").trace(ofRequest).build();
        SipMessage response = SipMessage.response(486, "Busy Here")
                .method("INVITE")
                .trace(ofResponse)
                .build();
        return new SipEvent.TransactionEnded(
                SipRole.CLIENT, request, Optional.of(response), true, 0, SipDiagnosis.of(response), 0);
    }

    @Test
    void shouldNameTheTraceInTheMdc() {
        SipTrace one = new SipTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);
        SipTrace other = new SipTrace("11111111111111112222222222222222", "", true);
        FailureLog log = new FailureLog(Locale.ENGLISH);
        log.accept(traced(one, other));
        log.accept(traced(null, other));
        log.accept(traced(null, null));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getMDCPropertyMap)
                .containsExactly(
                        Map.of("traceId", one.traceId(), "spanId", one.spanId()),
                        Map.of("traceId", other.traceId()),
                        Map.of());
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void shouldKeepTheTraceOfWhoeverCalls() {
        MDC.put("traceId", "of the caller");
        try {
            new FailureLog(Locale.ENGLISH).accept(traced(new SipTrace("4bf92f3577b34da6", "", true), null));
            assertThat(lines.list.get(0).getMDCPropertyMap()).isEqualTo(Map.of("traceId", "of the caller"));
            assertThat(MDC.get("traceId")).isEqualTo("of the caller");
        } finally {
            MDC.remove("traceId");
        }
    }

    @Test
    void shouldWriteSuccessAtDebugOnly() {
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 200, "OK", 0));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
        logger.setLevel(Level.INFO);
        new FailureLog(Locale.ENGLISH).accept(ended("INVITE", 200, "OK", 0));
        assertThat(lines.list).hasSize(1);
    }

    private static SipEvent.ResponseSeen seen(int code, String phrase, boolean retransmission) {
        return new SipEvent.ResponseSeen(
                SipMessage.response(code, phrase)
                        .method("INVITE")
                        .direction(SipDirection.RECEIVED)
                        .peer("192.0.2.7:5060")
                        .callId("a84b4c76e66710")
                        .stack("trunk")
                        .build(),
                retransmission);
    }

    @Test
    void shouldWriteProvisionalResponsesAtDebugOnly() {
        FailureLog log = new FailureLog(Locale.ENGLISH);
        log.accept(seen(180, "Ringing", false));
        log.accept(seen(180, "Ringing", true));
        log.accept(seen(486, "Busy Here", false));
        log.accept(seen(183, "Wait for +4930987654", false));
        assertThat(texts())
                .containsExactly(
                        "180 Ringing <- 192.0.2.7:5060 INVITE | The phone is ringing | progress, Call-ID a84b4c76e66710",
                        "183 Session Progress \"Wait for +49******54\" <- 192.0.2.7:5060 INVITE | Call is progressing | progress,"
                                + " Call-ID a84b4c76e66710");
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .contains("sip.code=180", "sip.method=INVITE", "sip.role=client", "sip.outcome=progress");
        logger.setLevel(Level.INFO);
        log.accept(seen(180, "Ringing", false));
        assertThat(lines.list).hasSize(2);
    }

    /** What a level that is off may cost: nothing that has to be collected. */
    @Test
    void shouldAllocateNothingForALevelThatIsOff() {
        logger.setLevel(Level.ERROR);
        FailureLog log = new FailureLog(Locale.ENGLISH);
        SipCodesStackLogger stackLogger = new SipCodesStackLogger();
        SipEvent busy = ended("INVITE", 486, "Busy here", 0);
        SipEvent ringing = seen(180, "Ringing", false);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 10_000; i++) {
                log.accept(busy);
                log.accept(ringing);
                stackLogger.logDebug("of the stack");
                stackLogger.logInfo("of the stack");
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertThat(least).as("bytes for 10,000 events of each kind").isLessThan(10_000);
    }

    @Test
    void shouldWarnOfNoneOfTenThousandChallengedRegistrations() {
        FailureLog log = new FailureLog(Locale.ENGLISH);
        logger.setLevel(Level.INFO);
        for (int i = 0; i < 10_000; i++) {
            log.accept(ended("REGISTER", 401, "Unauthorized", i));
        }
        assertThat(lines.list).isEmpty();
    }

    @Test
    void shouldWriteTheSameFailureAFewTimesAndThenCountIt() {
        FailureLog log =
                FailureLog.builder().limit(3).window(Duration.ofSeconds(60)).build();
        for (int i = 0; i < 100; i++) {
            log.accept(ended("INVITE", 503, "Service Unavailable", i));
        }
        log.accept(ended("INVITE", 486, "Busy Here", 100));
        assertThat(texts()).hasSize(4);
        log.tick(TimeUnit.SECONDS.toNanos(59));
        assertThat(texts()).hasSize(4);
        log.tick(TimeUnit.SECONDS.toNanos(61));
        assertThat(texts())
                .hasSize(5)
                .last()
                .isEqualTo("503 Service Unavailable <- 192.0.2.7:5060 INVITE | 97 times more in 60 s | overload");
        log.accept(ended("INVITE", 503, "Service Unavailable", 61_500));
        assertThat(texts()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        // who, lines of a hundred failures from a port each, what the line at the end counts
        "SERVER, 192.0.2.7,     3,   404 Not Found -> 192.0.2.7 INVITE",
        "SERVER, [2001:db8::1], 3,   404 Not Found -> [2001:db8::1] INVITE",
        "CLIENT, 192.0.2.7,     100, ",
    })
    void shouldTakeWhoAsksFromAnotherPortForTheSame(SipRole role, String host, int written, String counted) {
        FailureLog log = FailureLog.builder().limit(3).build();
        for (int i = 0; i < 100; i++) {
            log.accept(ended(role, host + ":" + (5060 + i), "INVITE", 404, "Not Found", i));
        }
        assertThat(texts()).hasSize(written);
        log.tick(TimeUnit.SECONDS.toNanos(61));
        assertThat(texts().subList(written, texts().size()))
                .isEqualTo(counted == null ? List.of() : List.of(counted + " | 97 times more in 60 s | not-found"));
    }

    /** From a host each, or with a method each: whatever a peer can choose. */
    @Test
    void shouldCountTogetherWhatIsOfTooManyKinds() {
        FailureLog log = FailureLog.builder().limit(3).build();
        for (int i = 0; i < FailureLines.MAX_KINDS + 1_000; i++) {
            log.accept(ended(SipRole.SERVER, "h" + i + ":5060", "INVITE", 404, "Not Found", i));
        }
        assertThat(texts()).hasSize(FailureLines.MAX_KINDS + 3);
        // What we asked for ourselves, and what is worse, is not lost among them, and known kinds are told as before.
        log.accept(ended("INVITE", 404, "Not Found", 3_000));
        log.accept(ended(SipRole.SERVER, "192.0.2.7:5060", "INVITE", 500, "Server Internal Error", 3_000));
        log.accept(ended(SipRole.SERVER, "h7:5060", "INVITE", 404, "Not Found", 3_000));
        assertThat(texts()).hasSize(FailureLines.MAX_KINDS + 6);
        log.tick(TimeUnit.SECONDS.toNanos(100));
        assertThat(texts())
                .hasSize(FailureLines.MAX_KINDS + 7)
                .last()
                .isEqualTo("failures of other kinds -> | 997 times more in 60 s");
        assertThat(lines.list.get(lines.list.size() - 1).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("sip.role=server", "sip.repeated=997");
        log.accept(ended(SipRole.SERVER, "h2000:5060", "INVITE", 404, "Not Found", 101_000));
        assertThat(texts()).hasSize(FailureLines.MAX_KINDS + 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SENT     | true  | 405 Method Not Allowed -> 192.0.2.7:5060 MESSAGE | lacks-allow: must (RFC 3261 21.4.6)   | server",
                "RECEIVED | false | 405 Method Not Allowed <- 192.0.2.7:5060 MESSAGE | lacks-allow: should (RFC 3261 21.4.6) | client",
            })
    void shouldWriteWhatTheConformanceCheckFoundAtDebug(
            SipDirection direction, boolean mandatory, String start, String rule, String role) {
        Logger conformance = (Logger) LoggerFactory.getLogger(FailureLog.CONFORMANCE_LOGGER);
        SipMessage response = SipMessage.response(405, "whatever")
                .method("MESSAGE")
                .direction(direction)
                .peer("192.0.2.7:5060")
                .callId("a84b")
                .build();
        SipEvent finding = new SipEvent.ConformanceFinding(response, "lacks-allow", mandatory, "RFC 3261 21.4.6");
        conformance.addAppender(lines);
        try {
            conformance.setLevel(Level.INFO);
            new FailureLog(Locale.ENGLISH).accept(finding);
            assertThat(lines.list).isEmpty();
            conformance.setLevel(Level.DEBUG);
            new FailureLog(Locale.ENGLISH).accept(finding);
        } finally {
            conformance.detachAppender(lines);
            conformance.setLevel(null);
        }
        assertThat(texts()).containsExactly(start + " | " + rule + " | Call-ID a84b");
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.DEBUG);
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .contains("sip.code=405", "sip.rule=lacks-allow", "sip.role=" + role, "sip.call_id=a84b");
    }

    @Test
    void shouldSayWhatABuilderExpects() {
        assertThatThrownBy(() -> FailureLog.builder().limit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit: 0 (expected: at least 1)");
        assertThatThrownBy(() -> FailureLog.builder().window(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window: PT0S (expected: a positive time)");
    }
}
