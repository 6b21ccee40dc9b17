package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipOutcome.*;

import io.sipcodes.SipDiagnosis.Evidence;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The rules by which a {@link SipDiagnosis} is made, all in this file.
 *
 * <p>Each looks at the case and says nothing, or what it takes outcome, fault and advice to be; it may leave any of the
 * three open. They are asked in their order, and what an earlier one has said stands. The last ones say what the code
 * alone says, so that nothing stays open.
 */
final class DiagnosisRules {

    /** The rules in their order; {@code docs/diagnosis.md} explains each, and a test holds the two together. */
    enum Rule {

        // What happened at our end of the wire: no header can know better.

        RESPONSE_UNDELIVERED(
                "RFC 3261 17.2.4",
                c -> c.server && c.source == SipSource.TRANSPORT
                        ? say(UNREACHABLE, SipFault.NETWORK, NONE, "the response could not be sent")
                        : null),
        TRANSPORT_FAILED(
                "RFC 3261 8.1.3.1",
                c -> c.source == SipSource.TRANSPORT && !c.server
                        ? say(UNREACHABLE, SipFault.NETWORK, c.withoutConnection(), "the request could not be sent")
                        : null),

        // Giving up is no failure, whatever the other side makes of it.

        ANSWERED_ELSEWHERE("RFC 3326 3.1", c -> c.givenUp() ? firstReason(c, DiagnosisRules::elsewhere) : null),
        GIVEN_UP_BECAUSE("RFC 3326 2", c -> c.is(487) ? firstReason(c, DiagnosisRules::anyReason) : null),
        CANCELLED(
                "RFC 3261 9.1",
                c -> c.cancelled && c.mayBeInvite() && (c.isClass(4) || c.isClass(6))
                        ? say(SipOutcome.CANCELLED, SipFault.NOBODY, NONE, "a CANCEL was sent before")
                        : null),
        ENDED_BY_BYE(
                "RFC 3261 15.1.2",
                c -> c.is(487) && c.inDialog
                        ? say(SipOutcome.CANCELLED, SipFault.NOBODY, NONE, "487 inside a call, without a CANCEL")
                        : null),
        RING_TIMER_ON_THE_WAY(
                "RFC 3261 16.8",
                c -> c.is(487) && c.notCancelled && c.rang && !c.inDialog && !c.server
                        ? say(NO_ANSWER, SipFault.CALLEE, RETRY_LATER, "487 after ringing, and no CANCEL of ours")
                        : null),

        // Challenges.

        NONCE_STALE(
                "RFC 3261 22.1",
                c -> c.challenge && c.in.staleChallenge
                        ? say(CHALLENGED, SipFault.NOBODY, AUTHENTICATE, "stale=true")
                        : null),
        // What somebody means by a phrase or a code who does not mean what the RFCs say.
        OVERRIDE("catalog", DiagnosisRules::override),
        CREDENTIALS_REFUSED(
                "RFC 3261 22.1",
                c -> c.challenge && c.in.challengedBefore && c.credentialsSent
                        ? say(CREDENTIALS, SipFault.CREDENTIALS, CHANGE_REQUEST, "challenged again, with credentials")
                        : null),
        CHALLENGE_IGNORED(
                "RFC 3261 22.2, 22.3",
                c -> c.challenge && c.in.challengedBefore && !c.credentialsSent
                        ? say(CREDENTIALS, SipFault.OUR_SIDE, AUTHENTICATE, "challenged again, without credentials")
                        : null),

        // Refusals that only what went before explains.

        CREDENTIALS_FORBIDDEN(
                "RFC 3261 22.1",
                c -> c.is(403) && c.credentialsSent && !c.inDialog
                        ? say(CREDENTIALS, SipFault.CREDENTIALS, DO_NOT_RETRY, "403 after credentials")
                        : null),
        ACCOUNT_UNKNOWN(
                "RFC 3261 10.3",
                c -> c.isMethod("REGISTER") && (c.is(404) || c.is(410) || c.is(604))
                        ? say(CREDENTIALS, SipFault.CREDENTIALS, CHANGE_REQUEST, c.value + " to a REGISTER")
                        : null),

        // Requests that come too late, and calls that one side has lost.

