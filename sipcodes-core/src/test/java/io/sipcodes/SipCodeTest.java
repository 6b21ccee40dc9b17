package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipCodeTest {

    private static final List<List<String>> PINNED = Csv.rows("codes.csv");

    @Test
    void shouldKnowEveryCodeOfTheRegistryAndNoOther() {
        List<String> pinned = new ArrayList<>();
        PINNED.forEach(row -> pinned.add(String.join(" | ", row)));
        List<String> known = new ArrayList<>();
        SipCode.known()
                .forEach(code -> known.add(code.text() + " | " + code.phrase() + " | "
                        + code.status().id()));

        assertThat(known).containsExactlyElementsOf(pinned);
    }

    @Test
    void shouldListTheRegisteredOnes() {
        List<Integer> pinned = new ArrayList<>();
        for (List<String> row : PINNED) {
            if (row.get(2).equals("registered") || row.get(2).equals("deprecated")) {
                pinned.add(Integer.valueOf(row.get(0)));
            }
        }

        assertThat(SipCode.registered()).extracting(SipCode::value).containsExactlyElementsOf(pinned);
        assertThat(SipCode.registered()).hasSize(75).allMatch(SipCode::isRegistered);
    }

    @Test
    void shouldNameEachConstantByItsPhraseAndNumber() throws IllegalAccessException {
        List<String> expected = new ArrayList<>();
        for (List<String> row : PINNED) {
            if (!row.get(2).equals("unregistered")) {
                String phrase = row.get(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
                expected.add(phrase + "_" + row.get(0) + " = " + row.get(0));
            }
        }
        List<String> found = new ArrayList<>();
        for (Field field : SipCode.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == SipCode.class) {
                found.add(field.getName() + " = " + ((SipCode) field.get(null)).value());
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 199, 200, 299, 399, 400, 486, 499, 599, 600, 698, 699})
    void shouldGiveTheOneInstanceOfANumber(int value) {
        assertThat(SipCode.of(value).value()).isEqualTo(value);
        assertThat(SipCode.of(value)).isSameAs(SipCode.of(value));
        assertThat(SipCode.find(value)).containsSame(SipCode.of(value));
        assertThat(SipCode.of(value).text()).isEqualTo(String.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -486, -1, 0, 1, 10, 99, 700, 701, 999, 1000, 4860, Integer.MAX_VALUE})
    void shouldRefuseWhatIsNoCode(int value) {
        assertThatThrownBy(() -> SipCode.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("code: " + value + " (expected: 100..699)");
        assertThat(SipCode.find(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"486, 486", "' 486 ', 486", "'\t699\n', 699", "100, 100"})
    void shouldReadATextThatTellsACode(String text, int code) {
        assertThat(SipCode.valueOf(text)).isSameAs(SipCode.of(code));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "' ', ' '",
        "99, 99",
        "099, 099",
        "700, 700",
        "48, 48",
        "4866, 4866",
        "+48, +48",
        "-86, -86",
        "4 6, 4 6",
        "9a9, 9a9",
        "a99, a99",
        "99a, 99a",
        "４８６, ４８６",
        "busy, busy",
        "'486\u0000', '486\uFFFD'",
        "12345678901234567890, 123456789012345…"
    })
    void shouldRefuseATextThatTellsNone(String text, String shown) {
        assertThatThrownBy(() -> SipCode.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("code: '" + shown + "' (expected: 100..699)");
    }

    @Test
    void shouldHaveOneInstanceForEachNumberOfTheRange() {
        Set<SipCode> all = new HashSet<>();
        for (int value = SipCode.MIN; value <= SipCode.MAX; value++) {
            all.add(SipCode.of(value));
        }

        assertThat(all).hasSize(600);
        assertThat(SipCode.BUSY_HERE_486).isSameAs(SipCode.of(486));
    }

    // RFC 3261 section 8.1.3.2.
    @ParameterizedTest
    @CsvSource({
        "100, 100", "101, 183", "180, 183", "183, 183", "199, 183", "200, 200", "202, 200", "299, 200", "300, 300",
        "305, 300", "400, 400", "486, 400", "499, 400", "500, 500", "503, 500", "599, 500", "600, 600", "603, 600",
        "699, 600"
    })
    void shouldFallBackAsAClientDoesThatDoesNotKnowTheCode(int code, int fallback) {
        assertThat(SipCode.of(code).fallback()).isSameAs(SipCode.of(fallback));
    }

    @ParameterizedTest
    @CsvSource({
        // code, class, provisional, final, success, redirection, failure, challenge
        "100, PROVISIONAL,     true,  false, false, false, false, false",
        "199, PROVISIONAL,     true,  false, false, false, false, false",
        "200, SUCCESSFUL,      false, true,  true,  false, false, false",
        "299, SUCCESSFUL,      false, true,  true,  false, false, false",
        "300, REDIRECTION,     false, true,  false, true,  false, false",
        "399, REDIRECTION,     false, true,  false, true,  false, false",
        "400, REQUEST_FAILURE, false, true,  false, false, true,  false",
        "401, REQUEST_FAILURE, false, true,  false, false, true,  true",
        "402, REQUEST_FAILURE, false, true,  false, false, true,  false",
        "407, REQUEST_FAILURE, false, true,  false, false, true,  true",
        "499, REQUEST_FAILURE, false, true,  false, false, true,  false",
        "500, SERVER_FAILURE,  false, true,  false, false, true,  false",
        "599, SERVER_FAILURE,  false, true,  false, false, true,  false",
        "600, GLOBAL_FAILURES, false, true,  false, false, true,  false",
        "699, GLOBAL_FAILURES, false, true,  false, false, true,  false",
    })
    void shouldTellWhatKindOfCodeItIs(
            int value,
            SipCodeClass codeClass,
            boolean provisional,
            boolean isFinal,
            boolean success,
            boolean redirection,
            boolean failure,
            boolean challenge) {
        SipCode code = SipCode.of(value);

        assertThat(code.codeClass()).isEqualTo(codeClass);
        assertThat(code.isProvisional()).isEqualTo(provisional);
        assertThat(code.isFinal()).isEqualTo(isFinal);
        assertThat(code.isSuccess()).isEqualTo(success);
        assertThat(code.isRedirection()).isEqualTo(redirection);
        assertThat(code.isFailure()).isEqualTo(failure);
        assertThat(code.isChallenge()).isEqualTo(challenge);
    }

    // RFC 3261 section 21.
    @ParameterizedTest
    @CsvSource({
        "1xx, Provisional",
        "2xx, Successful",
        "3xx, Redirection",
        "4xx, Request Failure",
        "5xx, Server Failure",
        "6xx, Global Failures"
    })
    void shouldNameTheClassesAsTheRfcDoes(String label, String phrase) {
        SipCodeClass codeClass = SipCodeClass.values()[label.charAt(0) - '1'];

        assertThat(codeClass.label()).isEqualTo(label);
        assertThat(codeClass.phrase()).isEqualTo(phrase);
        assertThat(SipCode.of((codeClass.ordinal() + 1) * 100 + 98))
                .hasToString((codeClass.ordinal() + 1) + "98 " + phrase);
    }

    static IntStream unknown() {
        return IntStream.rangeClosed(SipCode.MIN, SipCode.MAX)
                .filter(value -> PINNED.stream().noneMatch(row -> row.get(0).equals(String.valueOf(value))));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void shouldClaimNothingOfACodeItDoesNotKnow(int value) {
        SipCode code = SipCode.of(value);

        assertThat(code.status()).isEqualTo(SipCodeStatus.UNKNOWN);
        assertThat(code.isKnown()).isFalse();
        assertThat(code.isRegistered()).isFalse();
        assertThat(code.phrase()).isEqualTo(code.codeClass().phrase());
    }

    @Test
    void shouldSortByNumber() {
        assertThat(SipCode.RINGING_180).isLessThan(SipCode.OK_200);
        assertThat(SipCode.known()).isSorted();
        assertThat(SipCode.BUSY_HERE_486).hasToString("486 Busy Here");
    }
}
