package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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

    /** What the code means alone, made when first asked for; see {@link DiagnosisRules}. */
    SipDiagnosis plainDiagnosis;

    /** What a search compares, made at the first one. */
    Search.Folded folded;

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

    /** What the nearest override says that says something of it; null if none does. */
    <T> T overridden(Function<SipOverride, Optional<T>> part) {
        return override == null ? null : part.apply(override).orElseGet(() -> below.overridden(part));
    }

    /** The words for the person who phoned; empty if they are of another outcome than an override gives it. */
    String callerText(Locale locale) {
        String words = text(locale).caller();
        for (SipEntry entry = this; entry.override != null; entry = entry.below) {
            if (entry.outcome != entry.below.outcome
                    && words.equals(entry.below.text(locale).caller())) {
                return "";
            }
        }
        return words;
    }

    /** This entry, as an override changes it. */
    SipEntry with(SipOverride override) {
        return new SipEntry(override, this);
    }

    /** {@return the code} */
    public SipCode code() {
        return code;
    }

    /** {@return other phrases that are used for the code; empty for most} */
    public List<Alias> aliases() {
        return facts.aliases;
    }

    /** {@return where the code is defined, as {@code RFC 3261 21.4.24}; empty if nowhere} */
    public String reference() {
        return facts.reference;
    }

    /** {@return where to read the definition; empty if there is none} */
    public String link() {
        return References.link(facts.reference);
    }

    /**
     * {@return the number of the RFC that first had the code, which may have been replaced since; empty if none has it}
     */
    public OptionalInt since() {
        return facts.since == 0 ? OptionalInt.empty() : OptionalInt.of(facts.since);
    }

    /** {@return what became of the request if nothing else is known} */
    public SipOutcome outcome() {
        return outcome;
    }

    /** {@return who would have to act if nothing else is known} */
    public SipFault fault() {
        return fault;
    }

    /** {@return what the client may do next if nothing else is known} */
    public SipAdvice advice() {
        return advice;
    }

    /**
     * {@return where the advice is given, as {@code RFC 3261 22.2}; empty if no RFC says it and it is this catalog's
     * judgement}
     */
    public String adviceReference() {
        return override == null ? facts.adviceReference : "";
    }

    /**
     * {@return whether a Retry-After header field says something with this code: when the person called or the service
     * can be had again} That is so with eight codes (RFC 3261 section 20.33); with others it is to be ignored.
     */
    public boolean honoursRetryAfter() {
        return Facts.honoursRetryAfter(code);
    }

    /** {@return whether a client sends the same request to the next server: after 503 only (RFC 3263 section 4.3)} */
    public boolean failsOver() {
        return Facts.failsOver(code);
    }

    /**
     * {@return whether a proxy that forked ends the search when it gets this code: a 2xx, since somebody answered, and
     * a 6xx, since nobody will (RFC 3261 section 16.7)}
     */
    public boolean stopsForking() {
        return Facts.stopsForking(code);
    }

    /** {@return how far the code reaches when it answers a request inside a dialog} */
    public SipEffect effect() {
        return facts.effect;
    }

    /**
     * {@return where the effect is described; {@code (as unknown 4xx)} stands behind it where the RFC does not name the
     * code}
     */
    public String effectReference() {
        return facts.effectReference;
    }

    /** {@return the methods that the code can answer; empty where the RFCs set no limit} */
    public Set<String> methods() {
        return facts.methods;
    }

    /** {@return where the methods are limited; empty where they are not} */
    public String methodsReference() {
        return facts.methodsReference;
    }

    /**
     * {@return what the RFCs say of the header fields of a response with this code: first of this code, then of all}
     */
    public List<SipHeaderRule> headers() {
        List<SipHeaderRule> headers = new ArrayList<>(HeaderRules.of(code));
        headers.addAll(HeaderRules.common(code));
        return List.copyOf(headers);
    }

    /** What the RFCs say of the header fields of this code in particular. */
    List<SipHeaderRule> ownHeaders() {
        return List.copyOf(HeaderRules.of(code));
    }

    /** {@return its parts in the metrics of RFC 6076; empty for none} */
    public Set<SipMetricRole> metricRoles() {
        return Facts.roles(code);
    }

    /**
     * {@return the HTTP status with which a REST back end answers its client when a call or request ended with this
     * code}
     */
    public int httpStatus() {
        return http().status;
    }

    /**
     * {@return why that HTTP status and no other, in this language or the nearest one that is there}
     *
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     */
    public String httpReason(Locale locale) {
        return texts.text("http", http().id, locale).meaning();
    }

    // What an override says of the outcome goes before what is usual for the code.
    private HttpAnswer http() {
        return facts.http != null && outcome == facts.outcome ? facts.http : HttpAnswer.of(outcome);
    }

    /**
     * {@return the words, in this language or the nearest one that is there: de-AT, de, en}
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
     * {@return the override that decided, if it is not the standard meaning of the code that is told here: for a
     * provider, for a phrase, or for the code itself}
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
