package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LooseStatusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // status lines
                "SIP/2.0 480 Error | 480 | Error",
                "SIP/2.0 480 | 480 | ``",
                "sip/2.0  486   Busy Here | 486 | Busy Here",
                "`SIP/2.0\t200\tOK` | 200 | OK",
                "SIP/2.0 700 Whatever | 700 | Whatever",
                "SIP/2.0 100: | 100 | ``",
                "2024-05-01 12:00:00.123 INFO 200 calls, SIP/2.0 486 Busy Here from 192.0.2.7:5060 | 486 | Busy Here",
                "<--- SIP/2.0 503 All trunks busy, try later ---> | 503 | All trunks busy, try later --->",
                "Via: SIP/2.0/UDP 192.0.2.7:5060 SIP/2.0 404 Not Found | 404 | Not Found",
                "SIP/2.0 403 Forbidden (Bad auth) | 403 | Forbidden (Bad auth)",
                "SIP/2.0 401 Unauthorized - nonce has changed | 401 | Unauthorized - nonce has changed",
                "`INVITE sip:bob@example.org SIP/2.0\n\n  SIP/2.0 403 Forbidden (Bad auth)\r\n` | 403 | Forbidden (Bad auth)",
                "got SIP/2.0 403 Forbidden (12 ms) | 403 | Forbidden",
                "got SIP/2.0 504 gateway timeout (12 ms) | 504 | Gateway Timeout",
                // number first
                "403 Forbidden (Bad auth) | 403 | Forbidden (Bad auth)",
                "486 Busy Here; | 486 | Busy Here",
                "'(500 Internal server error)' | 500 | Internal Server Error",
                "486 Busy Here | 486 | Busy Here",
                "  486 busy here  | 486 | Busy Here",
                "480 | 480 | ``",
                "487: Request Terminated | 487 | Request Terminated",
                "603 - Decline | 603 | Decline",
                "603 Network Blocked | 603 | Network Blocked",
                "\"486 Busy Here\" | 486 | Busy Here",
                "[404] Not Found | 404 | Not Found",
                "(480) | 480 | ``",
                "503,Service Unavailable | 503 | Service Unavailable",
                "404=Not Found | 404 | Not Found",
                "701 No response from destination server | 701 | No response from destination server",
                // a number with its own phrase
                "call to bob failed: 486 Busy Here (after 12 s) | 486 | Busy Here",
                "12:01:22.486 got 404 NOT FOUND | 404 | Not Found",
                "got reply (488 Not Acceptable Here) for leg 2 | 488 | Not Acceptable Here",
                "dropped 200 packets, last was 503 Service Unavailable | 503 | Service Unavailable",
                "call to bob failed: 500 Internal Server Error | 500 | Internal Server Error",
                "leg 2 ended with 481 Call leg/Transaction does not exist, 3 s | 481 | Call Leg/Transaction Does Not Exist",
                "499 Request Failure is not 500 Something | 499 | Request Failure is not 500 Something",
                // a number that is said to be one
                "status=486 | 486 | ``",
                "sip_code: 486 | 486 | ``",
                "{\"statusCode\":486,\"port\":506} | 486 | ``",
                "term-response code = '408' | 408 | ``",
                "SIP response code: 503 | 503 | ``",
                "sip.status=604, took=500 | 604 | ``",
            })
    void shouldFindTheCodeInALine(String line, int code, String phrase) {
        assertThat(LooseStatus.find(line)).isEqualTo(new LooseStatus(code, phrase));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no number at all",
                "the call took 486 seconds",
                "the call took 500 internal seconds",
                "127.0.0.1 refused",
                "486.5 ms",
                "404:8080",
                "486-487",
                "4860 Busy Here",
                "486Busy",
                "800 SIP",
                "099 Luftballons",
                "INVITE sip:486@example.org SIP/2.0",
                "SIP/2.0 2000 OK",
                "SIP/2.0 99 OK",
                "SIP/3.0 is not there",
                "peer 192.0.2.7:486 lost",
                "zipcode=486 and more",
                "code: 4861",
                "code: 486.1",
                "a.404 Not Found",
                "1404 Not Found",
            })
    void shouldTakeNoOtherNumberForACode(String line) {
        assertThat(LooseStatus.find(line)).isEqualTo(new LooseStatus(0, line));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldFindNothingInNothing(String line) {
        assertThat(LooseStatus.find(line)).isEqualTo(new LooseStatus(0, ""));
    }

    /** RFC 3261 sections 7.3.1 and 25.1: a line that begins with a blank goes on with the one before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "481 | `CSeq: 7\tBYE`                        | CSeq: 7 BYE",
                "480 | `Reason: Q.850\r\n\t;cause=21`         | Reason: Q.850;cause=21",
                "486 | `Retry-After:\r\n  7`                 | Retry-After: 7",
                "488 | `Warning: 370 a\n  \"Too much\"`       | Warning: 370 a \"Too much\"",
            })
    void shouldReadHeaderFieldsOverSeveralLines(int code, String folded, String plain) {
        String status = "SIP/2.0 " + code + " Sorry\r\n";

        assertThat(SipDiagnosis.of(status + folded + "\r\n\r\n").evidence())
                .isEqualTo(SipDiagnosis.of(status + plain + "\r\n\r\n").evidence())
                .isNotEqualTo(SipDiagnosis.of(status).evidence());
    }

    @Test
    void shouldReadNoMoreThanTheFirst4096Characters() {
        String within = "x".repeat(4096 - 11) + "SIP/2.0 486";
        String beyond = "x".repeat(4096 - 10) + "SIP/2.0 486";

        assertThat(LooseStatus.find(within).rawCode()).isEqualTo(486);
        assertThat(LooseStatus.find(beyond).rawCode()).isZero();
    }

    @Test
    void shouldReadOneLineOfAMessage() {
        String message = "SIP/2.0 486 Nicht jetzt\r\nVia: SIP/2.0/UDP 192.0.2.7\r\nCSeq: 1 INVITE\r\n\r\n";

        assertThat(LooseStatus.find(message)).isEqualTo(new LooseStatus(486, "Nicht jetzt"));
    }
}
