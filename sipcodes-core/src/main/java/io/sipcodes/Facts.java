package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipEffect.*;
import static io.sipcodes.SipHeaderRule.Condition.*;
import static io.sipcodes.SipHeaderRule.Strength.*;
import static io.sipcodes.SipOutcome.*;

import io.sipcodes.SipHeaderRule.Condition;
import io.sipcodes.SipHeaderRule.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The facts of each code: one row a code. A row reads: the code, the RFC that first had it, where it is defined; what
 * became of the request, who has to act, what to do next and where that is said (nothing where it is our own judgement);
 * then whatever else is said of it. What whole classes have in common stands below the rows.
 *
 * <p>A code that the catalog does not know has the row of its class.
 */
final class Facts {

    private static final Facts[] ROWS = new Facts[SipCode.MAX - SipCode.MIN + 1];
    private static final Facts[] CLASSES = new Facts[SipCodeClass.values().length];

    final int since;
    final String reference;
    SipOutcome outcome;
    SipFault fault;
    SipAdvice advice;
    String adviceReference = "";
    SipEffect effect;
    String effectReference;
    Set<String> methods = Set.of();
    String methodsReference = "";
    /** Null where it is what the outcome is answered with. */
    HttpAnswer http;

    List<SipEntry.Alias> aliases = List.of();
    private final Rules headers = new Rules();

    private Facts(SipCodeClass codeClass, int since, String reference) {
        this.since = since;
        this.reference = reference;
        if (codeClass.compareTo(SipCodeClass.REDIRECTION) < 0) {
            effect(SipEffect.NONE, reference);
        } else {
            // A 3xx inside a dialog is "not well understood", but whatever it does it does to the whole dialog.
            effect(codeClass == SipCodeClass.REDIRECTION ? DIALOG : TRANSACTION, "RFC 5057 5.1");
        }
    }