        BYE_TOO_LATE(
                "RFC 3261 15.1.1",
                c -> c.isMethod("BYE") && c.is(481) ? say(STATE_LOST, SipFault.NOBODY, NONE, "481 to a BYE") : null),
        BYE_UNANSWERED(
                "RFC 3261 15.1.1",
                c -> c.isMethod("BYE") && c.is(408)
                        ? say(UNREACHABLE, SipFault.NETWORK, NONE, "408 or nothing to a BYE")
                        : null),
        CALL_OVER(
                "RFC 3261 15.1.1, RFC 5057 5.1",
                c -> c.isMethod("BYE") && c.isFailure() && c.retryAfter < 0
                        ? say(null, null, NONE, c.value + " to a BYE").atMost(Level.WARNING)
                        : null),
        CANCEL_TOO_LATE(
                "RFC 3261 9.2, RFC 5057 5.1",
                c -> c.isMethod("CANCEL") && c.is(481)
                        ? say(STATE_LOST, SipFault.NOBODY, NONE, "481 to a CANCEL")
                        : null),
        NOTIFY_UNWANTED(
                "RFC 6665 4.1.3",
                c -> c.isMethod("NOTIFY") && c.is(481)
                        ? say(STATE_LOST, SipFault.NOBODY, NONE, "481 to a NOTIFY")
                        : null),
        CALL_LOST(
                "RFC 3261 12.2.1.2",
                c -> c.inDialog && c.is(481)
                        ? say(STATE_LOST, SipFault.UPSTREAM, START_ANEW, "481 inside a dialog")
                        : null),

        // What Reason says.

        CALL_ENDED(
                "RFC 3326 2",
                c -> c.endsCall()
                        ? say(null, null, NONE, "what the call was ended for").atMost(Level.WARNING)
                        : null),
        NETWORK_BLOCKED("ATIS-1000099", DiagnosisRules::networkBlocked),
        PREEMPTED("RFC 4411 5", c -> c.tellsWhy() ? firstReason(c, DiagnosisRules::preemption) : null),
        Q850_CAUSE("RFC 6432 3, RFC 3398 7.2.4.1", c -> c.tellsWhy() ? firstReason(c, DiagnosisRules::q850) : null),
        IDENTITY_NOT_VERIFIED("RFC 8224 6.2.2", c -> c.refusal() ? firstReason(c, DiagnosisRules::identity) : null),
        SIP_CAUSE("RFC 3326 2", c -> c.tellsWhy() ? firstReason(c, DiagnosisRules::sip) : null),
        IMS_CAUSE("TS 24.229", c -> c.tellsWhy() ? firstReason(c, DiagnosisRules::ims) : null),
        NORMAL_CLEARING(
                "ITU-T Q.850", c -> c.tellsWhy() || c.isFailure() ? firstReason(c, DiagnosisRules::normal) : null),

        // What Warning says.

        WARNING_BANDWIDTH("RFC 3261 20.43", c -> warning(c, 370, 370, DiagnosisRules::bandwidth)),
        WARNING_MEDIA("RFC 3261 20.43", c -> warning(c, 300, 331, DiagnosisRules::media)),
        WARNING_SIPS("RFC 5630 5.1.1", c -> warning(c, 380, 381, DiagnosisRules::sips)),

        // Waiting in vain.

        RANG_OUT(
                "RFC 3261 21.4.9, 21.4.18",
                c -> (c.is(408) || c.is(480)) && c.rang && !c.inDialog
                        ? say(NO_ANSWER, SipFault.CALLEE, null, c.value + " after ringing")
                        : null),
        NOT_ANSWERED_BY_US(
                "RFC 3261 17.2",
                c -> c.server && c.source == SipSource.TIMEOUT
                        ? say(TIMEOUT, SipFault.OUR_SIDE, RETRY_LATER, "we sent no final response")
                        : null),
        NO_RESPONSE(
                "RFC 3261 8.1.3.1, RFC 3263 4.3",
                c -> c.is(408) && c.nothingBefore()
                        ? say(
                                UNREACHABLE,
                                SipFault.NETWORK,
                                c.inDialog ? START_ANEW : TRY_ELSEWHERE,
                                "nothing came back")
                        : null),
        LATE_ON_THE_WAY(
                "RFC 3261 16.7, RFC 4320 4.2",
                c -> c.is(408) && !c.server && (c.answered || c.source == SipSource.PEER && !c.mayBeInvite())
                        ? say(
                                TIMEOUT,
                                SipFault.UPSTREAM,
                                c.inDialog ? START_ANEW : RETRY_LATER,
                                "somebody on the way was there")
                        : null),

        // Codes that stand for another one.

        SWALLOWED_503(
                "RFC 3261 16.7",
                c -> c.is(500) && c.phraseIs("Service Unavailable")
                        ? say(OVERLOAD, SipFault.UPSTREAM, null, c.statusLine())
                        : null),
        OVERLAPPING_CHANGE(
                "RFC 3261 14.2, RFC 3311 5.2",
                c -> c.is(500) && c.changesCall() && c.retryAfter >= 0 && c.retryAfter <= 10
                        ? say(CONFLICT, SipFault.NOBODY, null, "500 with Retry-After: " + c.retryAfter + " to a change")
                        : null),
        FLOW_FAILED(
                "RFC 5626 11.5",
                c -> c.is(430) && !c.server
                        ? say(UNREACHABLE, SipFault.UPSTREAM, RETRY_LATER, "430 reached an end point")
                        : null),

        // What changes who has to act and what to do, not what happened.

