package io.sipcodes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What every SIP response code means: facts with their sources, and words for callers and for operators.
 *
 * <p>Every code from 100 to 699 has an entry; one the catalog does not know has the entry of its class. Immutable and
 * safe for use by any number of threads; a language's words are read when first asked for.
 */
public final class SipCatalog {

    private final Texts texts;
    private final SipEntry[] entries;
    private final List<SipEntry> known;

    private SipCatalog(Texts texts) {
        this.texts = texts;
        this.entries = new SipEntry[SipCode.MAX - SipCode.MIN + 1];
        for (int value = SipCode.MIN; value <= SipCode.MAX; value++) {
            SipCode code = SipCode.of(value);
            entries[value - SipCode.MIN] = new SipEntry(code, Facts.of(code), texts);
        }
        this.known =
                Arrays.stream(entries).filter(entry -> entry.code().isKnown()).toList();
    }

    /** The catalog as it comes, with the languages on the class path. */
    public static SipCatalog standard() {
        return Standard.CATALOG;
    }

    /**
     * The entry of a code.
     *
     * @param code any code
     * @return the code's own entry, or that of its class if the catalog does not know the code; never null
     */
    public SipEntry entry(SipCode code) {
        return entries[code.value() - SipCode.MIN];
    }

    /** The entries of all codes that have one of their own, in ascending order. */
    public List<SipEntry> entries() {
        return known;
    }

    /** The words for an outcome. */
    public SipText words(SipOutcome outcome, Locale locale) {
        return texts.text("outcome." + outcome.id(), Objects.requireNonNull(locale, "locale"));
    }

    /** The words for who has to act. */
    public SipText words(SipFault fault, Locale locale) {
        return texts.text("fault." + fault.id(), Objects.requireNonNull(locale, "locale"));
    }

    /** The words for an advice. */
    public SipText words(SipAdvice advice, Locale locale) {
        return texts.text("advice." + advice.id(), Objects.requireNonNull(locale, "locale"));
    }

    // Read when the catalog is first wanted, not when the class is: SipCode and events do without it.
    private static final class Standard {
        private static final SipCatalog CATALOG = new SipCatalog(new Texts(classLoader()));

        private static ClassLoader classLoader() {
            ClassLoader own = SipCatalog.class.getClassLoader();
            return own == null ? ClassLoader.getSystemClassLoader() : own;
        }
    }
}
