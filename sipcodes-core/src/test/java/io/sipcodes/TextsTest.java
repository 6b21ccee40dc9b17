package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the words are found: languages, chains, files of the user's own, slips in them. */
@Isolated("sets the default locale")
class TextsTest {

    private static final ClassLoader OWN = TextsTest.class.getClassLoader();

    private final Locale before = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void resetDefaultLocale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "486.title                       | x:1: 486.title (expected: key=text)",
                "=Busy                           | x:1: =Busy (expected: key=text)",
                "=486.title=Busy                 | x:1: =486.title=Busy (expected: key=text)",
                "486.title=                      | x:1: 486.title has no text (expected: key=text)",
                "486.title=a\\tb                 | x:1: 486.title has a backslash (expected: UTF-8 text on one line, no escapes)",
                "486.titel=Busy                  | x:1: 486.titel (expected: title, caller, meaning, causes.1 or remedies.1 at its end)",
                "486=Busy                        | x:1: 486 (expected: a key as 486.title or outcome.busy.caller)",
                "499.title=Busy                  | x:1: 499.title (expected: a key as 486.title or outcome.busy.caller)",
                "700.title=Busy                  | x:1: 700.title (expected: a key as 486.title or outcome.busy.caller)",
                "7xx.title=Busy                  | x:1: 7xx.title (expected: a key as 486.title or outcome.busy.caller)",
                "result.busy.title=Busy          | x:1: result.busy.title (expected: a key as 486.title or outcome.busy.caller)",
                "outcome..title=Busy             | x:1: outcome..title (expected: a key as 486.title or outcome.busy.caller)",
                ".title=Busy                     | x:1: .title (expected: a key as 486.title or outcome.busy.caller)",
                "486.causes.2=x                  | x:1: 486.causes.2 stands out of order (expected: causes.1)",
                "486.causes.0=x                  | x:1: 486.causes.0 stands out of order (expected: causes.1)",
                "486.remedies.=x                 | x:1: 486.remedies. (expected: a key as 486.title or outcome.busy.caller)",
            })
    void shouldSayWhatIsWrongAndWhere(String line, String message) {
        assertThatThrownBy(() -> WordsFile.parse(line.getBytes(StandardCharsets.UTF_8), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\uFEFF\n", "# no words", "  ", "\n\t ", "\r\n#\r\n "})
    void shouldReadAFileThatSaysNothing(String content) {
        assertThat(WordsFile.parse(content.getBytes(StandardCharsets.UTF_8), "x"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAFirstCharacterInAnotherEncoding() {
        assertThatThrownBy(() -> WordsFile.parse("486.title=Übel".getBytes(StandardCharsets.ISO_8859_1), "x"))
                .hasMessage("x:1: 486.title is in another encoding (expected: UTF-8)");
    }

    @Test
    void shouldCountLinesWithCommentsAndBlankOnes() {
        assertThatThrownBy(() -> WordsFile.parse(
                        "\uFEFF# one\r\n\r\n  \n486.title=Busy\n486.title=Engaged".getBytes(StandardCharsets.UTF_8),
                        "fr.properties"))
                .hasMessage("fr.properties:5: 486.title stands twice (expected: once)");
    }

    @ParameterizedTest
    @CsvSource({
        "en,          en",
        "en-GB,       en-GB en",
        "de,          de en",
        "de-AT,       de-AT de en",
        "de-Latn-AT,  de-AT de en",
        "fr-CA,       fr-CA fr en",
        "und,         en",
        "und-AT,      en",
        "de-999,      de en",
        "xx-YY,       en",
        "tlh,         en",
    })
    void shouldGoFromTheRegionToTheLanguageToEnglish(String tag, String chain) {
        assertThat(String.join(" ", Texts.chain(Locale.forLanguageTag(tag)))).isEqualTo(chain);
    }

    @ParameterizedTest
    @CsvSource({
        "en,    Line busy",
        "en-US, Line busy",
        "de,    Anschluss besetzt",
        "de-AT, Anschluss besetzt",
        "ja,    Line busy",
        "und,   Line busy"
    })
    void shouldNeverLookAtTheDefaultLocale(String tag, String title) {
        for (Locale anyDefault : List.of(Locale.GERMANY, Locale.ENGLISH, Locale.JAPAN, Locale.forLanguageTag("tr"))) {
            Locale.setDefault(anyDefault);
            SipText text = new Texts(OWN).text(SipCode.BUSY_HERE_486, Locale.forLanguageTag(tag));

            assertThat(text.title()).isEqualTo(title);
        }
    }

    @Test
    void shouldReadALanguageThatTheUserPutsOnTheClassPath() throws IOException {
        write("fr", "486.title=Ligne occupée\n486.causes.1=En ligne\noutcome.busy.caller=La ligne est occupée.\n");
        write("fr-CA", "486.title=Ligne engagée\n486.remedies.1=Rappeler\n");
        Texts texts = new Texts(withFolder());
        SipText english = texts.text(SipCode.BUSY_HERE_486, Locale.ENGLISH);
        SipText french = texts.text(SipCode.BUSY_HERE_486, Locale.FRENCH);
        SipText canadian = texts.text(SipCode.BUSY_HERE_486, Locale.CANADA_FRENCH);

        assertThat(french.title()).isEqualTo("Ligne occupée");
        assertThat(french.language()).isEqualTo(Locale.FRENCH);
        assertThat(french.causes()).containsExactly("En ligne");
        assertThat(french.remedies()).isEqualTo(english.remedies());
        assertThat(canadian.title()).isEqualTo("Ligne engagée");
        assertThat(canadian.language()).isEqualTo(Locale.CANADA_FRENCH);
        assertThat(canadian.causes()).containsExactly("En ligne");
        assertThat(canadian.remedies()).containsExactly("Rappeler");
        assertThat(texts.text(SipCode.RINGING_180, Locale.FRENCH))
                .isSameAs(texts.text(SipCode.RINGING_180, Locale.ENGLISH));
        assertThat(texts.text("outcome", "busy", Locale.FRENCH).title())
                .isEqualTo(texts.text("outcome", "busy", Locale.ENGLISH).title());
        assertThat(texts.text("outcome", "busy", Locale.FRENCH).caller()).isEqualTo("La ligne est occupée.");
        assertThat(texts.available()).containsExactly(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);
    }

    @Test
    void shouldLetTheFirstFileOnTheClassPathWin() throws IOException {
        write("de", "486.title=Besetzt, leider\n");
        SipText text = new Texts(withFolder()).text(SipCode.BUSY_HERE_486, Locale.GERMAN);

        assertThat(text.title()).isEqualTo("Besetzt, leider");
        assertThat(text.caller())
                .isEqualTo(new Texts(OWN)
                        .text(SipCode.BUSY_HERE_486, Locale.GERMAN)
                        .caller());
    }

    @Test
    void shouldTakeFromTheFirstFileAllThatItSaysOfAnEntry() throws IOException {
        write("de", "486.caller=Besetzt.\n486.meaning=Besetzt eben.\n486.causes.1=Ein Grund\n486.remedies.1=Ein Rat\n");
        SipText text = new Texts(withFolder()).text(SipCode.BUSY_HERE_486, Locale.GERMAN);

        assertThat(text)
                .isEqualTo(new SipText(
                        Locale.GERMAN,
                        "Anschluss besetzt",
                        "Besetzt.",
                        "Besetzt eben.",
                        List.of("Ein Grund"),
                        List.of("Ein Rat")));
    }

    @Test
    void shouldFindTheLanguagesOfTheUserInAFolderAndInJars() throws IOException {
        write("fr", "486.title=Ligne occupée\n");
        Path listed = jar("listed.jar", "it", true);
        Path unlisted = jar("unlisted.jar", "es", false);
        URL[] classPath = {
            folder.toUri().toURL(), listed.toUri().toURL(), unlisted.toUri().toURL(), codeSource()
        };
        try (URLClassLoader classLoader = new URLClassLoader(classPath, null)) {
            Texts texts = new Texts(classLoader);

            assertThat(texts.available())
                    .containsExactly(
                            Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("es"), Locale.FRENCH, Locale.ITALIAN)
                    .isEqualTo(texts.available());
            for (Locale language : texts.available()) {
                assertThat(texts.text(SipCode.BUSY_HERE_486, language).language())
                        .isEqualTo(language);
            }
        }
    }

    @Test
    void shouldListALanguageOfTwoCodesOnce() throws IOException {
        write("he", "486.title=תפוס\n");

        assertThat(new Texts(withFolder()).available())
                .containsExactly(Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("he"));
    }

    @Test
    void shouldListALanguageUnreadAndRefuseItsFileWhenItIsRead() throws IOException {
        write("fr", "486.title=Ligne occupée\n486.titel=x\n");
        Texts texts = new Texts(withFolder());

        assertThat(texts.available()).contains(Locale.FRENCH);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> texts.text(SipCode.BUSY_HERE_486, Locale.FRENCH))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("texts_fr.properties:2: 486.titel"
                            + " (expected: title, caller, meaning, causes.1 or remedies.1 at its end)");
        }
    }

    @Test
    void shouldRefuseAKeyThatEnglishDoesNotHaveAndSayWhereItStands() throws IOException {
        write("fr", "# French\noutcome.bussy.title=Occupé\n");
        Texts texts = new Texts(withFolder());

        assertThatThrownBy(() -> texts.text(SipCode.BUSY_HERE_486, Locale.FRENCH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(
                        "texts_fr.properties:2: outcome.bussy (expected: an entry of texts_en.properties)");
        assertThat(texts.text(SipCode.BUSY_HERE_486, Locale.GERMAN).title()).isEqualTo("Anschluss besetzt");
    }

    @Test
    void shouldFindCodesInTheOtherLanguagesWhereOneHasAMistake() throws IOException {
        write("fr", "486.title=Ligne occupée\nnonsense\n");
        SipCatalog catalog = new SipCatalog(new Texts(withFolder()), List.of());

        assertThat(catalog.search("besetzt")).extracting(SipEntry::code).contains(SipCode.BUSY_HERE_486);
        assertThat(catalog.search("line busy")).extracting(SipEntry::code).contains(SipCode.BUSY_HERE_486);
    }

    @Test
    void shouldRefuseEnglishWordsThatLackATitle() throws IOException {
        write("en", "486.title=Busy\n");
        Texts texts = new Texts(new URLClassLoader(new URL[] {folder.toUri().toURL()}, null));

        assertThatThrownBy(() -> texts.text(SipCode.BUSY_HERE_486, Locale.ENGLISH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("text: 100.title is missing (expected: in texts_en.properties)");
    }

    @Test
    void shouldRefuseAnEnglishEntryOfTheUsersOwnThatLacksATitle() throws IOException {
        write("en", "outcome.puzzled.title=Puzzled\noutcome.bored.caller=Bored\n");

        assertThatThrownBy(() -> new Texts(withFolder()).text(SipCode.BUSY_HERE_486, Locale.ENGLISH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("text: outcome.bored.title is missing (expected: in texts_en.properties)");
    }

    @Test
    void shouldLetTheUserChangeAndAddEnglishWords() throws IOException {
        write("en", "486.caller=Busy.\noutcome.puzzled.title=Puzzled\noutcome.busy.title=Engaged\n");
        write("de", "outcome.puzzled.title=Verwirrt\n");
        Texts texts = new Texts(withFolder());

        assertThat(texts.text(SipCode.BUSY_HERE_486, Locale.ENGLISH).caller()).isEqualTo("Busy.");
        assertThat(texts.text(SipCode.BUSY_HERE_486, Locale.ENGLISH).title()).isEqualTo("Line busy");
        assertThat(texts.text("outcome", "busy", Locale.ENGLISH).title()).isEqualTo("Engaged");
        assertThat(texts.text("outcome", "busy", Locale.GERMAN).title()).isEqualTo("Besetzt");
        assertThat(texts.text("outcome", "puzzled", Locale.ENGLISH).title()).isEqualTo("Puzzled");
        assertThat(texts.text("outcome", "puzzled", Locale.GERMAN).title()).isEqualTo("Verwirrt");
        assertThat(texts.text("outcome", "puzzled.title", Locale.GERMAN)).isNull();
    }

    @Test
    void shouldSayThatTheEnglishWordsAreMissing() {
        Texts texts = new Texts(new ClassLoader(null) {});

        assertThatThrownBy(() -> texts.text(SipCode.BUSY_HERE_486, Locale.ENGLISH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("META-INF/sipcodes/texts_en.properties is not on the class path");
    }

    @Test
    void shouldReadEachLanguageOnceAndLookForNoneThatDoesNotExist() {
        AtomicInteger lookedFor = new AtomicInteger();
        Texts texts = new Texts(new ClassLoader(OWN) {
            @Override
            public java.util.Enumeration<URL> getResources(String name) throws IOException {
                lookedFor.incrementAndGet();
                return super.getResources(name);
            }
        });
        for (int i = 0; i < 5000; i++) {
            Locale hostile = new Locale.Builder()
                    .setLanguage("de")
                    .setRegion("AT")
                    .setExtension('x', "u" + i)
                    .build();
            assertThat(texts.text(SipCode.BUSY_HERE_486, hostile).title()).isEqualTo("Anschluss besetzt");
            assertThat(texts.text(SipCode.BUSY_HERE_486, Locale.forLanguageTag("qq-" + (100 + i % 900)))
                            .title())
                    .isEqualTo("Line busy");
        }

        // en, de, de-AT.
        assertThat(lookedFor).hasValue(3);
        assertThat(texts.remembered()).isEqualTo(1024);
    }

    private void write(String tag, String content) throws IOException {
        Path file = folder.resolve(Texts.FOLDER + "texts_" + tag + ".properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path jar(String name, String tag, boolean listsFolders) throws IOException {
        Path file = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (String entry : List.of("META-INF/", Texts.FOLDER)) {
                if (listsFolders) {
                    out.putNextEntry(new JarEntry(entry));
                }
            }
            out.putNextEntry(new JarEntry(Texts.FOLDER + "texts_" + tag + ".properties"));
            out.write("486.title=486\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private ClassLoader withFolder() throws IOException {
        URL own = folder.toUri().toURL();
        // The user's folder first, as it stands before a jar on a class path.
        return new URLClassLoader(new URL[] {own, codeSource()}, null);
    }

    private static URL codeSource() {
        return SipCatalog.class.getProtectionDomain().getCodeSource().getLocation();
    }
}
