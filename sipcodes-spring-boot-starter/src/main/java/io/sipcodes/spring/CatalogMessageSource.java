package io.sipcodes.spring;

import io.sipcodes.SipAdvice;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipText;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.support.AbstractMessageSource;

/**
 * The words of the catalog as messages, for templates: {@code sip.486.caller}, {@code sip.486.remedies.1},
 * {@code sip.outcome.busy.title}, {@code sip.advice.retry-later.title}. Other keys are unknown to it.
 */
final class CatalogMessageSource extends AbstractMessageSource {

    private static final Pattern KEY =
            Pattern.compile("sip\\.(?:([1-6][0-9]{2})|(outcome|fault|advice)\\.([a-z-]+))\\.([a-z]+)(?:\\.([1-9]))?");

    private final SipCatalog catalog;

    CatalogMessageSource(SipCatalog catalog) {
        this.catalog = catalog;
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

    private Optional<String> find(String key, Locale locale) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return (matcher.group(1) != null
                        ? Optional.of(catalog.entry(SipCode.of(Integer.parseInt(matcher.group(1))))
                                .text(locale))
                        : words(matcher.group(2), matcher.group(3), locale))
                .flatMap(text -> part(text, matcher.group(4), matcher.group(5)))
                .filter(part -> !part.isEmpty());
    }

    private Optional<SipText> words(String group, String id, Locale locale) {
        return switch (group) {
            case "outcome" ->
                first(SipOutcome.values(), SipOutcome::id, id).map(outcome -> catalog.words(outcome, locale));
            case "fault" -> first(SipFault.values(), SipFault::id, id).map(fault -> catalog.words(fault, locale));
            default -> first(SipAdvice.values(), SipAdvice::id, id).map(advice -> catalog.words(advice, locale));
        };
    }

    private static <E> Optional<E> first(E[] values, Function<E, String> id, String wanted) {
        return Arrays.stream(values)
                .filter(value -> id.apply(value).equals(wanted))
                .findFirst();
    }

    private static Optional<String> part(SipText text, String name, String number) {
        if (number != null) {
            List<String> items =
                    name.equals("causes") ? text.causes() : name.equals("remedies") ? text.remedies() : List.of();
            int index = Integer.parseInt(number) - 1;
            return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
        }
        return switch (name) {
            case "title" -> Optional.of(text.title());
            case "caller" -> Optional.of(text.caller());
            case "meaning" -> Optional.of(text.meaning());
            default -> Optional.empty();
        };
    }
}
