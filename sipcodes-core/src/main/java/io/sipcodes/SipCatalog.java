package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every SIP response code means: facts with their sources, and words for callers and for operators.
 *
 * <p>Every code from 100 to 699 has an entry; one the catalog does not know has the entry of its class. Immutable and
 * safe for use by any number of threads; a language's words are read when first asked for.
 */
public final class SipCatalog {

    private static final int SIZE = SipCode.MAX - SipCode.MIN + 1;

    private static final SipCatalog STANDARD = new SipCatalog(new Texts(classLoader()), List.of());

    private final Texts texts;
    /** The user's own; {@link PhraseRules} come behind them, and are made when the first phrase is looked up. */
    private final List<SipOverride> overrides;

    /** Made when first asked for; an entry's fields are final, so whoever sees one sees it whole. */
    private final SipEntry[] entries = new SipEntry[SIZE];

    /** Made when first needed, which for the catalog as it comes is at the first phrase. */
    private Level anybody;

    private final Map<String, Level> providers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Makes a catalog; of two overrides that fit equally closely the one that stands first decides. */
    SipCatalog(Texts texts, List<SipOverride> overrides) {
        this.texts = texts;
        this.overrides = overrides;
        for (SipOverride override : overrides) {
            if (override.provider().isPresent()) {
                String provider = override.provider().get();
                providers.computeIfAbsent(provider, any -> new Level(overrides, provider));
            }
        }
    }

    /**
     * {@return the catalog as it comes, with the languages on the class path and the phrases that are common in the
     * wild}
     */
    public static SipCatalog standard() {
        return STANDARD;
    }

