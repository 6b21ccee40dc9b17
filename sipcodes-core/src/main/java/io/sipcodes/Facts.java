package io.sipcodes;

import static io.sipcodes.SipAdvice.*;
import static io.sipcodes.SipEffect.*;
import static io.sipcodes.SipOutcome.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The facts of each code: one row a code. A row reads: the code, the RFC that first had it, where it is defined; what
 * became of the request, who has to act, what to do next and where that is said (nothing where it is our own judgement);
 * then whatever else is said of it, but for its header fields: those are {@link HeaderRules}.
 *
 * <p>A code that the catalog does not know has the row of its class. A row is made when its code is first asked for: who
 * starts an application waits for the few it needs and not for all.
 */
final class Facts {

    private static final Facts[] ROWS = new Facts[SipCode.MAX - SipCode.MIN + 1];

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

    /** The row of a code, or of its class; one and the same each time. */
    static synchronized Facts of(SipCode code) {
        int index = code.value() - SipCode.MIN;
        if (ROWS[index] == null) {
            ROWS[index] = make(code);
        }
        return ROWS[index];
    }

    private static Facts row(SipCodeClass codeClass, int since, String reference) {
        return new Facts(codeClass, since, reference);
    }

    private static Facts make(SipCode code) {
        SipCodeClass codeClass = code.codeClass();
        return switch (code.value()) {
            case 100 ->
                row(codeClass, 2543, "RFC 3261 21.1.1")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.1");
            case 101 -> row(codeClass, 0, "").means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
            case 180 ->
                row(codeClass, 2543, "RFC 3261 21.1.2")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.2")
                        .answers("RFC 4320 4.1", "INVITE");
            case 181 ->
                row(codeClass, 2543, "RFC 3261 21.1.3")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.3")
                        .answers("RFC 4320 4.1", "INVITE");
            case 182 ->
                row(codeClass, 2543, "RFC 3261 21.1.4")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.4")
                        .answers("RFC 4320 4.1", "INVITE");
            case 183 ->
                row(codeClass, 3261, "RFC 3261 21.1.5")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.1.5")
                        .answers("RFC 4320 4.1", "INVITE");
            case 199 ->
                row(codeClass, 6228, "RFC 6228 11.1")
                        .means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 6228 4")
                        .effect(EARLY_DIALOG, "RFC 6228 4")
                        .answers("RFC 6228 5", "INVITE")
                        .alias("Informational - Others", "Wireshark, whose catch-all has the same number");

            case 200 ->
                row(codeClass, 2543, "RFC 3261 21.2.1")
                        .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 21.2.1");
            case 202 ->
                row(codeClass, 3265, "RFC 6665 8.3.1")
                        .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 6665 8.3.1")
                        .http(HttpAnswer.ACCEPTED)
                        .alias("Accepted (Deprecated)", "the registry's remark, sent by mjSIP");
            case 204 ->
                row(codeClass, 5839, "RFC 5839 7.1")
                        .means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 5839 5.6")
                        .answers("RFC 5839 7.1", "SUBSCRIBE");

            case 300 ->
                row(codeClass, 2543, "RFC 3261 21.3.1")
                        .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4");
            case 301 ->
                row(codeClass, 2543, "RFC 3261 21.3.2")
                        .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4");
            case 302 ->
                row(codeClass, 2543, "RFC 3261 21.3.3")
                        .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.4");
            case 305 ->
                row(codeClass, 2543, "RFC 3261 21.3.4")
                        .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 21.3.4");
            case 380 ->
                row(codeClass, 2543, "RFC 3261 21.3.5")
                        .means(REDIRECTED, SipFault.NOBODY, ASK_PERSON, "RFC 3261 21.3.5");

            case 400 ->
                row(codeClass, 2543, "RFC 3261 21.4.1")
                        .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.1");
            case 401 ->
                row(codeClass, 2543, "RFC 3261 21.4.2")
                        .means(CHALLENGED, SipFault.NOBODY, AUTHENTICATE, "RFC 3261 22.2");
            case 402 ->
                row(codeClass, 2543, "RFC 3261 21.4.3")
                        .means(FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 5057 5.1");
            case 403 ->
                row(codeClass, 2543, "RFC 3261 21.4.4")
                        .means(FORBIDDEN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 3261 21.4.4");
            case 404 ->
                row(codeClass, 2543, "RFC 3261 21.4.5")
                        .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.4.5")
                        .effect(DIALOG, "RFC 5057 5.1");
            case 405 ->
                row(codeClass, 2543, "RFC 3261 21.4.6")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.6")
                        .effect(USAGE, "RFC 5057 5.1");
            case 406 ->
                row(codeClass, 2543, "RFC 3261 21.4.7")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.7")
                        .http(HttpAnswer.OWN_SIDE);
            case 407 ->
                row(codeClass, 2543, "RFC 3261 21.4.8")
                        .means(CHALLENGED, SipFault.NOBODY, AUTHENTICATE, "RFC 3261 22.3");
            case 408 ->
                row(codeClass, 2543, "RFC 3261 21.4.9")
                        .means(TIMEOUT, SipFault.NETWORK, RETRY_LATER, "RFC 3261 21.4.9")
                        .answers("RFC 4320 4.2", "INVITE");
            case 409 ->
                row(codeClass, 2543, "RFC 2543 7.4.10")
                        .means(CONFLICT, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 410 ->
                row(codeClass, 2543, "RFC 3261 21.4.10")
                        .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.4.10")
                        .effect(DIALOG, "RFC 5057 5.1")
                        .http(HttpAnswer.GONE);
            case 411 ->
                row(codeClass, 2543, "RFC 2543 7.4.12")
                        .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 2543 7.4.12")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 412 ->
                row(codeClass, 3903, "RFC 3903 11.2.1")
                        .means(STATE_LOST, SipFault.OUR_SIDE, START_ANEW, "RFC 3903 5")
                        .answers("RFC 3903 11.2.1", "PUBLISH")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Precondition Failed", "sofia-sip, reSIProcate; it is HTTP's");
            case 413 ->
                row(codeClass, 2543, "RFC 3261 21.4.11")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                        .http(HttpAnswer.TOO_LARGE)
                        .alias("Payload Too Large", "HTTP (RFC 7231)")
                        .alias("Content Too Large", "HTTP (RFC 9110)");
            case 414 ->
                row(codeClass, 2543, "RFC 3261 21.4.12")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "")
                        .http(HttpAnswer.INPUT_INCOMPLETE)
                        .alias("Request-URI Too Large", "RFC 3261 25.1, JAIN-SIP")
                        .alias("URI Too Long", "HTTP (RFC 9110)");
            case 415 ->
                row(codeClass, 2543, "RFC 3261 21.4.13")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Unsupported Media", "lists on the web");
            case 416 ->
                row(codeClass, 3261, "RFC 3261 21.4.14")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                        .effect(DIALOG, "RFC 5057 5.1")
                        .alias("Requested Range Not Satisfiable", "HTTP (RFC 2616), lists on the web")
                        .alias("Range Not Satisfiable", "HTTP (RFC 9110)");
            case 417 ->
                row(codeClass, 4412, "RFC 4412 4.6.2")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 4412 4.7.1")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Bad Extension", "Kamailio, which means 420");
            case 420 ->
                row(codeClass, 2543, "RFC 3261 21.4.15")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 8.1.3.5")
                        .http(HttpAnswer.OWN_SIDE);
            case 421 ->
                row(codeClass, 3261, "RFC 3261 21.4.16")
                        .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.16")
                        .alias("Etension Required", "JAIN-SIP, by a slip");
            case 422 ->
                row(codeClass, 4028, "RFC 4028 6")
                        .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 4028 7.3")
                        .answers("RFC 4028 5", "INVITE", "UPDATE")
                        .alias("Session Timer Too Small", "Wireshark");
            case 423 ->
                row(codeClass, 3261, "RFC 3261 21.4.17")
                        .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 10.2.8")
                        .answers("RFC 3261 21.4.17", "REGISTER", "SUBSCRIBE", "PUBLISH")
                        .alias("Interval Too Small", "RFC 3265");
            case 424 ->
                row(codeClass, 6442, "RFC 6442 4.3")
                        .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6442 4.3")
                        .effect(TRANSACTION, "RFC 6442 4.3")
                        .http(HttpAnswer.INPUT_INCOMPLETE);
            case 425 ->
                row(codeClass, 8876, "RFC 8876 5.1")
                        .means(MALFORMED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8876 5.1")
                        .effect(TRANSACTION, "RFC 8876 5.1")
                        .http(HttpAnswer.INPUT_INCOMPLETE);
            case 428 ->
                row(codeClass, 4474, "RFC 8224 6.2.2")
                        .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Use Supported PASSporT Format", "RFC 8224 6.2.2, for an unknown ppt");
            case 429 ->
                row(codeClass, 3892, "RFC 3892 5").means(IDENTITY, SipFault.CALLER, CHANGE_REQUEST, "RFC 3892 2.1");
            case 430 ->
                row(codeClass, 5626, "RFC 5626 11.5")
                        .means(UNREACHABLE, SipFault.NETWORK, TRY_ELSEWHERE, "RFC 5626 7")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 433 ->
                row(codeClass, 5079, "RFC 5079 5")
                        .means(IDENTITY, SipFault.CALLER, ASK_PERSON, "RFC 5079 4")
                        .effect(TRANSACTION, "RFC 5079 4");
            case 436 ->
                row(codeClass, 4474, "RFC 8224 6.2.2")
                        .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Bad Identity-Info", "RFC 4474, most stacks");
            case 437 ->
                row(codeClass, 4474, "RFC 8224 6.2.2")
                        .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Unsupported Certificate", "RFC 4474, most stacks");
            case 438 ->
                row(codeClass, 4474, "RFC 8224 6.2.2")
                        .means(IDENTITY, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8224 6.2.2")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("Invalid PASSporT", "RFC 8224 6.2.2");
            case 439 ->
                row(codeClass, 5626, "RFC 5626 11.6")
                        .means(UNSUPPORTED, SipFault.UPSTREAM, CHANGE_REQUEST, "RFC 5626 4.2.1")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                        .answers("RFC 5626 11.6", "REGISTER")
                        .alias("Stale Date", "sofia-sip, which means 403");
            case 440 ->
                row(codeClass, 5393, "RFC 5393 5.3.3")
                        .means(ROUTING, SipFault.UPSTREAM, CHANGE_REQUEST, "RFC 5393 5.1")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 469 ->
                row(codeClass, 6086, "RFC 6086 4.2.2")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6086 4.2")
                        .effect(TRANSACTION, "RFC 6086 4.2.2")
                        .answers("RFC 6086 4.2.2", "INFO")
                        .http(HttpAnswer.OWN_SIDE);
            case 470 ->
                row(codeClass, 5360, "RFC 5360 5.9.2")
                        .means(FORBIDDEN, SipFault.CALLEE, ASK_PERSON, "RFC 5360 5.9.2")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 477 ->
                row(codeClass, 0, "")
                        .means(UNREACHABLE, SipFault.UPSTREAM, RETRY_LATER, "")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                        .alias("Unfortunately error on sending to next hop occurred (477/TM)", "Kamailio, OpenSIPS")
                        .alias("Unfortunately error on sending to next hop occurred (477/SL)", "Kamailio, OpenSIPS");
            case 478 ->
                row(codeClass, 0, "")
                        .means(UNREACHABLE, SipFault.UPSTREAM, RETRY_LATER, "")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                        .alias("Unresolvable destination (478/TM)", "Kamailio")
                        .alias("Unresolvable destination (478/SL)", "Kamailio");
            case 479 ->
                row(codeClass, 0, "")
                        .means(MALFORMED, SipFault.UPSTREAM, CHANGE_REQUEST, "")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)")
                        .http(HttpAnswer.UPSTREAM)
                        .alias("Regretfully, we were not able to process the URI (479/TM)", "Kamailio")
                        .alias("Regretfully, we were not able to process the URI (479/SL)", "Kamailio");
            case 480 ->
                row(codeClass, 2543, "RFC 3261 21.4.18")
                        .means(UNAVAILABLE, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.4.18")
                        .effect(USAGE, "RFC 5057 5.1")
                        .alias("Temporarily not available", "RFC 3261 25.1, RFC 2543");
            case 481 ->
                row(codeClass, 2543, "RFC 3261 21.4.19")
                        .means(STATE_LOST, SipFault.UPSTREAM, START_ANEW, "RFC 3261 12.2.1.2")
                        .effect(USAGE, "RFC 5057 5.1")
                        .alias("Call Leg/Transaction Does Not Exist", "RFC 3261 25.1, RFC 2543, JAIN-SIP");
            case 482 ->
                row(codeClass, 2543, "RFC 3261 21.4.20")
                        .means(ROUTING, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                        .effect(DIALOG, "RFC 5057 5.1");
            case 483 ->
                row(codeClass, 2543, "RFC 3261 21.4.21")
                        .means(ROUTING, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                        .effect(DIALOG, "RFC 5057 5.1");
            case 484 ->
                row(codeClass, 2543, "RFC 3261 21.4.22")
                        .means(NOT_FOUND, SipFault.CALLER, CHANGE_REQUEST, "RFC 3261 21.4.22")
                        .effect(DIALOG, "RFC 5057 5.1")
                        .http(HttpAnswer.INPUT_INCOMPLETE);
            case 485 ->
                row(codeClass, 2543, "RFC 3261 21.4.23")
                        .means(NOT_FOUND, SipFault.CALLER, ASK_PERSON, "RFC 3261 21.4.23")
                        .effect(DIALOG, "RFC 5057 5.1")
                        .http(HttpAnswer.INPUT_INCOMPLETE);
            case 486 ->
                row(codeClass, 2543, "RFC 3261 21.4.24").means(BUSY, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.4.24");
            case 487 ->
                row(codeClass, 3261, "RFC 3261 21.4.25")
                        .means(CANCELLED, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 9.1")
                        .alias("Call Cancelled", "RFC 3398");
            case 488 ->
                row(codeClass, 3261, "RFC 3261 21.4.26")
                        .means(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.4.26");
            case 489 ->
                row(codeClass, 3265, "RFC 6665 8.3.2")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 6665 8.3.2")
                        .effect(USAGE, "RFC 5057 5.1")
                        .answers("RFC 6665 8.3.2", "SUBSCRIBE", "NOTIFY", "PUBLISH")
                        .alias("Event Package Not Supported", "reSIProcate");
            case 490 ->
                row(codeClass, 0, "")
                        .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 4xx)");
            case 491 ->
                row(codeClass, 3261, "RFC 3261 21.4.27").means(CONFLICT, SipFault.NOBODY, BACK_OFF, "RFC 3261 14.1");
            case 493 ->
                row(codeClass, 3261, "RFC 3261 21.4.28")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 23.2")
                        .http(HttpAnswer.OWN_SIDE);
            case 494 ->
                row(codeClass, 3329, "RFC 3329 2.3.1")
                        .means(NEGOTIATION, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3329 2.3.1");

            case 500 ->
                row(codeClass, 2543, "RFC 3261 21.5.1")
                        .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "RFC 3261 21.5.1")
                        .alias("Internal Server Error", "RFC 3261 25.1, HTTP, sofia-sip, SIP.js, ersip")
                        .alias("JsSIP Internal Error", "JsSIP");
            case 501 ->
                row(codeClass, 2543, "RFC 3261 21.5.2")
                        .means(UNSUPPORTED, SipFault.UPSTREAM, DO_NOT_RETRY, "")
                        .effect(USAGE, "RFC 5057 5.1");
            case 502 ->
                row(codeClass, 2543, "RFC 3261 21.5.3")
                        .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "")
                        .effect(DIALOG, "RFC 5057 5.1");
            case 503 ->
                row(codeClass, 2543, "RFC 3261 21.5.4")
                        .means(OVERLOAD, SipFault.UPSTREAM, TRY_ELSEWHERE, "RFC 3263 4.3");
            case 504 ->
                row(codeClass, 2543, "RFC 3261 21.5.5")
                        .means(TIMEOUT, SipFault.UPSTREAM, RETRY_LATER, "")
                        .alias("Gateway Time-out", "RFC 2543, RFC 4497, sofia-sip")
                        .alias("Gateway Timeout", "HTTP, JAIN-SIP");
            case 505 ->
                row(codeClass, 2543, "RFC 3261 21.5.6")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, DO_NOT_RETRY, "")
                        .http(HttpAnswer.OWN_SIDE)
                        .alias("SIP Version not supported", "RFC 3261 25.1, JAIN-SIP");
            case 513 ->
                row(codeClass, 3261, "RFC 3261 21.5.7")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.5.7")
                        .http(HttpAnswer.TOO_LARGE);
            case 555 ->
                row(codeClass, 8599, "RFC 8599 8.1")
                        .means(UNSUPPORTED, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 8599 4.1.5")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 5xx)")
                        .answers("RFC 8599 8.1", "REGISTER");
            case 580 ->
                row(codeClass, 3312, "RFC 3312 8")
                        .means(MEDIA, SipFault.NETWORK, CHANGE_REQUEST, "RFC 3312 8")
                        .answers("RFC 3312 8", "INVITE", "UPDATE")
                        .http(HttpAnswer.UPSTREAM)
                        .alias("Precondition-Failure", "RFC 3312 8");

            case 600 ->
                row(codeClass, 2543, "RFC 3261 21.6.1").means(BUSY, SipFault.CALLEE, RETRY_LATER, "RFC 3261 21.6.1");
            case 603 ->
                row(codeClass, 2543, "RFC 3261 21.6.2")
                        .means(DECLINED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 3261 21.6.2")
                        .alias("Declined", "Asterisk");
            case 604 ->
                row(codeClass, 2543, "RFC 3261 21.6.3")
                        .means(NOT_FOUND, SipFault.CALLER, DO_NOT_RETRY, "RFC 3261 21.6.3")
                        .effect(DIALOG, "RFC 5057 5.1");
            case 605 ->
                row(codeClass, 0, "")
                        .means(DECLINED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 3261 8.1.3.2")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)");
            case 606 ->
                row(codeClass, 2543, "RFC 3261 21.6.4")
                        .means(MEDIA, SipFault.OUR_SIDE, CHANGE_REQUEST, "RFC 3261 21.6.4")
                        .alias("Session Not Acceptable", "JAIN-SIP");
            case 607 ->
                row(codeClass, 8197, "RFC 8197 4")
                        .means(BLOCKED, SipFault.CALLEE, DO_NOT_RETRY, "RFC 8197 4")
                        .effect(TRANSACTION, "RFC 8197 4");
            case 608 ->
                row(codeClass, 8688, "RFC 8688 3.1")
                        .means(BLOCKED, SipFault.NETWORK, DO_NOT_RETRY, "RFC 8688 3.3")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)");
            case 687 ->
                row(codeClass, 0, "")
                        .means(CANCELLED, SipFault.UNKNOWN, SipAdvice.NONE, "")
                        .effect(TRANSACTION, "RFC 5057 5.1 (as unknown 6xx)");

            default -> others(codeClass);
        };
    }

    private static Facts others(SipCodeClass codeClass) {
        // By number: a switch over an enum is another class to load.
        return switch (codeClass.ordinal() + 1) {
            case 1 ->
                row(codeClass, 0, "RFC 3261 21.1").means(PROGRESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
            case 2 ->
                row(codeClass, 0, "RFC 3261 21.2").means(SUCCESS, SipFault.NOBODY, SipAdvice.NONE, "RFC 3261 8.1.3.2");
            case 3 ->
                row(codeClass, 0, "RFC 3261 21.3")
                        .means(REDIRECTED, SipFault.NOBODY, FOLLOW_REDIRECT, "RFC 3261 8.1.3.2");
            case 4 ->
                row(codeClass, 0, "RFC 3261 21.4")
                        .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, CHANGE_REQUEST, "RFC 3261 8.1.3.2");
            case 5 ->
                row(codeClass, 0, "RFC 3261 21.5")
                        .means(SERVER_ERROR, SipFault.UPSTREAM, RETRY_LATER, "RFC 3261 8.1.3.2");
            default ->
                row(codeClass, 0, "RFC 3261 21.6")
                        .means(SipOutcome.UNKNOWN, SipFault.UNKNOWN, DO_NOT_RETRY, "RFC 3261 8.1.3.2");
        };
    }

    /** Whether Retry-After says something with this code: with eight and no others (RFC 3261 20.33 and Table 3). */
    static boolean honoursRetryAfter(SipCode code) {
        return switch (code.value()) {
            case 404, 413, 480, 486, 500, 503, 600, 603 -> true;
            default -> false;
        };
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
}
