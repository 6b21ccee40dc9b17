package io.sipcodes.jainsip;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.message.SIPMessage;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.OptionTag;
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

    private static final String TAG = ";tag";
    private static final String RETRY_AFTER_REFERENCE = "RFC 3261 20.33";

    private static final AtomicReferenceArray<RulesOfCode> RULES =
            new AtomicReferenceArray<>(SipCode.MAX - SipCode.MIN + 1);

    /** The conditions on the request; whether a dialog is created is one on both. */
    private static final Set<Condition> OF_REQUEST = EnumSet.of(
            Condition.DIALOG_CREATED,
            Condition.REQUEST_HAD_RECORD_ROUTE,
            Condition.REQUEST_HAD_TIMESTAMP,
            Condition.REQUEST_HAD_PATH,
            Condition.REQUEST_HAD_RECV_INFO,
            Condition.REQUEST_LACKED_RECV_INFO,
            Condition.REQUEST_HAD_GEOLOCATION,
            Condition.REQUEST_SUPPORTED_OUTBOUND,
            Condition.REQUEST_SUPPORTED_SEC_AGREE);

    private ResponseConformance() {}

    /**
     * Checks a response by what it says of itself. Rules that depend on the request are left out.
     *
     * @param response any response
     * @param direction whether our stack sent or received it
     * @return empty if it keeps to the rules, and for a number that is no SIP code
     */
    public static List<ConformanceFinding> check(Response response, SipDirection direction) {
        return check(response, null, SipMessages.read(response, direction));
    }

    /**
     * Checks a response and the request that it answers.
     *
     * @param response any response
     * @param request the request it answers
     * @param direction whether our stack sent or received it
     * @return empty if it keeps to the rules, and for a number that is no SIP code
     */
    public static List<ConformanceFinding> check(Response response, Request request, SipDirection direction) {
        Objects.requireNonNull(request, "request");
        return check(response, request, SipMessages.read(response, direction));
    }

    private static List<ConformanceFinding> check(Response response, Request request, SipMessage read) {
        int conditions = request == null ? 0 : conditions(request, Fields.of(request), SipMessages.hasToTag(request));
        return List.copyOf(findings(suspects(response, read.hasToTag()), conditions, read));
    }

    /**
     * The rules that a response breaks, some of them only if its request is of the kind that they are about.
     *
     * @param hasToTag whether it has a tag in To, which who asks has looked up before
     */
    static List<Rule> suspects(Response response, boolean hasToTag) {
        Optional<SipCode> code = SipCode.find(response.getStatusCode());
        if (code.isEmpty()) {
            return List.of();
        }
        CSeqHeader cseq = SipMessages.cseq(response);
        String method = cseq == null || cseq.getMethod() == null ? "" : cseq.getMethod();
        // First the rules, since they say which fields are looked for.
        Rules rules = rules(code.get(), method);
        return rules.brokenBy(response, method, Fields.with(Fields.of(response), hasToTag));
    }

    /**
     * What the rules ask of a request: the conditions that it fulfils, a bit each.
     *
     * @param ofRequest its {@link Fields}
     * @param hasToTag whether it has a tag in To
     */
    static int conditions(Request request, long ofRequest, boolean hasToTag) {
        long fields = Fields.with(ofRequest, hasToTag);
        int bits = when((fields & Fields.TO_TAG) == 0, Condition.DIALOG_CREATED)
                | when((fields & Fields.RECORD_ROUTE) != 0, Condition.REQUEST_HAD_RECORD_ROUTE)
                | when((fields & Fields.TIMESTAMP) != 0, Condition.REQUEST_HAD_TIMESTAMP)
                | when((fields & Fields.PATH) != 0, Condition.REQUEST_HAD_PATH)
                | when((fields & Fields.RECV_INFO) != 0, Condition.REQUEST_HAD_RECV_INFO)
                | when((fields & Fields.RECV_INFO) == 0, Condition.REQUEST_LACKED_RECV_INFO)
                | when((fields & Fields.GEOLOCATION) != 0, Condition.REQUEST_HAD_GEOLOCATION);
        return (fields & Fields.SUPPORTED) == 0 ? bits : bits | supported(request);
    }

    private static int supported(Request request) {
        boolean offersSecAgree = lists(request, "Supported", "sec-agree")
                && !lists(request, "Require", "sec-agree")
                && !lists(request, "Proxy-Require", "sec-agree");
        return when(lists(request, "Supported", "outbound"), Condition.REQUEST_SUPPORTED_OUTBOUND)
                | when(offersSecAgree, Condition.REQUEST_SUPPORTED_SEC_AGREE);
    }

    private static int when(boolean fulfilled, Condition condition) {
        return fulfilled ? bit(condition) : 0;
    }

    /**
     * What is to be said of a response.
     *
     * @param suspects its {@link #suspects}
     * @param conditions those of its request; 0 if that is not known, so that rules on the request say nothing
     */
    static List<ConformanceFinding> findings(List<Rule> suspects, int conditions, SipMessage read) {
        List<ConformanceFinding> findings = List.of();
        for (Rule rule : suspects) {
            if ((rule.wanted & conditions) == rule.wanted) {
                if (findings.isEmpty()) {
                    findings = new ArrayList<>(suspects.size());
                }
                findings.add(new ConformanceFinding(read, rule.id, rule.mandatory, rule.reference));
            }
        }
        return findings;
    }

    /** The rules that are checked in responses with a code, whatever they answer. */
    static List<Rule> rules(SipCode code) {
        return ofCode(code).all;
    }

    private static Rules rules(SipCode code, String method) {
        RulesOfCode known = ofCode(code);
        return known.byMethod.getOrDefault(method, known.toOthers);
    }

    private static RulesOfCode ofCode(SipCode code) {
        int index = code.value() - SipCode.MIN;
        RulesOfCode known = RULES.get(index);
        if (known == null) {
            known = new RulesOfCode(make(SipCatalog.standard().entry(code)));
            RULES.set(index, known);
        }
        return known;
    }

    private static List<Rule> make(SipEntry entry) {
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
        return rules;
    }

    /** The rules of one code, sorted out by method: most of those of a 200 are about one method only. */
    private static final class RulesOfCode {

        final List<Rule> all;
        final Rules toOthers;
        final Map<String, Rules> byMethod = new HashMap<>();

        RulesOfCode(List<Rule> all) {
            this.all = all;
            this.toOthers = new Rules(
                    all.stream().filter(rule -> rule.methods.isEmpty()).toList());
            all.stream()
                    .flatMap(rule -> rule.methods.stream())
                    .distinct()
                    .forEach(method -> byMethod.put(
                            method,
                            new Rules(all.stream()
                                    .filter(rule -> rule.methods.isEmpty() || rule.methods.contains(method))
                                    .toList())));
        }
    }

    /** The rules for responses with one code to one method. */
    private static final class Rules {

        private final Rule[] all;
        private final Rule[] careful;
        private final long asked;
        private volatile Decided last = new Decided(-1, List.of());

        Rules(List<Rule> rules) {
            all = rules.toArray(Rule[]::new);
            careful = rules.stream().filter(rule -> rule.decidedBy == 0).toArray(Rule[]::new);
            asked = rules.stream().mapToLong(rule -> rule.decidedBy).reduce(0, (one, other) -> one | other);
        }

        /**
         * Most rules are decided by which fields there are, and an application's responses of one kind have the same
         * ones: so what was found in the last response is what will be found in the next.
         */
        List<Rule> brokenBy(Response response, String method, long fields) {
            Decided decided = last;
            boolean known = decided.fields == (fields & asked);
            if (known && careful.length == 0) {
                return decided.broken;
            }
            Case checked = new Case(response, method, fields);
            for (Rule rule : careful) {
                if (rule.isBroken(checked)) {
                    return allBrokenBy(checked);
                }
            }
            if (!known) {
                decided = new Decided(fields & asked, allBrokenBy(checked));
                last = decided;
            }
            return decided.broken;
        }

        private List<Rule> allBrokenBy(Case checked) {
            return Stream.of(all).filter(rule -> rule.isBroken(checked)).toList();
        }
    }

    /** What rules that the fields decide say of a response with such fields; none has all 64. */
    private record Decided(long fields, List<Rule> broken) {}

    /** One rule of one code. */
    abstract static class Rule {

        final String id;
        private final boolean mandatory;
        private final String reference;
        private final Set<String> methods;
        private final int wanted;

        /** The fields that decide whether it is broken; 0 if they are not all there is to it. */
        private final long decidedBy;

        /** What is wanted of the request is a bit for each condition, and one of the methods, if there are any. */
        private Rule(String id, boolean mandatory, String reference, Set<String> methods, int wanted, long decidedBy) {
            this.id = id;
            this.mandatory = mandatory;
            this.reference = reference;
            this.methods = methods;
            this.wanted = wanted;
            this.decidedBy = decidedBy;
        }

        /** Whether the response breaks it, if its request is as wanted; the method is looked at before. */
        abstract boolean isBroken(Case checked);
    }

    private static final class HeaderRule extends Rule {

        private final SipHeaderRule rule;
        private final boolean isBan;
        private final long fields;
        private final Condition[] conditions;

        HeaderRule(SipHeaderRule rule) {
            super(
                    id(rule),
                    rule.strength() == Strength.MUST || rule.strength() == Strength.MUST_NOT,
                    rule.reference(),
                    rule.methods(),
                    rule.conditions().stream()
                            .filter(OF_REQUEST::contains)
                            .mapToInt(ResponseConformance::bit)
                            .reduce(0, (one, other) -> one | other),
                    decidedBy(rule));
            this.rule = rule;
            this.isBan = isBan(rule);
            this.fields = fields(rule);
            this.conditions = rule.conditions().stream()
                    .filter(condition -> condition == Condition.DIALOG_CREATED || !OF_REQUEST.contains(condition))
                    .toArray(Condition[]::new);
        }

        // Whether there is a To tag is looked at with the fields.
        private static long fields(SipHeaderRule rule) {
            return isToTag(rule) ? Fields.TO_TAG : Fields.bits(rule.anyOf());
        }

        private static boolean isToTag(SipHeaderRule rule) {
            return rule.anyOf().equals(List.of(ToHeader.NAME)) && rule.value().equals(TAG);
        }

        private static long decidedBy(SipHeaderRule rule) {
            boolean plain = isToTag(rule) || rule.value().isEmpty();
            // That a dialog is created is told by the To tag.
            boolean decided = plain && OF_REQUEST.containsAll(rule.conditions());
            return decided ? fields(rule) | Fields.TO_TAG : 0;
        }

        private static boolean isBan(SipHeaderRule rule) {
            return rule.strength() == Strength.MUST_NOT || rule.strength() == Strength.SHOULD_NOT;
        }

        private static String id(SipHeaderRule rule) {
            String what = String.join("-or-", rule.anyOf()) + (rule.value().isEmpty() ? "" : "-" + rule.value());
            return (isBan(rule) ? "has-" : "lacks-")
                    + what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        }

        @Override
        boolean isBroken(Case checked) {
            if (isThere(checked) == !isBan) {
                return false;
            }
            for (Condition condition : conditions) {
                if (!checked.fulfils(condition)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isThere(Case checked) {
            if (!checked.has(fields)) {
                return false;
            }
            if (rule.value().isEmpty() || fields == Fields.TO_TAG) {
                return true;
            }
            for (String header : rule.anyOf()) {
                if (lists(checked.response, header, rule.value())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class RetryAfterRule extends Rule {

        RetryAfterRule() {
            super("has-retry-after", false, RETRY_AFTER_REFERENCE, Set.of(), 0, Fields.RETRY_AFTER);
        }

        @Override
        boolean isBroken(Case checked) {
            return checked.has(Fields.RETRY_AFTER);
        }
    }

    private static final class MethodRule extends Rule {

        private final SipEntry entry;

        MethodRule(SipEntry entry) {
            super("wrong-method", true, entry.methodsReference(), Set.of(), 0, 0);
            this.entry = entry;
        }

        @Override
        boolean isBroken(Case checked) {
            return !checked.method.isEmpty() && !entry.methods().contains(checked.method);
        }
    }

    private static int bit(Condition condition) {
        return 1 << condition.ordinal();
    }

    /** A response, with the method of its request and the {@link Fields} that it has. */
    private record Case(Response response, String method, long fields) {

        boolean has(long any) {
            return (fields & any) != 0;
        }

        /** Whether a condition holds, as far as it is about the response. */
        boolean fulfils(Condition condition) {
            return switch (condition) {
                case BODY -> response.getRawContent() != null && response.getRawContent().length > 0;
                case STREAM_TRANSPORT -> isStream();
                case NO_STREAM_TRANSPORT -> !isStream();
                case DIALOG_CREATED -> has(Fields.TO_TAG);
                case SENT_RELIABLY -> has(Fields.RSEQ) || has(Fields.REQUIRE) && lists(response, "Require", "100rel");
                case REFRESHER_UAC -> lists(response, "Session-Expires", ";refresher=uac");
                case REQUIRES_SEC_AGREE -> lists(response, "Require", "sec-agree");
                case DIGEST_OFFERED -> lists(response, "Security-Server", "digest");
                case PHRASE_NETWORK_BLOCKED -> "Network Blocked".equalsIgnoreCase(response.getReasonPhrase());
                default -> false;
            };
        }

        private boolean isStream() {
            ViaHeader via = SipMessages.topVia(response);
            return via != null
                    && via.getTransport() != null
                    && switch (via.getTransport().toUpperCase(Locale.ROOT)) {
                        case "TCP", "TLS" -> true;
                        default -> false;
                    };
        }
    }

    /**
     * Which header fields a message has, of those that some rule is about or that are read of a request: a bit each. One
     * look at each field of the message is cheaper than one at each that it could have.
     */
    static final class Fields {

        private static final int PLACES = 256;

        // Open addressing, and replaced by a copy when a name comes: a look-up touches as little memory as can be.
        // On a busy stack little of what it touches is in a cache.
        private static volatile Names names = new Names(new String[PLACES], new long[PLACES]);
        private static int count;

        static final long TO_TAG = bit("To" + TAG);
        static final long RETRY_AFTER = bit(RetryAfterHeader.NAME);
        static final long RECORD_ROUTE = bit("Record-Route");
        static final long TIMESTAMP = bit("Timestamp");
        static final long PATH = bit("Path");
        static final long RECV_INFO = bit("Recv-Info");
        static final long GEOLOCATION = bit("Geolocation");
        static final long SUPPORTED = bit("Supported");
        static final long REQUIRE = bit("Require");
        static final long RSEQ = bit("RSeq");

        // What is read of a request where it is there, which it seldom is.
        static final long REASON = bit("Reason");
        static final long CREDENTIALS = bit("Authorization") | bit("Proxy-Authorization");

        private Fields() {}

        /** Those that are read of a request, and those that rules which are in use are about. */
        static Map<String, Long> known() {
            return names.known();
        }

        static long bits(List<String> names) {
            return names.stream().mapToLong(Fields::bit).reduce(0, (one, other) -> one | other);
        }

        private static synchronized long bit(String name) {
            long known = names.bit(name);
            if (known != 0) {
                return known;
            }
            if (count == Long.SIZE) {
                throw new IllegalStateException(
                        "header fields in rules: " + (count + 1) + " (expected: at most " + Long.SIZE + ")");
            }
            long bit = 1L << count++;
            names = names.with(name, bit);
            return bit;
        }

        static long with(long fields, boolean toTag) {
            return toTag ? fields | TO_TAG : fields;
        }

        static long of(Message message) {
            Names wanted = names;
            long fields = 0;
            if (message instanceof SIPMessage sip) {
                Iterator<SIPHeader> headers = sip.getHeaders();
                while (headers.hasNext()) {
                    SIPHeader header = headers.next();
                    if (header instanceof SIPHeaderList<?> list && list.isEmpty()) {
                        continue;
                    }
                    String name = header.getName();
                    long bit = wanted.bit(name);
                    // The stack gives what it knows its own name; all else is in the sender's letters.
                    if (bit == 0 && header instanceof ExtensionHeader) {
                        bit = wanted.bitInAnyCase(name);
                    }
                    fields |= bit;
                }
            } else {
                for (Map.Entry<String, Long> known : wanted.known().entrySet()) {
                    if (message.getHeader(known.getKey()) != null) {
                        fields |= known.getValue();
                    }
                }
            }
            // What the stack cannot parse it keeps as text: it is broken, but it is there.
            ListIterator<?> lines = message.getUnrecognizedHeaders();
            while (lines != null && lines.hasNext()) {
                if (lines.next() instanceof String line && line.indexOf(':') > 0) {
                    fields |= wanted.bitInAnyCase(
                            line.substring(0, line.indexOf(':')).strip());
                }
            }
            return fields;
        }

        /** Names and the bit of each, at the place that the name's hash code says or the next that was free. */
        private record Names(String[] names, long[] bits) {

            Names with(String name, long bit) {
                Names all = new Names(names.clone(), bits.clone());
                int place = place(name);
                while (all.names[place] != null) {
                    place = next(place);
                }
                all.names[place] = name;
                all.bits[place] = bit;
                return all;
            }

            /** 0 if the name is none of these. */
            long bit(String name) {
                int place = place(name);
                while (names[place] != null) {
                    if (names[place].equals(name)) {
                        return bits[place];
                    }
                    place = next(place);
                }
                return 0;
            }

            long bitInAnyCase(String name) {
                for (int place = 0; place < PLACES; place++) {
                    if (name.equalsIgnoreCase(names[place])) {
                        return bits[place];
                    }
                }
                return 0;
            }

            Map<String, Long> known() {
                Map<String, Long> known = new HashMap<>();
                for (int i = 0; i < PLACES; i++) {
                    if (names[i] != null) {
                        known.put(names[i], bits[i]);
                    }
                }
                return known;
            }

            private static int place(String name) {
                int hash = name.hashCode();
                return (hash ^ hash >>> 16) & PLACES - 1;
            }

            private static int next(int place) {
                return place + 1 & PLACES - 1;
            }
        }
    }

    /** Whether one of a header's values begins with a token, or where a semicolon stands before it, has a parameter. */
    private static boolean lists(Message message, String name, String wanted) {
        if (message.getHeader(name) == null) {
            return false;
        }
        ListIterator<?> headers = message.getHeaders(name);
        while (headers != null && headers.hasNext()) {
            Object header = headers.next();
            if (header instanceof OptionTag option) {
                if (wanted.equalsIgnoreCase(option.getOptionTag())) {
                    return true;
                }
            } else if (header != null) {
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