        PING_ANSWERED(
                "RFC 3261 11.2",
                c -> c.isMethod("OPTIONS") && ALIVE_CODES.contains(c.value) && c.source != SipSource.TIMEOUT
                        ? say(null, SipFault.NOBODY, NONE, c.value + " to an OPTIONS")
                        : null),
        CALL_GOES_ON(
                "RFC 3261 14.1, RFC 5057 5.1",
                c -> c.inCall() && c.isFailure() && !c.endsDialog()
                        ? say(null, null, null, c.value + " inside a call").atMost(Level.WARNING)
                        : null),
        RETRY_AFTER(
                "RFC 3261 20.33",
                c -> c.retryAfter >= 0 ? say(null, null, SipAdvice.RETRY_AFTER, "Retry-After: " + c.retryAfter) : null),
        NO_OTHER_SERVER(
                "RFC 5057 5.1",
                c -> c.is(503) && c.inDialog && c.retryAfter < 0
                        ? say(null, null, RETRY_LATER, "503 inside a dialog")
                        : null),

        // What is there to read, but not to go by: a 399 must cause no automated action.

        REMARK("RFC 3261 20.43, RFC 3326 2", DiagnosisRules::remark),

        // The code alone.

        NO_CODE(
                "RFC 3261 7.2",
                c -> c.code == null ? say(UNKNOWN, SipFault.UNKNOWN, NONE, c.value + " (expected: 100..699)") : null),
        CLASS(
                "RFC 3261 8.1.3.2",
                c -> c.code != null && !c.code.isKnown()
                        ? say(
                                c.base.outcome(),
                                c.base.fault(),
                                c.base.advice(),
                                c.statusLine() + ": taken as "
                                        + c.code.fallback().text())
                        : null),
        CODE(
                "",
                c -> c.code != null && c.code.isKnown()
                        ? say(c.base.outcome(), c.base.fault(), c.base.advice(), c.statusLine())
                        : null),

        // Not asked with the others: turns the fault round when the answer is our own.

        WE_ANSWERED("RFC 3261 17.2", c -> null);

        final String id = Ids.of(this);
        final String source;
        private final Function<Case, Says> condition;

        Rule(String source, Function<Case, Says> condition) {
            this.source = source;
            this.condition = condition;
        }

        Says apply(Case c) {
            return condition.apply(c);
        }
    }

    private static final List<Rule> RULES = List.of(Rule.values());

    /**
     * Codes behind which a Reason or Warning knows more than they do: what gateways map the causes of the telephone
     * network to (RFC 3398 section 7.2.4.1), and what is sent by those who do not want to say more. All others are
     * precise by themselves; a cause beside them was only derived from them.
     */
    private static final Set<Integer> VAGUE_CODES =
            Set.of(403, 404, 408, 410, 480, 484, 486, 488, 500, 501, 502, 503, 504, 600, 603, 604, 606);

    /** What a ping may get without anything being wrong with who answers it. */
    private static final Set<Integer> ALIVE_CODES =
            Set.of(404, 405, 406, 410, 415, 420, 480, 481, 484, 485, 486, 488, 501, 600, 603, 604, 606);

    private static final Set<String> CALL_METHODS =
            Set.of("INVITE", "UPDATE", "INFO", "PRACK", "REFER", "MESSAGE", "OPTIONS");

    /** Where Q.850 says a network, not a user or a PBX, has ended the call (RFC 8606 section 4). */
    private static final Set<String> NETWORK_LOCATIONS = Set.of("LN", "TN", "RLN", "INTL", "BI");

    /** What RFC 8606 section 4 calls all places where a call can be released. */
    private static final Set<String> LOCATIONS = Set.of(
            "U", "LPN", "LN", "TN", "RLN", "RPN", "LOC-6", "INTL", "LOC-8", "LOC-9", "BI", "LOC-11", "LOC-12", "LOC-13",
            "LOC-14", "LOC-15");

    /** No cause that the rules understand has more digits. */
    private static final int MAX_CAUSE = 999;

    /** The protocols of Reason whose causes the rules understand, with the group of the texts that has words for them. */
    private static final Map<String, String> PROTOCOLS = Map.of(
            "SIP", "sip",
            "STIR", "sip",
            "Q.850", "q850",
            "PREEMPTION", "preemption",
            "RELEASE_CAUSE", "release_cause",
            "FAILURE_CAUSE", "failure_cause");

    private DiagnosisRules() {}

    /** Whether it is the catalog's entry that has the words for what was found. */
    static boolean isCodeAlone(Evidence evidence) {
        String rule = evidence.rule();
        return rule.equals(Rule.CODE.id) || rule.equals(Rule.CLASS.id) || rule.equals(Rule.OVERRIDE.id);
    }

    /** Whether the words for what was found tell it all. */
    static boolean isToldByTopic(Evidence evidence) {
        String rule = evidence.rule();
        return rule.equals(Rule.Q850_CAUSE.id) || rule.equals(Rule.IMS_CAUSE.id) || rule.equals(Rule.WARNING_MEDIA.id);
    }

    static boolean isRetryAfter(Evidence evidence) {
        return evidence.rule().equals(Rule.RETRY_AFTER.id);
    }

