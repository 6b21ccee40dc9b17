package io.sipcodes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the kit needs to know of one SIP message, whatever stack it went through.
 *
 * <p>All text comes from the wire and is cleaned when the message is built: control, format and line-separator
 * characters are replaced and lengths are bounded, so it can be shown. It is not redacted: addresses are whole. Outputs
 * redact what they write.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class SipMessage {

    private final String stack;
    private final long timestampNanos;
    private final SipDirection direction;
    private final String transport;
    private final String peer;
    private final String method;
    private final boolean response;
    private final int rawCode;
    private final String phrase;
    private final String requestUri;
    private final String callId;
    private final long cseq;
    private final String branch;
    private final String fromUri;
    private final String fromTag;
    private final String toUri;
    private final String toTag;
    private final List<SipReason> reasons;
    private final List<SipWarning> warnings;
    private final int retryAfterSeconds;
    private final int expiresSeconds;
    private final boolean hasCredentials;
    private final boolean staleChallenge;
    private final SipTrace trace;

    private SipMessage(Builder from) {
        this.stack = WireText.clean(from.stack, WireText.SHORT);
        this.timestampNanos = from.timestampNanos;
        this.direction = from.direction;
        this.transport = WireText.clean(from.transport, WireText.SHORT);
        this.peer = WireText.clean(from.peer, WireText.SHORT);
        this.method = WireText.clean(from.method, WireText.SHORT);
        this.response = from.response;
        this.rawCode = from.rawCode;
        this.phrase = WireText.clean(from.phrase, WireText.LONG);
        this.requestUri = WireText.clean(from.requestUri, WireText.LONG);
        this.callId = WireText.clean(from.callId, WireText.LONG);
        this.cseq = from.cseq;
        this.branch = WireText.clean(from.branch, WireText.SHORT);
        this.fromUri = WireText.clean(from.fromUri, WireText.LONG);
        this.fromTag = WireText.clean(from.fromTag, WireText.SHORT);
        this.toUri = WireText.clean(from.toUri, WireText.LONG);
        this.toTag = WireText.clean(from.toTag, WireText.SHORT);
        this.reasons = bounded(from.reasons);
        this.warnings = bounded(from.warnings);
        this.retryAfterSeconds = from.retryAfterSeconds;
        this.expiresSeconds = from.expiresSeconds;
        this.hasCredentials = from.hasCredentials;
        this.staleChallenge = from.staleChallenge;
        this.trace = from.trace;
    }

    private static <T> List<T> bounded(List<T> values) {
        return List.copyOf(values.size() > SipReason.MAX_VALUES ? values.subList(0, SipReason.MAX_VALUES) : values);
    }

    /**
     * Starts a request with this method.
     *
     * @param method its method in capitals
     * @return a builder
     */
    public static Builder request(String method) {
        return new Builder().method(method);
    }

    /**
     * Starts a response.
     *
     * @param rawCode the status code as it stood in the status line
     * @param phrase the reason phrase as received
     * @return a builder
     */
    public static Builder response(int rawCode, String phrase) {
        Builder builder = new Builder().rawCode(rawCode).phrase(phrase);
        builder.response = true;
        return builder;
    }

    /** {@return the name of the stack that sent or received the message, or empty} */
    public String stack() {
        return stack;
    }

    /**
     * {@return when, in nanoseconds since 1970; taken from a clock that never jumps within one JVM, so differences are
     * durations}
     */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** {@return which way the message went} */
    public SipDirection direction() {
        return direction;
    }

    /** {@return the transport of the top Via, in capitals: {@code UDP}, {@code TCP}…, or empty} */
    public String transport() {
        return transport;
    }

    /** {@return the other end as {@code host:port}, or empty} */
    public String peer() {
        return peer;
    }

    /** {@return the method of the request, for a response that of its CSeq; any token may come from the wire} */
    public String method() {
        return method;
    }

    /** {@return the status code as it stood in the status line, which may be no SIP code at all; 0 for a request} */
    public int rawCode() {
        return rawCode;
    }

    /** {@return the reason phrase as received, or empty} */
    public String phrase() {
        return phrase;
    }

    /** {@return the Request-URI of a request, or empty} */
    public String requestUri() {
        return requestUri;
    }

    /** {@return the Call-ID} */
    public String callId() {
        return callId;
    }

    /** {@return the number of the CSeq} */
    public long cseq() {
        return cseq;
    }

    /** {@return the branch of the top Via, or empty} */
    public String branch() {
        return branch;
    }

    /** {@return the URI in From, or empty; a response and an ACK need not repeat their request's} */
    public String fromUri() {
        return fromUri;
    }

    /** {@return the tag in From, or empty} */
    public String fromTag() {
        return fromTag;
    }

    /** {@return the URI in To, or empty; a response and an ACK need not repeat their request's} */
    public String toUri() {
        return toUri;
    }

    /** {@return the tag in To; empty in a request that opens a dialog} */
    public String toTag() {
        return toTag;
    }

    /** {@return the values of all Reason headers, at most 8} */
    public List<SipReason> reasons() {
        return reasons;
    }

    /** {@return the values of all Warning headers, at most 8} */
    public List<SipWarning> warnings() {
        return warnings;
    }

    /** {@return the seconds of Retry-After, or -1} */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /**
     * {@return the lifetime asked for or granted, in seconds: the expires parameter of the first Contact, else Expires;
     * -1 if neither}
     */
    public int expiresSeconds() {
        return expiresSeconds;
    }

    /** {@return whether a request carries Authorization or Proxy-Authorization} */
    public boolean hasCredentials() {
        return hasCredentials;
    }

    /** {@return whether a 401 or 407 says stale=true: only the nonce had run out (RFC 3261 section 22.4)} */
    public boolean staleChallenge() {
        return staleChallenge;
    }

    /**
     * {@return the trace that was current where the message was sent or received; empty if there was none, or none was
     * asked for}
     */
    public Optional<SipTrace> trace() {
        return Optional.ofNullable(trace);
    }

    /** {@return whether this is a response} */
    public boolean isResponse() {
        return response;
    }

    /** {@return the response code; empty for a request and for a number that is no SIP code} */
    public Optional<SipCode> code() {
        return SipCode.find(rawCode);
    }

    /**
     * {@return whether the message belongs to a dialog: its To has a tag, which the request of a dialog has from its
     * start}
     */
    public boolean hasToTag() {
        return !toTag.isEmpty();
    }

    /** The first line, as a log would show it; addresses are left out. */
    @Override
    public String toString() {
        return isResponse()
                ? direction + " " + rawCode + " " + phrase + " to " + method + " " + cseq
                : direction + " " + method + " " + cseq;
    }

    /** Collects the parts of a message; for one thread. Null is refused but for a trace, and the text is cleaned by {@link #build}. */
    public static final class Builder {

        private String stack = "";
        private long timestampNanos = 0;
        private SipDirection direction = SipDirection.RECEIVED;
        private String transport = "";
        private String peer = "";
        private String method = "";
        private boolean response;
        private int rawCode = 0;
        private String phrase = "";
        private String requestUri = "";
        private String callId = "";
        private long cseq = 0;
        private String branch = "";
        private String fromUri = "";
        private String fromTag = "";
        private String toUri = "";
        private String toTag = "";
        private List<SipReason> reasons = List.of();
        private List<SipWarning> warnings = List.of();
        private int retryAfterSeconds = -1;
        private int expiresSeconds = -1;
        private boolean hasCredentials = false;
        private boolean staleChallenge = false;
        private SipTrace trace;

        private Builder() {}

        /**
         * Sets the name of the stack that sent or received the message, or empty.
         *
         * @param stack any name
         * @return this builder
         */
        public Builder stack(String stack) {
            this.stack = Objects.requireNonNull(stack, "stack");
            return this;
        }

        /**
         * Sets when, in nanoseconds since 1970.
         *
         * @param timestampNanos since 1970
         * @return this builder
         */
        public Builder timestampNanos(long timestampNanos) {
            this.timestampNanos = timestampNanos;
            return this;
        }

        /**
         * Sets which way the message went.
         *
         * @param direction not null
         * @return this builder
         */
        public Builder direction(SipDirection direction) {
            this.direction = Objects.requireNonNull(direction, "direction");
            return this;
        }

        /**
         * Sets the transport of the top Via, in capitals.
         *
         * @param transport as Via names it
         * @return this builder
         */
        public Builder transport(String transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets the other end.
         *
         * @param peer {@code host:port}; an IPv6 address in brackets
         * @return this builder
         */
        public Builder peer(String peer) {
            this.peer = Objects.requireNonNull(peer, "peer");
            return this;
        }

        /**
         * Sets the method of the request, for a response that of its CSeq.
         *
         * @param method a method in capitals, or empty
         * @return this builder
         */
        public Builder method(String method) {
            this.method = Objects.requireNonNull(method, "method");
            return this;
        }

        /**
         * Sets the status code as it stood in the status line, which may be no SIP code at all.
         *
         * @param rawCode any number
         * @return this builder
         */
        public Builder rawCode(int rawCode) {
            this.rawCode = rawCode;
            return this;
        }

        /**
         * Sets the reason phrase as received, or empty.
         *
         * @param phrase any text
         * @return this builder
         */
        public Builder phrase(String phrase) {
            this.phrase = Objects.requireNonNull(phrase, "phrase");
            return this;
        }

        /**
         * Sets the Request-URI of a request, or empty.
         *
         * @param requestUri as it stood in the request line
         * @return this builder
         */
        public Builder requestUri(String requestUri) {
            this.requestUri = Objects.requireNonNull(requestUri, "requestUri");
            return this;
        }

        /**
         * Sets the Call-ID.
         *
         * @param callId as it stood in the header
         * @return this builder
         */
        public Builder callId(String callId) {
            this.callId = Objects.requireNonNull(callId, "callId");
            return this;
        }

        /**
         * Sets the number of the CSeq.
         *
         * @param cseq from 0 on
         * @return this builder
         */
        public Builder cseq(long cseq) {
            this.cseq = cseq;
            return this;
        }

        /**
         * Sets the branch of the top Via, or empty.
         *
         * @param branch of the topmost Via
         * @return this builder
         */
        public Builder branch(String branch) {
            this.branch = Objects.requireNonNull(branch, "branch");
            return this;
        }

        /**
         * Sets the URI in From, or empty.
         *
         * @param fromUri without display name and parameters of the header
         * @return this builder
         */
        public Builder fromUri(String fromUri) {
            this.fromUri = Objects.requireNonNull(fromUri, "fromUri");
            return this;
        }

        /**
         * Sets the tag in From, or empty.
         *
         * @param fromTag without {@code tag=}
         * @return this builder
         */
        public Builder fromTag(String fromTag) {
            this.fromTag = Objects.requireNonNull(fromTag, "fromTag");
            return this;
        }

        /**
         * Sets the URI in To, or empty.
         *
         * @param toUri without display name and parameters of the header
         * @return this builder
         */
        public Builder toUri(String toUri) {
            this.toUri = Objects.requireNonNull(toUri, "toUri");
            return this;
        }

        /**
         * Sets the tag in To.
         *
         * @param toTag without {@code tag=}
         * @return this builder
         */
        public Builder toTag(String toTag) {
            this.toTag = Objects.requireNonNull(toTag, "toTag");
            return this;
        }

        /**
         * Sets the values of all Reason headers, at most 8.
         *
         * @param reasons the values in their order
         * @return this builder
         */
        public Builder reasons(List<SipReason> reasons) {
            this.reasons = Objects.requireNonNull(reasons, "reasons");
            return this;
        }

        /**
         * Sets the values of all Warning headers, at most 8.
         *
         * @param warnings the values in their order
         * @return this builder
         */
        public Builder warnings(List<SipWarning> warnings) {
            this.warnings = Objects.requireNonNull(warnings, "warnings");
            return this;
        }

        /**
         * Sets the seconds of Retry-After, or -1.
         *
         * @param retryAfterSeconds 0 or more, or -1 if there was none
         * @return this builder
         */
        public Builder retryAfterSeconds(int retryAfterSeconds) {
            this.retryAfterSeconds = retryAfterSeconds;
            return this;
        }

        /**
         * Sets the lifetime asked for or granted, in seconds.
         *
         * @param expiresSeconds 0 or more, or -1 if there was none
         * @return this builder
         */
        public Builder expiresSeconds(int expiresSeconds) {
            this.expiresSeconds = expiresSeconds;
            return this;
        }

        /**
         * Sets whether a request carries Authorization or Proxy-Authorization.
         *
         * @param hasCredentials true for Authorization or Proxy-Authorization
         * @return this builder
         */
        public Builder hasCredentials(boolean hasCredentials) {
            this.hasCredentials = hasCredentials;
            return this;
        }

        /**
         * Sets whether a 401 or 407 says stale=true.
         *
         * @param staleChallenge true for {@code stale=true}
         * @return this builder
         */
        public Builder staleChallenge(boolean staleChallenge) {
            this.staleChallenge = staleChallenge;
            return this;
        }

        /**
         * Sets the trace in which the message was sent or received; none if null.
         *
         * @param trace null for none
         * @return this builder
         */
        public Builder trace(SipTrace trace) {
            this.trace = trace;
            return this;
        }

        /** {@return the message} */
        public SipMessage build() {
            return new SipMessage(this);
        }
    }
}
