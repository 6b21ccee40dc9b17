package io.sipcodes.demo;

import static io.sipcodes.demo.RawPhone.header;
import static io.sipcodes.demo.RawPhone.statusLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCode;
import io.sipcodes.jainsip.SipAttachment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

    // The stack does not start without either log4j 1.x or a logger of somebody else.
    private static SipAttachment attachment;
    private static Exchange exchange;
    private RawPhone phone;

    @BeforeAll
    static void startExchange() {
        attachment = SipAttachment.attach();
        exchange = new Exchange(new DemoProperties.Sip("127.0.0.1", 0, Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }

    @AfterAll
    static void stopExchange() {
        exchange.stop();
        attachment.close();
    }

    @BeforeEach
    void takePhone() throws IOException {
        phone = new RawPhone(exchange.port());
    }

    @AfterEach
    void putPhoneDown() {
        phone.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    service        | 180 Ringing, 200 OK                       | Content-Type: application/sdp
                    ok             | 180 Ringing, 200 OK                       | Content-Type: application/sdp
                    noanswer       | 180 Ringing, 480 Temporarily Unavailable  |
                    busy           | 486 Busy Here                             |
                    BUSY           | 486 Busy Here                             |
                    declined       | 603 Decline                               |
                    blocked        | 603 Network Blocked                       | Reason: SIP;cause=603
                    unknown        | 404 Not Found                             |
                    nobody-here    | 404 Not Found                             |
                    overloaded     | 503 Service Unavailable                   | Retry-After: 30
                    media          | 488 Not Acceptable Here                   | Warning: 304
                    moved          | 302 Moved Temporarily                     | Contact: <sip:ok@127.0.0.1
                    credit         | 499 Credit Exhausted                      |
                    secure         | 407 Proxy Authentication Required         | Proxy-Authenticate: Digest
                    code-480-q21   | 480 Temporarily Unavailable               | Reason: Q.850;cause=21
                    code-480-q9999 | 404 Not Found                             |
                    code-099       | 404 Not Found                             |
                    code-700       | 404 Not Found                             |
                    code-183       | 183 Session Progress, 200 OK              | Content-Type: application/sdp
                    code-204       | 204 No Notification                       |
                    code-405       | 405 Method Not Allowed                    | Allow: INVITE
                    code-401       | 401 Unauthorized                          | WWW-Authenticate: Digest
                    """)
    void shouldAnswerByTheUserThatIsDialled(String user, String statusLines, String field) throws IOException {
        List<String> responses = phone.request("INVITE", user);

        assertThat(withoutTrying(responses)).containsExactly(statusLines.split(", "));
        if (field != null) {
            String last = responses.get(responses.size() - 1);
            String name = field.substring(0, field.indexOf(':'));
            assertThat(header(last, name)).startsWith(field.substring(name.length() + 2));
        }
    }

    @Test
    void shouldAnswerWithAnyFinalCodeAndItsRegisteredPhrase() throws IOException {
        for (int code : IntStream.rangeClosed(200, 699).toArray()) {
            try (RawPhone other = new RawPhone(exchange.port())) {
                List<String> responses = other.request("INVITE", "code-" + code);
                assertThat(withoutTrying(responses))
                        .containsExactly(code + " " + SipCode.of(code).phrase());
            }
        }
    }

    @Test
    void shouldLeadACallToItsEnd() throws IOException {
        String answer = last(phone.request("INVITE", "service"));
        phone.within(answer, "ACK");

        assertThat(statusLine(last(phone.within(answer, "BYE")))).isEqualTo("200 OK");
    }

    @Test
    void shouldHangUpWhenACallLastsTooLong() throws IOException {
        String answer = last(phone.request("INVITE", "service"));
        phone.within(answer, "ACK");

        assertThat(phone.receiveRequest()).startsWith("BYE sip:tester@127.0.0.1");
    }

    @Test
    void shouldEndACallThatIsCancelled() throws IOException {
        assertThat(phone.beginCall("noanswer")).startsWith("SIP/2.0 180 ");

        assertThat(phone.cancel("noanswer").stream().map(RawPhone::statusLine))
                .containsExactlyInAnyOrder("200 OK", "487 Request Terminated");
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE,   secure, demo,  200 OK",
        "INVITE,   secure, guess, 403 Forbidden",
        "REGISTER, '',     demo,  200 OK",
        "REGISTER, '',     guess, 403 Forbidden"
    })
    void shouldWantTheRightPassword(String method, String user, String password, String expected) throws IOException {
        boolean register = method.equals("REGISTER");
        String challenge =
                header(last(phone.request(method, user)), register ? "WWW-Authenticate" : "Proxy-Authenticate");
        String nonce = challenge.replaceFirst(".*nonce=\"([^\"]+)\".*", "$1");

        List<String> responses = phone.request(
                method,
                user,
                (register ? "Authorization: " : "Proxy-Authorization: ")
                        + credentials(method, phone.uri(user), nonce, password));

        assertThat(statusLine(last(responses))).isEqualTo(expected);
    }

    @Test
    void shouldNotTakeAnotherExchangesNonce() throws IOException {
        String nonce = new Digest().nonce();

        List<String> responses = phone.request(
                "INVITE",
                "secure",
                "Proxy-Authorization: " + credentials("INVITE", phone.uri("secure"), nonce, "demo"));

        assertThat(statusLine(last(responses))).isEqualTo("403 Forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS,   200 OK",
        "MESSAGE,   405 Method Not Allowed",
        "SUBSCRIBE, 405 Method Not Allowed",
        "DANCE,     405 Method Not Allowed"
    })
    void shouldSayWhichMethodsItKnows(String method, String expected) throws IOException {
        String response = last(phone.request(method, "", "Event: presence"));

        assertThat(statusLine(response)).isEqualTo(expected);
        assertThat(header(response, "Allow")).isEqualTo("INVITE,ACK,BYE,CANCEL,OPTIONS,REGISTER");
    }

    private static String credentials(String method, String uri, String nonce, String password) {
        String response = Digest.response(password, method, uri, nonce, "00000001", "abc");
        return "Digest username=\"demo\", realm=\"demo\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"abc\", response=\"" + response + "\"";
    }

    // The stack sends a 100 by itself where the answer takes 200 ms.
    private static List<String> withoutTrying(List<String> responses) {
        return responses.stream()
                .map(RawPhone::statusLine)
                .filter(line -> !line.startsWith("100 "))
                .toList();
    }

    private static String last(List<String> responses) {
        return responses.get(responses.size() - 1);
    }
}
