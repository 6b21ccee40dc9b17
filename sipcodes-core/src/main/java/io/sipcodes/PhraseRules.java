package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipCode.*;
import static io.sipcodes.SipOutcome.*;

import java.util.ArrayList;
import java.util.List;

/**
 * The reason phrases that are common in the wild and say more than their code: one row a meaning, whose words are in the
 * language files under {@code phrase.<id>}. A row reads: the id, what became of the request, who has to act, what to do
 * next, the codes it is for, and the patterns with | between them. An override of the user's own decides before them.
 */
final class PhraseRules {

    static final List<SipOverride> ALL;

    // Most such phrases come with whatever failure code somebody's routing script was given.
    private static final List<SipCode> ANY_FAILURE = List.of();

    private static final List<SipOverride> RULES = new ArrayList<>();

    static {
        row("network-blocked", BLOCKED, SipFault.NETWORK, DO_NOT_RETRY, List.of(DECLINE_603), "network blocked*");
        row(
                "blocklisted",
                BLOCKED,
                SipFault.UNKNOWN,
                DO_NOT_RETRY,
                ANY_FAILURE,
                "*blacklist* | *blocklist* | *robocall* | *spam*");
        row(
                "credit-used-up",
                FORBIDDEN,
                SipFault.CALLER,
                ASK_PERSON,
                ANY_FAILURE,
                "*negative balance* | *insufficient balance* | *insufficient credit* | "
                        + "*insufficient fund* | *low balance* | *low credit* | *not enough balance* | "
                        + "*not enough credit* | *no credit* | *out of credit* | *out of funds* | *credit limit*");
        row("stale-date", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, List.of(FORBIDDEN_403), "stale date");
        row(
                "wrong-password",
                CREDENTIALS,
                SipFault.CREDENTIALS,
                DO_NOT_RETRY,
                ANY_FAILURE,
                "*wrong password* | *invalid password* | *incorrect password* | *bad password* | "
                        + "*wrong credential* | *invalid credential* | *bad auth* | *auth* failed* | "
                        + "*authentication failure* | *authentication error*");
        row(
                "account-locked",
                CREDENTIALS,
                SipFault.CREDENTIALS,
                ASK_PERSON,
                ANY_FAILURE,
                "*account*suspended* | *account*locked* | *account*disabled* | *account*blocked* | "
                        + "*account*inactive* | *account*expired*");
        row(
                "nonce-changed",
                CHALLENGED,
                SipFault.NOBODY,
                AUTHENTICATE,
                ANY_FAILURE,
                "*nonce has changed* | *stale nonce* | *nonce*stale* | *nonce*expired*");
        row(
                "no-channel",
                OVERLOAD,
                SipFault.UPSTREAM,
                RETRY_LATER,
                ANY_FAILURE,
                "*no channel* | *no free channel* | *no available channel* | *no circuit* | "
                        + "*all circuits*busy* | *all channels*busy* | *channel limit* | *channels exceeded* | "
                        + "*call limit* | *concurrent calls* | *simultaneous calls* | *maximum calls* | *max calls*");
        row(
                "rate-exceeded",
                OVERLOAD,
                SipFault.OUR_SIDE,
                RETRY_LATER,
                ANY_FAILURE,
                "*too many requests* | *too many calls* | *rate limit* | *rate exceeded* | "
                        + "*calls per second* | *cps*exceeded* | *cps limit*");
        row(
                "source-not-allowed",
                FORBIDDEN,
                SipFault.OUR_SIDE,
                ASK_PERSON,
                List.of(FORBIDDEN_403),
                "ip *not* | * ip *not* | *unknown ip* | *unknown source* | "
                        + "source not* | * source not* | *(source not*");
        row(
                "relay-denied",
                FORBIDDEN,
                SipFault.OUR_SIDE,
                CHANGE_REQUEST,
                List.of(FORBIDDEN_403),
                "*relay*denied* | *relay*forbidden* | *rely forbidden* | *no relaying* | *not relaying*");
        row(
                "caller-number-refused",
                FORBIDDEN,
                SipFault.OUR_SIDE,
                CHANGE_REQUEST,
                List.of(FORBIDDEN_403),
                "*caller id* | *callerid* | *invalid cli | *invalid cli * | *invalid cli)* | "
                        + "*cli not* | *invalid caller*");
        row(
                "destination-barred",
                FORBIDDEN,
                SipFault.CALLER,
                ASK_PERSON,
                List.of(FORBIDDEN_403),
                "*barred* | *destination*not allowed* | *destination*not permitted* | "
                        + "*destination*blocked* | *international*not *");
        row(
                "not-registered",
                UNAVAILABLE,
                SipFault.CALLEE,
                RETRY_LATER,
                List.of(NOT_FOUND_404, TEMPORARILY_UNAVAILABLE_480),
                "*not registered* | *not online* | *offline*");
        row(
                "do-not-disturb",
                UNAVAILABLE,
                SipFault.CALLEE,
                RETRY_LATER,
                ANY_FAILURE,
                "*do not disturb* | *do-not-disturb* | dnd | *(dnd)*");
        row(
                "no-answer",
                NO_ANSWER,
                SipFault.CALLEE,
                RETRY_LATER,
                List.of(REQUEST_TIMEOUT_408, TEMPORARILY_UNAVAILABLE_480),
                "*no answer* | *not answer*");
        row(
                "number-unassigned",
                NOT_FOUND,
                SipFault.CALLER,
                DO_NOT_RETRY,
                ANY_FAILURE,
                "*unallocated* | *unassigned* | *number not in service* | *invalid number* | "
                        + "*number does not exist*");
        row(
                "no-codec",
                MEDIA,
                SipFault.OUR_SIDE,
                CHANGE_REQUEST,
                ANY_FAILURE,
                "*codec* | *incompatible sdp* | *incompatible media*");
        row(
                "request-merged",
                ROUTING,
                SipFault.NOBODY,
                NONE,
                List.of(LOOP_DETECTED_482),
                "*request merged* | *merged request*");
        row(
                "no-route",
                ROUTING,
                SipFault.UPSTREAM,
                TRY_ELSEWHERE,
                ANY_FAILURE,
                "*no gateway* | *no available gateway* | *no route* | *no destination available* | "
                        + "*no rules matched*");
        row(
                "script-error",
                SERVER_ERROR,
                SipFault.UPSTREAM,
                RETRY_LATER,
                List.of(SERVER_INTERNAL_ERROR_500),
                "*terribly sorry* | *server error occurred* | *script error* | *config* error* | "
                        + "*database error*");
        row("service-full", OVERLOAD, SipFault.UPSTREAM, TRY_ELSEWHERE, ANY_FAILURE, "*service full* | *server full*");
        ALL = List.copyOf(RULES);
        RULES.clear();
    }

    private PhraseRules() {}

    private static void row(
            String id, SipOutcome outcome, SipFault fault, SipAdvice advice, List<SipCode> only, String patterns) {
        for (String pattern : patterns.split("\\|")) {
            for (SipCode code : only) {
                RULES.add(new SipOverride(id, code, pattern.strip(), outcome, fault, advice));
            }
            if (only.isEmpty()) {
                RULES.add(new SipOverride(id, null, pattern.strip(), outcome, fault, advice));
            }
        }
    }
}
