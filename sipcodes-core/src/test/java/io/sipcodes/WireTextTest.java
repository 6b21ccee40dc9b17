package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTest {

    @Test
    void shouldReturnCleanTextAsItIs() {
        String text = "Busy Here";

        assertThat(WireText.clean(text, 9)).isSameAs(text);
        assertThat(WireText.clean("Teilnehmer gehört – 号码 😀", 50)).isEqualTo("Teilnehmer gehört – 号码 😀");
        assertThat(WireText.clean(null, 9)).isNull();
    }

    // Control, delete, C1, zero width, right-to-left override, isolate, line and paragraph separator, private, lone
    // surrogate, tag character.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u001B",
                "\r",
                "\n",
                "\t",
                "\u007F",
                "\u0085",
                "\u200B",
                "\u202E",
                "\u2066",
                "\u2028",
                "\u2029",
                "\uE000",
                "\uD800",
                "\uDC00",
                "\uDB40\uDC01",
                "\uFEFF"
            })
    void shouldReplaceWhatCannotBeSeen(String bad) {
        assertThat(WireText.clean("a" + bad + "b", 10)).isEqualTo("a\uFFFDb");
    }

    @Test
    void shouldCutWhatIsTooLongAndNeverAPair() {
        assertThat(WireText.clean("abcdef", 5)).isEqualTo("abcd…");
        assertThat(WireText.clean("abc😀def", 5)).isEqualTo("abc…");
        assertThat(WireText.clean("abc😀", 5)).isEqualTo("abc😀");
        assertThat(WireText.clean("x".repeat(1_000_000), 128)).hasSize(128);
    }
}
