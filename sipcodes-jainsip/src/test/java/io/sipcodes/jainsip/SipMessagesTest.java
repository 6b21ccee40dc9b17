package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import javax.sip.message.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipMessagesTest {

    /** Those of a response and an ACK are those of the request they belong to, and would be written out for nothing. */
    @ParameterizedTest
    @CsvSource({
        "INVITE, 0, true",
        "BYE, 0, true",
        "OPTIONS, 0, true",
        "ACK, 0, false",
        "INVITE, 180, false",
        "BYE, 200, false",
    })
    void shouldReadAddressesWhereTheyAreNew(String method, int code, boolean expected) throws Exception {
        Request request = EnrichingMessageFactoryTest.requestWith(method, "");
        SipMessage read = SipMessages.read(
                code == 0 ? request : new MessageFactoryImpl().createResponse(code, request), SipDirection.RECEIVED);
        assertThat(!read.fromUri().isEmpty()).isEqualTo(expected);
        assertThat(!read.toUri().isEmpty()).isEqualTo(expected);
        assertThat(!read.requestUri().isEmpty()).isEqualTo(code == 0);
        assertThat(read.method()).isEqualTo(method);
        assertThat(read.fromTag()).isNotEmpty();
        assertThat(read.callId()).isNotEmpty();
        assertThat(read.branch()).isNotEmpty();
    }
}
