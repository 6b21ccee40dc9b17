package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
