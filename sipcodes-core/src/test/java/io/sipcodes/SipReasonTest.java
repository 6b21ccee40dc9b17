package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipReasonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // header | protocol | cause | text | location
                "Q.850;cause=17;text=\"User busy\"               | Q.850      | 17  | User busy           | ``",
                "q.850 ; CAUSE = 16 ; Text = \"bye\"             | q.850      | 16  | bye                 | ``",
                "SIP;cause=200;text=\"Call completed elsewhere\" | SIP        | 200 | Call completed elsewhere | ``",
                "Q.850;cause=31;location=LN                      | Q.850      | 31  | ``                  | LN",
                "Q.850;location=\"U\";cause=21                   | Q.850      | 21  | ``                  | U",
                "Preemption ;cause=1 ;text=\"UA Preemption\"     | Preemption | 1   | UA Preemption       | ``",
                "SIP;text=\"a \\\"b\\\" \\\\ c;d,e\";cause=480   | SIP        | 480 | a \"b\" \\ c;d,e    | ``",
                "SIP;cause=\"600\"                               | SIP        | 600 | ``                  | ``",
                "SIP                                             | SIP        | -1  | ``                  | ``",
                "SIP;cause=                                      | SIP        | -1  | ``                  | ``",
                "SIP;cause=abc;text=\"x\"                        | SIP        | -1  | x                   | ``",
                "SIP;cause=-5                                    | SIP        | -1  | ``                  | ``",
                "SIP;cause=99999999999999                        | SIP        | -1  | ``                  | ``",
                "SIP;cause=999999999                             | SIP        | 999999999 | ``            | ``",
                "SIP;cause=1000000000                            | SIP        | -1  | ``                  | ``",
                "SIP;cause=0                                     | SIP        | 0   | ``                  | ``",
                "SIP;text=\"cut off\\                            | SIP        | -1  | cut off\\           | ``",
                "Q.850;cause=17;text=User busy                   | Q.850      | 17  | User busy           | ``",
                "Q.850;cause=17;text=\"never closed              | Q.850      | 17  | never closed        | ``",
                "SIP;cause=480;location=LN                       | SIP        | 480 | ``                  | ``",
                "X.Y-Z;cause=1;cause=2                           | X.Y-Z      | 1   | ``                  | ``",
                "Q.850;text=\";cause=5\"                         | Q.850      | -1  | ;cause=5            | ``",
            })
    void shouldReadOneValue(String header, String protocol, int cause, String text, String location) {
        assertThat(SipReason.parse(header)).containsExactly(new SipReason(protocol, cause, text, location));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                     | 0",
                "` , ,, `                               | 0",
                ";cause=17                              | 0",
                "\"quoted\";cause=1                     | 0",
                "SIP;cause=480,Q.850;cause=20           | 2",
                "SIP;text=\"a,b\" , Q.850;cause=20      | 2",
                "STIR;cause=436,STIR;cause=437          | 2",
                ",SIP;cause=1,;cause=2,SIP;cause=3,     | 2",
            })
    void shouldReadEachValueOfAHeaderAndLeaveOutWhatIsNone(String header, int count) {
        assertThat(SipReason.parse(header)).hasSize(count);
    }

    @Test
    void shouldReadNoMoreThanEight() {
        assertThat(SipReason.parse("SIP;cause=1,".repeat(1000))).hasSize(8);
    }

    @Test
    void shouldTakeNoHeaderForNoValue() {
        assertThat(SipReason.parse(null)).isEmpty();
    }

    @Test
    void shouldMakeWhatItReadFitToBeShown() {
        SipReason reason = SipReason.parse("SIP\u0007;text=\"a\u202Eb\r\nc" + "x".repeat(5000) + "\";location=\u0000")
                .get(0);

        assertThat(reason.protocol()).isEqualTo("SIP\uFFFD");
        assertThat(reason.text()).startsWith("a\uFFFDb\uFFFD\uFFFDc").hasSize(256);
    }

    @ParameterizedTest
    @CsvSource({
        "Q.850, true, false",
        "q.850, true, false",
        "SIP,   false, true",
        "sip,   false, true",
        "Q850,  false, false",
        "STIR,  false, false"
    })
    void shouldTellTheProtocolWithoutRegardToCase(String protocol, boolean q850, boolean sip) {
        SipReason reason = SipReason.of(protocol, 1);

        assertThat(reason.isQ850()).isEqualTo(q850);
        assertThat(reason.isSip()).isEqualTo(sip);
    }

    @Test
    void shouldWriteWhatItWouldReadAgain() {
        SipReason reason = new SipReason("Q.850", 17, "a \"busy\" \\ user", "LN");

        assertThat(reason).hasToString("Q.850;cause=17;text=\"a \\\"busy\\\" \\\\ user\";location=LN");
        assertThat(SipReason.parse(reason.toString())).containsExactly(reason);
        assertThat(SipReason.of("SIP", 0)).hasToString("SIP;cause=0");
        assertThat(SipReason.of("SIP", -1)).hasToString("SIP");
        assertThat(SipReason.of("SIP", -7)).hasToString("SIP");
    }
}
