package io.sipcodes;

import static io.sipcodes.SipHeaderRule.Condition.*;
import static io.sipcodes.SipHeaderRule.Strength.*;

import io.sipcodes.SipHeaderRule.Condition;
import io.sipcodes.SipHeaderRule.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the RFCs say of the header fields of each code: one row a code, and below the rows what is said of many. A row
 * reads: the code; then rule by rule how strong it is, the field, what the field has to hold, where that is said, and
 * when it counts. It stands apart from {@link Facts} because most who ask what a code means never ask for this.
 */
final class HeaderRules {

    private static final HeaderRules[] ROWS = new HeaderRules[SipCode.MAX - SipCode.MIN + 1];

    private final List<SipHeaderRule> list = new ArrayList<>(2);

    private HeaderRules() {}

    static {
        code(100)
                .when(MUST, "Timestamp", "RFC 3261 8.2.6.1", REQUEST_HAD_TIMESTAMP)
                .rule(MUST_NOT, "RSeq", "RFC 3262 3")
                .rule(MUST_NOT, "Require", "100rel", "RFC 3262 3");
        code(180).rule(MAY, "Alert-Info", "RFC 3261 20.4");
        code(199)
                .rule(MUST, "Reason", "SIP", "RFC 6228 5")
                .rule(MUST_NOT, "Supported", "199", "RFC 6228 5")
                .rule(MUST_NOT, "Require", "199", "RFC 6228 5")
                .rule(MUST_NOT, "Proxy-Require", "199", "RFC 6228 5")
                .when(SHOULD_NOT, "Contact", "RFC 6228 6", MADE_BY_PROXY)
                .when(SHOULD_NOT, "Record-Route", "RFC 6228 6", MADE_BY_PROXY);

        code(200)
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
        code(204).rule(MUST, "Expires", "RFC 6665 3.1.1");

        code(300).rule(SHOULD, "Contact", "RFC 3261 13.3.1.2");
        code(301).rule(SHOULD, "Contact", "RFC 3261 13.3.1.2");
        code(302).rule(SHOULD, "Contact", "RFC 3261 13.3.1.2").rule(MAY, "Expires", "RFC 3261 21.3.3");
        code(305).rule(MUST, "Contact", "RFC 3261 21.3.4");
        code(380).rule(MAY, "Contact", "RFC 3261 20.10").rule(MAY, "Content-Type", "RFC 3261 21.3.5");

        code(401).rule(MUST, "WWW-Authenticate", "RFC 3261 22.2").rule(MAY, "Proxy-Authenticate", "RFC 3261 16.7");
        code(403).rule(MAY, "P-Refused-URI-List", "RFC 5318 5");
        code(404).rule(MAY, "Retry-After", "RFC 3261 20.33");
        code(405).rule(MUST, "Allow", "RFC 3261 21.4.6");
        code(407).rule(MUST, "Proxy-Authenticate", "RFC 3261 22.3").rule(MAY, "WWW-Authenticate", "RFC 3261 16.7");
        code(413).when(SHOULD, "Retry-After", "RFC 3261 21.4.11", TEMPORARY);
        code(415).anyOf(MUST, "RFC 3261 21.4.13", "Accept", "Accept-Encoding", "Accept-Language");
        code(417).rule(MAY, "Accept-Resource-Priority", "RFC 4412 4.6.2");
        code(420).rule(MUST, "Unsupported", "RFC 3261 21.4.15");
        code(421)
                .rule(MUST, "Require", "RFC 3261 21.4.16")
                .when(MUST, "Security-Server", "RFC 3329 2.3.2", REQUIRES_SEC_AGREE);
        code(422).rule(MUST, "Min-SE", "RFC 4028 6");
        code(423).rule(MUST, "Min-Expires", "RFC 3261 10.3");
        code(424)
                .rule(MUST, "Geolocation-Error", "RFC 6442 4.3")
                .when(SHOULD, "Content-Type", "application/pidf+xml", "RFC 6442 4.3", MADE_BY_PROXY);
        code(425).rule(MUST, "AlertMsg-Error", "RFC 8876 5.1");
        code(469).rule(MUST, "Recv-Info", "RFC 6086 4.2.2");
        code(470).rule(SHOULD, "Permission-Missing", "RFC 5360 5.9.2");
        code(480).rule(MAY, "Retry-After", "RFC 3261 21.4.18").when(SHOULD, "Warning", "RFC 5630 5.3", SIPS_MISMATCH);
        code(485).rule(MAY, "Contact", "RFC 3261 21.4.23");
        code(486).rule(MAY, "Retry-After", "RFC 3261 21.4.24");
        code(488)
                .to("INVITE", SHOULD, "Warning", "RFC 3261 13.3.1.3")
                .when(SHOULD, "Warning", "308", "RFC 8373 5.2", NO_COMMON_LANGUAGE)
                .rule(MAY, "Content-Type", "application/sdp", "RFC 3261 21.4.26");
        code(489)
                .to("PUBLISH", MUST, "Allow-Events", "RFC 3903 11.1.1")
                // RFC 3265's table made it mandatory; RFC 6665 dropped the table and says only that it may be there.
                .to("SUBSCRIBE", SHOULD, "Allow-Events", "RFC 3265 7.2")
                .to("NOTIFY", SHOULD, "Allow-Events", "RFC 3265 7.2");
        code(493).rule(MAY, "Content-Type", "RFC 3261 21.4.28");
        code(494)
                .rule(MUST, "Security-Server", "RFC 3329 2.3.1")
                .when(MUST, "Require", "sec-agree", "RFC 3329 2.3.2", REQUEST_SUPPORTED_SEC_AGREE)
                .anyOfWhen(MUST, "RFC 3329 2.3.1", DIGEST_OFFERED, "Proxy-Authenticate", "WWW-Authenticate");

        code(500)
                .rule(MAY, "Retry-After", "RFC 3261 21.5.1")
                .to("INVITE", MUST, "Retry-After", "RFC 3261 14.2", OVERLAPPING_CHANGE)
                .to("UPDATE", MUST, "Retry-After", "RFC 3311 5.2", OVERLAPPING_CHANGE);
        code(503).rule(MAY, "Retry-After", "RFC 3261 21.5.4");
        code(580).rule(SHOULD, "Content-Type", "application/sdp", "RFC 3312 8");

        code(600).rule(MAY, "Retry-After", "RFC 3261 21.6.1");
        code(603)
                .rule(MAY, "Retry-After", "RFC 3261 21.6.2")
                .when(SHOULD, "Reason", "ATIS-1000099 (read in summaries only)", PHRASE_NETWORK_BLOCKED);
        code(606)
                .rule(MAY, "Warning", "RFC 3261 21.6.4")
                .when(SHOULD, "Warning", "308", "RFC 8373 5.2", NO_COMMON_LANGUAGE)
                .rule(MAY, "Content-Type", "application/sdp", "RFC 3261 21.6.4");
        code(608).when(MUST, "Call-Info", ";purpose=jwscard", "RFC 8688 3.1", NO_SIGN_OF_MALICE);
    }

