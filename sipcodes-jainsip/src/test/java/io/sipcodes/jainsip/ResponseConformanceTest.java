package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent.ConformanceFinding;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sip.header.CSeqHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseConformanceTest {

    /** A response with the headers that all must have, and these; the findings, a must with an exclamation mark. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // code, method | headers besides | findings
                "405 MESSAGE   |                                    | lacks-allow! RFC 3261 21.4.6",
                "405 MESSAGE   | Allow: INVITE                      |",
                "423 REGISTER  |                                    | lacks-min-expires! RFC 3261 10.3",
                "423 REGISTER  | Min-Expires: 60                    |",
                "423 INVITE    | Min-Expires: 60                    | wrong-method! RFC 3261 21.4.17",
                "422 INVITE    |                                    | lacks-min-se! RFC 4028 6",
                "422 INVITE    | Min-SE: 90                         |",
                "486 INVITE    | Min-SE: 90                         | has-min-se! RFC 4028 5",
                "489 PUBLISH   |                                    | lacks-allow-events! RFC 3903 11.1.1",
                "489 PUBLISH   | Allow-Events: presence             |",
                "401 REGISTER  |                                    | lacks-www-authenticate! RFC 3261 22.2",
                "401 REGISTER  | WWW-Authenticate: Digest nonce=\"x\", realm=\"y\" |",
                "407 INVITE    |                                    | lacks-proxy-authenticate! RFC 3261 22.3",
                "420 INVITE    |                                    | lacks-unsupported! RFC 3261 21.4.15",
                "415 MESSAGE   |                                    | lacks-accept-or-accept-encoding-or-accept-language! RFC 3261 21.4.13",
                "415 MESSAGE   | Accept-Encoding: gzip              |",
                "421 INVITE    |                                    | lacks-require! RFC 3261 21.4.16",
                "469 INFO      |                                    | lacks-recv-info! RFC 6086 4.2.2",
                "469 INFO      | Recv-Info: foo                     |",
                "408 OPTIONS   |                                    | wrong-method! RFC 4320 4.2",
                "408 INVITE    |                                    |",
                "180 OPTIONS   |                                    | wrong-method! RFC 4320 4.1",
                "302 INVITE    |                                    | lacks-contact RFC 3261 13.3.1.2",
                "302 INVITE    | Contact: <sip:x@y>                 |",
                "200 PUBLISH   |                                    | lacks-sip-etag! RFC 3903 6, lacks-expires! RFC 3903 6",
                "200 SUBSCRIBE | Contact: <sip:x@y>                 | lacks-expires! RFC 6665 3.1.1",
                "204 SUBSCRIBE | Expires: 60                        |",
                "200 INVITE    | Allow: ACK; Supported: timer       | lacks-contact! RFC 3261 12.1.1",
                "200 INVITE    | Allow: ACK; Supported: x; Contact: <sip:x@y>; Session-Expires: 90~refresher=uac | lacks-require-timer! RFC 4028 9",
                "200 INVITE    | Allow: ACK; Supported: x; Contact: <sip:x@y>; Session-Expires: 90~refresher=uac; Require: timer |",
                "200 INVITE    | Allow: ACK; Supported: x; Contact: <sip:x@y>; Session-Expires: 90~refresher=uas |",
                "183 INVITE    | RSeq: 1                            | lacks-require-100rel! RFC 3262 3",
                "183 INVITE    | RSeq: 1; Require: 100rel           |",
                "183 INVITE    | Require: 100rel                    | lacks-rseq! RFC 3262 3",
                "199 INVITE    |                                    | lacks-reason-sip! RFC 6228 5",
                "199 INVITE    | Reason: Q.850~cause=17             | lacks-reason-sip! RFC 6228 5",
                "199 INVITE    | Reason: SIP~cause=486              |",
                "603 INVITE    | Retry-After: 5                     |",
                "404 INVITE    | Retry-After: 5                     |",
                "403 INVITE    | Retry-After: 5                     | has-retry-after RFC 3261 20.33",
                "491 INVITE    | Retry-After: 5                     | has-retry-after RFC 3261 20.33",
                "491 INFO      |                                    |",
                "491 REFER     |                                    |",
                "499 INVITE    | Retry-After: 5                     | has-retry-after RFC 3261 20.33",
                "499 INVITE    |                                    |",
            })
    void shouldKnowTheRulesOfACode(String codeAndMethod, String headers, String findings) throws Exception {
        int code = Integer.parseInt(codeAndMethod.substring(0, 3));
        Response response = response(code, codeAndMethod.substring(4).strip(), "UDP", ";tag=to", headers);
        assertThat(told(ResponseConformance.check(response, SipDirection.RECEIVED)))
                .isEqualTo(findings == null ? "" : findings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // transport | To | body | findings
                "UDP | ;tag=to |   |",
                "UDP |         |   | lacks-to-tag! RFC 3261 8.2.6.2",
                "UDP | ;tag=to | x | lacks-content-type! RFC 3261 20.15",
                "TCP | ;tag=to |   |",
            })
    void shouldKnowTheRulesOfAllResponses(String transport, String tag, String body, String findings) throws Exception {
        Response response = response(486, "INVITE", transport, tag == null ? "" : tag, null);
        if (body != null) {
            ((gov.nist.javax.sip.message.SIPMessage) response)
                    .setMessageContent(body.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(told(ResponseConformance.check(response, SipDirection.SENT)))
                .isEqualTo(findings == null ? "" : findings);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, lacks-content-length! RFC 3261 20.14",
        "TLS, lacks-content-length! RFC 3261 20.14",
        "UDP, lacks-content-length RFC 3261 20.14",
        "WSS, lacks-content-length RFC 3261 20.14",
    })
    void shouldWantALengthWhereNothingElseEndsAMessage(String transport, String findings) throws Exception {
        Response response = response(486, "INVITE", transport, ";tag=to", null);
        response.removeHeader("Content-Length");
        assertThat(told(ResponseConformance.check(response, SipDirection.SENT))).isEqualTo(findings);
    }

    @Test
    void shouldNotWantATagIn100() throws Exception {
        Response response = response(100, "INVITE", "UDP", "", null);
        assertThat(ResponseConformance.check(response, SipDirection.SENT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // code, method | headers of the request | headers of the response | more findings than without request
                "180 INVITE | ''                                 | ''                    | lacks-contact! RFC 3261 12.1.1",
                "180 INVITE | ''                                 | Contact: <sip:x@y>    | ''",
                "180 INVITE | Record-Route: <sip:p~lr>           | Contact: <sip:x@y>    | lacks-record-route! RFC 3261 12.1.1",
                "180 INVITE | Record-Route: <sip:p~lr>           | Contact: <sip:x@y>; Record-Route: <sip:p~lr> | ''",
                "200 SUBSCRIBE | Record-Route: <sip:p~lr>        | Contact: <sip:x@y>; Expires: 9 | lacks-record-route! RFC 3261 12.1.1",
                "202 REFER  | Record-Route: <sip:p~lr>           | Contact: <sip:x@y>; Refer-Sub: false | ''",
                "100 INVITE | Timestamp: 5                       | ''                    | lacks-timestamp! RFC 3261 8.2.6.1",
                "486 INVITE | Recv-Info: x                       | Recv-Info: x          | ''",
                "486 INVITE | ''                                 | Recv-Info: x          | has-recv-info! RFC 6086 5.2.3",
                "469 INFO   | ''                                 | Recv-Info: x          | ''",
                "200 REGISTER | Path: <sip:p~lr>                 | Date: Sat, 13 Nov 2010 23:29:00 GMT | lacks-path! RFC 3327 5.3",
                "494 INVITE | Supported: sec-agree               | Security-Server: tls  | lacks-require-sec-agree! RFC 3329 2.3.2",
                "494 INVITE | Supported: sec-agree; Require: sec-agree | Security-Server: tls | ''",
            })
    void shouldLookAtTheRequestIfItIsKnown(String codeAndMethod, String ofRequest, String ofResponse, String more)
            throws Exception {
        int code = Integer.parseInt(codeAndMethod.substring(0, 3));
        String method = codeAndMethod.substring(4).strip();
        Response response = response(code, method, "UDP", code == 100 ? "" : ";tag=to", ofResponse);
        Request request = EnrichingMessageFactoryTest.requestWith(method, lines(ofRequest));
        List<ConformanceFinding> alone = ResponseConformance.check(response, SipDirection.SENT);
        List<ConformanceFinding> both = ResponseConformance.check(response, request, SipDirection.SENT);
        assertThat(told(alone)).isEmpty();
        assertThat(told(both)).isEqualTo(more);
    }

    @Test
    void shouldNotCallADialogCreatedInsideOne() throws Exception {
        Response response = response(180, "INVITE", "UDP", ";tag=to", null);
        Request request = EnrichingMessageFactoryTest.requestWith("INVITE", "");
        ((javax.sip.header.ToHeader) request.getHeader("To")).setTag("to");
        assertThat(ResponseConformance.check(response, request, SipDirection.SENT))
                .isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatIsNoSipCode() throws Exception {
        Response response = new MessageFactoryImpl().createResponse(text(99, "INVITE", "UDP", "", null));
        assertThat(ResponseConformance.check(response, SipDirection.RECEIVED)).isEmpty();
    }

    @Test
    void shouldTakeAHeaderThatCannotBeParsedForThere() throws Exception {
        MessageFactoryImpl lenient = new MessageFactoryImpl();
        Response response = lenient.createResponse(text(423, "REGISTER", "UDP", ";tag=to", null));
        ((gov.nist.javax.sip.message.SIPMessage) response).addUnparsed("Min-Expires : soon");
        assertThat(ResponseConformance.check(response, SipDirection.RECEIVED)).isEmpty();
    }

    @Test
    void shouldSurviveAResponseThatLacksEverything() {
        gov.nist.javax.sip.message.SIPResponse bare = new gov.nist.javax.sip.message.SIPResponse();
        gov.nist.javax.sip.header.StatusLine line = new gov.nist.javax.sip.header.StatusLine();
        line.setStatusCode(405);
        bare.setStatusLine(line);
        assertThat(ResponseConformance.check(bare, SipDirection.RECEIVED))
                .extracting(ConformanceFinding::rule)
                .contains("lacks-allow", "lacks-via", "lacks-from", "lacks-to", "lacks-call-id", "lacks-cseq");
    }

    /** What is read of a message in one pass has to be what the message says when it is asked for each field by name. */
    @Test
    void shouldSeeTheFieldsThatTheMessageHas() {
        SipCode.known().forEach(ResponseConformance::rules);
        StringMsgParser parser = new StringMsgParser();
        int read = 0;
        List<TestMessages.Named> messages = new ArrayList<>(TestMessages.honest());
        messages.addAll(TestMessages.rfc4475());
        messages.addAll(TestMessages.rfc5118());
        for (TestMessages.Named named : messages) {
            SIPMessage message;
            try {
                message = parser.parseSIPMessage(named.bytes(), true, false, null);
            } catch (Exception e) {
                continue;
            }
            if (message == null) {
                continue;
            }
            read++;
            long fields = ResponseConformance.Fields.with(ResponseConformance.Fields.of(message), message.hasToTag());
            ResponseConformance.Fields.known()
                    .forEach((name, bit) -> assertThat((fields & bit) != 0)
                            .as("%s in %s", name, named)
                            .isEqualTo(name.equals("To;tag") ? message.hasToTag() : has(message, name)));
        }
        assertThat(read).isGreaterThan(40);
    }

    private static boolean has(SIPMessage message, String name) {
        List<String> unparsed = new ArrayList<>();
        message.getUnrecognizedHeaders().forEachRemaining(unparsed::add);
        return message.getHeader(name) != null
                || unparsed.stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT)
                                .matches("(?s)" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + "\\s*:.*"));
    }

    @Test
    void shouldHaveFewRuleNamesFitForATag() {
        List<String> names = SipCode.known().stream()
                .flatMap(code -> ResponseConformance.rules(code).stream())
                .map(rule -> rule.id)
                .distinct()
                .toList();
        assertThat(names)
                .hasSizeBetween(30, 64)
                .allMatch(name -> name.matches("(lacks|has)-[a-z0-9.-]+[a-z0-9]|wrong-method"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timer                    | timer         | true",
                "100rel, timer            | timer         | true",
                "100rel , TIMER           | timer         | true",
                "timers                   | timer         | false",
                "x;timer                  | timer         | false",
                "\"a,timer\"              | timer         | false",
                "90;refresher=uac         | ;refresher=uac | true",
                "90 ; REFRESHER=UAC       | ;refresher=uac | true",
                "90;refresher=uacx        | ;refresher=uac | false",
                "refresher=uac            | ;refresher=uac | false",
                "Q.850;cause=17,SIP;cause=486 | SIP       | true",
                "308 agent \"x\"          | 308           | true",
                "'' | x | false",
            })
    void shouldReadValues(String value, String wanted, boolean there) {
        assertThat(ResponseConformance.lists(value, wanted)).isEqualTo(there);
    }

    @Test
    void shouldShowHowItIsUsed() throws Exception {
        MessageFactory messages = new MessageFactoryImpl();
        Request request = EnrichingMessageFactoryTest.requestWith("MESSAGE", "");
        // tag::response-conformance
        Response response = messages.createResponse(405, request);

        List<ConformanceFinding> findings = ResponseConformance.check(response, request, SipDirection.SENT);

        assertThat(findings).extracting(ConformanceFinding::rule).containsExactly("lacks-allow", "lacks-to-tag");
        assertThat(findings.get(0).mandatory()).isTrue();
        assertThat(findings.get(0).reference()).isEqualTo("RFC 3261 21.4.6");
        // end::response-conformance
        assertThat(((CSeqHeader) response.getHeader("CSeq")).getMethod())
                .isEqualTo(findings.get(0).message().method());
    }

    private static String told(List<ConformanceFinding> findings) {
        return findings.stream()
                .map(finding -> finding.rule() + (finding.mandatory() ? "! " : " ") + finding.reference())
                .collect(Collectors.joining(", "));
    }

    private static Response response(int code, String method, String transport, String tag, String headers)
            throws ParseException {
        return new MessageFactoryImpl().createResponse(text(code, method, transport, tag, headers));
    }

    private static String text(int code, String method, String transport, String tag, String headers) {
        return String.format(
                Locale.ROOT,
                "SIP/2.0 %d x\r\nVia: SIP/2.0/%s 192.0.2.1;branch=z9hG4bKa\r\nFrom: <sip:a@b>;tag=from\r\n"
                        + "To: <sip:c@d>%s\r\nCall-ID: call\r\nCSeq: 1 %s\r\n%sContent-Length: 0\r\n\r\n",
                code,
                transport,
                tag,
                method,
                lines(headers));
    }

    /** In the tables a semicolon separates headers, and a tilde stands for one. */
    private static String lines(String headers) {
        return headers == null || headers.isEmpty()
                ? ""
                : Arrays.stream(headers.split(";"))
                        .map(header -> header.strip().replace('~', ';') + "\r\n")
                        .collect(Collectors.joining());
    }
}