    static {
        code(100, 2543, "RFC 3261 21.1.1")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.1")
                .when(MUST, "Timestamp", "RFC 3261 8.2.6.1", REQUEST_HAD_TIMESTAMP)
                .rule(MUST_NOT, "RSeq", "RFC 3262 3")
                .rule(MUST_NOT, "Require", "100rel", "RFC 3262 3");
        code(101, 0, "").means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
        code(180, 2543, "RFC 3261 21.1.2")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.2")
                .answers("RFC 4320 4.1", "INVITE")
                .rule(MAY, "Alert-Info", "RFC 3261 20.4");
        code(181, 2543, "RFC 3261 21.1.3")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.3")
                .answers("RFC 4320 4.1", "INVITE");
        code(182, 2543, "RFC 3261 21.1.4")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.4")
                .answers("RFC 4320 4.1", "INVITE");
        code(183, 3261, "RFC 3261 21.1.5")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.5")
                .answers("RFC 4320 4.1", "INVITE");
        code(199, 6228, "RFC 6228 11.1")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 6228 4")
                .effect(EARLY_DIALOG, "RFC 6228 4")
                .answers("RFC 6228 5", "INVITE")
                .alias("Informational - Others", "Wireshark, whose catch-all has the same number")
                .rule(MUST, "Reason", "SIP", "RFC 6228 5")
                .rule(MUST_NOT, "Supported", "199", "RFC 6228 5")
                .rule(MUST_NOT, "Require", "199", "RFC 6228 5")
                .rule(MUST_NOT, "Proxy-Require", "199", "RFC 6228 5")
                .when(SHOULD_NOT, "Contact", "RFC 6228 6", MADE_BY_PROXY)
                .when(SHOULD_NOT, "Record-Route", "RFC 6228 6", MADE_BY_PROXY);

        code(200, 2543, "RFC 3261 21.2.1")
                .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.2.1")
                .to("INVITE", MUST, "Contact", "RFC 3261 12.1.1")
                .to("INVITE", SHOULD, "Allow", "RFC 3261 13.3.1.4")
                .to("INVITE", SHOULD, "Supported", "RFC 3261 13.3.1.4")
                .to("INVITE", MAY, "Accept", "RFC 3261 13.3.1.4")
                .to("OPTIONS", SHOULD, "Allow", "RFC 3261 11.2")
                .to("OPTIONS", SHOULD, "Accept", "RFC 3261 11.2")
                .to("OPTIONS", SHOULD, "Accept-Encoding", "RFC 3261 11.2")
                .to("OPTIONS", SHOULD, "Accept-Language", "RFC 3261 11.2")
                .to("OPTIONS", SHOULD, "Supported", "RFC 3261 11.2")
                .to("REGISTER", MUST, "Contact", "RFC 3261 10.3", CONTACTS_LEFT)
                .to("REGISTER", SHOULD, "Date", "RFC 3261 10.3")
                .to("REGISTER", MUST, "Path", "RFC 3327 5.3", REQUEST_HAD_PATH)
                .to("REGISTER", MAY, "Service-Route", "RFC 3608 5")
                .to("REGISTER", MAY, "Flow-Timer", "RFC 5626 5.4", REQUEST_SUPPORTED_OUTBOUND)
                .to("SUBSCRIBE", MUST, "Expires", "RFC 6665 3.1.1")
                .to("SUBSCRIBE", MUST, "Contact", "RFC 3265 7.1")
                .to("PUBLISH", MUST, "SIP-ETag", "RFC 3903 6")
                .to("PUBLISH", MUST, "Expires", "RFC 3903 6")
                .to("REFER", MUST, "Contact", "RFC 3515 2.2")
                .to("REFER", MAY, "Refer-Sub", "RFC 4488 4")
                .to("UPDATE", MUST, "Contact", "RFC 3311 7")
                .to("INVITE", MAY, "Session-Expires", "RFC 4028 9")
                .to("UPDATE", MAY, "Session-Expires", "RFC 4028 9")
                .to("INVITE", MUST, "Require", "timer", "RFC 4028 9", REFRESHER_UAC)
                .to("UPDATE", MUST, "Require", "timer", "RFC 4028 9", REFRESHER_UAC)
                .to("INVITE", MUST, "Recv-Info", "RFC 6086 5.2.3", REQUEST_HAD_RECV_INFO)
                .rule(MAY, "Accept-Resource-Priority", "RFC 4412 3.3");
        code(202, 3265, "RFC 6665 8.3.1")
                .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 6665 8.3.1")
                .http(HttpAnswer.ACCEPTED)
                .alias("Accepted (Deprecated)", "the registry's remark, sent by mjSIP");
        code(204, 5839, "RFC 5839 7.1")
                .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 5839 5.6")
                .answers("RFC 5839 7.1", "SUBSCRIBE")
                .rule(MUST, "Expires", "RFC 6665 3.1.1");

        code(300, 2543, "RFC 3261 21.3.1")
                .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4")
                .rule(SHOULD, "Contact", "RFC 3261 13.3.1.2");
        code(301, 2543, "RFC 3261 21.3.2")
                .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4")
                .rule(SHOULD, "Contact", "RFC 3261 13.3.1.2");
        code(302, 2543, "RFC 3261 21.3.3")
                .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4")
                .rule(SHOULD, "Contact", "RFC 3261 13.3.1.2")
                .rule(MAY, "Expires", "RFC 3261 21.3.3");
        code(305, 2543, "RFC 3261 21.3.4")
                .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 21.3.4")
                .rule(MUST, "Contact", "RFC 3261 21.3.4");
        code(380, 2543, "RFC 3261 21.3.5")
                .means(REDIRECTED, SipFault.NOBODY, ASK_PERSON, "RFC 3261 21.3.5")
                .rule(MAY, "Contact", "RFC 3261 20.10")
                .rule(MAY, "Content-Type", "RFC 3261 21.3.5");

        code(400, 2543, "RFC 3261 21.4.1").means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.1");
        code(401, 2543, "RFC 3261 21.4.2")
                .means(CHALLENGED, SipFault.NOBODY, AUTHENTICATE, "RFC 3261 22.2")
                .rule(MUST, "WWW-Authenticate", "RFC 3261 22.2")
                .rule(MAY, "Proxy-Authenticate", "RFC 3261 16.7");
        code(402, 2543, "RFC 3261 21.4.3").means(FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 5057 5.1");
        code(403, 2543, "RFC 3261 21.4.4")
                .means(FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 3261 21.4.4")
                .rule(MAY, "P-Refused-URI-List", "RFC 5318 5");
        code(404, 2543, "RFC 3261 21.4.5")
                .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.4.5")
                .effect(DIALOG, "RFC 5057 5.1")
                .rule(MAY, "Retry-After", "RFC 3261 20.33");
        code(405, 2543, "RFC 3261 21.4.6")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.6")
                .effect(USAGE, "RFC 5057 5.1")
                .rule(MUST, "Allow", "RFC 3261 21.4.6");
        code(406, 2543, "RFC 3261 21.4.7")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.7")
                .http(HttpAnswer.OWN_SIDE);
        code(407, 2543, "RFC 3261 21.4.8")
                .means(CHALLENGED, SipFault.NOBODY, AUTHENTICATE, "RFC 3261 22.3")
                .rule(MUST, "Proxy-Authenticate", "RFC 3261 22.3")
                .rule(MAY, "WWW-Authenticate", "RFC 3261 16.7");
        code(408, 2543, "RFC 3261 21.4.9")
                .means(TIMEOUT, SipFault.NETWORK, RETRY_LATER, "RFC 3261 21.4.9")
                .answers("RFC 4320 4.2", "INVITE");
        code(409, 2543, "RFC 2543 7.4.10")
                .means(CONFLICT, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
        code(410, 2543, "RFC 3261 21.4.10")
                .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.4.10")
                .effect(DIALOG, "RFC 5057 5.1")
                .http(HttpAnswer.GONE);
        code(411, 2543, "RFC 2543 7.4.12")
                .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 2543 7.4.12")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
        code(412, 3903, "RFC 3903 11.2.1")
                .means(STATE_LOST, SipFault.OUR_SIDE, START_ANEW, "RFC 3903 5")
                .answers("RFC 3903 11.2.1", "PUBLISH")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Precondition Failed", "sofia-sip, reSIProcate; it is HTTP's");
        code(413, 2543, "RFC 3261 21.4.11")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                .http(HttpAnswer.TOO_LARGE)
                .alias("Payload Too Large", "HTTP (RFC 7231)")
                .alias("Content Too Large", "HTTP (RFC 9110)")
                .when(SHOULD, "Retry-After", "RFC 3261 21.4.11", TEMPORARY);
        code(414, 2543, "RFC 3261 21.4.12")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "")
                .http(HttpAnswer.INPUT_INCOMPLETE)
                .alias("Request-URI Too Large", "RFC 3261 25.1, JAIN-SIP")
                .alias("URI Too Long", "HTTP (RFC 9110)");
        code(415, 2543, "RFC 3261 21.4.13")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Unsupported Media", "lists on the web")
                .anyOf(MUST, "RFC 3261 21.4.13", "Accept", "Accept-Encoding", "Accept-Language");
        code(416, 3261, "RFC 3261 21.4.14")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                .effect(DIALOG, "RFC 5057 5.1")
                .alias("Requested Range Not Satisfiable", "HTTP (RFC 2616), lists on the web")
                .alias("Range Not Satisfiable", "HTTP (RFC 9110)");
        code(417, 4412, "RFC 4412 4.6.2")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 4412 4.7.1")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Bad Extension", "Kamailio, which means 420")
                .rule(MAY, "Accept-Resource-Priority", "RFC 4412 4.6.2");
        code(420, 2543, "RFC 3261 21.4.15")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                .http(HttpAnswer.OWN_SIDE)
                .rule(MUST, "Unsupported", "RFC 3261 21.4.15");
        code(421, 3261, "RFC 3261 21.4.16")
                .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.16")
                .alias("Etension Required", "JAIN-SIP, by a slip")
                .rule(MUST, "Require", "RFC 3261 21.4.16")
                .when(MUST, "Security-Server", "RFC 3329 2.3.2", REQUIRES_SEC_AGREE);
        code(422, 4028, "RFC 4028 6")
                .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 4028 7.3")
                .answers("RFC 4028 5", "INVITE", "UPDATE")
                .alias("Session Timer Too Small", "Wireshark")
                .rule(MUST, "Min-SE", "RFC 4028 6");
        code(423, 3261, "RFC 3261 21.4.17")
                .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 10.2.8")
                .answers("RFC 3261 21.4.17", "REGISTER", "SUBSCRIBE", "PUBLISH")
                .alias("Interval Too Small", "RFC 3265")
                .rule(MUST, "Min-Expires", "RFC 3261 10.3");
        code(424, 6442, "RFC 6442 4.3")
                .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6442 4.3")
                .effect(TRANSACTION, "RFC 6442 4.3")
                .http(HttpAnswer.INPUT_INCOMPLETE)
                .rule(MUST, "Geolocation-Error", "RFC 6442 4.3")
                .when(SHOULD, "Content-Type", "application/pidf+xml", "RFC 6442 4.3", MADE_BY_PROXY);
        code(425, 8876, "RFC 8876 5.1")
                .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8876 5.1")
                .effect(TRANSACTION, "RFC 8876 5.1")
                .http(HttpAnswer.INPUT_INCOMPLETE)
                .rule(MUST, "AlertMsg-Error", "RFC 8876 5.1");
        code(428, 4474, "RFC 8224 6.2.2")
                .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Use Supported PASSporT Format", "RFC 8224 6.2.2, for an unknown ppt");
        code(429, 3892, "RFC 3892 5").means(IDENTITY, SipFault.CALLER, CHANGE_REQUEST, "RFC 3892 2.1");
        code(430, 5626, "RFC 5626 11.5")
                .means(UNREACHABLE, SipFault.NETWORK, TRY_ELSEWHERE, "RFC 5626 7")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
        code(433, 5079, "RFC 5079 5")
                .means(IDENTITY, SipFault.CALLER, ASK_PERSON, "RFC 5079 4")
                .effect(TRANSACTION, "RFC 5079 4");
        code(436, 4474, "RFC 8224 6.2.2")
                .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Bad Identity-Info", "RFC 4474, most stacks");
        code(437, 4474, "RFC 8224 6.2.2")
                .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Unsupported Certificate", "RFC 4474, most stacks");
        code(438, 4474, "RFC 8224 6.2.2")
                .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                .http(HttpAnswer.OWN_SIDE)
                .alias("Invalid PASSporT", "RFC 8224 6.2.2");
        code(439, 5626, "RFC 5626 11.6")
                .means(UNSUPPORTED, SipFault.UPSTREAM, CHANGE_REQUEST, "RFC 5626 4.2.1")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                .answers("RFC 5626 11.6", "REGISTER")
                .alias("Stale Date", "sofia-sip, which means 403");
        code(440, 5393, "RFC 5393 5.3.3")
                .means(ROUTING, SipFault.UPSTREAM, CHANGE_REQUEST, "RFC 5393 5.1")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
        code(469, 6086, "RFC 6086 4.2.2")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6086 4.2")
                .effect(TRANSACTION, "RFC 6086 4.2.2")
                .answers("RFC 6086 4.2.2", "INFO")
                .http(HttpAnswer.OWN_SIDE)
                .rule(MUST, "Recv-Info", "RFC 6086 4.2.2");
        code(470, 5360, "RFC 5360 5.9.2")
                .means(FORBIDDEN, SipFault.CALLEE, ASK_PERSON, "RFC 5360 5.9.2")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                .rule(SHOULD, "Permission-Missing", "RFC 5360 5.9.2");
        code(477, 0, "")
                .means(UNREACHABLE, SipFault.UPSTREAM, RETRY_LATER, "")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                .alias("Unfortunately error on sending to next hop occurred (477/TM)", "Kamailio, OpenSIPS")
                .alias("Unfortunately error on sending to next hop occurred (477/SL)", "Kamailio, OpenSIPS");
        code(478, 0, "")
                .means(UNREACHABLE, SipFault.UPSTREAM, RETRY_LATER, "")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                .alias("Unresolvable destination (478/TM)", "Kamailio")
                .alias("Unresolvable destination (478/SL)", "Kamailio");
        code(479, 0, "")
                .means(MALFORMED, SipFault.UPSTREAM, CHANGE_REQUEST, "")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                .http(HttpAnswer.UPSTREAM)
                .alias("Regretfully, we were not able to process the URI (479/TM)", "Kamailio")
                .alias("Regretfully, we were not able to process the URI (479/SL)", "Kamailio");
        code(480, 2543, "RFC 3261 21.4.18")
                .means(UNAVAILABLE, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.4.18")
                .effect(USAGE, "RFC 5057 5.1")
                .alias("Temporarily not available", "RFC 3261 25.1, RFC 2543")
                .rule(MAY, "Retry-After", "RFC 3261 21.4.18")
                .when(SHOULD, "Warning", "RFC 5630 5.3", SIPS_MISMATCH);
        code(481, 2543, "RFC 3261 21.4.19")
                .means(STATE_LOST, SipFault.UPSTREAM, START_ANEW, "RFC 3261 12.2.1.2")
                .effect(USAGE, "RFC 5057 5.1")
                .alias("Call Leg/Transaction Does Not Exist", "RFC 3261 25.1, RFC 2543, JAIN-SIP");
        code(482, 2543, "RFC 3261 21.4.20")
                .means(ROUTING, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                .effect(DIALOG, "RFC 5057 5.1");
        code(483, 2543, "RFC 3261 21.4.21")
                .means(ROUTING, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                .effect(DIALOG, "RFC 5057 5.1");
        code(484, 2543, "RFC 3261 21.4.22")
                .means(NOT_FOUND, SipFault.CALLER, CHANGE_REQUEST, "RFC 3261 21.4.22")
                .effect(DIALOG, "RFC 5057 5.1")
                .http(HttpAnswer.INPUT_INCOMPLETE);
        code(485, 2543, "RFC 3261 21.4.23")
                .means(NOT_FOUND, SipFault.CALLER, ASK_PERSON, "RFC 3261 21.4.23")
                .effect(DIALOG, "RFC 5057 5.1")
                .http(HttpAnswer.INPUT_INCOMPLETE)
                .rule(MAY, "Contact", "RFC 3261 21.4.23");
        code(486, 2543, "RFC 3261 21.4.24")
                .means(BUSY, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.4.24")
                .rule(MAY, "Retry-After", "RFC 3261 21.4.24");
        code(487, 3261, "RFC 3261 21.4.25")
                .means(CANCELLED, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 9.1")
                .alias("Call Cancelled", "RFC 3398");
        code(488, 3261, "RFC 3261 21.4.26")
                .means(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.26")
                .to("INVITE", SHOULD, "Warning", "RFC 3261 13.3.1.3")
                .when(SHOULD, "Warning", "308", "RFC 8373 5.2", NO_COMMON_LANGUAGE)
                .rule(MAY, "Content-Type", "application/sdp", "RFC 3261 21.4.26");
        code(489, 3265, "RFC 6665 8.3.2")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6665 8.3.2")
                .effect(USAGE, "RFC 5057 5.1")
                .answers("RFC 6665 8.3.2", "SUBSCRIBE", "NOTIFY", "PUBLISH")
                .alias("Event Package Not Supported", "reSIProcate")
                .to("PUBLISH", MUST, "Allow-Events", "RFC 3903 11.1.1")
                // RFC 3265's table made it mandatory; RFC 6665 dropped the table and says only that it may be there.
                .to("SUBSCRIBE", SHOULD, "Allow-Events", "RFC 3265 7.2")
                .to("NOTIFY", SHOULD, "Allow-Events", "RFC 3265 7.2");
        code(490, 0, "")
                .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
        code(491, 3261, "RFC 3261 21.4.27")
                .means(CONFLICT, SipFault.NOBODY, BACK_OFF, "RFC 3261 14.1")
                .answers("RFC 3261 14.2", "INVITE", "UPDATE");
        code(493, 3261, "RFC 3261 21.4.28")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 23.2")
                .http(HttpAnswer.OWN_SIDE)
                .rule(MAY, "Content-Type", "RFC 3261 21.4.28");
        code(494, 3329, "RFC 3329 2.3.1")
                .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3329 2.3.1")
                .rule(MUST, "Security-Server", "RFC 3329 2.3.1")
                .when(MUST, "Require", "sec-agree", "RFC 3329 2.3.2", REQUEST_SUPPORTED_SEC_AGREE)
                .anyOfWhen(MUST, "RFC 3329 2.3.1", DIGEST_OFFERED, "Proxy-Authenticate", "WWW-Authenticate");

        code(500, 2543, "RFC 3261 21.5.1")
                .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "RFC 3261 21.5.1")
                .alias("Internal Server Error", "RFC 3261 25.1, HTTP, sofia-sip, SIP.js, ersip")
                .alias("JsSIP Internal Error", "JsSIP")
                .rule(MAY, "Retry-After", "RFC 3261 21.5.1")
                .to("INVITE", MUST, "Retry-After", "RFC 3261 14.2", OVERLAPPING_CHANGE)
                .to("UPDATE", MUST, "Retry-After", "RFC 3311 5.2", OVERLAPPING_CHANGE);
        code(501, 2543, "RFC 3261 21.5.2")
                .means(UNSUPPORTED, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                .effect(USAGE, "RFC 5057 5.1");
        code(502, 2543, "RFC 3261 21.5.3")
                .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "")
                .effect(DIALOG, "RFC 5057 5.1");
        code(503, 2543, "RFC 3261 21.5.4")
                .means(OVERLOAD, SipFault.UPSTREAM, TRY_ELSEWHERE, "RFC 3263 4.3")
                .rule(MAY, "Retry-After", "RFC 3261 21.5.4");
        code(504, 2543, "RFC 3261 21.5.5")
                .means(TIMEOUT, SipFault.UPSTREAM, RETRY_LATER, "")
                .alias("Gateway Time-out", "RFC 2543, RFC 4497, sofia-sip")
                .alias("Gateway Timeout", "HTTP, JAIN-SIP");
        code(505, 2543, "RFC 3261 21.5.6")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, DO_NOT_RETRY, "")
                .http(HttpAnswer.OWN_SIDE)
                .alias("SIP Version not supported", "RFC 3261 25.1, JAIN-SIP");
        code(513, 3261, "RFC 3261 21.5.7")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.5.7")
                .http(HttpAnswer.TOO_LARGE);
        code(555, 8599, "RFC 8599 8.1")
                .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8599 4.1.5")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 5xx)")
                .answers("RFC 8599 8.1", "REGISTER");
        code(580, 3312, "RFC 3312 8")
                .means(MEDIA, SipFault.NETWORK, CHANGE_REQUEST, "RFC 3312 8")
                .answers("RFC 3312 8", "INVITE", "UPDATE")
                .http(HttpAnswer.UPSTREAM)
                .alias("Precondition-Failure", "RFC 3312 8")
                .rule(SHOULD, "Content-Type", "application/sdp", "RFC 3312 8");

        code(600, 2543, "RFC 3261 21.6.1")
                .means(BUSY, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.6.1")
                .rule(MAY, "Retry-After", "RFC 3261 21.6.1");
        code(603, 2543, "RFC 3261 21.6.2")
                .means(DECLINED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 3261 21.6.2")
                .alias("Declined", "Asterisk")
                .rule(MAY, "Retry-After", "RFC 3261 21.6.2")
                .when(SHOULD, "Reason", "ATIS-1000099 (read in summaries only)", PHRASE_NETWORK_BLOCKED);
        code(604, 2543, "RFC 3261 21.6.3")
                .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.6.3")
                .effect(DIALOG, "RFC 5057 5.1");
        code(605, 0, "")
                .means(DECLINED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 3261 8.1.3.2")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)");
        code(606, 2543, "RFC 3261 21.6.4")
                .means(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.6.4")
                .alias("Session Not Acceptable", "JAIN-SIP")
                .rule(MAY, "Warning", "RFC 3261 21.6.4")
                .when(SHOULD, "Warning", "308", "RFC 8373 5.2", NO_COMMON_LANGUAGE)
                .rule(MAY, "Content-Type", "application/sdp", "RFC 3261 21.6.4");
        code(607, 8197, "RFC 8197 4")
                .means(BLOCKED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 8197 4")
                .effect(TRANSACTION, "RFC 8197 4");
        code(608, 8688, "RFC 8688 3.1")
                .means(BLOCKED, SipFault.NETWORK, DO_NOT_RETRY, "RFC 8688 3.3")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)")
                .when(MUST, "Call-Info", ";purpose=jwscard", "RFC 8688 3.1", NO_SIGN_OF_MALICE);
        code(687, 0, "")
                .means(CANCELLED, SipFault.UNKNOWN, SipAdvice.NONE, "")
                .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)");

        others(SipCodeClass.PROVISIONAL, "RFC 3261 21.1")
                .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
        others(SipCodeClass.SUCCESSFUL, "RFC 3261 21.2")
                .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
        others(SipCodeClass.REDIRECTION, "RFC 3261 21.3")
                .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.2");
        others(SipCodeClass.REQUEST_FAILURE, "RFC 3261 21.4")
                .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2");
        others(SipCodeClass.SERVER_FAILURE, "RFC 3261 21.5")
                .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "RFC 3261 8.1.3.2");
        others(SipCodeClass.GLOBAL_FAILURES, "RFC 3261 21.6")
                .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 3261 8.1.3.2");
    }

    List<SipHeaderRule> headers() {
        return headers.list;
    }

    /** What a 1xx that is not 100 has to have, whichever it is. */
    private static final List<SipHeaderRule> RELIABLE_HEADERS = new Rules()
            .to("INVITE", MUST, "RSeq", "RFC 3262 3", SENT_RELIABLY)
            .to("INVITE", MUST, "Require", "100rel", "RFC 3262 3", SENT_RELIABLY)
            .to("INVITE", MUST, "Recv-Info", "RFC 6086 5.2.3", SENT_RELIABLY, REQUEST_HAD_RECV_INFO)
            .list;

    // A 199 ends a dialog and creates none.
    private static final List<SipHeaderRule> EARLY_DIALOG_HEADERS = new Rules()
            .to("INVITE", MUST, "Contact", "RFC 3261 12.1.1", DIALOG_CREATED)
            .to("INVITE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .list;

    private static final List<SipHeaderRule> SUCCESS_HEADERS = new Rules()
            .to("INVITE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .to("SUBSCRIBE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .to("REFER", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .rule(MAY, "Authentication-Info", "RFC 3261 20.6")
            .rule(MAY, "Supported", "RFC 3261 20.37")
            .list;

    private static final List<SipHeaderRule> FAILURE_HEADERS =
            new Rules().rule(MAY, "Error-Info", "RFC 3261 20.18").list;

    // 100 goes one hop only and says next to nothing.
    private static final List<SipHeaderRule> NOT_IN_100 = new Rules()
            .rule(MUST, "To", ";tag", "RFC 3261 8.2.6.2")
            .rule(MAY, "Reason", "Q.850", "RFC 6432 3")
            .rule(MAY, "Reason", "STIR", "RFC 9410")
            .when(MAY, "Geolocation-Error", "RFC 6442 4.4", REQUEST_HAD_GEOLOCATION)
            .when(MAY, "AlertMsg-Error", "RFC 8876 5.2", REQUEST_HAD_ALERT)
            .when(MUST_NOT, "Recv-Info", "RFC 6086 5.2.3", REQUEST_LACKED_RECV_INFO)
            .list;

    private static final List<SipHeaderRule> EVERYWHERE = new Rules()
            .rule(MUST, "Via", "RFC 3261 8.2.6.2")
            .rule(MUST, "From", "RFC 3261 8.2.6.2")
            .rule(MUST, "To", "RFC 3261 8.2.6.2")
            .rule(MUST, "Call-ID", "RFC 3261 8.2.6.2")
            .rule(MUST, "CSeq", "RFC 3261 8.2.6.2")
            .when(MUST, "Content-Length", "RFC 3261 20.14", STREAM_TRANSPORT)
            .when(SHOULD, "Content-Length", "RFC 3261 20.14", NO_STREAM_TRANSPORT)
            .when(MUST, "Content-Type", "RFC 3261 20.15", BODY)
            .when(MAY, "Require", "RFC 3261 20.32", EXTENSION_NEEDED)
            .rule(MAY, "Server", "RFC 3261 20.35")
            .rule(MAY, "Warning", "RFC 3261 20.43")
            .rule(MAY, "Allow", "RFC 3261 20.5")
            .rule(MAY, "Date", "RFC 3261 20.17")
            .rule(MAY, "Timestamp", "RFC 3261 20.38")
            .rule(MAY, "Call-Info", "RFC 3261 20.9")
            .list;

    private static final SipHeaderRule ONLY_IN_422 =
            new Rules().rule(MUST_NOT, "Min-SE", "RFC 4028 5").list.get(0);
    private static final SipHeaderRule ONLY_IN_403 =
            new Rules().rule(MUST_NOT, "P-Refused-URI-List", "RFC 5318 5").list.get(0);

    // Retry-After counts with these eight and no others: RFC 3261 20.33 and Table 3.
    private static final Set<Integer> RETRY_AFTER = Set.of(404, 413, 480, 486, 500, 503, 600, 603);

    /** The rules that are not about this code alone. */
    static List<SipHeaderRule> commonHeaders(SipCode code) {
        List<SipHeaderRule> rules = new ArrayList<>(EVERYWHERE);
        if (code != SipCode.TRYING_100) {
            rules.addAll(NOT_IN_100);
        }
        if (code.isProvisional() && code != SipCode.TRYING_100) {
            rules.addAll(RELIABLE_HEADERS);
            if (code != SipCode.EARLY_DIALOG_TERMINATED_199) {
                rules.addAll(EARLY_DIALOG_HEADERS);
            }
        }
        if (code.isSuccess()) {
            rules.addAll(SUCCESS_HEADERS);
        }
        if (code.value() >= 300) {
            rules.addAll(FAILURE_HEADERS);
        }
        if (code != SipCode.SESSION_INTERVAL_TOO_SMALL_422) {
            rules.add(ONLY_IN_422);
        }
        if (code != SipCode.FORBIDDEN_403) {
            rules.add(ONLY_IN_403);
        }
        return rules;
    }

    /** Whether Retry-After says something with this code. */
    static boolean honoursRetryAfter(SipCode code) {
        return RETRY_AFTER.contains(code.value());
    }

    /** Whether the same request goes to the next server: after a 503 and after nothing else (RFC 3263 section 4.3). */
    static boolean failsOver(SipCode code) {
        return code == SipCode.SERVICE_UNAVAILABLE_503;
    }

    /** Whether a proxy cancels what it still has open: after a 2xx and a 6xx (RFC 3261 section 16.7). */
    static boolean stopsForking(SipCode code) {
        return code.isSuccess() || code.codeClass() == SipCodeClass.GLOBAL_FAILURES;
    }

    /** The parts in RFC 6076's metrics. It names 200 alone, so another 2xx has none. */
    static Set<SipMetricRole> roles(SipCode code) {
        return switch (code.value()) {
            case 200 -> Set.of(SipMetricRole.SER, SipMetricRole.SEER);
            case 401, 402, 407 -> Set.of();
            case 408, 500, 503, 504 -> Set.of(SipMetricRole.ISA, SipMetricRole.IRA);
            case 480, 486, 600, 603 -> Set.of(SipMetricRole.SEER, SipMetricRole.IRA);
            default ->
                code.isRedirection()
                        ? Set.of(SipMetricRole.NOT_COUNTED)
                        : code.isFailure() ? Set.of(SipMetricRole.IRA) : Set.of();
        };
    }

    static Facts of(SipCode code) {
        Facts row = ROWS[code.value() - SipCode.MIN];
        return row != null ? row : CLASSES[code.codeClass().ordinal()];
    }

    private static Facts code(int value, int since, String reference) {
        Facts row = new Facts(SipCode.of(value).codeClass(), since, reference);
        ROWS[value - SipCode.MIN] = row;
        return row;
    }

    private static Facts others(SipCodeClass codeClass, String reference) {
        Facts row = new Facts(codeClass, 0, reference);
        CLASSES[codeClass.ordinal()] = row;
        return row;
    }

    private Facts means(SipOutcome outcome, SipFault fault, SipAdvice advice, String adviceReference) {
        this.outcome = outcome;
        this.fault = fault;
        this.advice = advice;
        this.adviceReference = adviceReference;
        return this;
    }

    private Facts http(HttpAnswer http) {
        this.http = http;
        return this;
    }

    private Facts effect(SipEffect effect, String reference) {
        this.effect = effect;
        this.effectReference = reference;
        return this;
    }

    private Facts answers(String reference, String... methods) {
        this.methods = Set.of(methods);
        this.methodsReference = reference;
        return this;
    }

    private Facts alias(String phrase, String usedBy) {
        List<SipEntry.Alias> more = new ArrayList<>(aliases);
        more.add(new SipEntry.Alias(phrase, usedBy));
        aliases = List.copyOf(more);
        return this;
    }

    private Facts rule(Strength strength, String header, String reference) {
        headers.rule(strength, header, reference);
        return this;
    }

    private Facts rule(Strength strength, String header, String value, String reference) {
        headers.rule(strength, header, value, reference);
        return this;
    }

    private Facts when(Strength strength, String header, String reference, Condition condition) {
        headers.when(strength, header, reference, condition);
        return this;
    }

    private Facts when(Strength strength, String header, String value, String reference, Condition condition) {
        headers.add(List.of(header), value, strength, Set.of(), Set.of(condition), reference);
        return this;
    }

    private Facts to(String method, Strength strength, String header, String reference, Condition... conditions) {
        headers.to(method, strength, header, reference, conditions);
        return this;
    }

    private Facts to(String method, Strength strength, String header, String value, String reference, Condition when) {
        headers.to(method, strength, header, value, reference, when);
        return this;
    }

    private Facts anyOf(Strength strength, String reference, String... anyOf) {
        headers.add(List.of(anyOf), "", strength, Set.of(), Set.of(), reference);
        return this;
    }

    private Facts anyOfWhen(Strength strength, String reference, Condition condition, String... anyOf) {
        headers.add(List.of(anyOf), "", strength, Set.of(), Set.of(condition), reference);
        return this;
    }

    /** Collects rules for header fields. */
    private static final class Rules {

        private final List<SipHeaderRule> list = new ArrayList<>(2);

        Rules rule(Strength strength, String header, String reference) {
            return add(List.of(header), "", strength, Set.of(), Set.of(), reference);
        }

        Rules rule(Strength strength, String header, String value, String reference) {
            return add(List.of(header), value, strength, Set.of(), Set.of(), reference);
        }

        Rules when(Strength strength, String header, String reference, Condition condition) {
            return add(List.of(header), "", strength, Set.of(), Set.of(condition), reference);
        }

        Rules to(String method, Strength strength, String header, String reference, Condition... conditions) {
            return add(List.of(header), "", strength, Set.of(method), Set.of(conditions), reference);
        }

        Rules to(String method, Strength strength, String header, String value, String reference, Condition when) {
            return add(List.of(header), value, strength, Set.of(method), Set.of(when), reference);
        }

        Rules add(
                List<String> anyOf,
                String value,
                Strength strength,
                Set<String> methods,
                Set<Condition> conditions,
                String reference) {
            list.add(new SipHeaderRule(anyOf, value, strength, methods, conditions, reference));
            return this;
        }
    }
}
