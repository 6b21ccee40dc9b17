package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SdpTest {

    @Test
    void shouldTakeTheFirstAudioStreamAndAnswerEachLine() {
        String offer = """
                v=0
                o=- 1 1 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=video 4000 RTP/AVP 96
                a=rtpmap:96 H264/90000
                m=audio 4002 RTP/AVP 111 0
                a=rtpmap:111 opus/48000/2
                m=audio 4004 RTP/AVP 0
                """;

        String answer = Sdp.answer(offer, "127.0.0.1");

        assertThat(answer.lines().skip(5))
                .containsExactly(
                        "m=video 0 RTP/AVP 96",
                        "m=audio 9 RTP/AVP 111",
                        "a=rtpmap:111 opus/48000/2",
                        "a=inactive",
                        "m=audio 0 RTP/AVP 0");
    }

    @Test
    void shouldOfferWhereTheCallerOffersNothing() {
        assertThat(Sdp.answer("", "::1")).isEqualTo(Sdp.offer("::1")).contains("c=IN IP6 ::1\r\n", "m=audio 9 ");
    }

    @Test
    void shouldNotBeLedOnByNonsense() {
        assertThat(Sdp.answer("m=\nm=audio\nm= = = =\n".repeat(10_000), "127.0.0.1"))
                .hasSizeLessThan(10_000);
    }
}
