package io.sipcodes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody means by a code, a phrase, or both, where it is not what the standard says: a provider that answers 403
 * with {@code Negative balance}, a PBX that sends 480 when no channel is free. {@link SipCatalog#with(java.util.List)}
 * makes a catalog that knows it.
 *
 * <p>Of all overrides that fit a response the closest one decides alone: provider and phrase before provider and code,
 * then phrase, then code, then class. What it leaves open is as in the entry of the code.
 *
 * <p>A phrase is a pattern for the whole reason phrase, compared without regard to case, in which {@code *} stands for
 * anything, also for nothing: {@code *negative balance*}. There are no regular expressions, so no pattern can take long.
 *
 * <p>In a file an override is a section, in UTF-8; lines that start with # are comments:
 *
 * <pre>{@code
 * [acme-credit]
 * provider = acme
 * code     = 403
 * phrase   = *negative balance*
 * outcome  = forbidden
 * fault    = caller
 * advice   = ask-person
 * en.title     = Credit used up
 * en.caller    = Your credit is used up. Please top it up.
 * en.remedies.1 = Top up the account in the customer portal
 * de.title     = Guthaben aufgebraucht
 * }</pre>
 *
 * <p>The words should be there in English at least, for English is what every language falls back to.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class SipOverride {

    static final int CODE = 0;
    static final int CLASS = 1;
    static final int ANY = 2;

    private static final int MAX_FILE = 1 << 20;
    private static final int MAX_OVERRIDES = 1000;
    private static final int MAX_NAME = 64;
    private static final int MAX_TEXT = 500;

    private final String id;
    private final String provider;
    private final SipCode code;
    private final SipCodeClass codeClass;
    private final PhrasePattern pattern;
    private final SipOutcome outcome;
    private final SipFault fault;
    private final SipAdvice advice;
    private final Map<String, SipText> words;
    private final boolean bundled;

    private SipOverride(Builder from) {
        this.id = from.id;
        this.provider = from.provider;
        this.code = from.code;
        this.codeClass = from.codeClass;
        this.pattern = from.phrase.isEmpty() ? null : new PhrasePattern(from.phrase);
        this.outcome = from.outcome;
        this.fault = from.fault;
        this.advice = from.advice;
        this.words = Map.copyOf(from.words);
        this.bundled = false;
    }

    /**
     * One of the catalog's own, which are for a code or for all failures, and whose words are in its files under
     * {@code phrase.<id>}.
     */
    SipOverride(String id, SipCode code, String pattern, SipOutcome outcome, SipFault fault, SipAdvice advice) {
        this.id = id;
        this.provider = null;
        this.code = code;
        this.codeClass = null;
        this.pattern = new PhrasePattern(pattern);
        this.outcome = outcome;
        this.fault = fault;
        this.advice = advice;
        this.words = Map.of();
        this.bundled = true;
    }

    /**
     * Starts an override.
     *
     * @param id a name of at most 64 letters, digits, dots, hyphens and underscores, by which a diagnosis tells that
     *     this override decided
     * @return a builder
     */
    public static Builder named(String id) {
        return new Builder(checkId(id));
    }

    /**
     * Reads overrides from a file of at most 1 MiB.
     *
     * @param file in the format that this class describes, in UTF-8
     * @return the overrides, in their order
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file is too large or a line of it says nothing that can be understood;
     *     the message begins with the file's name and the number of the line
     */
    public static List<SipOverride> read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE + 1);
        }
        String source = String.valueOf(file.getFileName());
        if (content.length > MAX_FILE) {
            throw new IllegalArgumentException(source + ": too large (expected: at most " + MAX_FILE + " bytes)");
        }
        return new Reader(content, source).read();
    }

    /**
     * Reads overrides from the text that a file would hold.
     *
     * @param content the text
     * @param source its name, for messages
     * @return the overrides, in their order
     * @throws IllegalArgumentException if a line says nothing that can be understood; the message begins with the
     *     source and the number of the line
     */
    public static List<SipOverride> parse(String content, String source) {
        return new Reader(content.getBytes(StandardCharsets.UTF_8), source).read();
    }

    /** {@return the name} */
    public String id() {
        return id;
    }

    /** {@return the provider whose responses it is for; empty if for anybody's} */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** {@return the code it is for; empty if for a class or for any code} */
    public Optional<SipCode> code() {
        return Optional.ofNullable(code);
    }

    /** {@return the class it is for; empty if for one code or for any code} */
    public Optional<SipCodeClass> codeClass() {
        return Optional.ofNullable(codeClass);
    }

    /** {@return the pattern of the reason phrase it is for; empty if for any phrase} */
    public Optional<String> phrase() {
        return Optional.ofNullable(pattern).map(PhrasePattern::toString);
    }

    /** {@return what it says of the outcome; empty if nothing} */
    public Optional<SipOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** {@return what it says of who has to act; empty if nothing} */
    public Optional<SipFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** {@return what it says of what to do next; empty if nothing} */
    public Optional<SipAdvice> advice() {
        return Optional.ofNullable(advice);
    }

    /** Its name and what it is for. */
    @Override
    public String toString() {
        return id + " (" + subject() + ")";
    }

    String subject() {
        StringBuilder out = new StringBuilder();
        if (provider != null) {
            out.append("provider ").append(provider).append(", ");
        }
        out.append(
                code != null
                        ? code.text()
                        : codeClass != null ? codeClass.label() : bundled ? "any failure" : "any code");
        if (pattern != null) {
            out.append(" \"").append(pattern).append('"');
        }
        return out.toString();
    }

    boolean isFor(String wanted) {
        return provider == null ? wanted.isEmpty() : provider.equalsIgnoreCase(wanted);
    }

    boolean hasPhrase() {
        return pattern != null;
    }

    boolean fits(SipCode wanted) {
        return code != null
                ? code == wanted
                : codeClass != null ? codeClass == wanted.codeClass() : !bundled || wanted.isFailure();
    }

    boolean fitsPhrase(String phrase) {
        return pattern == null || pattern.matches(phrase);
    }

    /** How many codes it is for: {@link #CODE}, {@link #CLASS} or {@link #ANY}. */
    int breadth() {
        return code != null ? CODE : codeClass != null ? CLASS : ANY;
    }

    /** The words for a reader of this locale, over those of the entry below. */
    SipText text(Texts texts, SipText below, Locale locale) {
        SipText text = bundled ? texts.text("phrase", id, locale) : below;
        if (!words.isEmpty()) {
            List<String> chain = Texts.chain(locale);
            for (int i = chain.size() - 1; i >= 0; i--) {
                SipText own = words.get(chain.get(i));
                if (own != null) {
                    text = Words.over(own, text);
                }
            }
        }
        return text;
    }

    /** Whether it comes with the kit. */
    boolean isBundled() {
        return bundled;
    }

    private static String checkId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("override: " + WireText.clean(id, MAX_NAME)
                    + " (expected: 1 to 64 letters, digits, dots, hyphens, underscores)");
        }
        return id;
    }

    private static boolean isId(String id) {
        if (id.isEmpty() || id.length() > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Collects what an override says; for one thread. */
    public static final class Builder {

        private final String id;
        private String provider;
        private SipCode code;
        private SipCodeClass codeClass;
        private String phrase = "";
        private SipOutcome outcome;
        private SipFault fault;
        private SipAdvice advice;
        private final Map<String, SipText> words = new HashMap<>();

        private Builder(String id) {
            this.id = id;
        }

        /**
         * Only for responses of this provider, compared without regard to case.
         *
         * @param provider a name that the application gives
         * @return this builder
         */
        public Builder provider(String provider) {
            if (provider.isBlank() || provider.length() > MAX_NAME) {
                throw new IllegalArgumentException("provider: " + WireText.clean(provider, MAX_NAME)
                        + " (expected: 1 to " + MAX_NAME + " characters)");
            }
            this.provider = provider.strip();
            return this;
        }

        /**
         * Only for this code.
         *
         * @param code not null
         * @return this builder
         */
        public Builder code(SipCode code) {
            this.code = Objects.requireNonNull(code, "code");
            this.codeClass = null;
            return this;
        }

        /**
         * Only for codes of this class; without a phrase, only for those that have no entry of their own.
         *
         * @param codeClass not null
         * @return this builder
         */
        public Builder codeClass(SipCodeClass codeClass) {
            this.codeClass = Objects.requireNonNull(codeClass, "codeClass");
            this.code = null;
            return this;
        }

        /**
         * Only for reason phrases that fit this pattern, in which * stands for anything.
         *
         * @param pattern at most 128 characters
         * @return this builder
         */
        public Builder phrase(String pattern) {
            PhrasePattern.check(pattern);
            this.phrase = pattern.strip();
            return this;
        }

        /**
         * What became of the request.
         *
         * @param outcome not null
         * @return this builder
         */
        public Builder outcome(SipOutcome outcome) {
            this.outcome = Objects.requireNonNull(outcome, "outcome");
            return this;
        }

        /**
         * Who has to act.
         *
         * @param fault not null
         * @return this builder
         */
        public Builder fault(SipFault fault) {
            this.fault = Objects.requireNonNull(fault, "fault");
            return this;
        }

        /**
         * What to do next.
         *
         * @param advice not null
         * @return this builder
         */
        public Builder advice(SipAdvice advice) {
            this.advice = Objects.requireNonNull(advice, "advice");
            return this;
        }

        /**
         * The words in the language of the text; what is empty in it stays as in the entry of the code.
         *
         * @param text its {@link SipText#language()} is an ISO 639 language, with or without a region
         * @return this builder
         */
        public Builder text(SipText text) {
            String tag = text.language().toLanguageTag();
            checkTag(tag, tag);
            words.put(tag, text);
            return this;
        }

        /**
         * {@return the override}
         *
         * @throws IllegalArgumentException if it is for nothing, or says nothing
         */
        public SipOverride build() {
            if (code == null && codeClass == null && phrase.isEmpty()) {
                throw new IllegalArgumentException("override: " + id + " is for everything (expected: code or phrase)");
            }
            if (outcome == null && fault == null && advice == null && words.isEmpty()) {
                throw new IllegalArgumentException(
                        "override: " + id + " says nothing (expected: outcome, fault, advice or words)");
            }
            return new SipOverride(this);
        }
    }

    private static void checkTag(String tag, String found) {
        if (!Texts.chain(Locale.forLanguageTag(tag)).get(0).equals(tag)) {
            throw new IllegalArgumentException(
                    "language: " + WireText.clean(found, MAX_NAME) + " (expected: as en, de or de-AT)");
        }
    }

    /** Reads a file's text. */
    private static final class Reader {

        private final Lines lines;
        private final List<SipOverride> overrides = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private final Map<String, String> subjects = new HashMap<>();
        private final Set<String> keys = new HashSet<>();
        private String section = "";
        private final Map<String, Words> words = new HashMap<>();
        private Builder builder;

        Reader(byte[] content, String source) {
            this.lines = new Lines(content, source);
        }

        List<SipOverride> read() {
            while (lines.next()) {
                String line = lines.line();
                if (Lines.isGarbled(line)) {
                    throw problem(line, "UTF-8");
                }
                if (line.charAt(0) == '[') {
                    finish();
                    begin(line);
                } else {
                    entry(line);
                }
            }
            finish();
            return List.copyOf(overrides);
        }

        private void begin(String line) {
            String id =
                    line.endsWith("]") ? line.substring(1, line.length() - 1).strip() : "";
            if (!isId(id)) {
                throw problem(line, "[name] of 1 to 64 letters, digits, dots, hyphens, underscores");
            }
            if (!ids.add(id)) {
                throw problem("[" + id + "] stands twice", "once");
            }
            if (overrides.size() == MAX_OVERRIDES) {
                throw problem("[" + id + "]", "at most " + MAX_OVERRIDES + " overrides");
            }
            section = lines.where() + ": [" + id + "]";
            builder = named(id);
            keys.clear();
            words.clear();
        }

        private void entry(String line) {
            if (builder == null) {
                throw problem(line, "[name] before the first key");
            }
            String key = lines.key();
            String value = lines.value();
            if (key.isEmpty() || value.isEmpty()) {
                throw problem(line, "key = value");
            }
            if (!keys.add(key)) {
                throw problem(key + " stands twice", "once");
            }
            switch (key) {
                case "provider" -> guarded(() -> builder.provider(value));
                case "code" -> code(value);
                case "phrase" -> guarded(() -> builder.phrase(value));
                case "outcome" -> builder.outcome(constant(key, value, SipOutcome.values()));
                case "fault" -> builder.fault(constant(key, value, SipFault.values()));
                case "advice" -> builder.advice(constant(key, value, SipAdvice.values()));
                default -> words(key, value);
            }
        }

        private void code(String value) {
            for (SipCodeClass codeClass : SipCodeClass.values()) {
                if (codeClass.label().equalsIgnoreCase(value)) {
                    builder.codeClass(codeClass);
                    return;
                }
            }
            builder.code(SipCode.find(HeaderValues.number(value))
                    .orElseThrow(() -> problem("code: " + value, "100..699 or 1xx..6xx")));
        }

        private <E extends Enum<E>> E constant(String key, String value, E[] constants) {
            List<String> ids = new ArrayList<>();
            for (E constant : constants) {
                String id = Ids.of(constant);
                if (id.equals(value)) {
                    return constant;
                }
                ids.add(id);
            }
            throw problem(key + ": " + value, String.join(", ", ids));
        }

        private void words(String key, String value) {
            int dot = key.indexOf('.');
            if (dot <= 0) {
                throw problem(key, "provider, code, phrase, outcome, fault, advice or words as en.title");
            }
            if (value.length() > MAX_TEXT) {
                throw problem(key + " has " + value.length() + " characters", "at most " + MAX_TEXT);
            }
            String tag = key.substring(0, dot);
            guarded(() -> checkTag(tag, tag));
            try {
                // What stands before the dot is ASCII, so it has as many bytes as characters.
                words.computeIfAbsent(tag, any -> new Words(lines)).add(lines.keyStart() + dot + 1);
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        // What the builder refuses gets the line before it.
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(lines.where() + ": " + e.getMessage(), e);
            }
        }

        private void finish() {
            if (builder == null) {
                return;
            }
            words.forEach((tag, said) -> builder.words.put(tag, said.text(Locale.forLanguageTag(tag))));
            SipOverride override;
            try {
                override = builder.build();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(section + ": " + e.getMessage(), e);
            }
            String subject = override.subject().toLowerCase(Locale.ROOT);
            String other = subjects.putIfAbsent(subject, override.id);
            if (other != null) {
                throw new IllegalArgumentException(
                        section + " is for " + override.subject() + " (expected: something else than [" + other + "])");
            }
            overrides.add(override);
            builder = null;
        }

        private IllegalArgumentException problem(String found, String expected) {
            return new IllegalArgumentException(lines.problem(WireText.clean(found, 100), expected));
        }
    }
}
