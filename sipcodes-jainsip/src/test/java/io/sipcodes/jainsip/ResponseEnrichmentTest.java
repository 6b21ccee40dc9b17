package io.sipcodes.jainsip;

import static io.sipcodes.jainsip.EnrichingMessageFactoryTest.requestWith;
import static io.sipcodes.jainsip.EnrichingMessageFactoryTest.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipReason;
import java.util.List;
import java.util.Locale;
import javax.sip.header.AllowHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.WarningHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseEnrichmentTest {

    private static final ResponseEnrichment ALL = ResponseEnrichment.builder()
            .warning("gw.example.org")
            .retryAfter(30)
            .minExpires(300)
            .allow("INVITE", "ACK", "BYE")
            .unsupported("100rel", "Timer")
            .toTag()
            .build();

    @ParameterizedTest
    @CsvSource({
        "503, Retry-After, 30",
        "423, Min-Expires, 300",
        "405, Allow,       'INVITE,ACK,BYE'",
        "420, Unsupported, 'path,gruu'",
    })
    void shouldAddWhatTheCodeDemands(int code, String header, String value) throws Exception {
        Request request = requestWith("INVITE", "Require: 100rel, path, timer\r\nRequire: gruu\r\n");
        for (int each : List.of(100, 180, 200, 302, 405, 420, 423, 486, 503, 600)) {
            Response response = new EnrichingMessageFactory(ALL).createResponse(each, request);
            List<String> values = values(response, header);
            if (each == code) {
                assertThat(String.join(",", values)).isEqualTo(value);
            } else {
                assertThat(values).as("%s in %s", header, each).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RFC3398    | 486 | Q.850;cause=17;text=\"User busy\"",
                "RFC3398    | 487 |",
                "RFC3398    | 183 |",
                "RFC3398    | 200 |",
                "RFC4497    | 480 | Q.850;cause=18;text=\"No user responding\";location=RPN",
                "ASTERISK   | 480 | Q.850;cause=19;text=\"No answer from user (user alerted)\"",
                "FREESWITCH | 302 | Q.850;cause=31;text=\"Normal, unspecified\"",
            })
    void shouldAddTheCauseOfAProfile(Q850Profile profile, int code, String reason) throws Exception {
        ResponseEnrichment enrichment =
                ResponseEnrichment.builder().reason(profile).build();
        Response response = new EnrichingMessageFactory(enrichment).createResponse(code, requestWith("INVITE", ""));
        assertThat(values(response, "Reason")).isEqualTo(reason == null ? List.of() : List.of(reason));
        enrichment.apply(response, null);
        assertThat(values(response, "Reason")).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @EnumSource(Q850Profile.class)
    void shouldAddACauseThatIsReadAsItWasMeant(Q850Profile profile) throws Exception {
        MessageFactory messages = new EnrichingMessageFactory(
                ResponseEnrichment.builder().reason(profile).build());
        for (SipCode code : SipCode.known()) {
            Response response = messages.createResponse(code.value(), requestWith("INVITE", ""));
            Response parsed = new gov.nist.javax.sip.message.MessageFactoryImpl().createResponse(wire(response));
            List<SipReason> expected = code.value() < 300
                    ? List.of()
                    : profile.toReason(code, List.of()).stream().toList();
            assertThat(SipMessages.read(parsed, SipDirection.RECEIVED).reasons())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {180, 405, 420, 423, 486, 503, 603})
    void shouldMakeAResponseThatKeepsToTheRules(int code) throws Exception {
        String method = code == 423 ? "REGISTER" : "INVITE";
        Request request = requestWith(method, "Require: path\r\n");
        Response response = new EnrichingMessageFactory(ALL).createResponse(code, request);
        assertThat(ResponseConformance.check(response, SipDirection.SENT)).isEmpty();
    }

    @Test
    void shouldAddNothingUnlessAsked() throws Exception {
        Request request = requestWith("INVITE", "Require: path\r\n");
        for (SipCode code : SipCode.known()) {
            Response response = new EnrichingMessageFactory().createResponse(code.value(), request);
            assertThat(wire(response).lines().skip(1))
                    .noneMatch(line -> line.matches("(Reason|Warning|Retry-After|Min-Expires|Allow|Unsupported):.*"));
            assertThat(((ToHeader) response.getHeader(ToHeader.NAME)).getTag()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // in Require, in Proxy-Require, in Unsupported
        "path,   privacy, path",
        "100rel, privacy, privacy",
        "TIMER,  timer,   ''",
        "',',    ',',     ''",
    })
    void shouldNameTheOptionsThatAreNotSupported(String require, String proxyRequire, String unsupported)
            throws Exception {
        Request request = requestWith("INVITE", "Require: " + require + "\r\nProxy-Require: " + proxyRequire + "\r\n");
        Response response = new EnrichingMessageFactory(ALL).createResponse(420, request);
        assertThat(String.join(",", values(response, "Unsupported"))).isEqualTo(unsupported);
    }

    @Test
    void shouldNotNameMoreThan16Options() throws Exception {
        Request request = requestWith("INVITE", "Require: " + "a,".repeat(1000) + "a\r\n");
        Response response = new EnrichingMessageFactory(ALL).createResponse(420, request);
        assertThat(values(response, "Unsupported").get(0).split(",")).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | en",
                "Accept-Language: de             | de",
                "Accept-Language: DE-at          | de",
                "Accept-Language: en, de         | en",
                "Accept-Language: en;q=0.3, de   | de",
                "Accept-Language: xx, de;q=0.1   | de",
                "Accept-Language: de;q=0         | en",
                "Accept-Language: xx             | en",
                "Accept-Language: *              | en",
                "Accept-Language: de-\"\"        | en",
                "Accept-Language: -              | en",
                "Accept-Language: --             | en",
                "Accept-Language: -;q=0.5        | en",
            })
    void shouldWarnInTheLanguageOfTheRequest(String header, Locale language) throws Exception {
        Request request = requestWith("INVITE", header.isEmpty() ? "" : header + "\r\n");
        Response response = new EnrichingMessageFactory(ALL).createResponse(486, request);
        WarningHeader warning = (WarningHeader) response.getHeader(WarningHeader.NAME);
        assertThat(warning.getCode()).isEqualTo(399);
        assertThat(warning.getAgent()).isEqualTo("gw.example.org");
        assertThat(warning.getText())
                .isEqualTo(SipCatalog.standard()
                        .entry(SipCode.of(486))
                        .text(language)
                        .meaning()
                        .replace("\"", "\\\""));
    }

    @Test
    void shouldReadNoMoreOfAcceptLanguageThanAnHonestOneHolds() throws Exception {
        Request request = requestWith("INVITE", "Accept-Language: " + "xx,".repeat(20_000) + "de\r\n");
        assertThat(ResponseEnrichment.language(request, 486)).isEqualTo(Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(ints = {180, 200, 404, 503, 600})
    void shouldGiveAllResponsesToOneRequestTheSameTag(int code) throws Exception {
        String tag = tag(ALL, code, requestWith("INVITE", ""));
        assertThat(tag).matches("[0-9a-f]{16}").isEqualTo(tag(ALL, 183, requestWith("INVITE", "")));
    }

    @Test
    void shouldGiveOtherRequestsAndOtherServersOtherTags() throws Exception {
        String tag = tag(ALL, 200, requestWith("INVITE", ""));
        Request other = requestWith("INVITE", "");
        other.setHeader(new gov.nist.javax.sip.header.HeaderFactoryImpl().createCallIdHeader("other"));
        assertThat(tag(ALL, 200, other)).isNotEqualTo(tag);
        assertThat(tag(ResponseEnrichment.builder().toTag().build(), 200, requestWith("INVITE", "")))
                .isNotEqualTo(tag);
    }

    @Test
    void shouldGive100NoTagAndKeepATagThatIsThere() throws Exception {
        assertThat(tag(ALL, 100, requestWith("INVITE", ""))).isNull();
        Request inDialog = requestWith("INVITE", "");
        ((ToHeader) inDialog.getHeader(ToHeader.NAME)).setTag("there");
        assertThat(tag(ALL, 200, inDialog)).isEqualTo("there");
    }

    @Test
    void shouldLeaveAHeaderThatIsThere() throws Exception {
        Request request = requestWith("INVITE", "");
        Response response = new EnrichingMessageFactory().createResponse(405, request);
        response.addHeader(new gov.nist.javax.sip.header.HeaderFactoryImpl().createAllowHeader("OPTIONS"));
        ALL.apply(response, request);
        ALL.apply(response, request);
        assertThat(values(response, AllowHeader.NAME)).containsExactly("OPTIONS");
        assertThat(values(response, WarningHeader.NAME)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'a b',     'agent: a b (expected: a token)'",
        "'',        'agent:  (expected: a token)'",
        "'a\r\nb',  'agent: a  b (expected: a token)'",
        "'a\"b',    'agent: a\"b (expected: a token)'",
    })
    void shouldRefuseWhatCannotStandInAHeader(String agent, String message) {
        assertThatThrownBy(() -> ResponseEnrichment.builder().warning(agent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseNegativeTimes() {
        assertThatThrownBy(() -> ResponseEnrichment.builder().retryAfter(-1))
                .hasMessage("retryAfter: -1 (expected: >= 0 seconds)");
        assertThatThrownBy(() -> ResponseEnrichment.builder().minExpires(-1))
                .hasMessage("minExpires: -1 (expected: >= 0 seconds)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldPutItAllOnTheWire(String transport) throws Exception {
        try (TestStack uas = TestStack.start("uas", transport)
                        .handle((event, self) -> self.transaction(event)
                                .sendResponse(
                                        new EnrichingMessageFactory(ALL).createResponse(405, event.getRequest())));
                RawPeer peer = RawPeer.start(transport)) {
            peer.send(peer.request("MESSAGE", transport, "enriched", "Accept-Language: de"), uas.port());
            assertThat(peer.receive())
                    .startsWith("SIP/2.0 405 Method Not Allowed\r\n")
                    .contains("\r\nAllow: INVITE,ACK,BYE\r\n")
                    .contains("\r\nWarning: 399 gw.example.org \""
                            + SipCatalog.standard()
                                    .entry(SipCode.of(405))
                                    .text(Locale.GERMAN)
                                    .meaning()
                            + "\"\r\n")
                    .containsPattern("To: <sip:bob@example.org>;tag=[0-9a-f]{16}\r\n");
        }
    }

    private static String tag(ResponseEnrichment enrichment, int code, Request request) throws Exception {
        Response response = new EnrichingMessageFactory(enrichment).createResponse(code, request);
        return ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    }

    private static List<String> values(Response response, String header) {
        return wire(response)
                .lines()
                .filter(line -> line.startsWith(header + ": "))
                .map(line -> line.substring(header.length() + 2))
                .toList();
    }
}
