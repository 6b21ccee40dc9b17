package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipWarningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "304 gw.example.com \"Media type not available\" | 304 | gw.example.com | Media type not available",
                "399 [2001:db8::1]:5060 \"say \\\"x\\\", y\"     | 399 | [2001:db8::1]:5060 | say \"x\", y",
                "399 - \"\"                                      | 399 | -              | ``",
                "301 isi.edu                                     | 301 | isi.edu        | ``",
                "370 host plain words                            | 370 | host           | plain words",
                "999 \"agent lost\"                              | 999 | ``             | agent lost",
                "100                                             | 100 | ``             | ``",
                "305   h\t\"open                                 | 305 | h              | open",
            })
    void shouldReadOneValue(String header, int code, String agent, String text) {
        assertThat(SipWarning.parse(header)).containsExactly(new SipWarning(code, agent, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                            | 0",
                "99 h \"x\"                    | 0",
                "1000 h \"x\"                  | 0",
                "abc h \"x\"                   | 0",
                "-399 h \"x\"                  | 0",
                "301 a \"x, y\", 305 b \"z\"   | 2",
                ", 301 a \"x\",, oops, 305 b   | 2",
            })
    void shouldReadEachValueOfAHeaderAndLeaveOutWhatIsNone(String header, int count) {
        assertThat(SipWarning.parse(header)).hasSize(count);
    }

    @Test
    void shouldReadNoMoreThanEight() {
        assertThat(SipWarning.parse("399 a \"x\",".repeat(1000))).hasSize(8);
        assertThat(SipWarning.parse(null)).isEmpty();
    }

    @Test
    void shouldWriteWhatItWouldReadAgain() {
        SipWarning warning = new SipWarning(399, "gw", "a \"b\" \\");

        assertThat(SipWarning.parse(warning.toString())).containsExactly(warning);
        assertThat(new SipWarning(399, "", "x")).hasToString("399 - \"x\"");
    }

    @ParameterizedTest
    @CsvSource({"99, -1", "100, 100", "999, 999", "1000, -1", "-1, -1"})
    void shouldKeepOnlyThreeDigits(int code, int kept) {
        assertThat(new SipWarning(code, "", "").code()).isEqualTo(kept);
    }
}
