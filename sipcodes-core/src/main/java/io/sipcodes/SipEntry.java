package io.sipcodes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the catalog knows of one response code: its facts, each with its source, and its words in any language.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class SipEntry {

    /**
     * Another phrase that is used for the code.
     *
     * @param phrase the phrase
     * @param usedBy who uses it: an RFC's other spelling, an older RFC, a product
     */
    public record Alias(String phrase, String usedBy) {}

    /** Locales come from Accept-Language headers too: the map must not grow with them. */
    private static final int MAX_LOCALES = 1024;

    private final SipCode code;
    private final Facts facts;
    private final Texts texts;
    private final SipOutcome outcome;
    private final SipFault fault;
    private final SipAdvice advice;
    private final SipOverride override;
    private final SipEntry below;
    private final Map<Locale, SipText> overridden;

    SipEntry(SipCode code, Facts facts, Texts texts) {
        this.code = code;
        this.facts = facts;
        this.texts = texts;
        this.outcome = facts.outcome;
        this.fault = facts.fault;
        this.advice = facts.advice;
        this.override = null;
        this.below = null;
        this.overridden = Map.of();
    }

    private SipEntry(SipOverride override, SipEntry below) {
        this.code = below.code;
        this.facts = below.facts;
        this.texts = below.texts;
        this.outcome = override.outcome().orElse(below.outcome);
        this.fault = override.fault().orElse(below.fault);
        this.advice = override.advice().orElse(below.advice);
        this.override = override;
        this.below = below;
        this.overridden = new ConcurrentHashMap<>();
    }

    /** This entry, as an override changes it. */
    SipEntry with(SipOverride override) {
        return new SipEntry(override, this);
    }

    /** The code. */
    public SipCode code() {
        return code;
    }

    /** Other phrases that are used for the code; empty for most. */
    public List<Alias> aliases() {
        return facts.aliases;
    }

    /** Where the code is defined, as {@code RFC 3261 21.4.24}; empty if nowhere. */
    public String reference() {
        return facts.reference;
    }

    /** What became of the request if nothing else is known. */
    public SipOutcome outcome() {
        return outcome;
    }

    /** Who would have to act if nothing else is known. */
    public SipFault fault() {
        return fault;
    }

    /** What the client may do next if nothing else is known. */
    public SipAdvice advice() {
        return advice;
    }

    /** How far the code reaches when it answers a request inside a dialog. */
    public SipEffect effect() {
        return facts.effect;
    }

    /** The methods that the code can answer; empty where the RFCs set no limit. */
    public Set<String> methods() {
        return facts.methods;
    }

    /**
     * The words, in this language or the nearest one that is there: de-AT, de, en.
     *
     * @param locale the reader's language; the JVM's default locale plays no part
     */
    public SipText text(Locale locale) {
        if (override == null) {
            return texts.text(code, locale);
        }
        SipText text = overridden.get(locale);
        if (text == null) {
            text = override.text(texts, below.text(locale), locale);
            if (overridden.size() < MAX_LOCALES) {
                overridden.put(locale, text);
            }
        }
        return text;
    }

    /**
     * The override that decided, if it is not the standard meaning of the code that is told here: for a provider, for a
     * phrase, or for the code itself.
     */
    public Optional<SipOverride> override() {
        return Optional.ofNullable(override);
    }

    boolean overrideFitsPhrase(String phrase) {
        return override.fitsPhrase(phrase);
    }

    /** The code's number and phrase. */
    @Override
    public String toString() {
        return code.toString();
    }
}
