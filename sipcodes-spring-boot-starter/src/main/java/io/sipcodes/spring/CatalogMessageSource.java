package io.sipcodes.spring;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.context.support.AbstractMessageSource;

/**
 * The words of the catalog as messages, for templates: {@code sip.486.caller}, {@code sip.486.remedies.1},
 * {@code sip.outcome.busy.title}, {@code sip.advice.retry-later.title}. Other keys are unknown to it.
 */
final class CatalogMessageSource extends AbstractMessageSource {

    private final Languages languages;
    private final ObjectFactory<SipCodesProperties> properties;

    CatalogMessageSource(Languages languages, ObjectFactory<SipCodesProperties> properties) {
        this.languages = languages;
        this.properties = properties;
    }

    @Override
    protected String resolveCodeWithoutArguments(String key, Locale locale) {
        return find(key, locale).orElse(null);
    }

    // Only asked for when a template passes arguments, which no text of ours has a place for.
    @Override
    protected MessageFormat resolveCode(String key, Locale locale) {
        return find(key, locale)
                .map(text -> new MessageFormat("'" + text.replace("'", "''") + "'", locale))
                .orElse(null);
    }

    // In a class of its own, which is loaded with the first key: each start of an application would wait for it.
    private Optional<String> find(String key, Locale locale) {
        return CatalogMessages.find(languages.catalog(), properties, key, locale);
    }
}
