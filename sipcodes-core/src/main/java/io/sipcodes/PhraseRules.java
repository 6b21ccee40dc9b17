package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipOutcome.*;

import java.util.ArrayList;
import java.util.List;

/**
 * The reason phrases that are common in the wild and say more than their code: one row a meaning, whose words are in the
 * language files under {@code phrase.<id>}. An override of the user's own decides before them.
 */
final class PhraseRules {

    static final List<SipOverride> ALL;

    static {
        List<SipOverride> all = new ArrayList<>();
        new Row("network-blocked", BLOCKED, SipFault.NETWORK, DO_NOT_RETRY)
                .codes(603)
                .phrases(all, "network blocked*");
        new Row("blocklisted", BLOCKED, SipFault.UNKNOWN, DO_NOT_RETRY)
                .phrases(all, "*blacklist*", "*blocklist*", "*robocall*", "*spam*");
        new Row("credit-used-up", FORBIDDEN, SipFault.CALLER, ASK_PERSON)
                .phrases(
                        all,
                        "*negative balance*",
                        "*insufficient balance*",
                        "*insufficient credit*",
                        "*insufficient fund*",
                        "*low balance*",
                        "*low credit*",
                        "*not enough balance*",
                        "*not enough credit*",
                        "*no credit*",
                        "*out of credit*",
                        "*out of funds*",
                        "*credit limit*");
        new Row("stale-date", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST)
                .codes(403)
                .phrases(all, "stale date");
        new Row("wrong-password", CREDENTIALS, SipFault.CREDENTIALS, DO_NOT_RETRY)
                .phrases(
                        all,
                        "*wrong password*",
                        "*invalid password*",
                        "*incorrect password*",
                        "*bad password*",
                        "*wrong credential*",
                        "*invalid credential*",
                        "*bad auth*",
                        "*auth* failed*",
                        "*authentication failure*",
                        "*authentication error*");
        new Row("account-locked", CREDENTIALS, SipFault.CREDENTIALS, ASK_PERSON)
                .phrases(
                        all,
                        "*account*suspended*",
                        "*account*locked*",
                        "*account*disabled*",
                        "*account*blocked*",
                        "*account*inactive*",
                        "*account*expired*");
        new Row("nonce-changed", CHALLENGED, SipFault.NOBODY, AUTHENTICATE)
                .phrases(all, "*nonce has changed*", "*stale nonce*", "*nonce*stale*", "*nonce*expired*");
        new Row("no-channel", OVERLOAD, SipFault.UPSTREAM, RETRY_LATER)
                .phrases(
                        all,
                        "*no channel*",
                        "*no free channel*",
                        "*no available channel*",
                        "*no circuit*",
                        "*all circuits*busy*",
                        "*all channels*busy*",
                        "*channel limit*",
                        "*channels exceeded*",
                        "*call limit*",
                        "*concurrent calls*",
                        "*simultaneous calls*",
                        "*maximum calls*",
                        "*max calls*");
        new Row("rate-exceeded", OVERLOAD, SipFault.OUR_SIDE, RETRY_LATER)
                .phrases(
                        all,
                        "*too many requests*",
                        "*too many calls*",
                        "*rate limit*",
                        "*rate exceeded*",
                        "*calls per second*",
                        "*cps*exceeded*",
                        "*cps limit*");
        new Row("source-not-allowed", FORBIDDEN, SipFault.OUR_SIDE, ASK_PERSON)
                .codes(403)
                .phrases(all, "ip *not*", "* ip *not*", "*unknown ip*", "*unknown source*", "*source not*");
        new Row("relay-denied", FORBIDDEN, SipFault.OUR_SIDE, CHANGE_REQUEST)
                .codes(403)
                .phrases(
                        all,
                        "*relay*denied*",
                        "*relay*forbidden*",
                        "*rely forbidden*",
                        "*no relaying*",
                        "*not relaying*");
        new Row("caller-number-refused", FORBIDDEN, SipFault.OUR_SIDE, CHANGE_REQUEST)
                .codes(403)
                .phrases(all, "*caller id*", "*callerid*", "*invalid cli*", "*cli not*", "*invalid caller*");
        new Row("destination-barred", FORBIDDEN, SipFault.CALLER, ASK_PERSON)
                .codes(403)
                .phrases(
                        all,
                        "*barred*",
                        "*destination*not allowed*",
                        "*destination*not permitted*",
                        "*destination*blocked*",
                        "*international*not *");
        new Row("not-registered", UNAVAILABLE, SipFault.CALLEE, RETRY_LATER)
                .codes(404, 480)
                .phrases(all, "*not registered*", "*not online*", "*offline*");
        new Row("do-not-disturb", UNAVAILABLE, SipFault.CALLEE, RETRY_LATER)
                .phrases(all, "*do not disturb*", "*do-not-disturb*", "dnd", "*(dnd)*");
        new Row("no-answer", NO_ANSWER, SipFault.CALLEE, RETRY_LATER)
                .codes(408, 480)
                .phrases(all, "*no answer*", "*not answer*");
        new Row("number-unassigned", NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY)
                .phrases(
                        all,
                        "*unallocated*",
                        "*unassigned*",
                        "*number not in service*",
                        "*invalid number*",
                        "*number does not exist*");
        new Row("no-codec", MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST)
                .phrases(all, "*codec*", "*incompatible sdp*", "*incompatible media*");
        new Row("request-merged", ROUTING, SipFault.NOBODY, NONE)
                .codes(482)
                .phrases(all, "*request merged*", "*merged request*");
        new Row("no-route", ROUTING, SipFault.UPSTREAM, TRY_ELSEWHERE)
                .phrases(
                        all,
                        "*no gateway*",
                        "*no available gateway*",
                        "*no route*",
                        "*no destination available*",
                        "*no rules matched*");
        new Row("script-error", SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER)
                .codes(500)
                .phrases(
                        all,
                        "*terribly sorry*",
                        "*server error occurred*",
                        "*script error*",
                        "*config* error*",
                        "*database error*");
        new Row("service-full", OVERLOAD, SipFault.UPSTREAM, TRY_ELSEWHERE)
                .phrases(all, "*service full*", "*server full*");
        ALL = List.copyOf(all);
    }

    private PhraseRules() {}

    private record Row(String id, SipOutcome outcome, SipFault fault, SipAdvice advice, int... only) {

        Row codes(int... codes) {
            return new Row(id, outcome, fault, advice, codes);
        }

        void phrases(List<SipOverride> all, String... patterns) {
            for (String pattern : patterns) {
                for (int code : only) {
                    all.add(override(pattern).code(SipCode.of(code)).build());
                }
                // Most such phrases come with whatever failure code somebody's routing script was given.
                if (only.length == 0) {
                    all.add(override(pattern).build());
                }
            }
        }

        private SipOverride.Builder override(String pattern) {
            return SipOverride.named(id)
                    .phrase(pattern)
                    .outcome(outcome)
                    .fault(fault)
                    .advice(advice)
                    .bundled();
        }
    }
}