    // ---- deciding

    static SipDiagnosis decide(SipDiagnosis.Builder in) {
        SipDiagnosis plain = plain(in);
        if (plain != null) {
            return plain;
        }
        Case c = new Case(in);
        SipOutcome outcome = null;
        SipFault fault = null;
        SipAdvice advice = null;
        Level limit = Level.ERROR;
        Rule decider = null;
        Says decision = null;
        List<Evidence> with = new ArrayList<>(4);
        List<Evidence> against = new ArrayList<>(4);
        for (Rule rule : RULES) {
            Says says = rule.apply(c);
            if (says == null) {
                continue;
            }
            boolean used = false;
            if (outcome == null && says.outcome != null) {
                outcome = says.outcome;
                decider = rule;
                decision = says;
                used = true;
            }
            if (fault == null && says.fault != null) {
                fault = says.fault;
                used = true;
            }
            if (advice == null && says.advice != null) {
                advice = says.advice;
                used = true;
            }
            // Whoever advised to wait for the time, here it is.
            used |= rule == Rule.RETRY_AFTER && advice == SipAdvice.RETRY_AFTER;
            // What was overruled does not make a log quieter either.
            boolean counts = says.outcome == null || rule == decider;
            if (counts && says.limit.compareTo(limit) < 0) {
                limit = says.limit;
                used = true;
            }
            if (rule == decider) {
                with.add(0, evidence(c, rule, true, says));
            } else if (says.isRemark() || says.contradicts(outcome, fault, advice, used)) {
                against.add(evidence(c, rule, false, says));
            } else if (used) {
                with.add(evidence(c, rule, true, says));
            }
        }
        SipFault seen = c.fromOurSide(outcome, fault);
        if (seen != fault) {
            with.add(evidence(c, Rule.WE_ANSWERED, true, say(null, seen, null, "the answer is our own")));
        }
        with.addAll(against);
        // An override may advise to wait for a time that was never given.
        boolean timeGiven = c.retryAfter >= 0;
        SipAdvice possible = advice == SipAdvice.RETRY_AFTER && !timeGiven ? RETRY_LATER : advice;
        return new SipDiagnosis(
                c.catalog,
                c.value,
                c.entry,
                c.in.phrase,
                outcome,
                seen,
                possible,
                possible == SipAdvice.RETRY_AFTER ? c.retryAfter : -1,
                severity(c.server, outcome, seen, limit),
                decision.topic,
                c.isOfCall(),
                List.copyOf(with));
    }

    // Nearly all 1xx and 2xx: nothing to decide, so nothing is made anew.
    private static SipDiagnosis plain(SipDiagnosis.Builder in) {
        int value = in.rawCode;
        boolean plain = value >= SipCode.MIN
                && value < 300
                && (in.source == SipSource.PEER || in.source == SipSource.US)
                && in.warnings.isEmpty()
                && in.reasons.isEmpty();
        if (!plain) {
            return null;
        }
        SipCode code = SipCode.of(value);
        if (!code.isKnown() || !in.phrase.equals(code.phrase())) {
            return null;
        }
        SipCatalog catalog = in.catalog == null ? SipCatalog.standard() : in.catalog;
        SipEntry entry = catalog.entry(code, in.phrase, in.provider);
        if (entry.override().isPresent()) {
            return null;
        }
        SipDiagnosis known = entry.plainDiagnosis;
        if (known == null) {
            Evidence evidence = new Evidence(Rule.CODE.id, true, code.toString(), entry.reference());
            known = new SipDiagnosis(
                    catalog,
                    value,
                    entry,
                    code.phrase(),
                    entry.outcome(),
                    entry.fault(),
                    entry.advice(),
                    -1,
                    severity(false, entry.outcome(), entry.fault(), Level.ERROR),
                    null,
                    false,
                    List.of(evidence));
            entry.plainDiagnosis = known;
        }
        return known;
    }

    private static Evidence evidence(Case c, Rule rule, boolean decisive, Says says) {
        String source = rule == Rule.CODE ? c.base.reference() : rule.source;
        return new Evidence(rule.id, decisive, WireText.clean(says.detail, WireText.LONG), source);
    }

    static Level severity(boolean server, SipOutcome outcome, SipFault fault, Level limit) {
        Level level = switch (outcome) {
            case PROGRESS, SUCCESS, CHALLENGED, NEGOTIATION, REDIRECTED, CANCELLED, ANSWERED_ELSEWHERE -> Level.DEBUG;
            case BUSY, NO_ANSWER, UNAVAILABLE, DECLINED, NOT_FOUND, CONFLICT -> Level.INFO;
            case OVERLOAD, SERVER_ERROR, UNREACHABLE -> Level.ERROR;
            default -> Level.WARNING;
        };
        boolean nobody = fault == SipFault.NOBODY;
        // What a caller did wrong is for the caller to mend, not for who reads our log.
        boolean theirs = server && (fault == SipFault.CALLER || fault == SipFault.CALLEE);
        Level most = nobody ? Level.DEBUG : theirs ? Level.INFO : limit;
        return level.compareTo(most) > 0 ? most : level;
    }

