package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipDiagnosis;
import io.sipcodes.demo.Window.Ratio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final long START = 1_000 * Window.SLOT_NANOS;

    private final Window window = new Window();

    /** The ratios of RFC 6076 over four attempts: a call that was answered, and three of the code in the row. */
    @ParameterizedTest
    @CsvSource({
        // code, SER, SEER, ISA
        "200, 4/4, 4/4, 0/4",
        "302, 1/1, 1/1, 0/4",
        "404, 1/4, 1/4, 0/4",
        "408, 1/4, 1/4, 3/4",
        "480, 1/4, 4/4, 0/4",
        "486, 1/4, 4/4, 0/4",
        "487, 1/4, 1/4, 0/4",
        "500, 1/4, 1/4, 3/4",
        "501, 1/4, 1/4, 0/4",
        "503, 1/4, 1/4, 3/4",
        "504, 1/4, 1/4, 3/4",
        "600, 1/4, 4/4, 0/4",
        "603, 1/4, 4/4, 0/4",
        "604, 1/4, 1/4, 0/4",
        "607, 1/4, 1/4, 0/4"
    })
    void shouldCountAsTheRfcSays(int code, String ser, String seer, String isa) {
        add(200, START);
        for (int i = 0; i < 3; i++) {
            add(code, START);
        }

        Window.Sums sums = window.sums(START);

        assertThat(text(sums.ser())).isEqualTo(ser);
        assertThat(text(sums.seer())).isEqualTo(seer);
        assertThat(text(sums.isa())).isEqualTo(isa);
    }

    @Test
    void shouldLeaveARatioOfNothingUndefined() {
        assertThat(window.sums(START).ser()).isEqualTo(new Ratio(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "59, 1", "60, 0", "61, 0", "120, 0"})
    void shouldForgetWhatIsOlderThanFiveMinutes(int slotsLater, long expected) {
        add(486, START);

        assertThat(window.sums(START + slotsLater * Window.SLOT_NANOS).attempts())
                .isEqualTo(expected);
    }

    @Test
    void shouldNotMixUpTheRoundsOfItsRing() {
        add(486, START);
        add(200, START + Window.SLOTS * Window.SLOT_NANOS);
        add(503, START); // came late: its slot is taken by now

        Window.Sums sums = window.sums(START + Window.SLOTS * Window.SLOT_NANOS);

        assertThat(sums.codes()).containsOnlyKeys(200);
        assertThat(sums.timeline()).hasSize(Window.SLOTS);
        assertThat(sums.timeline().get(Window.SLOTS - 1)).containsExactly(1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"200, ANSWERED", "486, NOT_ANSWERED", "404, NOT_ANSWERED", "503, FAILED", "488, FAILED", "499, FAILED"})
    void shouldTellWhatPeopleDoFromWhatIsBroken(int code, Window.Kind expected) {
        assertThat(Window.Kind.of(SipDiagnosis.of(code, ""))).isEqualTo(expected);
    }

    private void add(int code, long nanos) {
        window.add(SipDiagnosis.of(code, ""), nanos);
    }

    private static String text(Ratio ratio) {
        return ratio.part() + "/" + ratio.whole();
    }
}
