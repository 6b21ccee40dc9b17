package io.sipcodes;

import java.util.List;
import java.util.Locale;
import java.util.Set;

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

    private final SipCode code;
    private final Facts facts;
    private final Texts texts;

    SipEntry(SipCode code, Facts facts, Texts texts) {
        this.code = code;
        this.facts = facts;
        this.texts = texts;
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
        return facts.outcome;
    }

    /** Who would have to act if nothing else is known. */
    public SipFault fault() {
        return facts.fault;
    }

    /** What the client may do next if nothing else is known. */
    public SipAdvice advice() {
        return facts.advice;
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
        return texts.text(code, locale);
    }

    @Override
    public String toString() {
        return code.toString();
    }
}