    private static ClassLoader classLoader() {
        ClassLoader own = SipCatalog.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /**
     * {@return a catalog that knows these overrides too; this one stays as it is}
     *
     * @param overrides of two that fit a response equally closely, one that is for a code decides before one that is
     *     for a class, that before one for any code, and else the one that stands first; all of them decide before
     *     those that this catalog has already
     */
    public SipCatalog with(List<SipOverride> overrides) {
        List<SipOverride> all = new ArrayList<>(overrides.size() + this.overrides.size());
        for (int breadth = SipOverride.CODE; breadth <= SipOverride.ANY; breadth++) {
            for (SipOverride override : overrides) {
                if (override.breadth() == breadth) {
                    all.add(override);
                }
            }
        }
        all.addAll(this.overrides);
        return new SipCatalog(texts, List.copyOf(all));
    }

    /**
     * The entry of a code.
     *
     * @param code any code
     * @return the code's own entry, or that of its class if the catalog does not know the code; never null
     */
    public SipEntry entry(SipCode code) {
        SipEntry entry = entries[code.value() - SipCode.MIN];
        return entry == null ? make(code) : entry;
    }

    private Level anybody() {
        Level level = anybody;
        return level == null ? makeAnybody() : level;
    }

    private synchronized Level makeAnybody() {
        if (anybody == null) {
            anybody = new Level(overrides, "");
        }
        return anybody;
    }

    // One thread at a time, so that all get the same entry.
    private synchronized SipEntry make(SipCode code) {
        int index = code.value() - SipCode.MIN;
        if (entries[index] == null) {
            SipEntry entry = new SipEntry(code, Facts.of(code), texts);
            SipOverride override = null;
            if (!overrides.isEmpty()) {
                override = anybody().forCode(code);
                override = override != null || code.isKnown()
                        ? override
                        : anybody().forClass(code);
            }
            entries[index] = override == null ? entry : entry.with(override);
        }
        return entries[index];
    }

    /**
     * The entry of a response: what its code means, if it comes with this phrase, from this provider.
     *
     * <p>If several overrides fit, the closest one decides alone: provider and phrase before provider and code, then
     * phrase, then code, then class. {@link SipEntry#override()} tells which it was.
     *
     * @param code any code
     * @param phrase the reason phrase as received; null or empty if not known
     * @param provider whose response it is, compared without regard to case; null or empty if not known
     * @return never null
     */
    public SipEntry entry(SipCode code, String phrase, String provider) {
        SipEntry base = entry(code);
        Level own = provider == null || provider.isEmpty() ? null : providers.get(provider);
        if (own != null) {
            SipEntry entry = own.byPhrase(base, phrase);
            if (entry == null) {
                entry = own.byCode(base);
            }
            if (entry != null) {
                return entry;
            }
        }
        SipEntry entry = anybody().byPhrase(base, phrase);
        if (entry == null && own != null && !code.isKnown() && anybody().forCode(code) == null) {
            entry = own.byClass(base);
        }
        return entry == null ? base : entry;
    }

    /** {@return the entries of all codes that have one of their own, in ascending order} */
    public List<SipEntry> entries() {
        List<SipEntry> known = new ArrayList<>();
        for (SipCode code : SipCode.known()) {
            known.add(entry(code));
        }
        return List.copyOf(known);
    }

    /**
     * {@return the words for a class of codes}
     *
     * @param codeClass any class
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipCodeClass codeClass, Locale locale) {
        return texts.text(codeClass, Objects.requireNonNull(locale, "locale"));
    }

    /**
     * {@return the words for what the registry says of a code}
     *
     * @param status any status
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipCodeStatus status, Locale locale) {
        return words("status", status.id(), locale);
    }

    /**
     * {@return the words for an outcome}
     *
     * @param outcome any outcome
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipOutcome outcome, Locale locale) {
        return words("outcome", outcome.id(), locale);
    }

    /**
     * {@return the words for who has to act}
     *
     * @param fault any fault
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipFault fault, Locale locale) {
        return words("fault", fault.id(), locale);
    }

    /**
     * {@return the words for an advice}
     *
     * @param advice any advice
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipAdvice advice, Locale locale) {
        return words("advice", advice.id(), locale);
    }

    /**
     * {@return the words for a condition of a header rule; its title goes behind an "if"}
     *
     * @param condition any condition
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(SipHeaderRule.Condition condition, Locale locale) {
        return words("condition", condition.id(), locale);
    }

    /**
     * {@return the words for a cause of the telephone network}
     *
     * @param cause any cause
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public SipText words(Q850Cause cause, Locale locale) {
        return words("q850", cause.id(), locale);
    }

    /**
     * {@return the words for the code of a Warning; empty if it is not registered}
     *
     * @param warning one value of a Warning header
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public Optional<SipText> words(SipWarning warning, Locale locale) {
        return Optional.ofNullable(words("warning", Integer.toString(warning.code()), locale));
    }

    /**
     * The words for the cause that a Reason value names: for Q.850 the cause, for SIP and STIR the response code, for
     * Preemption, RELEASE_CAUSE and FAILURE_CAUSE the value of theirs.
     *
     * @param reason one value of a Reason header
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @return empty for other protocols and for causes that are not known
     */
    public Optional<SipText> words(SipReason reason, Locale locale) {
        Objects.requireNonNull(locale, "locale");
        String protocol = reason.protocol().toLowerCase(Locale.ROOT);
        return switch (protocol) {
            case "sip", "stir" ->
                SipCode.find(reason.cause()).map(code -> entry(code).text(locale));
            case "q.850" -> Q850Cause.find(reason.cause()).map(cause -> words(cause, locale));
            case "preemption", "release_cause", "failure_cause" ->
                Optional.ofNullable(words(protocol, Integer.toString(reason.cause()), locale));
            default -> Optional.empty();
        };
    }

    /**
     * The words for a protocol of Reason values.
     *
     * @param protocol as in the header, without regard to case
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @return empty if it is not registered
     */
    public Optional<SipText> protocol(String protocol, Locale locale) {
        String id = protocol.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(words("protocol", id.equals("q.850") ? "q850" : id, locale));
    }

    /**
     * The words for the place where a call was released in the telephone network.
     *
     * @param location by RFC 8606's names, as {@code LN}, without regard to case
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @return empty if there is no such name
     */
    public Optional<SipText> location(String location, Locale locale) {
        return Optional.ofNullable(words("location", location.toLowerCase(Locale.ROOT), locale));
    }

    /**
     * {@return the words for a rule that had a part in a diagnosis}
     *
     * @param evidence from {@link SipDiagnosis#evidence()}
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @throws IllegalArgumentException if the evidence was not made by a diagnosis
     */
    public SipText words(SipDiagnosis.Evidence evidence, Locale locale) {
        SipText words = words("rule", evidence.rule(), locale);
        if (words == null) {
            throw new IllegalArgumentException("rule: " + evidence.rule() + " (expected: the rule of a diagnosis)");
        }
        return words;
    }

    /** The words for something else, or null if there are none. */
    SipText words(String group, String id, Locale locale) {
        return texts.text(group, id, Objects.requireNonNull(locale, "locale"));
    }

    /**
     * The entries that a query finds, the best first. Every word of it has to be in an entry: as the beginning of the
     * number, in the phrase or another name of it, or in the words of any language, without regard to case and accents.
     *
     * @param query as {@code 486}, {@code 4xx}, {@code busy here}, {@code besetzt} or {@code 48 nummer}; the first 100
     *     characters count
     * @return empty for a blank query; a code without an entry of its own is found only by its whole number
     */
    public List<SipEntry> search(String query) {
        return Search.find(this, query);
    }

    /**
     * {@return the languages that there is a file of words for, English first} They are looked for once, and none is read
     * for it; what is wrong in a file is told when its language is first asked for.
     */
    public List<Locale> languages() {
        return texts.available();
    }

    /** The overrides of one provider, or those that are for nobody's responses in particular. */
    private static final class Level {

        private final boolean anybody;
        private final List<SipOverride> phrases = new ArrayList<>();
        private final List<SipOverride> codes = new ArrayList<>();
        private final List<SipOverride> classes = new ArrayList<>();

        // Filled when a code is first looked up. Two threads may make the same entry twice, which harms nobody.
        private final Map<SipCode, List<SipEntry>> entriesByPhrase = new ConcurrentHashMap<>();
        private final Map<SipCode, SipEntry> entriesByOwnPhrase = new ConcurrentHashMap<>();
        private final Map<SipCode, SipEntry> entriesByCode = new ConcurrentHashMap<>();

        Level(List<SipOverride> overrides, String provider) {
            anybody = provider.isEmpty();
            for (SipOverride override : overrides) {
                if (override.isFor(provider)) {
                    (override.hasPhrase() ? phrases : override.breadth() == SipOverride.CODE ? codes : classes)
                            .add(override);
                }
            }
        }

        SipEntry byPhrase(SipEntry base, String phrase) {
            if (phrase == null || phrase.isEmpty()) {
                return null;
            }
            if (!phrase.equalsIgnoreCase(base.code().phrase())) {
                return firstFitting(base, phrase);
            }
            // Most responses come with the phrase of the registry: what fits it, mostly nothing, is looked for once.
            SipEntry entry = entriesByOwnPhrase.get(base.code());
            if (entry == null) {
                SipEntry fitting = firstFitting(base, phrase);
                entry = fitting == null ? base : fitting;
                entriesByOwnPhrase.put(base.code(), entry);
            }
            return entry == base ? null : entry;
        }

        private SipEntry firstFitting(SipEntry base, String phrase) {
            List<SipEntry> candidates = entriesByPhrase.get(base.code());
            if (candidates == null) {
                List<SipEntry> fitting = new ArrayList<>();
                addFitting(phrases, base, fitting);
                if (anybody) {
                    addFitting(PhraseRules.ALL, base, fitting);
                }
                candidates = List.copyOf(fitting);
                entriesByPhrase.put(base.code(), candidates);
            }
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.get(i).overrideFitsPhrase(phrase)) {
                    return candidates.get(i);
                }
            }
            return null;
        }

        private static void addFitting(List<SipOverride> overrides, SipEntry base, List<SipEntry> fitting) {
            for (SipOverride override : overrides) {
                if (override.fits(base.code())) {
                    fitting.add(base.with(override));
                }
            }
        }

        SipEntry byCode(SipEntry base) {
            return made(base, forCode(base.code()));
        }

        SipEntry byClass(SipEntry base) {
            return made(base, forClass(base.code()));
        }

        private SipEntry made(SipEntry base, SipOverride override) {
            if (override == null) {
                return null;
            }
            SipEntry entry = entriesByCode.get(base.code());
            if (entry == null) {
                entry = base.with(override);
                entriesByCode.put(base.code(), entry);
            }
            return entry;
        }

        SipOverride forCode(SipCode code) {
            return first(codes, code);
        }

        SipOverride forClass(SipCode code) {
            return first(classes, code);
        }

        private static SipOverride first(List<SipOverride> overrides, SipCode code) {
            for (int i = 0; i < overrides.size(); i++) {
                if (overrides.get(i).fits(code)) {
                    return overrides.get(i);
                }
            }
            return null;
        }
    }
}
