package io.sipcodes.jainsip;

import gov.nist.javax.sip.header.HeaderFactoryImpl;
import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipReason;
import io.sipcodes.SipText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AcceptLanguageHeader;
import javax.sip.header.AllowHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.MinExpiresHeader;
import javax.sip.header.ProxyRequireHeader;
import javax.sip.header.ReasonHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UnsupportedHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WarningHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * What to add to responses on the wire, each part asked for by itself: {@link #none()} adds nothing. A header that a
 * response has already is never touched.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class ResponseEnrichment {

    private static final ResponseEnrichment NONE = new ResponseEnrichment(new Builder());

    /** RFC 3261 section 20.43: a warning for people. */
    private static final int MISCELLANEOUS_WARNING = 399;

    private static final int MAX_OPTION_TAGS = 16;
    private static final int MAX_ACCEPT_LANGUAGE = 256;

    private static final HeaderFactory HEADERS = new HeaderFactoryImpl();

    private final Q850Profile reasonProfile;
    private final String warningAgent;
    private final int retryAfterSeconds;
    private final int minExpiresSeconds;
    private final List<String> allowedMethods;
    private final Set<String> supportedOptions;
    private final byte[] tagSecret;

    private ResponseEnrichment(Builder from) {
        reasonProfile = from.reasonProfile;
        warningAgent = from.warningAgent;
        retryAfterSeconds = from.retryAfterSeconds;
        minExpiresSeconds = from.minExpiresSeconds;
        allowedMethods = from.allowedMethods;
        supportedOptions = from.supportedOptions;
        tagSecret = from.tagSecret;
    }

    /**
     * Adds nothing.
     *
     * @return the enrichment that changes nothing
     */
    public static ResponseEnrichment none() {
        return NONE;
    }

    /**
     * Starts with nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds to a response what it lacks.
     *
     * @param response made by JAIN-SIP; changed in place
     * @param request what it answers, or null if not known: then Unsupported and a tag are not added, and a Warning is in
     *     English
     */
    public void apply(Response response, Request request) {
        int code = response.getStatusCode();
        try {
            if (reasonProfile != null && code >= 300) {
                addReason(response, code);
            }
            if (warningAgent != null && code >= 300) {
                addWarning(response, request, code);
            }
            if (retryAfterSeconds >= 0
                    && code == Response.SERVICE_UNAVAILABLE
                    && lacks(response, RetryAfterHeader.NAME)) {
                response.addHeader(HEADERS.createRetryAfterHeader(retryAfterSeconds));
            }
            if (minExpiresSeconds >= 0
                    && code == Response.INTERVAL_TOO_BRIEF
                    && lacks(response, MinExpiresHeader.NAME)) {
                response.addHeader(HEADERS.createMinExpiresHeader(minExpiresSeconds));
            }
            if (code == Response.METHOD_NOT_ALLOWED && lacks(response, AllowHeader.NAME)) {
                for (String method : allowedMethods) {
                    response.addHeader(HEADERS.createAllowHeader(method));
                }
            }
            if (request != null) {
                if (supportedOptions != null
                        && code == Response.BAD_EXTENSION
                        && lacks(response, UnsupportedHeader.NAME)) {
                    for (String option : unsupported(request)) {
                        response.addHeader(HEADERS.createUnsupportedHeader(option));
                    }
                }
                if (tagSecret != null && code > Response.TRYING) {
                    addTag(response, request);
                }
            }
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("a checked value was refused by the stack", e);
        }
    }

    private static boolean lacks(Response response, String header) {
        return response.getHeader(header) == null;
    }

    private void addReason(Response response, int code) throws ParseException, InvalidArgumentException {
        SipReason reason = SipCode.find(code)
                .flatMap(known -> reasonProfile.toReason(known, List.of()))
                .orElse(null);
        if (reason != null && lacks(response, ReasonHeader.NAME)) {
            ReasonHeader header = HEADERS.createReasonHeader(reason.protocol(), reason.cause(), null);
            if (!reason.text().isEmpty()) {
                header.setText(quotable(reason.text()));
            }
            if (!reason.location().isEmpty()) {
                header.setParameter("location", reason.location());
            }
            response.addHeader(header);
        }
    }

    private void addWarning(Response response, Request request, int code)
            throws ParseException, InvalidArgumentException {
        if (lacks(response, WarningHeader.NAME) && SipCode.find(code).isPresent()) {
            Locale language = request == null ? Locale.ENGLISH : language(request, code);
            String meaning =
                    SipCatalog.standard().entry(SipCode.of(code)).text(language).meaning();
            response.addHeader(HEADERS.createWarningHeader(warningAgent, MISCELLANEOUS_WARNING, quotable(meaning)));
        }
    }

    // The stack puts the quotes but does not escape.
    private static String quotable(String text) {
        return RepairedResponse.oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The language of the request's Accept-Language that we have words in and that is wanted most; English if none. */
    static Locale language(Request request, int code) {
        StringBuilder ranges = new StringBuilder();
        for (Header header : headers(request, AcceptLanguageHeader.NAME)) {
            String line = header.toString().strip();
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (ranges.length() + value.length() > MAX_ACCEPT_LANGUAGE) {
                break;
            }
            ranges.append(ranges.isEmpty() ? "" : ",").append(value);
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(ranges.toString())) {
                Locale wanted = Locale.forLanguageTag(range.getRange());
                SipText text = SipCatalog.standard().entry(SipCode.of(code)).text(wanted);
                if (range.getWeight() > 0 && text.language().getLanguage().equals(wanted.getLanguage())) {
                    return wanted;
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not a list of languages. For a range of hyphens alone many JDKs throw the second (JDK-8349883).
        }
        return Locale.ENGLISH;
    }

    // RFC 3261 section 8.2.2.3: those in Require; a proxy (section 16.3 item 5) answers for Proxy-Require.
    private List<String> unsupported(Request request) {
        List<String> options = unsupported(request, RequireHeader.NAME);
        return options.isEmpty() ? unsupported(request, ProxyRequireHeader.NAME) : options;
    }

    private List<String> unsupported(Request request, String name) {
        List<String> options = new ArrayList<>();
        for (Header header : headers(request, name)) {
            String option = header instanceof RequireHeader require
                    ? require.getOptionTag()
                    : header instanceof ProxyRequireHeader proxyRequire ? proxyRequire.getOptionTag() : "";
            if (options.size() < MAX_OPTION_TAGS
                    && isToken(option)
                    && !supportedOptions.contains(option.toLowerCase(Locale.ROOT))) {
                options.add(option);
            }
        }
        return options;
    }

    private static List<Header> headers(Message message, String name) {
        List<Header> headers = new ArrayList<>();
        ListIterator<?> all = message.getHeaders(name);
        while (all != null && all.hasNext()) {
            if (all.next() instanceof Header header) {
                headers.add(header);
            }
        }
        return headers;
    }

    // All responses to one request must have one tag (RFC 3261 section 8.2.6.2), which this gives without keeping any
    // state; other requests get others that nobody can guess.
    private void addTag(Response response, Request request) throws ParseException {
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to == null || to.getTag() != null) {
            return;
        }
        MessageDigest digest = sha256();
        digest.update(tagSecret);
        if (request.getHeader(ViaHeader.NAME) instanceof ViaHeader via) {
            update(digest, via.getBranch());
        }
        if (request.getHeader(CallIdHeader.NAME) instanceof CallIdHeader callId) {
            update(digest, callId.getCallId());
        }
        if (request.getHeader(FromHeader.NAME) instanceof FromHeader from) {
            update(digest, from.getTag());
        }
        if (request.getHeader(CSeqHeader.NAME) instanceof CSeqHeader cseq) {
            update(digest, Long.toString(cseq.getSeqNumber()));
        }
        to.setTag(HexFormat.of().formatHex(digest.digest(), 0, 8));
    }

    private static void update(MessageDigest digest, String part) {
        digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM must have SHA-256", e);
        }
    }

    private static boolean isToken(String text) {
        if (text == null || text.isEmpty() || text.length() > 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-.!%*_+`'~".indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** Collects what to add; for one thread. */
    public static final class Builder {

        private Q850Profile reasonProfile;
        private String warningAgent;
        private int retryAfterSeconds = -1;
        private int minExpiresSeconds = -1;
        private List<String> allowedMethods = List.of();
        private Set<String> supportedOptions;
        private byte[] tagSecret;

        private Builder() {}

        /**
         * A Reason with the Q.850 cause of the code on 3xx to 6xx (RFC 6432), for gateways to the telephone network;
         * none where the profile has no cause for it.
         *
         * @param profile by whose table
         * @return this builder
         */
        public Builder reason(Q850Profile profile) {
            this.reasonProfile = Objects.requireNonNull(profile, "profile");
            return this;
        }

        /**
         * A Warning 399 with the meaning of the code, for people, on 3xx to 6xx (RFC 3261 section 20.43), in the
         * language of the request's Accept-Language if the catalog has it, else in English.
         *
         * @param agent the host or the pseudonym that the Warning names as its author
         * @return this builder
         */
        public Builder warning(String agent) {
            this.warningAgent = token("agent", agent);
            return this;
        }

        /**
         * A Retry-After on 503 (RFC 3261 section 21.5.4).
         *
         * @param seconds 0 or more
         * @return this builder
         */
        public Builder retryAfter(int seconds) {
            this.retryAfterSeconds = notNegative("retryAfter", seconds);
            return this;
        }

        /**
         * A Min-Expires on 423 (RFC 3261 section 10.3 item 7).
         *
         * @param seconds 0 or more
         * @return this builder
         */
        public Builder minExpires(int seconds) {
            this.minExpiresSeconds = notNegative("minExpires", seconds);
            return this;
        }

        /**
         * An Allow on 405 (RFC 3261 section 21.4.6).
         *
         * @param methods the methods that the application takes
         * @return this builder
         */
        public Builder allow(String... methods) {
            this.allowedMethods = List.of(methods).stream()
                    .map(method -> token("method", method))
                    .toList();
            return this;
        }

        /**
         * An Unsupported on 420, with those option tags of the request's Require that are not among these, or if there
         * are none, those of its Proxy-Require (RFC 3261 sections 8.2.2.3 and 16.3).
         *
         * @param supported the option tags that the application knows; may be none
         * @return this builder
         */
        public Builder unsupported(String... supported) {
            this.supportedOptions = Set.copyOf(List.of(supported).stream()
                    .map(option -> token("option tag", option).toLowerCase(Locale.ROOT))
                    .toList());
            return this;
        }

        /**
         * A tag in To on all responses but 100, the same one for all responses to one request (RFC 3261 section
         * 8.2.6.2).
         *
         * @return this builder
         */
        public Builder toTag() {
            this.tagSecret = new byte[16];
            new SecureRandom().nextBytes(tagSecret);
            return this;
        }

        /** {@return what was collected} */
        public ResponseEnrichment build() {
            return new ResponseEnrichment(this);
        }

        private static String token(String what, String text) {
            if (!isToken(Objects.requireNonNull(text, what))) {
                throw new IllegalArgumentException(
                        what + ": " + RepairedResponse.oneLine(text) + " (expected: a token)");
            }
            return text;
        }

        private static int notNegative(String what, int seconds) {
            if (seconds < 0) {
                throw new IllegalArgumentException(what + ": " + seconds + " (expected: >= 0 seconds)");
            }
            return seconds;
        }
    }
}
