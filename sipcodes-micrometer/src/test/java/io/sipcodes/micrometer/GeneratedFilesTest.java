package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files that are written from the code and the catalog are up to date. {@code observability/generate.sh} writes them
 * anew, by running this with {@code -Dsipcodes.generate=true}.
 */
class GeneratedFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final String BEGIN = "<!-- tables: begin (written by observability/generate.sh) -->\n";
    private static final String END = "<!-- tables: end -->\n";

    @Test
    void shouldHaveTheTablesOfTheMetricsPage() {
        Path page = ROOT.resolve("docs/metrics.md");
        String text = read(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the marks of the tables").isGreaterThanOrEqualTo(begin);

        check(page, text.substring(0, begin) + "\n" + MetricsPage.tables() + "\n" + text.substring(end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shouldHaveTheAlertsAndTheWordsOfALanguage(String language) throws IOException {
        check(AlertFiles.FOLDER.resolve("sip-alerts." + language + ".yml"), AlertFiles.alerts(language));
        check(
                AlertFiles.FOLDER.resolve("sip-words." + language + ".yml"),
                AlertFiles.words(Locale.forLanguageTag(language)));
    }

    private static void check(Path file, String expected) {
        if (Boolean.getBoolean("sipcodes.generate")) {
            write(file, expected);
        }
        assertThat(Files.exists(file) ? read(file) : "")
                .as("%s (run observability/generate.sh)", file)
                .isEqualTo(expected);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
