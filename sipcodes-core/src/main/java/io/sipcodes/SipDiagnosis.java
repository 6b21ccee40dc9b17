package io.sipcodes;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a request ended as it did: not just which number came back, but what became of it, who has to act, whether to try
 * again, and what decided.
 *
 * <p>Total: any input, nonsense too, gives a diagnosis and never an exception. Immutable and safe for use by any number
 * of threads.
 */
public final class SipDiagnosis {

    /**
     * One thing that was considered.
     *
     * @param rule the identifier of the rule, from a closed set; {@link SipCatalog#words(Evidence, Locale)} has the
     *     words for it
     * @param decisive whether it had a part in the result; the others were overruled or could only be noted
     * @param detail what was found, in English, cleaned and at most 256 characters long
     * @param source where the rule comes from, as {@code RFC 3261 9.1}; empty if the code stands in no RFC
     */
    public record Evidence(String rule, boolean decisive, String detail, String source) {}

    /** No text is longer than this. */
    private static final int MAX_TEXT = 1000;

    private final SipCatalog catalog;
    private final int rawCode;
    private final SipEntry entry;
    private final String phrase;
    private final SipOutcome outcome;
    private final SipFault fault;
    private final SipAdvice advice;
    private final int retryAfterSeconds;
    private final Level severity;
    /** Whether what the entry's words tell the person who phoned fits the request: most speak of a call. */
    private final boolean ofCall;

    private final DiagnosisRules.Topic topic;
    private final List<Evidence> evidence;

    SipDiagnosis(
            SipCatalog catalog,
            int rawCode,
            SipEntry entry,
            String phrase,
            SipOutcome outcome,
            SipFault fault,
            SipAdvice advice,
            int retryAfterSeconds,
            Level severity,
            DiagnosisRules.Topic topic,
            boolean ofCall,
            List<Evidence> evidence) {
        this.catalog = catalog;
        this.rawCode = rawCode;
        this.entry = entry;
        this.phrase = phrase;
        this.outcome = outcome;
        this.fault = fault;
        this.advice = advice;
        this.retryAfterSeconds = retryAfterSeconds;
        this.severity = severity;
        this.topic = topic;
        this.ofCall = ofCall;
        this.evidence = evidence;
    }

    /**
     * Diagnoses from a text, as a log or a mail may hold it: a status line such as {@code SIP/2.0 480 Error}, alone or
     * somewhere in a line, or {@code 480 Error}, {@code 480}, {@code status=480}. At the beginning of a line its phrase
     * is the rest of that line. A number elsewhere counts only if a phrase follows that is known for it, be it not the
     * registry's. Of a whole message, Reason, Warning, Retry-After and CSeq count too. Where no code
     * can be made out, the outcome is {@link SipOutcome#UNKNOWN}.
     *
     * @param text any text; of a long one the first 4096 characters are read
     * @return the diagnosis
     */
    public static SipDiagnosis of(String text) {
        return LooseStatus.read(text).build();
    }

    /**
     * Diagnoses from a number and a phrase alone, as a database row may hold them.
     *
     * @param rawCode any number
     * @param phrase any text, or empty
     * @return the diagnosis
     */
    public static SipDiagnosis of(int rawCode, String phrase) {
        return about(rawCode).phrase(phrase).build();
    }

    /**
     * Diagnoses a response with all that it says of itself.
     *
     * @param response a response, whichever way it went
     * @return the diagnosis
     */
    public static SipDiagnosis of(SipMessage response) {
        return about(response).build();
    }

    /**
     * Starts with a status code, to which all else that is known can be added.
     *
     * @param rawCode any number
     * @return a builder
     */
    public static Builder about(int rawCode) {
        return new Builder(rawCode);
    }

    /**
     * Starts with all that a response says of itself, to which can be added what happened before it.
     *
     * @param response a response, whichever way it went
     * @return a builder
     */
    public static Builder about(SipMessage response) {
        return new Builder(response.rawCode())
                .phrase(response.phrase())
                .method(response.method())
                .reasons(response.reasons())
                .warnings(response.warnings())
                .retryAfterSeconds(response.retryAfterSeconds())
                .staleChallenge(response.staleChallenge())
                .source(response.direction() == SipDirection.SENT ? SipSource.US : SipSource.PEER)
                .role(response.direction() == SipDirection.SENT ? SipRole.SERVER : SipRole.CLIENT);
    }

    /**
     * {@return the response code, for a timeout 408 and for a request that could not be sent 503; empty if it was no
     * SIP code}
     */
    public Optional<SipCode> code() {
        return SipCode.find(rawCode);
    }

