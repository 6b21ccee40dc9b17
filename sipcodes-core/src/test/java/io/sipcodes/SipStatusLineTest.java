package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipStatusLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP/2.0 200 OK                 | 200 | OK",
                "sip/2.0 486 Busy Here          | 486 | Busy Here",
                "SIP/2.0 603 Network Blocked    | 603 | Network Blocked",
                "SIP/2.0 100                    | 100 | ''",
                "'SIP/2.0 100 '                 | 100 | ''",
                "SIP/2.0 499   spaced  out      | 499 | spaced  out",
                "SIP/2.0 404 Kein Anschluß 号码   | 404 | Kein Anschluß 号码",
            })
    void shouldReadAStatusLine(String line, int code, String phrase) {
        SipStatusLine read = SipStatusLine.parse(line);

        assertThat(read.code()).isSameAs(SipCode.of(code));
        assertThat(read.phrase()).isEqualTo(phrase);
        assertThat(SipStatusLine.find(line)).contains(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0 180 Ringing\r\n", "SIP/2.0 180 Ringing\n", "SIP/2.0 180\tRinging"})
    void shouldReadItWithItsLineEnd(String line) {
        assertThat(SipStatusLine.parse(line)).isEqualTo(new SipStatusLine(SipCode.RINGING_180, "Ringing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP/2.0",
                "SIP/2.0 ",
                "SIP/2.0 20",
                "SIP/2.0 2000 OK",
                "SIP/2.0 099 X",
                "SIP/2.0 700 X",
                "SIP/2.0 -20 X",
                "SIP/2.0 2x0 X",
                "SIP/2.0 ٤٨٦ X",
                "SIP/2.0  200 OK",
                "SIP/2.0200 OK",
                "SIP/3.0 200 OK",
                "HTTP/1.1 200 OK",
                " SIP/2.0 200 OK",
                "INVITE sip:a@b SIP/2.0",
                "SIP/2.0 4294967301 better not break the receiver"
            })
    void shouldRefuseWhatIsNone(String line) {
        assertThat(SipStatusLine.find(line)).isEmpty();
        assertThatThrownBy(() -> SipStatusLine.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("status line: ")
                .hasMessageEndingWith(" (expected: SIP/2.0 100..699 phrase)");
    }

    @Test
    void shouldFindNothingInNothing() {
        assertThat(SipStatusLine.find(null)).isEmpty();
        assertThatThrownBy(() -> SipStatusLine.parse(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMakeThePhraseFitToBeShown() {
        SipStatusLine line = SipStatusLine.parse("SIP/2.0 486 Bu\u001B[2Jsy\u202E\u0000" + "x".repeat(1000));

        assertThat(line.phrase())
                .hasSize(256)
                .startsWith("Bu\uFFFD[2Jsy\uFFFD\uFFFDxxx")
                .endsWith("x…");
    }

    @Test
    void shouldNotPutAnAttackersTextIntoItsMessage() {
        assertThatThrownBy(() -> SipStatusLine.parse("\r\nadmin logged in" + "y".repeat(500)))
                .hasMessageStartingWith("status line: \uFFFD\uFFFDadmin logged in")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(130));
    }

    @Test
    void shouldWriteTheLine() {
        assertThat(new SipStatusLine(SipCode.BUSY_HERE_486, "Engaged")).hasToString("SIP/2.0 486 Engaged");
    }
}