    // ---- what single Reason and Warning values say

    private static Says firstReason(Case c, BiFunction<Case, SipReason, Says> rule) {
        for (SipReason reason : c.in.reasons) {
            Says says = rule.apply(c, reason);
            if (says != null) {
                return says;
            }
        }
        return null;
    }

    private static Says warning(Case c, int from, int to, BiFunction<Case, SipWarning, Says> rule) {
        if (!VAGUE_CODES.contains(c.value) && !c.is(400) && !c.is(406) && !c.is(415) && !c.is(416)) {
            return null;
        }
        for (SipWarning warning : c.in.warnings) {
            if (warning.code() >= from && warning.code() <= to) {
                return rule.apply(c, warning);
            }
        }
        return null;
    }

    // What it leaves open the other rules say, and a time that is given goes before "later".
    private static Says override(Case c) {
        if (!c.overridden) {
            return null;
        }
        SipOutcome outcome = c.entry.overridden(SipOverride::outcome);
        SipFault fault = c.entry.overridden(SipOverride::fault);
        SipAdvice advice = c.entry.overridden(SipOverride::advice);
        if (advice == RETRY_LATER && c.retryAfter >= 0) {
            advice = SipAdvice.RETRY_AFTER;
        }
        return outcome == null && fault == null && advice == null
                ? null
                : say(
                        outcome,
                        fault,
                        advice,
                        c.statusLine() + ": " + c.entry.override().orElseThrow());
    }

    private static Says elsewhere(Case c, SipReason reason) {
        boolean chosen = reason.isSip() && (reason.cause() == 200 || saysElsewhere(reason.text()))
                // A terminal that was not chosen, in ISUP as in Asterisk.
                || reason.isQ850() && reason.cause() == 26;
        return chosen ? say(SipOutcome.ANSWERED_ELSEWHERE, SipFault.NOBODY, NONE, reason) : null;
    }

    private static boolean saysElsewhere(String text) {
        return text.toLowerCase(Locale.ROOT).contains("elsewhere");
    }

    private static Says anyReason(Case c, SipReason reason) {
        Says says = preemption(c, reason);
        says = says != null ? says : q850(c, reason);
        says = says != null ? says : sip(c, reason);
        return says != null ? says : ims(c, reason);
    }

    private static Says networkBlocked(Case c) {
        if (!c.is(603)) {
            return null;
        }
        for (SipReason reason : c.in.reasons) {
            boolean analytics = reason.text().regionMatches(true, 0, "v=analytics", 0, "v=analytics".length());
            if (analytics || reason.cause() == 21 && byNetwork(reason)) {
                return say(BLOCKED, SipFault.NETWORK, DO_NOT_RETRY, reason);
            }
        }
        return null;
    }

    private static boolean byNetwork(SipReason reason) {
        return NETWORK_LOCATIONS.contains(reason.location().toUpperCase(Locale.ROOT));
    }

    private static Says preemption(Case c, SipReason reason) {
        if (!reason.protocol().equalsIgnoreCase("Preemption")) {
            return null;
        }
        return say(OVERLOAD, reason.cause() == 1 ? SipFault.CALLEE : SipFault.NETWORK, c.later(), reason)
                .atMost(Level.WARNING);
    }

    // What the causes mean to who waits for an answer. Those that are missing say too little or nothing about the call.
    private static Says q850(Case c, SipReason reason) {
        if (!reason.isQ850()) {
            return null;
        }
        return switch (reason.cause()) {
            case 1, 3 -> say(NOT_FOUND, SipFault.CALLER, c.is(404) ? c.unlessTimeGiven() : DO_NOT_RETRY, reason);
            case 5, 28 -> say(NOT_FOUND, SipFault.CALLER, CHANGE_REQUEST, reason);
            case 22 -> say(NOT_FOUND, SipFault.CALLEE, DO_NOT_RETRY, reason);
            case 2, 25, 91 -> say(ROUTING, SipFault.UPSTREAM, TRY_ELSEWHERE, reason);
            case 17 -> say(BUSY, SipFault.CALLEE, c.later(), reason);
            // Gateways derive 18 from any 480 or 408: believed unless it is known that it never rang.
            case 18 -> c.neverRang ? null : say(NO_ANSWER, SipFault.CALLEE, c.later(), reason);
            case 19 -> say(NO_ANSWER, SipFault.CALLEE, c.later(), reason);
            case 20 -> say(UNAVAILABLE, SipFault.CALLEE, c.later(), reason);
            case 21, 24 -> rejected(c, reason);
            case 27 -> say(UNREACHABLE, SipFault.CALLEE, c.later(), reason).atMost(Level.WARNING);
            case 29, 66, 69, 79 -> say(UNSUPPORTED, SipFault.UPSTREAM, DO_NOT_RETRY, reason);
            case 34, 42, 44, 47 -> say(OVERLOAD, SipFault.NETWORK, c.later(), reason);
            // Derived from any 500 or 502, where they add nothing.
            case 38, 41 ->
                c.is(500) || c.is(502) || c.is(504) ? null : say(OVERLOAD, SipFault.NETWORK, c.later(), reason);
            case 8, 9, 46 -> say(OVERLOAD, SipFault.NETWORK, c.later(), reason).atMost(Level.WARNING);
            case 49 -> say(MEDIA, SipFault.NETWORK, c.later(), reason);
            case 50, 53, 55, 57, 87 -> say(FORBIDDEN, SipFault.CALLER, DO_NOT_RETRY, reason);
            case 58, 65, 70, 88 -> say(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, reason);
            case 102 ->
                c.rang && !c.inDialog
                        ? say(NO_ANSWER, SipFault.CALLEE, c.later(), reason)
                        : say(TIMEOUT, SipFault.UPSTREAM, c.later(), reason);
            case 95, 96, 97, 98, 99, 100, 101, 110, 111 -> say(MALFORMED, SipFault.UPSTREAM, DO_NOT_RETRY, reason);
            default -> null;
        };
    }

