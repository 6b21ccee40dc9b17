package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.sipcodes.SipCode;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ReasonHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WarningHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichingMessageFactoryTest {

    private static final HeaderFactory HEADERS = new HeaderFactoryImpl();

    private final MessageFactory factory = new EnrichingMessageFactory();

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldPutEveryPhraseOfTheCatalogOnTheWire(String transport) throws Exception {
        try (TestStack uas = TestStack.start("uas", transport);
                RawPeer peer = RawPeer.start(transport)) {
            for (SipCode code : SipCode.known()) {
                uas.handle((event, self) ->
                        self.transaction(event).sendResponse(factory.createResponse(code.value(), event.getRequest())));
                peer.send(peer.request(Request.OPTIONS, transport, "phrase" + code.value()), uas.port());
                assertThat(firstLine(peer.receive())).isEqualTo("SIP/2.0 " + code.value() + " " + code.phrase());
            }
        }
    }

    @Test
    void shouldAnswerWithThePhraseOfTheRegistry() throws Exception {
        Request request = request("REGISTER");
        // tag::enriching-message-factory
        MessageFactory messages = new EnrichingMessageFactory(ResponseEnrichment.builder()
                .allow("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS")
                .minExpires(300)
                .toTag()
                .build());

        Response response = messages.createResponse(423, request);

        assertThat(response.getReasonPhrase()).isEqualTo("Interval Too Brief");
        assertThat(response.toString()).contains("Min-Expires: 300");
        // end::enriching-message-factory
    }

    @Test
    void shouldNameTheClassOfACodeThatHasNoPhrase() throws Exception {
        assertThat(factory.createResponse(499, request("OPTIONS")).getReasonPhrase())
                .isEqualTo("Request Failure");
    }

    @ParameterizedTest
    @CsvSource({"99", "700", "0", "-1"})
    void shouldFailAsTheStockFactoryOnACodeOutOfRange(int code) {
        assertThatThrownBy(() -> factory.createResponse(code, request("OPTIONS")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Bad code " + code);
    }

    /** Each way to make a 422. */
    interface Way {
        Response make(MessageFactory factory, Request request, ContentTypeHeader type) throws Exception;
    }

    static Stream<Way> ways() {
        return Stream.of(
                (factory, request, type) -> factory.createResponse(422, request),
                (factory, request, type) -> factory.createResponse(422, request, type, "text"),
                (factory, request, type) -> factory.createResponse(422, request, type, bytes()),
                (factory, request, type) -> factory.createResponse(
                        422, callId(request), cseq(request), from(request), to(request), vias(request), hops(request)),
                (factory, request, type) -> factory.createResponse(
                        422,
                        callId(request),
                        cseq(request),
                        from(request),
                        to(request),
                        vias(request),
                        hops(request),
                        type,
                        "text"),
                (factory, request, type) -> factory.createResponse(
                        422,
                        callId(request),
                        cseq(request),
                        from(request),
                        to(request),
                        vias(request),
                        hops(request),
                        type,
                        bytes()),
                (factory, request, type) -> ((MessageFactoryImpl) factory)
                        .createResponse(
                                422,
                                callId(request),
                                cseq(request),
                                from(request),
                                to(request),
                                vias(request),
                                hops(request),
                                "text",
                                type),
                (factory, request, type) -> ((MessageFactoryImpl) factory)
                        .createResponse(
                                422,
                                callId(request),
                                cseq(request),
                                from(request),
                                to(request),
                                vias(request),
                                hops(request),
                                bytes(),
                                type));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldMakeTheSameResponseAsTheStockFactoryButForThePhrase(Way way) throws Exception {
        ContentTypeHeader type = HEADERS.createContentTypeHeader("text", "plain");
        Response stock = way.make(new MessageFactoryImpl(), request("INVITE"), type);
        Response ours = way.make(factory, request("INVITE"), type);
        assertThat(wire(ours).lines().skip(1))
                .containsExactlyElementsOf(wire(stock).lines().skip(1).toList());
        assertThat(firstLine(wire(ours))).isEqualTo("SIP/2.0 422 Session Interval Too Small");
        assertThat(ours.getContent()).isEqualTo(stock.getContent());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldGuardEveryResponseItMakes(Way way) throws Exception {
        Response response = way.make(factory, request("INVITE"), HEADERS.createContentTypeHeader("text", "plain"));
        response.setReasonPhrase("Nice\r\nX-Evil: 1\r\n\r\nbody");
        assertThat(wire(response)).doesNotContain("\nX-Evil");
        assertThat(firstLine(wire(response))).isEqualTo("SIP/2.0 422 Nice  X-Evil: 1    body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldKeepAnAttackersLinesOffTheWire(String transport) throws Exception {
        String evil = "x\r\nX-Evil: 1\r\n\r\nSIP/2.0 200 OK\nX-Evil: 2\rX-Evil: 3\u0085X-Evil: 4\u2028X-Evil: 5";
        try (TestStack uas = TestStack.start("uas", transport).handle((event, self) -> {
                    Response response = factory.createResponse(480, event.getRequest());
                    response.setReasonPhrase(evil);
                    ReasonHeader reason = HEADERS.createReasonHeader("Q.850", 18, evil);
                    response.addHeader(reason);
                    WarningHeader warning = HEADERS.createWarningHeader("agent", 399, evil);
                    warning.setAgent(evil);
                    response.addHeader(warning);
                    self.transaction(event).sendResponse(response);
                });
                RawPeer peer = RawPeer.start(transport)) {
            peer.send(peer.request(Request.OPTIONS, transport, "evil"), uas.port());
            String answer = peer.receive();
            assertThat(answer.split("[\\r\\n\\x85\\u2028]+")).noneMatch(line -> line.startsWith("X-Evil"));
            assertThat(answer)
                    .startsWith("SIP/2.0 480 x")
                    .contains("Reason: Q.850;", "Warning: 399 ")
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // phrase set by the application, phrase after setStatusCode(404)
        "'',             Not Found",
        "OK,             Not Found",
        "Fine with me,   Fine with me",
    })
    void shouldLetThePhraseFollowTheCode(String phrase, String expected) throws Exception {
        Response response = factory.createResponse(200, request("OPTIONS"));
        response.setReasonPhrase(phrase);
        response.setStatusCode(404);
        assertThat(response.getReasonPhrase()).isEqualTo(expected);
        response.setStatusCode(404);
        assertThat(response.getReasonPhrase()).isEqualTo(expected);
    }

    @Test
    void shouldLeaveAParsedResponseAsItIs() throws Exception {
        Response stock = new MessageFactoryImpl().createResponse(486, request("INVITE"));
        String text = wire(stock).replace("Busy here", "Besetzt");
        Response response = factory.createResponse(text);
        assertThat(wire(response)).isEqualTo(text);
        response.setReasonPhrase("Besetzt\r\nX-Evil: 1");
        assertThat(wire(response)).doesNotContain("\nX-Evil");
    }

    @Test
    void shouldStayAResponseOfTheStackAndACopyOfItself() throws Exception {
        SIPResponse response = (SIPResponse) factory.createResponse(422, request("OPTIONS"));
        SIPResponse copy = (SIPResponse) response.clone();
        copy.setReasonPhrase("x\r\ny");
        assertThat(copy.getReasonPhrase()).isEqualTo("x  y");
        assertThat(response.getReasonPhrase()).isEqualTo("Session Interval Too Small");
        assertThat(response).isEqualTo(response.clone());
    }

    @Test
    void shouldKeepTheClassOfResponsesOfAnotherFactory() throws Exception {
        class Special extends SIPResponse {
            private static final long serialVersionUID = 1L;
        }
        MessageFactory other = decorated(original -> {
            Special special = new Special();
            special.setStatusLine(((SIPResponse) original).getStatusLine());
            return special;
        });
        Response response =
                new EnrichingMessageFactory(other, ResponseEnrichment.none()).createResponse(422, request("OPTIONS"));
        assertThat(response).isInstanceOf(Special.class);
        assertThat(response.getReasonPhrase()).isEqualTo("Session Interval Too Small");
    }

    @Test
    void shouldAskAnotherFactoryForRequests() throws Exception {
        MessageFactory other = decorated(UnaryOperator.identity());
        MessageFactory enriching = new EnrichingMessageFactory(other, ResponseEnrichment.none());
        String text = request("OPTIONS").toString();
        assertThat(enriching.createRequest(text).toString()).isEqualTo(text);
        assertThat(enriching.createResponse(606, request("OPTIONS")).getReasonPhrase())
                .isEqualTo("Not Acceptable");
    }

    private static MessageFactory decorated(UnaryOperator<Response> change) {
        MessageFactory stock = new MessageFactoryImpl();
        return (MessageFactory) Proxy.newProxyInstance(
                MessageFactory.class.getClassLoader(), new Class<?>[] {MessageFactory.class}, (proxy, method, args) -> {
                    Object result = method.invoke(stock, args);
                    return result instanceof Response response ? change.apply(response) : result;
                });
    }

    private static Request request(String method) throws ParseException {
        return requestWith(method, "");
    }

    static SIPRequest requestWith(String method, String moreHeaders) throws ParseException {
        return (SIPRequest) new MessageFactoryImpl()
                .createRequest(method + " sip:bob@example.org SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKb\r\n"
                        + "From: <sip:alice@example.org>;tag=from\r\n"
                        + "To: <sip:bob@example.org>\r\n"
                        + "Call-ID: call\r\n"
                        + "CSeq: 1 " + method + "\r\n"
                        + "Max-Forwards: 70\r\n"
                        + moreHeaders
                        + "Content-Length: 0\r\n\r\n");
    }

    private static byte[] bytes() {
        return "bytes".getBytes(StandardCharsets.US_ASCII);
    }

    private static CallIdHeader callId(Request request) {
        return (CallIdHeader) request.getHeader(CallIdHeader.NAME);
    }

    private static CSeqHeader cseq(Request request) {
        return (CSeqHeader) request.getHeader(CSeqHeader.NAME);
    }

    private static FromHeader from(Request request) {
        return (FromHeader) request.getHeader(FromHeader.NAME);
    }

    private static ToHeader to(Request request) {
        return (ToHeader) request.getHeader(ToHeader.NAME);
    }

    private static MaxForwardsHeader hops(Request request) {
        return (MaxForwardsHeader) request.getHeader(MaxForwardsHeader.NAME);
    }

    private static List<?> vias(Request request) {
        return List.of(request.getHeader(ViaHeader.NAME));
    }

    static String wire(Response response) {
        return new String(((SIPResponse) response).encodeAsBytes("UDP"), StandardCharsets.UTF_8);
    }

    private static String firstLine(String message) {
        return message.substring(0, message.indexOf("\r\n"));
    }
}
