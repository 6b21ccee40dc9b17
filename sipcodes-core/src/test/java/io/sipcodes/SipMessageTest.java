package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SipMessageTest {

    private static final SipTrace TRACE = new SipTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final List<SipReason> REASONS = List.of(SipReason.of("Q.850", 17));
    private static final List<SipWarning> WARNINGS = List.of(new SipWarning(399, "gw", "no trunk"));

    @Test
    void shouldKeepAllPartsOfAResponse() {
        SipMessage message = SipMessage.response(401, "Unauthorized")
                .stack("stack")
                .timestampNanos(1_700_000_000_000_000_001L)
                .direction(SipDirection.SENT)
                .transport("UDP")
                .peer("192.0.2.7:5060")
                .method("REGISTER")
                .callId("call")
                .cseq(4_294_967_295L)
                .branch("z9hG4bK1")
                .fromUri("sip:alice@example.org")
                .fromTag("from")
                .toUri("sip:bob@example.org")
                .toTag("to")
                .reasons(REASONS)
                .warnings(WARNINGS)
                .retryAfterSeconds(30)
                .expiresSeconds(3_600)
                .staleChallenge(true)
                .trace(TRACE)
                .build();

        assertThat(message.stack()).isEqualTo("stack");
        assertThat(message.timestampNanos()).isEqualTo(1_700_000_000_000_000_001L);
        assertThat(message.direction()).isEqualTo(SipDirection.SENT);
        assertThat(message.transport()).isEqualTo("UDP");
        assertThat(message.peer()).isEqualTo("192.0.2.7:5060");
        assertThat(message.method()).isEqualTo("REGISTER");
        assertThat(message.rawCode()).isEqualTo(401);
        assertThat(message.phrase()).isEqualTo("Unauthorized");
        assertThat(message.callId()).isEqualTo("call");
        assertThat(message.cseq()).isEqualTo(4_294_967_295L);
        assertThat(message.branch()).isEqualTo("z9hG4bK1");
        assertThat(message.fromUri()).isEqualTo("sip:alice@example.org");
        assertThat(message.fromTag()).isEqualTo("from");
        assertThat(message.toUri()).isEqualTo("sip:bob@example.org");
        assertThat(message.toTag()).isEqualTo("to");
        assertThat(message.reasons()).isEqualTo(REASONS);
        assertThat(message.warnings()).isEqualTo(WARNINGS);
        assertThat(message.retryAfterSeconds()).isEqualTo(30);
        assertThat(message.expiresSeconds()).isEqualTo(3_600);
        assertThat(message.staleChallenge()).isTrue();
        assertThat(message.hasCredentials()).isFalse();
        assertThat(message.trace()).contains(TRACE);
        assertThat(message.isResponse()).isTrue();
        assertThat(message.hasToTag()).isTrue();
        assertThat(message.code()).contains(SipCode.UNAUTHORIZED_401);
        assertThat(message).hasToString("SENT 401 Unauthorized to REGISTER 4294967295");
    }

    @Test
    void shouldKeepAllPartsOfARequest() {
        SipMessage message = SipMessage.request("INVITE")
                .requestUri("sip:bob@example.org")
                .cseq(7)
                .hasCredentials(true)
                .build();

        assertThat(message.method()).isEqualTo("INVITE");
        assertThat(message.requestUri()).isEqualTo("sip:bob@example.org");
        assertThat(message.hasCredentials()).isTrue();
        assertThat(message.isResponse()).isFalse();
        assertThat(message.code()).isEmpty();
        assertThat(message).hasToString("RECEIVED INVITE 7");
    }

    @Test
    void shouldBeEmptyWhereNothingWasSaid() {
        SipMessage message = SipMessage.response(200, "").build();

        assertThat(List.of(
                        message.stack(),
                        message.transport(),
                        message.peer(),
                        message.method(),
                        message.phrase(),
                        message.requestUri(),
                        message.callId(),
                        message.branch(),
                        message.fromUri(),
                        message.fromTag(),
                        message.toUri(),
                        message.toTag()))
                .containsOnly("");
        assertThat(message.timestampNanos()).isZero();
        assertThat(message.direction()).isEqualTo(SipDirection.RECEIVED);
        assertThat(message.cseq()).isZero();
        assertThat(message.reasons()).isEmpty();
        assertThat(message.warnings()).isEmpty();
        assertThat(message.retryAfterSeconds()).isEqualTo(-1);
        assertThat(message.expiresSeconds()).isEqualTo(-1);
        assertThat(message.hasCredentials()).isFalse();
        assertThat(message.staleChallenge()).isFalse();
        assertThat(message.trace()).isEmpty();
        assertThat(message.hasToTag()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "699, true", "700, false", "0, false", "-1, false"})
    void shouldGiveACodeOnlyWhereThereIsOne(int rawCode, boolean code) {
        SipMessage message = SipMessage.response(rawCode, "x").build();

        assertThat(message.rawCode()).isEqualTo(rawCode);
        assertThat(message.code().isPresent()).isEqualTo(code);
    }

    /** How to set a text, how to get it, and how long it may be. */
    static Stream<Arguments> texts() {
        return Stream.of(
                text("stack", SipMessage.Builder::stack, SipMessage::stack, 128),
                text("transport", SipMessage.Builder::transport, SipMessage::transport, 128),
                text("peer", SipMessage.Builder::peer, SipMessage::peer, 128),
                text("method", SipMessage.Builder::method, SipMessage::method, 128),
                text("phrase", SipMessage.Builder::phrase, SipMessage::phrase, 256),
                text("requestUri", SipMessage.Builder::requestUri, SipMessage::requestUri, 256),
                text("callId", SipMessage.Builder::callId, SipMessage::callId, 256),
                text("branch", SipMessage.Builder::branch, SipMessage::branch, 128),
                text("fromUri", SipMessage.Builder::fromUri, SipMessage::fromUri, 256),
                text("fromTag", SipMessage.Builder::fromTag, SipMessage::fromTag, 128),
                text("toUri", SipMessage.Builder::toUri, SipMessage::toUri, 256),
                text("toTag", SipMessage.Builder::toTag, SipMessage::toTag, 128));
    }

    private static Arguments text(
            String name,
            BiFunction<SipMessage.Builder, String, SipMessage.Builder> set,
            Function<SipMessage, String> get,
            int longest) {
        return Arguments.of(name, set, get, longest);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void shouldCleanAndBoundEveryText(
            String name,
            BiFunction<SipMessage.Builder, String, SipMessage.Builder> set,
            Function<SipMessage, String> get,
            int longest) {
        SipMessage message = set.apply(SipMessage.request("X"), "a\r\n\u202e" + "x".repeat(1_000))
                .build();

        assertThat(get.apply(message)).startsWith("a\uFFFD\uFFFD\uFFFDx").hasSize(longest);
        assertThatThrownBy(() -> set.apply(SipMessage.request("X"), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name);
    }

    @Test
    void shouldKeepNoMoreThanEightReasonsAndWarnings() {
        SipMessage message = SipMessage.response(480, "")
                .reasons(Collections.nCopies(9, REASONS.get(0)))
                .warnings(Collections.nCopies(1_000, WARNINGS.get(0)))
                .build();

        assertThat(message.reasons()).hasSize(8);
        assertThat(message.warnings()).hasSize(8);
    }

    @Test
    void shouldNotChangeWithTheListsItWasMadeOf() {
        List<SipReason> reasons = new ArrayList<>(REASONS);
        SipMessage message = SipMessage.response(480, "").reasons(reasons).build();
        reasons.clear();

        assertThat(message.reasons()).isEqualTo(REASONS);
    }
}