    private static Says rejected(Case c, SipReason reason) {
        if (byNetwork(reason)) {
            return say(FORBIDDEN, SipFault.UPSTREAM, DO_NOT_RETRY, reason);
        }
        // Derived from any 403, unless it says that a user did it.
        boolean derived = c.is(403) && !reason.location().equalsIgnoreCase("U");
        return derived ? null : say(DECLINED, SipFault.CALLEE, c.is(603) ? c.unlessTimeGiven() : DO_NOT_RETRY, reason);
    }

    private static Says identity(Case c, SipReason reason) {
        return reason.protocol().equalsIgnoreCase("STIR")
                ? say(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, reason)
                : null;
    }

    // The code that a server on the way had in its hands, or the one for which a call was ended.
    private static Says sip(Case c, SipReason reason) {
        if (!reason.isSip() || reason.cause() < 400 || reason.cause() > SipCode.MAX || reason.cause() == c.value) {
            return null;
        }
        SipCode code = SipCode.of(reason.cause());
        if (code.isChallenge()) {
            return null;
        }
        if (c.rang && !c.inDialog && (code == SipCode.REQUEST_TIMEOUT_408)) {
            return say(NO_ANSWER, SipFault.CALLEE, c.later(), reason);
        }
        SipEntry entry = c.catalog.entry(code);
        // Turning to the next server is for who sees the 503 itself (RFC 3261 section 16.7).
        SipAdvice advice = entry.advice() == TRY_ELSEWHERE ? c.later() : entry.advice();
        return say(entry.outcome(), entry.fault(), advice, reason);
    }

    private static Says ims(Case c, SipReason reason) {
        if (reason.protocol().equalsIgnoreCase("RELEASE_CAUSE")) {
            return switch (reason.cause()) {
                case 2, 3 -> say(UNREACHABLE, SipFault.NETWORK, c.later(), reason);
                case 4, 5 -> say(TIMEOUT, SipFault.NETWORK, c.later(), reason);
                case 6 ->
                    c.rang && !c.inDialog
                            ? say(NO_ANSWER, SipFault.CALLEE, c.later(), reason)
                            : say(TIMEOUT, SipFault.UPSTREAM, c.later(), reason);
                case 7 -> say(ROUTING, SipFault.UPSTREAM, c.later(), reason);
                default -> null;
            };
        }
        if (reason.protocol().equalsIgnoreCase("FAILURE_CAUSE")) {
            return switch (reason.cause()) {
                case 1, 2 -> say(UNREACHABLE, SipFault.NETWORK, c.later(), reason);
                case 3 -> say(OVERLOAD, SipFault.NETWORK, c.later(), reason);
                default -> null;
            };
        }
        return null;
    }

    private static Says normal(Case c, SipReason reason) {
        boolean normal = reason.isQ850() && reason.cause() == 16
                || reason.protocol().equalsIgnoreCase("RELEASE_CAUSE") && reason.cause() == 1;
        if (!normal) {
            return null;
        }
        // A gateway has no better number for a call that the far side ended before the answer (RFC 4497 8.4.1).
        return c.isClass(5) ? say(DECLINED, SipFault.NOBODY, NONE, reason) : say(null, SipFault.NOBODY, null, reason);
    }

    private static Says remark(Case c) {
        for (SipWarning warning : c.in.warnings) {
            if (warning.code() == 399 && !warning.text().isEmpty()) {
                return say(null, null, null, warning);
            }
        }
        return firstReason(c, (any, reason) -> {
            boolean understood =
                    PROTOCOLS.containsKey(reason.protocol().toUpperCase(Locale.ROOT)) && reason.cause() >= 0;
            return understood ? null : say(null, null, null, reason);
        });
    }

