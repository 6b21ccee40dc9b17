package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectFactory;

/**
 * The catalog, made when it is first asked for, and which of its languages a reader gets. The JVM's default locale plays no
 * part in it.
 */
final class Languages implements Supplier<List<Locale>> {

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}");

    /** Longer headers come from nobody who means well. */
    private static final int MAX_HEADER = 256;

    private final ObjectFactory<SipCatalog> source;
    private final Locale standard;
    private volatile SipCatalog catalog;

    private Languages(ObjectFactory<SipCatalog> source, Locale standard) {
        this.source = source;
        this.standard = standard;
    }

    /**
     * The language that the application is set to.
     *
     * @throws PropertyException if the catalog has no such language
     */
    static Languages of(ObjectFactory<SipCatalog> source, String property) {
        Locale locale = find(property).orElse(Locale.ROOT);
        Languages languages = new Languages(source, locale);
        // English is the catalog's own. Another one is looked for, and read, so that a mistake in it shows at once.
        if (!isIn(locale, Locale.ENGLISH)) {
            List<Locale> all = languages.catalog().languages();
            if (all.stream().noneMatch(language -> isIn(locale, language))) {
                throw PropertyException.of(
                        "sipcodes.language",
                        property,
                        String.join(
                                        ", ",
                                        all.stream().map(Locale::toLanguageTag).toList())
                                + ", with a region or without; for another language put"
                                + " META-INF/sipcodes/texts_<language>.properties on the class path");
            }
            languages.read(locale);
        }
        return languages;
    }

    private static boolean isIn(Locale locale, Locale language) {
        return locale.getLanguage().equals(language.getLanguage());
    }

    /**
     * {@return the languages that there are, whose words have been read}
     *
     * @throws IllegalStateException if a file is wrong; it is named, with the line
     */
    @Override
    public List<Locale> get() {
        List<Locale> all = catalog().languages();
        all.forEach(this::read);
        return all;
    }

    // Made by Spring, which has one however often it is asked.
    SipCatalog catalog() {
        SipCatalog known = catalog;
        if (known == null) {
            known = source.getObject();
            catalog = known;
        }
        return known;
    }

    private void read(Locale language) {
        catalog().words(SipOutcome.SUCCESS, language);
    }

    Locale standard() {
        return standard;
    }

    /** A language by its tag, as {@code de}, {@code de-AT} or {@code de_AT}; empty if the text is no such tag. */
    static Optional<Locale> find(String tag) {
        return TAG.matcher(tag).matches()
                ? Optional.of(Locale.forLanguageTag(tag.replace('_', '-')))
                : Optional.empty();
    }

    /** The language that fits an Accept-Language header best (RFC 9110 section 12.5.4); else the standard one. */
    Locale accepted(String header) {
        if (header == null || header.isBlank() || header.length() > MAX_HEADER) {
            return standard;
        }
        try {
            Locale found = Locale.lookup(
                    Locale.LanguageRange.parse(header.replace(" ", "")),
                    catalog().languages());
            return found == null ? standard : found;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Many JDKs throw the second for a range of hyphens alone (JDK-8349883).
            return standard;
        }
    }
}
