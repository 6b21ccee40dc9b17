package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipAdvice;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipText;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;

class CatalogMessageSourceTest {

    private static final Object[] NO_ARGUMENTS = {};

    private final CatalogMessageSource words =
            new CatalogMessageSource(Languages.of(SipCatalog::standard, "en"), SipCodesProperties::new);

    @Test
    void shouldKnowEachPartOfEachCode() {
        for (SipCode code : SipCode.known()) {
            SipText text = SipCatalog.standard().entry(code).text(Locale.GERMAN);
            String key = "sip." + code.value();
            assertThat(german(key + ".title")).isEqualTo(text.title());
            assertThat(german(key + ".caller")).isEqualTo(text.caller());
            assertThat(german(key + ".meaning")).isEqualTo(text.meaning());
            for (int i = 0; i < text.causes().size(); i++) {
                assertThat(german(key + ".causes." + (i + 1)))
                        .isEqualTo(text.causes().get(i));
            }
            for (int i = 0; i < text.remedies().size(); i++) {
                assertThat(german(key + ".remedies." + (i + 1)))
                        .isEqualTo(text.remedies().get(i));
            }
        }
    }

    @Test
    void shouldKnowOutcomesFaultsAndAdvice() {
        assertThat(german("sip.advice.retry-later.title"))
                .isEqualTo(SipCatalog.standard()
                        .words(SipAdvice.RETRY_LATER, Locale.GERMAN)
                        .title());
        assertThat(german("sip.outcome.no-answer.title")).isNotEqualTo("none");
        assertThat(german("sip.fault.upstream.title")).isNotEqualTo("none");
    }

    @Test
    void shouldGiveTheSameTextWhereArgumentsArePassed() {
        // 491 and others have apostrophes or braces in none of their words today; an override may have them.
        for (SipCode code : SipCode.known()) {
            String key = "sip." + code.value() + ".meaning";
            assertThat(words.getMessage(key, new Object[] {"argument"}, "none", Locale.ENGLISH))
                    .isEqualTo(words.getMessage(key, NO_ARGUMENTS, "none", Locale.ENGLISH));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip.486",
                "sip.486.colour",
                "sip.486.causes",
                "sip.486.causes.0",
                "sip.486.causes.9",
                "sip.486.title.1",
                "sip.99.title",
                "sip.700.title",
                "sip.outcome.nothing.title",
                "sip.colour.busy.title",
                "title",
                ""
            })
    void shouldKnowNothingElse(String key) {
        assertThat(german(key)).isEqualTo("none");
    }

    private String german(String key) {
        return words.getMessage(key, NO_ARGUMENTS, "none", Locale.GERMAN);
    }

    @Test
    void shouldStandBehindTheMessagesOfTheApplication() {
        StaticMessageSource own = new StaticMessageSource();
        own.addMessage("sip.486.title", Locale.GERMAN, "Belegt");
        String title = SipCatalog.standard()
                .entry(SipCode.TEMPORARILY_UNAVAILABLE_480)
                .text(Locale.GERMAN)
                .title();

        Application.runner()
                .withBean("messageSource", MessageSource.class, () -> own)
                .run(context -> {
                    assertThat(context.getMessage("sip.486.title", NO_ARGUMENTS, Locale.GERMAN))
                            .isEqualTo("Belegt");
                    assertThat(context.getMessage("sip.480.title", NO_ARGUMENTS, Locale.GERMAN))
                            .isEqualTo(title);
                });
    }

    @Test
    void shouldServeAnApplicationWithoutMessagesOfItsOwn() {
        Application.runner()
                .run(context -> assertThat(context.getMessage("sip.486.title", NO_ARGUMENTS, Locale.GERMAN))
                        .isEqualTo(german("sip.486.title")));
        Application.runner()
                .withPropertyValues("sipcodes.messages.enabled=false")
                .run(context -> assertThat(context.getMessage("sip.486.title", NO_ARGUMENTS, "none", Locale.GERMAN))
                        .isEqualTo("none"));
    }

    @Test
    void shouldServeAChildContextByItsOwnCatalogOrItsParents() {
        Application.runner()
                .run(parent -> Application.runner()
                        .withParent(parent)
                        .run(child -> assertThat(child.getMessage("sip.486.title", NO_ARGUMENTS, Locale.GERMAN))
                                .isEqualTo(german("sip.486.title"))));
    }
}
