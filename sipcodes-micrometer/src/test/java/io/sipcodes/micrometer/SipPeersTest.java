package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.SipMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipPeersTest {

    private final SipPeers peers = SipPeers.of(members());

    private static Map<String, List<String>> members() {
        Map<String, List<String>> members = new LinkedHashMap<>();
        members.put("wide", List.of("198.51.0.0/16", "2001:db8::/32"));
        members.put("narrow", List.of("198.51.100.0/25", "2001:db8:1::/48"));
        members.put("one", List.of("198.51.100.7", "2001:db8:1::5", "sip.carrier.example"));
        return members;
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7:5060,         one",
        "198.51.100.7,              one",
        "198.51.100.8:5060,         narrow",
        "198.51.100.127:5060,       narrow",
        "198.51.100.128:5060,       wide",
        "198.51.255.255:40000,      wide",
        "198.52.0.0:5060,           other",
        "198.50.255.255:5060,       other",
        "[2001:db8:1::5]:5061,      one",
        "2001:db8:1::5,             one",
        "[2001:db8:1::6]:5061,      narrow",
        "[2001:db8:2::1]:5061,      wide",
        "[2001:db9::1]:5061,        other",
        "[::ffff:198.51.100.7]:5060, one",
        "fe80::1%eth0,              other",
        "SIP.Carrier.example:5060,  one",
        "carrier.example:5060,      other",
        "'',                        other",
        "[,                         other",
        "[2001:db8:1::5,            other",
        ":,                         other",
        "999.1.1.1:5060,            other",
        "198.51.100,                other",
        "198.51.100.0x7,            other",
    })
    void shouldNameAPeerByItsHost(String peer, String name) {
        SipMessage message = SipMessage.request("INVITE").peer(peer).build();

        assertThat(peers.names().get(peers.index(message))).isEqualTo(name);
        assertThat(peers.names().get(peers.index(message)))
                .as("when asked again")
                .isEqualTo(name);
    }

    @Test
    void shouldHoldItsNamesAndOther() {
        assertThat(peers.names()).containsExactly("wide", "narrow", "one", "other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "example.org/24",
                "2001:db8::/129",
                "1::2::3"
            })
    void shouldRefuseAMemberThatIsNone(String member) {
        assertThatThrownBy(() -> SipPeers.of(Map.of("trunk", List.of(member))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("peer trunk: " + member + " (expected: a host name");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,        10.0.0.1/32",
        "10.1.0.0/16,     10.1.2.3/16",
        "a.example,       A.example",
        "::ffff:10.0.0.1, 10.0.0.1",
    })
    void shouldRefuseAMemberOfTwoNames(String first, String second) {
        Map<String, List<String>> members = new LinkedHashMap<>();
        members.put("a", List.of(first));
        members.put("b", List.of(second));

        assertThatThrownBy(() -> SipPeers.of(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("peer b: " + second + " (expected: in the list once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "other"})
    void shouldRefuseANameThatIsNone(String name) {
        assertThatThrownBy(() -> SipPeers.of(Map.of(name, List.of("10.0.0.1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeNamesFromAFunctionButOnlyFromItsList() {
        SipPeers byStack = SipPeers.by(List.of("north", "south"), message -> switch (message.stack()) {
            case "null" -> null;
            case "throws" -> throw new IllegalStateException("resolver is broken");
            default -> message.stack();
        });

        assertThat(List.of("north", "south", "east", "null", "throws"))
                .extracting(stack -> byStack.names()
                        .get(byStack.index(
                                SipMessage.request("BYE").stack(stack).build())))
                .containsExactly("north", "south", "other", "other", "other");
    }
}
