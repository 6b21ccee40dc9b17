package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de                          | de
            de-AT,de;q=0.8              | de
            fr                          | en
            fr,de;q=0.5                 | de
            en;q=0.3,de;q=0.5           | de
            *                           | en
            de;q=0.1, en;q=0.9          | en
            ''                          | en
            ;;;                         | en
            de;q=two                    | en
            -                           | en
            --                          | en
            -;q=0.5                     | en
            """)
    void shouldChooseWhatAReaderAccepts(String header, String language) {
        Languages languages = Languages.of(SipCatalog::standard, "en");

        assertThat(languages.accepted(header).getLanguage()).isEqualTo(language);
    }

    @Test
    void shouldFallBackToTheLanguageOfTheApplication() {
        Languages languages = Languages.of(SipCatalog::standard, "de-AT");

        assertThat(languages.accepted("fr")).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(languages.accepted(null)).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(languages.accepted("en," + "fr,".repeat(1000))).isEqualTo(Locale.forLanguageTag("de-AT"));
    }

    @Test
    void shouldNameAllThatThereAre() {
        assertThat(Languages.of(SipCatalog::standard, "en").get()).containsExactly(Locale.ENGLISH, Locale.GERMAN);
    }

    @ParameterizedTest
    @CsvSource({"de, de", "de-AT, de-AT", "de_AT, de-AT", "DE, de"})
    void shouldReadATag(String tag, String locale) {
        assertThat(Languages.find(tag)).contains(Locale.forLanguageTag(locale));
    }

    @ParameterizedTest
    @CsvSource({"''", "d", "!", "de-", "de--AT", "../../etc", "deutschland"})
    void shouldRefuseWhatIsNoTag(String tag) {
        assertThat(Languages.find(tag)).isEmpty();
    }
}
