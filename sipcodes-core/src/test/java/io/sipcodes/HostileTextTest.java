package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text comes in, everything in core answers, and with clean text of bounded length. */
@Timeout(600)
class HostileTextTest {

    /** How many made texts; a million takes some minutes. */
    private static final int MADE = Integer.getInteger("sipcodes.hostile.messages", 20_000);

    private static final String[] PARTS = {
        "SIP/2.0 ",
        "486",
        "480 ",
        "Busy Here",
        "Q.850",
        ";cause=",
        "17",
        ";text=\"",
        "\"",
        "\\",
        ",",
        ";",
        "=",
        " ",
        "\t",
        "\r\n",
        "\n",
        "Reason: ",
        "Warning: ",
        "Retry-After: ",
        "CSeq: ",
        "399 gw ",
        "status=",
        "99999999999",
        "-1",
        "\u001b[31m",
        "\u202e",
        "\u2028",
        "\0",
        "%s%n",
        "{}",
        "${jndi:ldap://127.0.0.1/a}",
        "\uD800",
        "\uDC00",
        "\uD83D\uDE00",
        "\uFEFF",
        "\u009b",
        "(",
        "x".repeat(300),
        "\u00df",
        "0",
        ":",
        "INVITE",
        "<script>",
        "\uE000",
        "(((((",
        "no credit",
        "*",
        "5060",
        "[486]"
    };

    private static String made(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            out.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return out.toString();
    }

    private static void assertShowable(String text, int longest) {
        assertThat(text.length()).isLessThanOrEqualTo(longest);
        assertThat(WireText.clean(text, longest)).isEqualTo(text);
    }

    private static void use(String text) {
        for (SipReason reason : bounded(SipReason.parse(text))) {
            assertShowable(reason.protocol(), 128);
            assertShowable(reason.text(), 256);
            assertShowable(reason.location(), 128);
            assertShowable(reason.toString(), 1_024);
        }
        for (SipWarning warning : bounded(SipWarning.parse(text))) {
            assertShowable(warning.agent(), 128);
            assertShowable(warning.text(), 256);
            assertShowable(warning.toString(), 1_024);
        }
        SipStatusLine.find(text).ifPresent(line -> assertShowable(line.phrase(), 256));
        SipMessage message = SipMessage.response(486, text)
                .method(text)
                .callId(text)
                .branch(text)
                .fromUri(text)
                .toUri(text)
                .fromTag(text)
                .toTag(text)
                .peer(text)
                .stack(text)
                .transport(text)
                .requestUri(text)
                .reasons(SipReason.parse(text))
                .warnings(SipWarning.parse(text))
                .build();
        assertShowable(message.toString(), 8_192);
        for (SipDiagnosis diagnosis :
                List.of(SipDiagnosis.of(text), SipDiagnosis.of(480, text), SipDiagnosis.of(message))) {
            assertShowable(diagnosis.phrase(), 256);
            assertShowable(diagnosis.operatorText(Locale.ENGLISH), 1_000);
            assertShowable(diagnosis.callerText(Locale.GERMAN), 1_000);
            assertThat(diagnosis.evidence()).hasSizeLessThanOrEqualTo(32);
            diagnosis.evidence().forEach(evidence -> assertShowable(evidence.detail(), 256));
        }
    }

    /** Goes over all words of all languages, which is for people's questions and takes milliseconds. */
    private static void search(String text) {
        assertThat(SipCatalog.standard().search(text))
                .hasSizeLessThanOrEqualTo(SipCode.known().size());
    }

    private static <T> List<T> bounded(List<T> values) {
        assertThat(values).hasSizeLessThanOrEqualTo(8);
        return values;
    }

    @Test
    void shouldStandAnyMixtureOfWhatIsHostile() {
        Random random = new Random(Long.getLong("sipcodes.hostile.seed", 4475));
        for (int i = 0; i < MADE; i++) {
            String text = made(random);
            try {
                use(text);
                if (i % 500 == 0) {
                    search(text);
                }
            } catch (Throwable e) {
                throw new AssertionError("text " + i + ": " + text, e);
            }
        }
    }

    static List<String> huge() {
        int size = 1 << 20;
        return List.of(
                "x".repeat(size),
                "\u001b".repeat(size),
                "\"".repeat(size),
                "\\".repeat(size),
                ",".repeat(size),
                ";".repeat(size),
                "4".repeat(size),
                "486 ".repeat(size / 4),
                "\uD800".repeat(size),
                "Q.850;cause=17, ".repeat(size / 16),
                "399 a \"x\", ".repeat(size / 11),
                "(".repeat(size),
                "\r\n".repeat(size / 2),
                "Reason: ".repeat(size / 8),
                "status=".repeat(size / 7),
                "SIP/2.0 ".repeat(size / 8));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("huge")
    void shouldStandAMegabyteOf(String text) {
        use(text);
        search(text);
        use("SIP/2.0 486 " + text);
        use("SIP;cause=486;text=\"" + text);
    }

    /** What makes a careless reader look through all that follows for each of its parts; it would then take minutes. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReadAHeaderOnceHoweverMuchFollows() {
        String header = "x" + ";".repeat(4_094) + "a".repeat(1_000_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(SipReason.parse(header)).isNotNull();
        }
    }
}
