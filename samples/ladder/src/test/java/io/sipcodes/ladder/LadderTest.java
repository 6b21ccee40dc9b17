package io.sipcodes.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a file that a stock stack wrote at level 16. */
class LadderTest {

    private static final Path LOG = Path.of("src", "test", "resources", "server-log.txt");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new Ladder(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en    | Ended before answer [cancelled]",
                "de    | Anmeldung erforderlich [challenged]",
                "de-AT | Anmeldung erforderlich [challenged]"
            })
    void shouldExplainInTheLanguageAskedFor(String language, String words) {
        assertThat(run(LOG.toString(), "--lang", language)).as(err.toString()).isEqualTo(Ladder.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(words, "487 Request Terminated", "sip:+49******56@example.org")
                .doesNotContain("30123456");
        assertThat(err.size()).isZero();
    }

    @Test
    void shouldDrawForMarkdown() {
        assertThat(run("--mermaid", LOG.toString())).isEqualTo(Ladder.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("```mermaid\nsequenceDiagram\n")
                .endsWith("```\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lang xx FILE | --lang: xx (expected: en, de)",
                "--lang         | --lang:  (expected: en, de)",
                "--colour FILE  | --colour (expected: --lang or --mermaid)",
                "FILE FILE      | (expected: one file)",
                "--mermaid      | no file (expected: one)",
                "no-such-file   | no-such-file: no such file"
            })
    void shouldSayWhatIsWrongWithTheCall(String arguments, String what) {
        assertThat(run(arguments.replace("FILE", LOG.toString()).split(" "))).isEqualTo(Ladder.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("ladder: ").contains(what);
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldReportABrokenEntryByItsLineAndPrintTheRest(@TempDir Path folder) throws IOException {
        String whole = Files.readString(LOG);
        Path broken = folder.resolve("broken.txt");
        Files.writeString(broken, whole.replaceFirst("isSender=\"true\"", "isSender=\"perhaps\""));

        assertThat(run(broken.toString())).isEqualTo(Ladder.INCOMPLETE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(broken + ":13: isSender: perhaps (expected: true or false)" + System.lineSeparator());
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("487 Request Terminated");
    }

    @Test
    void shouldSayThatThereIsNothingInAFileOfAnotherKind(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "hello\n");

        assertThat(run(other.toString())).isEqualTo(Ladder.INCOMPLETE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no SIP message found");
    }
}
