package io.sipcodes.spring;

import io.sipcodes.SipAdvice;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectFactory;

/** The words of the catalog by the keys that {@link CatalogMessageSource} has. */
final class CatalogMessages {

    private static final Pattern KEY =
            Pattern.compile("sip\\.(?:([1-6][0-9]{2})|(outcome|fault|advice)\\.([a-z-]+))\\.([a-z]+)(?:\\.([1-9]))?");

    private CatalogMessages() {}

    /** {@return the words for a key, empty if it is unknown} */
    static Optional<String> find(
            SipCatalog catalog, ObjectFactory<SipCodesProperties> properties, String key, Locale locale) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return (matcher.group(1) != null
                        ? Optional.of(
                                entry(catalog, properties, matcher.group(1)).text(locale))
                        : words(catalog, matcher.group(2), matcher.group(3), locale))
                .flatMap(text -> part(text, matcher.group(4), matcher.group(5)))
                .filter(part -> !part.isEmpty());
    }

    private static SipEntry entry(SipCatalog catalog, ObjectFactory<SipCodesProperties> properties, String code) {
        return catalog.entry(
                SipCode.of(Integer.parseInt(code)), null, properties.getObject().getProvider());
    }

    private static Optional<SipText> words(SipCatalog catalog, String group, String id, Locale locale) {
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
