package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose last line says that they are as a test has checked them: this one. */
class WordsFileTest {

    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", ".")).resolve("src/main/resources/" + Texts.FOLDER);

    private static byte[] bundled(String language) throws IOException {
        try (InputStream in =
                WordsFileTest.class.getResourceAsStream("/" + Texts.FOLDER + "texts_" + language + ".properties")) {
            return in.readAllBytes();
        }
    }

    /** Each entry as often as its lines begin, in the order of the file. */
    private static List<String> entries(byte[] content) {
        List<String> entries = new ArrayList<>();
        Lines lines = new Lines(content, "x");
        while (lines.next()) {
            String entry = lines.text(lines.keyStart(), lines.endOfEntry());
            if (entries.isEmpty() || !entries.get(entries.size() - 1).equals(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /**
     * With {@code -Dsipcodes.docs=write} it writes the last line anew, as {@link CatalogExportTest} does the pages, if all
     * the rest is in order.
     */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shouldBeCheckedAndStamped(String language) throws IOException {
        Path file = SOURCES.resolve("texts_" + language + ".properties");
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        assertThat(entries(content))
                .as("in order, each once")
                .isSortedAccordingTo(Comparator.comparing(entry -> entry + "."))
                .doesNotHaveDuplicates()
                .allMatch(entry -> entry.matches("[0-9]([0-9]{2}|xx)|[a-z0-9_]+\\.[a-z0-9_-]+"));
        assertThat(text.lines()).allMatch(line -> line.equals(line.strip()));
        assertThat(WordsFile.parse(content, file.toString())).hasSize(387);

        if ("write".equals(System.getProperty("sipcodes.docs"))) {
            int last = text.lastIndexOf(WordsFile.STAMP);
            String body = last < 0 ? text : text.substring(0, last);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            Files.writeString(file, body + WordsFile.stamp(bytes, bytes.length));
        }
        assertThat(WordsFile.isStamped(Files.readAllBytes(file)))
                .as(file.getFileName() + " ends with its checksum; to write it anew: mvn -pl sipcodes-core test"
                        + " -Dtest='CatalogExportTest,WordsFileTest' -Dsipcodes.docs=write")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shouldFindInAStampedFileWhatReadingItAllFinds(String language) throws IOException {
        byte[] content = bundled(language);
        WordsFile file = WordsFile.of(content, "x");
        Map<String, Words> all = WordsFile.parse(content, "x");

        assertThat(file.needsNoCheck()).isTrue();
        assertThat(file.all().keySet()).isEqualTo(all.keySet());
        all.forEach((entry, words) ->
                assertThat(file.find(entry).text(Locale.ROOT)).as(entry).isEqualTo(words.text(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "#",
                "48",
                "4860",
                "099",
                "99",
                "7xx",
                "486.causes",
                "486.causes.1=x",
                "486.title=x",
                "outcome",
                "outcome.",
                "outcome.bus",
                "outcome.busyy",
                "outcome.busy.caller",
                "protocol.sip.title",
                "protocol.\u0000",
                "protocol.\u00fc\u20ac",
                "warning.\n399",
                "zzz.zzz",
            })
    void shouldFindNothingThatIsNotThere(String entry) throws IOException {
        for (String language : List.of("en", "de")) {
            assertThat(WordsFile.of(bundled(language), "x").find(entry)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shouldFindNothingThatIsMadeOfTheFileItself(String language) throws IOException {
        byte[] content = bundled(language);
        WordsFile file = WordsFile.of(content, "x");
        String text = new String(content, StandardCharsets.ISO_8859_1);
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            int from = text.indexOf('\n', random.nextInt(text.length() - 1)) + 1;
            int to = Math.min(text.length(), from + 5 + random.nextInt(200));
            String entry = text.substring(Math.min(from, to), to);
            if (entry.indexOf('=') >= 0) {
                assertThat(file.find(entry)).as(entry).isNull();
            }
        }
        assertThat(file.find(text.substring(text.length() - 100))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void shouldCheckAFileThatIsNotAsItWas(String language) throws IOException {
        byte[] content = bundled(language);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] changed = content.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(WordsFile.isStamped(changed)).isFalse();
        }
        String slip = new String(content, StandardCharsets.UTF_8).replace("\n486.title=", "\n486.titel=");
        assertThatThrownBy(() -> WordsFile.of(slip.getBytes(StandardCharsets.UTF_8), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "x:\\d+: 486.titel \\(expected: title, caller, meaning, causes.1 or remedies.1 at its end\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# checked: ", "# checked: 00000000\n", "# checked: 00000000"})
    void shouldNotTakeAShortFileForACheckedOne(String content) {
        WordsFile file = WordsFile.of(content.getBytes(StandardCharsets.UTF_8), "x");

        assertThat(file.needsNoCheck()).isFalse();
        assertThat(file.isEmpty()).isTrue();
    }
}
