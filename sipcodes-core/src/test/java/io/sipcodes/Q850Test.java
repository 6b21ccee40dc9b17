package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Q850Test {

    @ParameterizedTest
    @CsvFileSource(resources = "q850-to-sip.csv")
    void shouldMakeAResponseOfACause(
            Q850Profile profile, int cause, String location, Boolean newNumberKnown, String code) {
        assertThat(profile.toSip(cause, location == null ? "" : location, newNumberKnown != null)
                        .map(SipCode::text)
                        .orElse("-"))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "sip-to-q850.csv")
    void shouldMakeACauseOfAResponse(Q850Profile profile, int code, Integer warning, String cause) {
        List<SipWarning> warnings = warning == null ? List.of() : List.of(new SipWarning(warning, "", ""));

        assertThat(text(profile.toCause(SipCode.of(code), warnings))).isEqualTo(cause);
    }

    private static String text(OptionalInt cause) {
        return cause.isPresent() ? String.valueOf(cause.getAsInt()) : "-";
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerForAnyNumber(Q850Profile profile) {
        for (int cause : new int[] {Integer.MIN_VALUE, -1, 0, 128, 1000, Integer.MAX_VALUE}) {
            assertThat(profile.toSip(cause).isPresent()).isEqualTo(cause > 0 && profile != Q850Profile.ASTERISK);
        }
        for (int code = SipCode.MIN; code <= SipCode.MAX; code++) {
            OptionalInt cause = profile.toCause(SipCode.of(code));
            if (code >= 400 && (code != 487 || profile != Q850Profile.RFC3398)) {
                assertThat(cause).isPresent();
            } else if (code < 200) {
                assertThat(cause).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RFC3398,    603, U",
        "RFC3398,    486, ''",
        "RFC4497,    603, U",
        "RFC4497,    486, RPN",
        "RFC4497,    503, RPN",
        "RFC4497,    200, ''",
        "ASTERISK,   603, ''",
        "FREESWITCH, 603, ''",
    })
    void shouldSayWhereTheCallWasReleased(Q850Profile profile, int code, String location) {
        assertThat(profile.location(SipCode.of(code))).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RFC3398    | 486 | Q.850;cause=17;text=\"User busy\"",
                "RFC3398    | 603 | Q.850;cause=21;text=\"Call rejected\";location=U",
                "RFC4497    | 404 | Q.850;cause=1;text=\"Unallocated (unassigned) number\";location=RPN",
                "FREESWITCH | 607 | Q.850;cause=819",
                "RFC3398    | 487 | -",
                "RFC3398    | 180 | -",
            })
    void shouldWriteAReason(Q850Profile profile, int code, String reason) {
        assertThat(profile.toReason(SipCode.of(code), List.of())
                        .map(SipReason::toString)
                        .orElse("-"))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "Q.850;cause=21,            403",
        "q.850;cause=21;location=u, 603",
        "Q.850;cause=17,            486",
        "Q.850,                     -",
        "SIP;cause=21,              -",
    })
    void shouldReadAReason(String header, String code) {
        SipReason reason = SipReason.parse(header).get(0);

        assertThat(Q850Profile.RFC3398.toSip(reason).map(SipCode::text).orElse("-"))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        // cause, RFC 3398, RFC 4497, Asterisk, FreeSWITCH
        "21, 403, 403, 403, 603",
        "23, 410, 410, 302, 410",
        "25, 500, 500, -,   483",
        "26, 404, 500, -,   480",
        "38, 503, 503, 500, 503",
        "44, -,   500, -,   503",
        "88, 503, 503, -,   488",
    })
    void shouldListWhereTheProfilesMakeDifferentResponses(
            int cause, String rfc3398, String rfc4497, String asterisk, String freeswitch) {
        assertThat(Q850Profile.differencesToSip())
                .hasEntrySatisfying(
                        Q850Cause.find(cause).orElseThrow(),
                        answers -> assertThat(Arrays.stream(Q850Profile.values())
                                        .map(profile -> answers.containsKey(profile)
                                                ? answers.get(profile).text()
                                                : "-"))
                                .containsExactly(rfc3398, rfc4497, asterisk, freeswitch));
    }

    @ParameterizedTest
    @CsvSource({
        "408, 102, 102, 18,  102",
        "480, 18,  18,  19,  18",
        "485, 1,   1,   1,   3",
        "487, -,   31,  127, 487",
        "503, 41,  41,  34,  41",
    })
    void shouldListWhereTheProfilesMakeDifferentCauses(
            int code, String rfc3398, String rfc4497, String asterisk, String freeswitch) {
        assertThat(Q850Profile.differencesToCause())
                .hasEntrySatisfying(
                        SipCode.of(code),
                        answers -> assertThat(Arrays.stream(Q850Profile.values())
                                        .map(profile -> answers.containsKey(profile) ? answers.get(profile) + "" : "-"))
                                .containsExactly(rfc3398, rfc4497, asterisk, freeswitch));
    }

    @Test
    void shouldNotListWhereTheyAgree() {
        assertThat(Q850Profile.differencesToSip())
                .doesNotContainKeys(
                        Q850Cause.UNALLOCATED_UNASSIGNED_NUMBER_1,
                        Q850Cause.USER_BUSY_17,
                        Q850Cause.NO_CIRCUIT_CHANNEL_AVAILABLE_34);
        assertThat(Q850Profile.differencesToCause())
                .doesNotContainKeys(SipCode.BUSY_HERE_486, SipCode.NOT_FOUND_404, SipCode.DECLINE_603);
    }

    @Test
    void shouldNameEachCauseByItsPhraseAndNumber() {
        for (Q850Cause cause : Q850Cause.values()) {
            String name = cause.phrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
            assertThat(cause.name()).isEqualTo((name + "_" + cause.value()).replace("__", "_"));
            assertThat(Q850Cause.find(cause.value())).contains(cause);
        }
        assertThat(Q850Cause.values()).hasSize(71).isSortedAccordingTo((a, b) -> Integer.compare(a.value(), b.value()));
        assertThat(Q850Cause.USER_BUSY_17).hasToString("17 User busy");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 10, 33, 56, 126, 128, 487, Integer.MAX_VALUE})
    void shouldFindNoCauseThatQ850DoesNotHave(int value) {
        assertThat(Q850Cause.find(value)).isEmpty();
    }

    @Test
    void shouldFindTheCauseOfAReason() {
        assertThat(Q850Cause.find(SipReason.of("q.850", 17))).contains(Q850Cause.USER_BUSY_17);
        assertThat(Q850Cause.find(SipReason.of("SIP", 17))).isEmpty();
        assertThat(Q850Cause.find(SipReason.of("Q.850", -1))).isEmpty();
    }
}
