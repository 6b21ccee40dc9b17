package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of words and overrides that a disk, an editor or a copy has spoilt: refused with file and line, or read. */
class BrokenFilesTest {

    private static final String OVERRIDES = """
            # our trunk
            [busy-trunk]
            provider = trunk
            code = 503
            phrase = *channel*
            outcome = overload
            fault = upstream
            advice = try-elsewhere
            de.title = Alle Kanäle belegt
            de.causes.1 = Zu viele Gespräche
            """;

    private static final byte[] ENGLISH = bundled("en");

    private static byte[] bundled(String language) {
        try (InputStream in =
                BrokenFilesTest.class.getResourceAsStream("/" + Texts.FOLDER + "texts_" + language + ".properties")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readOverrides(byte[] content, Path folder) throws IOException {
        Path file = folder.resolve("overrides.conf");
        Files.write(file, content);
        try {
            assertThat(SipOverride.read(file)).hasSizeLessThanOrEqualTo(1);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("(?s).*overrides\\.conf:\\d+: .* \\(expected: .*\\)");
        }
    }

    private static boolean readsTexts(byte[] content) {
        try {
            WordsFile.parse(content, "texts_xx.properties");
            return true;
        } catch (IllegalStateException e) {
            assertThat(e.getMessage()).matches("(?s)texts_xx\\.properties:\\d+: .* \\(expected: .*\\)");
            return false;
        }
    }

    @Test
    void shouldReadOrRefuseOverridesThatAreCutOffAnywhere(@TempDir Path folder) throws IOException {
        byte[] whole = OVERRIDES.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            readOverrides(Arrays.copyOf(whole, length), folder);
        }
        assertThat(SipOverride.parse(OVERRIDES, "x")).hasSize(1);
    }

    @Test
    void shouldReadOrRefuseOverridesWithAnyByteChanged(@TempDir Path folder) throws IOException {
        byte[] whole = OVERRIDES.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] = (byte) random.nextInt(256);
            readOverrides(changed, folder);
        }
    }

    @Test
    void shouldReadOrRefuseWordsThatAreCutOff() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += readsTexts(Arrays.copyOf(ENGLISH, random.nextInt(ENGLISH.length))) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void shouldReadOrRefuseWordsWithBytesChanged() {
        Random random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] changed = ENGLISH.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            refused += readsTexts(changed) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-1,   overrides.conf:9: de.title = Alle Kan\uFFFDle belegt (expected: UTF-8)",
        "windows-1252, overrides.conf:9: de.title = Alle Kan\uFFFDle belegt (expected: UTF-8)",
    })
    void shouldRefuseOverridesInAnotherEncoding(String encoding, String message, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("overrides.conf");
        Files.write(file, OVERRIDES.getBytes(Charset.forName(encoding)));
        assertThatThrownBy(() -> SipOverride.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE"})
    void shouldRefuseOverridesInTwoBytes(String encoding, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("overrides.conf");
        Files.write(file, OVERRIDES.getBytes(Charset.forName(encoding)));
        assertThatThrownBy(() -> SipOverride.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*overrides\\.conf:[12]: (?s:.*)");
    }

    @Test
    void shouldRefuseWordsInAnotherEncoding() {
        String german = new String(bundled("de"), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WordsFile.parse(german.getBytes(StandardCharsets.ISO_8859_1), "texts_de.properties"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("texts_de\\.properties:\\d+: \\S+ is in another encoding \\(expected: UTF-8\\)");
    }

    @Test
    void shouldReadWhatAnEditorMarkedAsUtf8() {
        assertThat(SipOverride.parse("\uFEFF" + OVERRIDES, "x")).hasSize(1);
    }

    @Test
    void shouldSayWhichFileIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> SipOverride.read(folder.resolve("none.conf")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.conf");
    }
}