    private static Says bandwidth(Case c, SipWarning warning) {
        return c.is(488) || c.is(606)
                ? say(MEDIA, SipFault.NETWORK, null, warning)
                : say(OVERLOAD, SipFault.NETWORK, c.later(), warning);
    }

    private static Says media(Case c, SipWarning warning) {
        return say(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, warning);
    }

    private static Says sips(Case c, SipWarning warning) {
        // From SIPS to SIP only the user may step down.
        return say(UNSUPPORTED, SipFault.OUR_SIDE, warning.code() == 380 ? ASK_PERSON : CHANGE_REQUEST, warning);
    }

    // ---- what a rule looks at and says

    private static Says say(SipOutcome outcome, SipFault fault, SipAdvice advice, String detail) {
        return new Says(outcome, fault, advice, Level.ERROR, detail, null);
    }

    private static Says say(SipOutcome outcome, SipFault fault, SipAdvice advice, SipReason reason) {
        return new Says(outcome, fault, advice, Level.ERROR, "Reason: " + reason, Topic.of(reason));
    }

    private static Says say(SipOutcome outcome, SipFault fault, SipAdvice advice, SipWarning warning) {
        return new Says(outcome, fault, advice, Level.ERROR, "Warning: " + warning, Topic.of(warning));
    }

    /**
     * What a rule says; null leaves that part open.
     *
     * @param limit the loudest a log should be
     * @param detail what it found, not cleaned yet
     * @param topic what the catalog has words for, or null
     */
    record Says(SipOutcome outcome, SipFault fault, SipAdvice advice, Level limit, String detail, Topic topic) {

        Says atMost(Level most) {
            return new Says(outcome, fault, advice, most, detail, topic);
        }

        boolean isRemark() {
            return outcome == null && fault == null && advice == null && limit == Level.ERROR;
        }

        boolean contradicts(SipOutcome decided, SipFault decidedFault, SipAdvice decidedAdvice, boolean used) {
            boolean otherOutcome = outcome != null && outcome != decided;
            boolean otherFault = fault != null && fault != decidedFault;
            boolean otherAdvice = outcome == null && advice != null && advice != decidedAdvice;
            return otherOutcome || !used && (otherFault || otherAdvice);
        }
    }

    /** A value of a header that the catalog has words for, under {@code group.id}; label is how it is named there. */
    record Topic(String label, String group, String id) {

        // Logs show the label as it is. So what is in no list stays out: it may be anything, a number of a person too.
        static Topic of(SipReason reason) {
            String group = PROTOCOLS.get(reason.protocol().toUpperCase(Locale.ROOT));
            if (group == null) {
                return new Topic("Reason", null, "");
            }
            boolean hasCause = reason.cause() >= 0 && reason.cause() <= MAX_CAUSE;
            String label = hasCause ? reason.protocol() + " " + reason.cause() : reason.protocol();
            // By whom: a user, a PBX or one of the networks.
            String location = reason.location().toUpperCase(Locale.ROOT);
            String where = LOCATIONS.contains(location) ? ", " + location : "";
            return new Topic(label + where, group, Integer.toString(reason.cause()));
        }

        static Topic of(SipWarning warning) {
            return new Topic("Warning " + warning.code(), "warning", Integer.toString(warning.code()));
        }

        /** The words for it, or null if there are none. */
        SipText words(SipCatalog catalog, Locale locale) {
            if (group == null) {
                return null;
            }
            return group.equals("sip")
                    ? SipCode.find(HeaderValues.number(id))
                            .map(code -> catalog.entry(code).text(locale))
                            .orElse(null)
                    : catalog.words(group, id, locale);
        }
    }

    /** The input, looked at from all sides. */
    private static final class Case {

        final SipDiagnosis.Builder in;
        final SipCatalog catalog;
        final SipSource source;
        final boolean server;
        final int value;
        final SipCode code;
        final SipEntry base;
        final SipEntry entry;
        final boolean overridden;
        final String method;
        final boolean inDialog;
        final boolean challenge;
        final boolean credentialsSent;
        final boolean cancelled;
        final boolean notCancelled;
        final boolean rang;
        final boolean neverRang;
        final boolean answered;
        final int retryAfter;

        Case(SipDiagnosis.Builder in) {
            this.in = in;
            this.catalog = in.catalog == null ? SipCatalog.standard() : in.catalog;
            this.source = in.source;
            this.server = in.role == SipRole.SERVER;
            this.value = countsAs(in);
            this.code = value < SipCode.MIN || value > SipCode.MAX ? null : SipCode.of(value);
            this.base = code == null ? null : catalog.entry(code);
            SipEntry closest = code == null ? null : catalog.entry(code, in.phrase, in.provider);
            this.overridden = closest != null && closest.override().isPresent() && !asksForCredentials(closest);
            this.entry = overridden ? closest : base;
            this.method = in.method.toUpperCase(Locale.ROOT);
            this.inDialog = in.inDialog;
            this.challenge = code != null && code.isChallenge();
            this.credentialsSent = Boolean.TRUE.equals(in.credentialsSent);
            this.cancelled = Boolean.TRUE.equals(in.cancelled);
            this.notCancelled = Boolean.FALSE.equals(in.cancelled);
            this.rang = Boolean.TRUE.equals(in.rang);
            this.neverRang = Boolean.FALSE.equals(in.rang);
            this.answered = Boolean.TRUE.equals(in.answeredBefore) || rang;
            this.retryAfter = isReceived() && base != null && base.honoursRetryAfter() ? in.retryAfterSeconds : -1;
        }

