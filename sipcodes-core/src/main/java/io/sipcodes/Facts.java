package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipOutcome.*;

import java.util.List;
import java.util.Set;

/** The facts of each code: one row a code, with its source. */
final class Facts {

    private static final Facts[] ROWS = new Facts[SipCode.MAX - SipCode.MIN + 1];
    private static final Facts[] CLASSES = new Facts[SipCodeClass.values().length];

    final String reference;
    final SipOutcome outcome;
    final SipFault fault;
    final SipAdvice advice;
    final List<SipEntry.Alias> aliases = List.of();
    final SipEffect effect = SipEffect.NONE;
    final Set<String> methods = Set.of();

    private Facts(String reference, SipOutcome outcome, SipFault fault, SipAdvice advice) {
        this.reference = reference;
        this.outcome = outcome;
        this.fault = fault;
        this.advice = advice;
    }

    static {
        row(100, "RFC 3261 21.1.1", PROGRESS, SipFault.NOBODY, NONE);
        row(101, "", PROGRESS, SipFault.NOBODY, NONE);
        row(180, "RFC 3261 21.1.2", PROGRESS, SipFault.NOBODY, NONE);
        row(181, "RFC 3261 21.1.3", PROGRESS, SipFault.NOBODY, NONE);
        row(182, "RFC 3261 21.1.4", PROGRESS, SipFault.NOBODY, NONE);
        row(183, "RFC 3261 21.1.5", PROGRESS, SipFault.NOBODY, NONE);
        row(199, "RFC 6228 4-6", PROGRESS, SipFault.NOBODY, NONE);
        row(200, "RFC 3261 21.2.1", SUCCESS, SipFault.NOBODY, NONE);
        row(202, "RFC 6665 8.3.1", SUCCESS, SipFault.NOBODY, NONE);
        row(204, "RFC 5839 7.1", SUCCESS, SipFault.NOBODY, NONE);
        row(300, "RFC 3261 21.3.1", REDIRECTED, SipFault.NOBODY, ASK_PERSON);
        row(301, "RFC 3261 21.3.2", REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT);
        row(302, "RFC 3261 21.3.3", REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT);
        row(305, "RFC 3261 21.3.4", REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT);
        row(380, "RFC 3261 21.3.5", REDIRECTED, SipFault.NOBODY, ASK_PERSON);
        row(400, "RFC 3261 21.4.1", MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(401, "RFC 3261 21.4.2", CHALLENGED, SipFault.NOBODY, AUTHENTICATE);
        row(402, "RFC 3261 21.4.3", FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY);
        row(403, "RFC 3261 21.4.4", FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY);
        row(404, "RFC 3261 21.4.5", NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY);
        row(405, "RFC 3261 21.4.6", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(406, "RFC 3261 21.4.7", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(407, "RFC 3261 21.4.8", CHALLENGED, SipFault.NOBODY, AUTHENTICATE);
        row(408, "RFC 3261 21.4.9", TIMEOUT, SipFault.NETWORK, RETRY_LATER);
        row(409, "RFC 2543 7.4.10", CONFLICT, SipFault.UNKNOWN, DO_NOT_RETRY);
        row(410, "RFC 3261 21.4.10", NOT_FOUND, SipFault.CALLEE, DO_NOT_RETRY);
        row(411, "RFC 2543 7.4.12", MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(412, "RFC 3903 11.2.1", STATE_LOST, SipFault.OUR_SIDE, START_ANEW);
        row(413, "RFC 3261 21.4.11", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(414, "RFC 3261 21.4.12", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(415, "RFC 3261 21.4.13", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(416, "RFC 3261 21.4.14", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(417, "RFC 4412 4.6.2", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(420, "RFC 3261 21.4.15", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(421, "RFC 3261 21.4.16", NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(422, "RFC 4028 6", NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(423, "RFC 3261 21.4.17", NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(424, "RFC 6442 4.3", MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(425, "RFC 8876 5.1", MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(428, "RFC 8224 6.2.2", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(429, "RFC 3892 5", IDENTITY, SipFault.CALLER, CHANGE_REQUEST);
        row(430, "RFC 5626 11.5", UNREACHABLE, SipFault.NETWORK, NONE);
        row(433, "RFC 5079 5", IDENTITY, SipFault.CALLER, ASK_PERSON);
        row(436, "RFC 8224 6.2.2", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(437, "RFC 8224 6.2.2", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(438, "RFC 8224 6.2.2", IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(439, "RFC 5626 11.6", UNSUPPORTED, SipFault.UPSTREAM, CHANGE_REQUEST);
        row(440, "RFC 5393 5.3.3", ROUTING, SipFault.UPSTREAM, CHANGE_REQUEST);
        row(469, "RFC 6086 4.2.2", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(470, "RFC 5360 5.9.2", FORBIDDEN, SipFault.CALLEE, CHANGE_REQUEST);
        row(477, "", UNREACHABLE, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(478, "", UNREACHABLE, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(479, "", UNREACHABLE, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(480, "RFC 3261 21.4.18", UNAVAILABLE, SipFault.CALLEE, RETRY_LATER);
        row(481, "RFC 3261 21.4.19", STATE_LOST, SipFault.UPSTREAM, START_ANEW);
        row(482, "RFC 3261 21.4.20", ROUTING, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(483, "RFC 3261 21.4.21", ROUTING, SipFault.UPSTREAM, CHANGE_REQUEST);
        row(484, "RFC 3261 21.4.22", NOT_FOUND, SipFault.CALLER, CHANGE_REQUEST);
        row(485, "RFC 3261 21.4.23", NOT_FOUND, SipFault.CALLER, ASK_PERSON);
        row(486, "RFC 3261 21.4.24", BUSY, SipFault.CALLEE, RETRY_LATER);
        row(487, "RFC 3261 21.4.25", CANCELLED, SipFault.NOBODY, NONE);
        row(488, "RFC 3261 21.4.26", MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(489, "RFC 6665 8.3.2", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(490, "", UNKNOWN, SipFault.UNKNOWN, DO_NOT_RETRY);
        row(491, "RFC 3261 21.4.27", CONFLICT, SipFault.NOBODY, BACK_OFF);
        row(493, "RFC 3261 21.4.28", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(494, "RFC 3329 2.3.1", NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(500, "RFC 3261 21.5.1", SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER);
        row(501, "RFC 3261 21.5.2", UNSUPPORTED, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(502, "RFC 3261 21.5.3", SERVER_ERROR, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(503, "RFC 3261 21.5.4", OVERLOAD, SipFault.UPSTREAM, TRY_ELSEWHERE);
        row(504, "RFC 3261 21.5.5", TIMEOUT, SipFault.UPSTREAM, DO_NOT_RETRY);
        row(505, "RFC 3261 21.5.6", UNSUPPORTED, SipFault.OUR_SIDE, DO_NOT_RETRY);
        row(513, "RFC 3261 21.5.7", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(555, "RFC 8599 8.1", UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(580, "RFC 3312 8", MEDIA, SipFault.NETWORK, CHANGE_REQUEST);
        row(600, "RFC 3261 21.6.1", BUSY, SipFault.CALLEE, RETRY_AFTER);
        row(603, "RFC 3261 21.6.2", DECLINED, SipFault.CALLEE, DO_NOT_RETRY);
        row(604, "RFC 3261 21.6.3", NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY);
        row(605, "", DECLINED, SipFault.CALLEE, DO_NOT_RETRY);
        row(606, "RFC 3261 21.6.4", MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST);
        row(607, "RFC 8197 4", BLOCKED, SipFault.CALLEE, DO_NOT_RETRY);
        row(608, "RFC 8688 3.1", BLOCKED, SipFault.NETWORK, DO_NOT_RETRY);
        row(687, "", CANCELLED, SipFault.UNKNOWN, NONE);
        classRow("RFC 3261 21.1", PROGRESS, SipFault.NOBODY, NONE);
        classRow("RFC 3261 21.2", SUCCESS, SipFault.NOBODY, NONE);
        classRow("RFC 3261 21.3", REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT);
        classRow("RFC 3261 21.4", UNKNOWN, SipFault.UNKNOWN, CHANGE_REQUEST);
        classRow("RFC 3261 21.5", SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER);
        classRow("RFC 3261 21.6", UNKNOWN, SipFault.UNKNOWN, DO_NOT_RETRY);
    }

    private static int classes;

    private static void row(int code, String reference, SipOutcome outcome, SipFault fault, SipAdvice advice) {
        ROWS[code - SipCode.MIN] = new Facts(reference, outcome, fault, advice);
    }

    private static void classRow(String reference, SipOutcome outcome, SipFault fault, SipAdvice advice) {
        CLASSES[classes++] = new Facts(reference, outcome, fault, advice);
    }

    static Facts of(SipCode code) {
        Facts row = ROWS[code.value() - SipCode.MIN];
        return row != null ? row : CLASSES[code.codeClass().ordinal()];
    }
}