    /** What a 1xx that is not 100 has to have, whichever it is. */
    private static final List<SipHeaderRule> RELIABLE_HEADERS = new HeaderRules()
            .to("INVITE", MUST, "RSeq", "RFC 3262 3", SENT_RELIABLY)
            .to("INVITE", MUST, "Require", "100rel", "RFC 3262 3", SENT_RELIABLY)
            .to("INVITE", MUST, "Recv-Info", "RFC 6086 5.2.3", SENT_RELIABLY, REQUEST_HAD_RECV_INFO)
            .list;

    // A 199 ends a dialog and creates none.
    private static final List<SipHeaderRule> EARLY_DIALOG_HEADERS = new HeaderRules()
            .to("INVITE", MUST, "Contact", "RFC 3261 12.1.1", DIALOG_CREATED)
            .to("INVITE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .list;

    // None for REFER: with Refer-Sub: false it creates no dialog (RFC 4488 section 4).
    private static final List<SipHeaderRule> SUCCESS_HEADERS = new HeaderRules()
            .to("INVITE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .to("SUBSCRIBE", MUST, "Record-Route", "RFC 3261 12.1.1", DIALOG_CREATED, REQUEST_HAD_RECORD_ROUTE)
            .rule(MAY, "Authentication-Info", "RFC 3261 20.6")
            .rule(MAY, "Supported", "RFC 3261 20.37")
            .list;

    private static final List<SipHeaderRule> FAILURE_HEADERS =
            new HeaderRules().rule(MAY, "Error-Info", "RFC 3261 20.18").list;

    // 100 goes one hop only and says next to nothing.
    private static final List<SipHeaderRule> NOT_IN_100 = new HeaderRules()
            .rule(MUST, "To", ";tag", "RFC 3261 8.2.6.2")
            .rule(MAY, "Reason", "Q.850", "RFC 6432 3")
            .rule(MAY, "Reason", "STIR", "RFC 9410")
            .when(MAY, "Geolocation-Error", "RFC 6442 4.4", REQUEST_HAD_GEOLOCATION)
            .when(MAY, "AlertMsg-Error", "RFC 8876 5.2", REQUEST_HAD_ALERT)
            .list;

    // An INFO never has Recv-Info, but its 469 must. Not in 100 either.
    private static final List<SipHeaderRule> NOT_IN_469 =
            new HeaderRules().when(MUST_NOT, "Recv-Info", "RFC 6086 5.2.3", REQUEST_LACKED_RECV_INFO).list;

    private static final List<SipHeaderRule> EVERYWHERE = new HeaderRules()
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
            new HeaderRules().rule(MUST_NOT, "Min-SE", "RFC 4028 5").list.get(0);
    private static final SipHeaderRule ONLY_IN_403 = new HeaderRules()
            .rule(MUST_NOT, "P-Refused-URI-List", "RFC 5318 5")
            .list
            .get(0);

    /** The rules that are about this code in particular. */
    static List<SipHeaderRule> of(SipCode code) {
        HeaderRules row = ROWS[code.value() - SipCode.MIN];
        return row == null ? List.of() : row.list;
    }

    /** The rules that are not about this code alone. */
    static List<SipHeaderRule> common(SipCode code) {
        List<SipHeaderRule> rules = new ArrayList<>(EVERYWHERE);
        if (code != SipCode.TRYING_100) {
            rules.addAll(NOT_IN_100);
            if (code != SipCode.BAD_INFO_PACKAGE_469) {
                rules.addAll(NOT_IN_469);
            }
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

    private static HeaderRules code(int value) {
        HeaderRules row = new HeaderRules();
        ROWS[value - SipCode.MIN] = row;
        return row;
    }

    private HeaderRules rule(Strength strength, String header, String reference) {
        return add(new SipHeaderRule(List.of(header), "", strength, Set.of(), Set.of(), reference));
    }

    private HeaderRules rule(Strength strength, String header, String value, String reference) {
        return add(new SipHeaderRule(List.of(header), value, strength, Set.of(), Set.of(), reference));
    }

    private HeaderRules when(Strength strength, String header, String reference, Condition condition) {
        return add(new SipHeaderRule(List.of(header), "", strength, Set.of(), Set.of(condition), reference));
    }

    private HeaderRules when(Strength strength, String header, String value, String reference, Condition condition) {
        return add(new SipHeaderRule(List.of(header), value, strength, Set.of(), Set.of(condition), reference));
    }

    private HeaderRules to(String method, Strength strength, String header, String reference, Condition... conditions) {
        return add(new SipHeaderRule(List.of(header), "", strength, Set.of(method), Set.of(conditions), reference));
    }

    private HeaderRules to(
            String method, Strength strength, String header, String value, String reference, Condition... conditions) {
        return add(new SipHeaderRule(List.of(header), value, strength, Set.of(method), Set.of(conditions), reference));
    }

    private HeaderRules anyOf(Strength strength, String reference, String... anyOf) {
        return add(new SipHeaderRule(List.of(anyOf), "", strength, Set.of(), Set.of(), reference));
    }

    private HeaderRules anyOfWhen(Strength strength, String reference, Condition condition, String... anyOf) {
        return add(new SipHeaderRule(List.of(anyOf), "", strength, Set.of(), Set.of(condition), reference));
    }

    private HeaderRules add(SipHeaderRule rule) {
        list.add(rule);
        return this;
    }
}