    /** {@return the number of the {@link #code()}, or as it was given if it is no SIP code} */
    public int rawCode() {
        return rawCode;
    }

    /** {@return the reason phrase as received and cleaned; empty if there was none} */
    public String phrase() {
        return phrase;
    }

    /** {@return what the catalog says of the code; empty if the number was no SIP code} */
    public Optional<SipEntry> entry() {
        return Optional.ofNullable(entry);
    }

    /** {@return what became of the request} */
    public SipOutcome outcome() {
        return outcome;
    }

    /** {@return who would have to act} */
    public SipFault fault() {
        return fault;
    }

    /** {@return what the client may do next} */
    public SipAdvice advice() {
        return advice;
    }

    /** {@return how long to wait before a next try, in seconds, or -1 if no time was given or it means nothing here} */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /**
     * {@return how loud a log should be: {@code DEBUG} for what is as it should be, {@code INFO} for a person's choice,
     * {@code WARNING} for what somebody should look at some day, {@code ERROR} for what needs a hand now}
     */
    public Level severity() {
        return severity;
    }

    /** {@return what was considered, in order; the decisive first} */
    public List<Evidence> evidence() {
        return evidence;
    }

    /**
     * One or two sentences for the person who phoned: nothing internal, and nothing from the wire.
     *
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @return at most 1000 characters
     */
    public String callerText(Locale locale) {
        for (Evidence found : evidence) {
            String own = found.decisive() ? catalog.words(found, locale).caller() : "";
            if (!own.isEmpty()) {
                return WireText.clean(own, MAX_TEXT);
            }
        }
        boolean codeSpeaks = ofCall && entry != null && DiagnosisRules.isCodeAlone(evidence.get(0));
        String ofCode = codeSpeaks ? entry.callerText(locale) : "";
        return WireText.clean(ofCode.isEmpty() ? catalog.words(outcome, locale).caller() : ofCode, MAX_TEXT);
    }

    /**
     * Some sentences for developers and operators: what decided, and what else matters for what to do. Nothing in it is a
     * peer's own text.
     *
     * @param locale the reader's language; of those that the catalog has, the nearest is taken
     * @return at most 1000 characters
     */
    public String operatorText(Locale locale) {
        StringBuilder text = new StringBuilder(256).append(decision(locale));
        for (Evidence found : evidence.subList(1, evidence.size())) {
            if (found.decisive() && !DiagnosisRules.isCodeAlone(found)) {
                text.append(' ')
                        .append(
                                DiagnosisRules.isRetryAfter(found)
                                        ? found.detail() + " s."
                                        : catalog.words(found, locale).meaning());
            }
        }
        return WireText.clean(text.toString(), MAX_TEXT);
    }

    private String decision(Locale locale) {
        Evidence first = evidence.get(0);
        if (entry != null && DiagnosisRules.isCodeAlone(first)) {
            return entry.text(locale).meaning();
        }
        String words = catalog.words(first, locale).meaning();
        if (topic == null) {
            return words;
        }
        SipText told = topic.words(catalog, locale);
        if (told == null) {
            return words + " (" + topic.label() + ")";
        }
        String named = topic.label() + ": " + told.title();
        if (!DiagnosisRules.isToldByTopic(first)) {
            return words + " (" + named + ")";
        }
        return told.meaning().isEmpty() ? named + "." : named + ". " + told.meaning();
    }

    /**
     * {@return the HTTP status with which a REST back end answers its client: by the outcome, where that is not what
     * the code says by itself, else as {@link SipEntry#httpStatus()}}
     */
    public int httpStatus() {
        return entry != null && entry.outcome() == outcome ? entry.httpStatus() : HttpAnswer.of(outcome).status;
    }

    /** Code, phrase and outcome, for a debugger. */
    @Override
    public String toString() {
        return rawCode + " " + phrase + " -> " + outcome.id() + " (" + fault.id() + ")";
    }

    /** Collects what is known; for one thread. */
    public static final class Builder {

        final int rawCode;
        String phrase = "";
        String method = "";
        boolean inDialog;
        List<SipReason> reasons = List.of();
        List<SipWarning> warnings = List.of();
        int retryAfterSeconds = -1;
        // Null where nothing was said: that it did not ring is another thing than not knowing.
        Boolean answeredBefore;
        Boolean rang;
        boolean challengedBefore;
        Boolean credentialsSent;
        boolean staleChallenge;
        Boolean cancelled;
        SipSource source = SipSource.PEER;
        SipRole role = SipRole.CLIENT;
        String provider = "";
        SipCatalog catalog;

        private Builder(int rawCode) {
            this.rawCode = rawCode;
        }