        // Some word every challenge as if a password had been wrong, also the first, to a request that had none.
        private boolean asksForCredentials(SipEntry closest) {
            return closest.code().isChallenge()
                    && Boolean.FALSE.equals(in.credentialsSent)
                    && closest.outcome() == CREDENTIALS;
        }

        private static int countsAs(SipDiagnosis.Builder in) {
            return switch (in.source) {
                case TIMEOUT -> SipCode.REQUEST_TIMEOUT_408.value();
                case TRANSPORT ->
                    in.role == SipRole.SERVER && SipCode.find(in.rawCode).isPresent()
                            ? in.rawCode
                            : SipCode.SERVICE_UNAVAILABLE_503.value();
                default -> in.rawCode;
            };
        }

        private boolean isReceived() {
            return source == SipSource.PEER || source == SipSource.US;
        }

        boolean is(int number) {
            return value == number;
        }

        boolean isClass(int digit) {
            return code != null && value / 100 == digit;
        }

        boolean isFailure() {
            return code != null && code.isFailure() && !challenge;
        }

        boolean isMethod(String name) {
            return method.equals(name);
        }

        boolean mayBeInvite() {
            return method.isEmpty() || isMethod("INVITE");
        }

        /** Whether what the entry tells the person who phoned is meant for such a failure. */
        boolean isOfCall() {
            boolean fits = mayBeInvite()
                    || base != null && base.methods().contains(method)
                    || overridden && !entry.override().orElseThrow().isBundled();
            return fits && value >= 300;
        }

        boolean phraseIs(String phrase) {
            return in.phrase.strip().equalsIgnoreCase(phrase);
        }

        String statusLine() {
            return in.phrase.isEmpty() ? Integer.toString(value) : value + " " + in.phrase;
        }

        boolean givenUp() {
            return is(487) || cancelled && (isClass(4) || isClass(6));
        }

        /** Whether a Reason may tell more than the code: why a BYE was sent, or what hides behind a vague code. */
        boolean tellsWhy() {
            return endsCall() || VAGUE_CODES.contains(value) || code == null || isFailure() && !code.isRegistered();
        }

        boolean endsCall() {
            return isClass(2) && isMethod("BYE") && !in.reasons.isEmpty();
        }

        boolean refusal() {
            return is(400) || is(403) || isClass(6) && !is(600) || isFailure() && !code.isKnown();
        }

        boolean nothingBefore() {
            if (answered || server) {
                return false;
            }
            // A 408 that came over the wire is one from somebody; only for an INVITE would a 100 have come before it.
            return source == SipSource.TIMEOUT || Boolean.FALSE.equals(in.answeredBefore) && mayBeInvite();
        }

        boolean changesCall() {
            return inDialog && (mayBeInvite() || isMethod("UPDATE"));
        }

        // The 408 ends the call as a timeout would, the other two end the usage that the call is.
        boolean endsDialog() {
            return base.effect() == SipEffect.DIALOG || is(408) || is(480) || is(481) || is(487);
        }

        boolean inCall() {
            return inDialog && isReceived() && (method.isEmpty() || CALL_METHODS.contains(method));
        }

        /** To try again later: at another server, or at a time that is given, if that is what the code stands for. */
        SipAdvice later() {
            return retryAfter >= 0 || is(503) ? null : RETRY_LATER;
        }

        /** What a cause advises that may only be derived from the code, which honours a time. */
        SipAdvice unlessTimeGiven() {
            return retryAfter >= 0 ? null : DO_NOT_RETRY;
        }

        /** At the next server; but inside a dialog there is none, and a call whose BYE cannot be sent is over. */
        SipAdvice withoutConnection() {
            return isMethod("BYE") ? NONE : inDialog ? RETRY_LATER : TRY_ELSEWHERE;
        }

        /** The fault as it looks from where the answer was made: rules and catalog speak as the client sees it. */
        SipFault fromOurSide(SipOutcome outcome, SipFault fault) {
            if (!isReceived() || !server && source == SipSource.PEER) {
                return fault;
            }
            return switch (fault) {
                case UPSTREAM -> SipFault.OUR_SIDE;
                case OUR_SIDE -> server ? SipFault.CALLER : SipFault.OUR_SIDE;
                case UNKNOWN -> server && !isClass(5) ? SipFault.CALLER : SipFault.OUR_SIDE;
                case NETWORK -> outcome == BLOCKED ? SipFault.OUR_SIDE : fault;
                default -> fault;
            };
        }
    }
}
