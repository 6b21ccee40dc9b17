package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SipCatalogTest {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final SipCatalog catalog = SipCatalog.standard();

    static IntStream numbers() {
        return IntStream.rangeClosed(-10, 1100);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void shouldAnswerForEveryNumber(int number) {
        Optional<SipEntry> entry = SipCode.find(number).map(catalog::entry);

        assertThat(entry.isPresent()).isEqualTo(number >= 100 && number <= 699);
        entry.ifPresent(found -> {
            assertThat(found.code().value()).isEqualTo(number);
            assertThat(found.outcome()).isNotNull();
            assertThat(found.fault()).isNotNull();
            assertThat(found.advice()).isNotNull();
            assertThat(found.override()).isEmpty();
            for (Locale language : LANGUAGES) {
                SipText text = found.text(language);
                assertThat(text.language()).isEqualTo(language);
                assertThat(text.title()).isNotBlank();
                assertThat(text.caller()).isNotBlank();
                assertThat(text.meaning()).isNotBlank();
                assertThat(text.causes()).isNotEmpty();
                assertThat(text.remedies()).isNotEmpty();
            }
            assertThat(catalog.entry(found.code(), "", "")).isSameAs(found);
            assertThat(catalog.entry(found.code(), null, null)).isSameAs(found);
            assertThat(catalog.entry(found.code(), "\u0000%n${x}\u202E", "\n")).isSameAs(found);
        });
    }

    @Test
    void shouldListTheEntriesOfAllKnownCodes() {
        assertThat(catalog.entries()).extracting(SipEntry::code).containsExactlyElementsOf(SipCode.known());
        assertThat(catalog.entries()).allMatch(entry -> entry == catalog.entry(entry.code()));
    }

    @Test
    void shouldExplainAnUnknownCodeByItsClass() {
        SipEntry entry = catalog.entry(SipCode.of(499));

        assertThat(entry.text(Locale.ENGLISH))
                .isSameAs(catalog.words(SipCodeClass.REQUEST_FAILURE, Locale.ENGLISH))
                .isSameAs(catalog.entry(SipCode.of(498)).text(Locale.ENGLISH));
        assertThat(entry).hasToString("499 Request Failure");
    }

    @Test
    void shouldBeOneAndTheSameEachTime() {
        assertThat(SipCatalog.standard()).isSameAs(catalog);
    }

    @Test
    void shouldHaveBothLanguages() {
        assertThat(catalog.languages()).contains(Locale.ENGLISH, Locale.GERMAN).startsWith(Locale.ENGLISH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Q.850;cause=17             | Teilnehmer besetzt",
                "q.850;cause=17             | Teilnehmer besetzt",
                "SIP;cause=486              | Anschluss besetzt",
                "STIR;cause=438             | Anrufersignatur ungültig",
                "Preemption;cause=1         | Verdrängung am Endgerät",
                "RELEASE_CAUSE;cause=1      | Teilnehmer hat den Anruf beendet",
                "FAILURE_CAUSE;cause=3      | Ressourcenzuteilung fehlgeschlagen",
                "Q.850;cause=33             | -",
                "Q.850                      | -",
                "SIP;cause=99               | -",
                "Preemption;cause=9         | -",
                "EMM;cause=1                | -",
                "no.such-thing;cause=17     | -",
            })
    void shouldHaveWordsForTheCauseInAReason(String header, String title) {
        SipReason reason = SipReason.parse(header).get(0);

        assertThat(catalog.words(reason, Locale.GERMAN).map(SipText::title).orElse("-"))
                .isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({
        "SIP,       SIP-Statuscode",
        "q.850,     Ursache aus dem Telefonnetz (Q.850)",
        "STIR,      Fehler bei der STIR-Prüfung",
        "S1AP-RNL,  LTE-Ursache im Funknetz (S1AP)",
        "outcome,   -",
        "'',        -",
    })
    void shouldHaveWordsForTheProtocolOfAReason(String protocol, String title) {
        assertThat(catalog.protocol(protocol, Locale.GERMAN).map(SipText::title).orElse("-"))
                .isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({"U, User", "ln, Public network of the local user", "LOC-6, Not assigned (location 6)", "X, -", "'', -"})
    void shouldHaveWordsForTheLocationOfAReason(String location, String title) {
        assertThat(catalog.location(location, Locale.ENGLISH)
                        .map(SipText::title)
                        .orElse("-"))
                .isEqualTo(title);
    }

    @Test
    void shouldHaveWordsForAllElse() {
        assertThat(catalog.words(new SipWarning(370, "", ""), Locale.GERMAN).map(SipText::title))
                .contains("Bandbreite reicht nicht");
        assertThat(catalog.words(new SipWarning(371, "", ""), Locale.GERMAN)).isEmpty();
        assertThat(catalog.words(SipOutcome.BUSY, Locale.GERMAN).title()).isEqualTo("Besetzt");
        assertThat(catalog.words(SipFault.CALLEE, Locale.GERMAN).title()).isEqualTo("Die angerufene Seite");
        assertThat(catalog.words(SipAdvice.NONE, Locale.GERMAN).title()).isEqualTo("Nichts zu tun");
        assertThat(catalog.words(SipCodeStatus.DEPRECATED, Locale.GERMAN).title())
                .isEqualTo("Abgekündigt");
        assertThat(catalog.words(Q850Cause.USER_BUSY_17, Locale.GERMAN).title()).isEqualTo("Teilnehmer besetzt");
        assertThat(catalog.words(SipHeaderRule.Condition.BODY, Locale.GERMAN).title())
                .isEqualTo("die Antwort einen Body hat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "486                             | 486",
                "48                              | 480 481 482 483 484 485 486 487 488 489",
                "60                              | 600 603 604 605 606 607 608",
                "499                             | 499",
                "Busy Here                       | 486",
                "busy here                       | 486",
                "603 decline                     | 603",
                "6xx decline                     | 603 605",
                "Internal Server Error           | 500",
                "Etension Required               | 421",
                "Bad Identity-Info               | 436",
                "Call Leg/Transaction Does Not   | 481",
                "Anschluss besetzt               | 486",
                "ANSCHLUSS                       | 486",
                "unvollstandig                   | 484",
                "unvollstaendig                  | 484",
                "unvollständig                   | 484",
                "STIR/SHAKEN identity            | 428",
            })
    void shouldFindTheBestFirst(String query, String codes) {
        List<String> found =
                catalog.search(query).stream().map(entry -> entry.code().text()).toList();

        assertThat(found).startsWith(codes.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        ",
                "'   '     ",
                "99        ",
                "700       ",
                "50000     ",
                "486 flow  ",
                "nonsense  ",
                "%n$s{}    ",
            })
    void shouldFindNothing(String query) {
        assertThat(catalog.search(query)).isEmpty();
    }

    @Test
    void shouldLookAtNoMoreThanAHundredCharacters() {
        assertThat(catalog.search("busy " + " ".repeat(100) + "nonsense")).isNotEmpty();
        assertThat(catalog.search("busy ".repeat(100_000))).isNotEmpty();
    }

    @Test
    void shouldSearchInOverridesOfCodesToo() {
        SipCatalog own = catalog.with(SipOverride.parse("[a]\ncode = 486\nen.title = Gone fishing", "x"));

        assertThat(own.search("fishing"))
                .extracting(entry -> entry.code().value())
                .containsExactly(486);
        assertThat(catalog.search("fishing")).isEmpty();
    }
}
