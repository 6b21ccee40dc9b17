package io.sipcodes.jainsip;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEntry;
import io.sipcodes.SipEvent.ConformanceFinding;
import io.sipcodes.SipHeaderRule;
import io.sipcodes.SipHeaderRule.Condition;
import io.sipcodes.SipHeaderRule.Strength;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.sip.header.CSeqHeader;
import javax.sip.header.Header;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Says what a response lacks or must not carry by the RFCs' rules, which are the catalog's
 * ({@link SipEntry#headers()}, {@link SipEntry#methods()}). It only reports: no response is changed or held up.
 *
 * <p>A finding's rule is {@code lacks-} or {@code has-} and the header field, with what the field should hold where that
 * is the point: {@code lacks-allow}, {@code lacks-to-tag}, {@code lacks-require-100rel}, {@code has-min-se};
 * {@code has-retry-after} where Retry-After means nothing; and {@code wrong-method} for a code that does not answer such
 * a request, as 408 does not answer a non-INVITE. What only the sender can know is not checked.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ResponseConformance {

    private static final String RETRY_AFTER_REFERENCE = "RFC 3261 20.33";

    private static final AtomicReferenceArray<Rule[]> RULES = new AtomicReferenceArray<>(SipCode.MAX - SipCode.MIN + 1);

    private ResponseConformance() {}

    /**
     * Checks a response by what it says of itself. Rules that depend on the request are left out.
     *
     * @return empty if it keeps to the rules, and for a number that is no SIP code
     */
    public static List<ConformanceFinding> check(Response response, SipDirection direction) {
        return check(response, null, SipMessages.read(response, direction));
    }

    /**
     * Checks a response and the request that it answers.
     *
     * @return empty if it keeps to the rules, and for a number that is no SIP code
     */
    public static List<ConformanceFinding> check(Response response, Request request, SipDirection direction) {
        Objects.requireNonNull(request, "request");
        return check(response, request, SipMessages.read(response, direction));
    }

    /** The same for a response that was read already; the request may be null. */
    static List<ConformanceFinding> check(Response response, Request request, SipMessage read) {
        Optional<SipCode> code = SipCode.find(response.getStatusCode());
        if (code.isEmpty()) {
            return List.of();
        }
        List<ConformanceFinding> findings = null;
        Case checked = new Case(response, request);
        for (Rule rule : rules(code.get())) {
            if (rule.isBroken(checked)) {
                if (findings == null) {
                    findings = new ArrayList<>(4);
                }
                findings.add(new ConformanceFinding(read, rule.id, rule.mandatory, rule.reference));
            }
        }
        return findings == null ? List.of() : List.copyOf(findings);
    }

    /** The rules that are checked in responses with a code. */
    static Rule[] rules(SipCode code) {
        int index = code.value() - SipCode.MIN;
        Rule[] known = RULES.get(index);
        if (known == null) {
            known = make(SipCatalog.standard().entry(code));
            RULES.set(index, known);
        }
        return known;
    }

    private static Rule[] make(SipEntry entry) {
        List<Rule> rules = new ArrayList<>();
        for (SipHeaderRule rule : entry.headers()) {
            if (rule.strength() != Strength.MAY && rule.isCheckable()) {
                rules.add(new HeaderRule(rule));
            }
        }
        if (!entry.honoursRetryAfter()) {
            rules.add(new RetryAfterRule());
        }
        if (!entry.methods().isEmpty()) {
            rules.add(new MethodRule(entry));
        }
        return rules.toArray(Rule[]::new);
    }

    /** One rule of one code. */
    abstract static class Rule {

        final String id;
        private final boolean mandatory;
        private final String reference;

        private Rule(String id, boolean mandatory, String reference) {
            this.id = id;
            this.mandatory = mandatory;
            this.reference = reference;
        }

        abstract boolean isBroken(Case checked);
    }

    private static final class HeaderRule extends Rule {

        private final SipHeaderRule rule;
        private final boolean forbids;

        HeaderRule(SipHeaderRule rule) {
            super(id(rule), rule.strength() == Strength.MUST || rule.strength() == Strength.MUST_NOT, rule.reference());
            this.rule = rule;
            this.forbids = forbids(rule);
        }

        private static boolean forbids(SipHeaderRule rule) {
            return rule.strength() == Strength.MUST_NOT || rule.strength() == Strength.SHOULD_NOT;
        }

        private static String id(SipHeaderRule rule) {
            String what = String.join("-or-", rule.anyOf()) + (rule.value().isEmpty() ? "" : "-" + rule.value());
            return (forbids(rule) ? "has-" : "lacks-")
                    + what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        }

        @Override
        boolean isBroken(Case checked) {
            if (!rule.isFor(checked.method) || checked.fulfils(rule) == !forbids) {
                return false;
            }
            for (Condition condition : rule.conditions()) {
                if (!checked.holds(condition)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class RetryAfterRule extends Rule {

        RetryAfterRule() {
            super("has-retry-after", false, RETRY_AFTER_REFERENCE);
        }

        @Override
        boolean isBroken(Case checked) {
            return checked.response.getHeader(RetryAfterHeader.NAME) != null;
        }
    }

    private static final class MethodRule extends Rule {

        private final SipEntry entry;

        MethodRule(SipEntry entry) {
            super("wrong-method", true, entry.methodsReference());
            this.entry = entry;
        }

        @Override
        boolean isBroken(Case checked) {
            return !checked.method.isEmpty() && !entry.methods().contains(checked.method);
        }
    }

    /** A response and, if it is known, its request. */
    private static final class Case {

        private final Response response;
        private final Request request;
        private final String method;

        Case(Response response, Request request) {
            this.response = response;
            this.request = request;
            this.method = response.getHeader(CSeqHeader.NAME) instanceof CSeqHeader cseq && cseq.getMethod() != null
                    ? cseq.getMethod()
                    : "";
        }

        boolean fulfils(SipHeaderRule rule) {
            for (String header : rule.anyOf()) {
                if (rule.value().isEmpty() ? has(response, header) : lists(response, header, rule.value())) {
                    return true;
                }
            }
            return false;
        }

        // A condition on a request that is not known does not hold, so nothing is said of it.
        boolean holds(Condition condition) {
            return switch (condition) {
                case BODY -> response.getRawContent() != null && response.getRawContent().length > 0;
                case STREAM_TRANSPORT -> isStream();
                case NO_STREAM_TRANSPORT -> !isStream();
                case DIALOG_CREATED -> request != null && !hasToTag(request) && hasToTag(response);
                case SENT_RELIABLY -> has(response, "RSeq") || lists(response, "Require", "100rel");
                case REQUEST_HAD_RECORD_ROUTE -> request != null && has(request, "Record-Route");
                case REQUEST_HAD_TIMESTAMP -> request != null && has(request, "Timestamp");
                case REQUEST_HAD_PATH -> request != null && has(request, "Path");
                case REQUEST_HAD_RECV_INFO -> request != null && has(request, "Recv-Info");
                case REQUEST_LACKED_RECV_INFO -> request != null && !has(request, "Recv-Info");
                case REQUEST_HAD_GEOLOCATION -> request != null && has(request, "Geolocation");
                case REQUEST_SUPPORTED_OUTBOUND -> request != null && lists(request, "Supported", "outbound");
                case REQUEST_SUPPORTED_SEC_AGREE ->
                    request != null
                            && lists(request, "Supported", "sec-agree")
                            && !lists(request, "Require", "sec-agree")
                            && !lists(request, "Proxy-Require", "sec-agree");
                case REFRESHER_UAC -> lists(response, "Session-Expires", ";refresher=uac");
                case REQUIRES_SEC_AGREE -> lists(response, "Require", "sec-agree");
                case DIGEST_OFFERED -> lists(response, "Security-Server", "digest");
                case PHRASE_NETWORK_BLOCKED -> "Network Blocked".equalsIgnoreCase(response.getReasonPhrase());
                case REQUEST_HAD_ALERT,
                        CONTACTS_LEFT,
                        EXTENSION_NEEDED,
                        TEMPORARY,
                        SIPS_MISMATCH,
                        NO_COMMON_LANGUAGE,
                        OVERLAPPING_CHANGE,
                        MADE_BY_PROXY,
                        NO_SIGN_OF_MALICE -> false;
            };
        }

        private boolean isStream() {
            return response.getHeader(ViaHeader.NAME) instanceof ViaHeader via
                    && via.getTransport() != null
                    && switch (via.getTransport().toUpperCase(Locale.ROOT)) {
                        case "TCP", "TLS", "WS", "WSS" -> true;
                        default -> false;
                    };
        }
    }

    private static boolean hasToTag(Message message) {
        return message.getHeader(ToHeader.NAME) instanceof ToHeader to && to.getTag() != null;
    }

    private static boolean has(Message message, String name) {
        return message.getHeader(name) != null || isUnrecognized(message, name);
    }

    // What the stack cannot parse it keeps as text: it is broken, but it is there.
    private static boolean isUnrecognized(Message message, String name) {
        ListIterator<?> lines = message.getUnrecognizedHeaders();
        while (lines != null && lines.hasNext()) {
            if (lines.next() instanceof String line
                    && line.regionMatches(true, 0, name, 0, name.length())
                    && line.substring(name.length()).stripLeading().startsWith(":")) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of a header's values begins with a token, or where a semicolon stands before it, has a parameter. */
    private static boolean lists(Message message, String name, String wanted) {
        if (wanted.equals(";tag") && name.equals(ToHeader.NAME)) {
            return hasToTag(message);
        }
        ListIterator<?> headers = message.getHeaders(name);
        while (headers != null && headers.hasNext()) {
            if (headers.next() instanceof Header header) {
                String line = header.toString();
                if (lists(line.substring(line.indexOf(':') + 1), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean lists(String value, String wanted) {
        boolean parameter = wanted.startsWith(";");
        String text = parameter ? wanted.substring(1) : wanted;
        int start = 0;
        boolean isParameter = false;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                if (isParameter == parameter && begins(value, start, i, text)) {
                    return true;
                }
                start = i + 1;
                isParameter = c == ';';
            }
        }
        return isParameter == parameter && begins(value, start, value.length(), text);
    }

    private static boolean begins(String value, int from, int to, String text) {
        int start = from;
        while (start < to && value.charAt(start) <= ' ') {
            start++;
        }
        int end = start + text.length();
        // A parameter may go on with its value, a Warning's code with its agent.
        return end <= to
                && value.regionMatches(true, start, text, 0, text.length())
                && (end == to || value.charAt(end) == '=' || value.charAt(end) <= ' ');
    }
}