        /**
         * The reason phrase as received.
         *
         * @param phrase any text; null as good as empty
         * @return this builder
         */
        public Builder phrase(String phrase) {
            this.phrase = phrase == null ? "" : WireText.clean(phrase, WireText.LONG);
            return this;
        }

        /**
         * The method of the request; empty if not known.
         *
         * @param method a method in capitals; null as good as empty
         * @return this builder
         */
        public Builder method(String method) {
            this.method = method == null ? "" : WireText.clean(method, WireText.SHORT);
            return this;
        }

        /**
         * Whether the request stood in a dialog: a re-INVITE, a BYE.
         *
         * @param inDialog true if To had a tag
         * @return this builder
         */
        public Builder inDialog(boolean inDialog) {
            this.inDialog = inDialog;
            return this;
        }

        /**
         * The values of the Reason headers, of the response and of a CANCEL or BYE before it; 8 of them are looked at.
         *
         * @param reasons the values in their order; null as good as none
         * @return this builder
         */
        public Builder reasons(List<SipReason> reasons) {
            this.reasons = bounded(reasons);
            return this;
        }

        /**
         * The values of the Warning headers; 8 of them are looked at.
         *
         * @param warnings the values in their order; null as good as none
         * @return this builder
         */
        public Builder warnings(List<SipWarning> warnings) {
            this.warnings = bounded(warnings);
            return this;
        }

        /**
         * The seconds of Retry-After, or -1.
         *
         * @param retryAfterSeconds 0 or more, or -1 if there was none
         * @return this builder
         */
        public Builder retryAfterSeconds(int retryAfterSeconds) {
            this.retryAfterSeconds = Math.max(-1, retryAfterSeconds);
            return this;
        }

        /**
         * Whether any response, a 100 too, had come before; not to be called if that is not known.
         *
         * @param answeredBefore false if the final response was the first one
         * @return this builder
         */
        public Builder answeredBefore(boolean answeredBefore) {
            this.answeredBefore = answeredBefore;
            return this;
        }

        /**
         * Whether a 180 or 183 had come before; not to be called if that is not known.
         *
         * @param rang false if it is known not to have rung
         * @return this builder
         */
        public Builder rang(boolean rang) {
            this.rang = rang;
            return this;
        }

        /**
         * Whether the same challenge, a 401 or a 407, had come before for this request. A 401 behind a 407 does not
         * count: the second one is another server's (RFC 3261 section 22.3).
         *
         * @param challengedBefore true for a second challenge of the same kind
         * @return this builder
         */
        public Builder challengedBefore(boolean challengedBefore) {
            this.challengedBefore = challengedBefore;
            return this;
        }

        /**
         * Whether the request carried credentials; not to be called if that is not known.
         *
         * @param credentialsSent true for Authorization or Proxy-Authorization
         * @return this builder
         */
        public Builder credentialsSent(boolean credentialsSent) {
            this.credentialsSent = credentialsSent;
            return this;
        }

        /**
         * Whether the challenge says that only the nonce had run out.
         *
         * @param staleChallenge true for {@code stale=true}
         * @return this builder
         */
        public Builder staleChallenge(boolean staleChallenge) {
            this.staleChallenge = staleChallenge;
            return this;
        }

        /**
         * Whether the client had sent a CANCEL; not to be called if that is not known.
         *
         * @param cancelled true if it had
         * @return this builder
         */
        public Builder cancelled(boolean cancelled) {
            this.cancelled = cancelled;
            return this;
        }

        /**
         * Who made the answer; the peer if not set.
         *
         * @param source not null
         * @return this builder
         */
        public Builder source(SipSource source) {
            this.source = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Our side of the transaction; the client's if not set.
         *
         * @param role not null
         * @return this builder
         */
        public Builder role(SipRole role) {
            this.role = Objects.requireNonNull(role, "role");
            return this;
        }

        /**
         * The provider whose overrides apply; empty for none.
         *
         * @param provider a name as in {@link SipOverride#provider()}; null as good as empty
         * @return this builder
         */
        public Builder provider(String provider) {
            this.provider = provider == null ? "" : provider;
            return this;
        }

        /**
         * The catalog to ask; the standard one if not set.
         *
         * @param catalog not null
         * @return this builder
         */
        public Builder catalog(SipCatalog catalog) {
            this.catalog = Objects.requireNonNull(catalog, "catalog");
            return this;
        }

        private static <T> List<T> bounded(List<T> values) {
            int max = SipReason.MAX_VALUES;
            return values == null ? List.of() : List.copyOf(values.size() > max ? values.subList(0, max) : values);
        }

        /** {@return the diagnosis} */
        public SipDiagnosis build() {
            return DiagnosisRules.decide(this);
        }
    }
}
