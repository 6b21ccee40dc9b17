package io.sipcodes.jainsip;

import io.sipcodes.SipDirection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The six messages of a call as a server sees them on the wire. */
final class CallTexts {

    static final List<SipDirection> DIRECTIONS = List.of(
            SipDirection.RECEIVED,
            SipDirection.SENT,
            SipDirection.SENT,
            SipDirection.RECEIVED,
            SipDirection.RECEIVED,
            SipDirection.SENT);

    private static final String HEAD = """
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-524287-%1$d-%2$s\r
            From: <sip:caller@127.0.0.1:5070>;tag=524287-%1$d\r
            To: <sip:load@127.0.0.1:5060>%3$s\r
            Call-ID: %1$d-524287@127.0.0.1\r
            CSeq: %4$s\r
            """;

    private static final String CONTACT = "Contact: <sip:load@127.0.0.1:5060>\r\n";
    private static final String HOPS = "Max-Forwards: 70\r\n";
    private static final String NO_BODY = "Content-Length: 0\r\n\r\n";
    private static final String BODY = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 6000 RTP/AVP 0 8\r\n";
    private static final String WITH_BODY =
            "Content-Type: application/sdp\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

    private CallTexts() {}

    /** Those of one call, which its number tells from all others. */
    static List<byte[]> of(long number) {
        String tag = ";tag=2bq5x7w1" + number;
        return List.of(
                text(number, "INVITE sip:load@127.0.0.1:5060 SIP/2.0", "0", "", "1 INVITE", CONTACT + HOPS + WITH_BODY),
                text(number, "SIP/2.0 180 Ringing", "0", tag, "1 INVITE", CONTACT + NO_BODY),
                text(number, "SIP/2.0 200 OK", "0", tag, "1 INVITE", CONTACT + NO_BODY),
                text(number, "ACK sip:load@127.0.0.1:5060 SIP/2.0", "4", tag, "1 ACK", HOPS + NO_BODY),
                text(number, "BYE sip:load@127.0.0.1:5060 SIP/2.0", "6", tag, "2 BYE", HOPS + NO_BODY),
                text(number, "SIP/2.0 200 OK", "6", tag, "2 BYE", NO_BODY));
    }

    private static byte[] text(long number, String line, String branch, String tag, String cseq, String rest) {
        return (line + "\r\n" + String.format(HEAD, number, branch, tag, cseq) + rest).getBytes(StandardCharsets.UTF_8);
    }
}
