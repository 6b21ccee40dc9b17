package io.sipcodes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How somebody translates between the causes of the telephone network (Q.850) and SIP response codes. There are several
 * ways, so a translation is worth something only with its name; and the two directions of one way are not inverse: 404
 * becomes 1, and 1, 2, 3 and 26 become 404.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public enum Q850Profile {
    /** RFC 3398, between SIP and ISUP: sections 7.2.4.1 and 8.2.6.1. */
    RFC3398("RFC 3398 7.2.4.1", "RFC 3398 8.2.6.1"),

    /** RFC 4497, between SIP and QSIG, the signalling of private branch exchanges: sections 8.4.1 and 8.4.4. */
    RFC4497("RFC 4497 8.4.1", "RFC 4497 8.4.4"),

    /** Asterisk with its PJSIP channel, as read in its source in August 2026. */
    ASTERISK("Asterisk chan_pjsip.c", "Asterisk res_pjsip.c"),

    /**
     * FreeSWITCH, as read in its source in August 2026. It has causes above 127 of its own; that it takes 429 for 436 is
     * its slip.
     */
    FREESWITCH("FreeSWITCH mod_sofia.c", "FreeSWITCH sofia_glue.c");

    private static final int NONE = 0;

    /** RFC 8606's name for the location "user". */
    private static final String USER = "U";

    private final String sourceToSip;
    private final String sourceToCause;

    Q850Profile(String sourceToSip, String sourceToCause) {
        this.sourceToSip = sourceToSip;
        this.sourceToCause = sourceToCause;
    }

    // Not by bodies of the constants: each would be a class, and all are loaded as soon as anybody looks at this one.

    /** The response code for a cause, or {@link #NONE}. */
    private int sip(int cause, boolean user, boolean newNumber) {
        return switch (this) {
            case RFC3398 -> rfc3398ToSip(cause, user, newNumber);
            case RFC4497 -> rfc4497ToSip(cause, user, newNumber);
            case ASTERISK -> asteriskToSip(cause);
            case FREESWITCH -> freeswitchToSip(cause);
        };
    }

    /** The cause for a response code, or {@link #NONE}. */
    private int cause(int code, boolean bearer) {
        return switch (this) {
            case RFC3398 -> rfc3398ToCause(code, bearer);
            case RFC4497 -> rfc4497ToCause(code, bearer);
            case ASTERISK -> asteriskToCause(code);
            case FREESWITCH -> freeswitchToCause(code);
        };
    }

    /** {@return where the translation of causes is written down, as {@code RFC 3398 7.2.4.1}} */
    public String sourceToSip() {
        return sourceToSip;
    }

    /** {@return where the translation of response codes is written down, as {@code RFC 3398 8.2.6.1}} */
    public String sourceToCause() {
        return sourceToCause;
    }

    /**
     * The response code that a cause becomes, if nothing more is known of it.
     *
     * @param cause any number; below 1 there is none
     * @return empty where the profile sends no response
     */
    public Optional<SipCode> toSip(int cause) {
        return toSip(cause, "", false);
    }

    /**
     * The response code that a cause becomes.
     *
     * @param cause any number; below 1 there is none
     * @param location where the call was released, by RFC 8606's names, as {@code U} for the user; empty if not known.
     *     A 21 from the user is 603 instead of 403 (optional in RFC 3398, mandatory in RFC 4497).
     * @param newNumberKnown whether the diagnostic of a 22 holds the new number, which then goes into Contact of a 301
     * @return empty where the profile sends no response
     */
    public Optional<SipCode> toSip(int cause, String location, boolean newNumberKnown) {
        int code = cause < 1 ? NONE : sip(cause, USER.equalsIgnoreCase(location), newNumberKnown);
        return code == NONE ? Optional.empty() : Optional.of(SipCode.of(code));
    }

    /**
     * {@return the response code that the cause in a Reason header becomes; empty if it is of another protocol than
     * Q.850}
     *
     * @param reason one value of a Reason header, of any protocol
     */
    public Optional<SipCode> toSip(SipReason reason) {
        return reason.isQ850() ? toSip(reason.cause(), reason.location(), false) : Optional.empty();
    }

    /**
     * The cause that a response code becomes, if nothing more is known.
     *
     * @param code any response code
     * @return empty where the profile releases no call because of it; FreeSWITCH gives some above 127, which no other
     *     equipment knows
     */
    public OptionalInt toCause(SipCode code) {
        return toCause(code, List.of());
    }

    /**
     * {@return the cause that a response code becomes}
     *
     * @param code any response code
     * @param warnings the response's Warning values. In the RFCs, 488 and 606 become 65 instead of 31 if one of them
     *     speaks of an unavailable bearer capability; the RFCs list no codes for that, and 304, 305 and 370 are taken
     *     for it here.
     */
    public OptionalInt toCause(SipCode code, List<SipWarning> warnings) {
        boolean bearer = false;
        for (SipWarning warning : Objects.requireNonNull(warnings, "warnings")) {
            bearer |= warning.code() == 304 || warning.code() == 305 || warning.code() == 370;
        }
        int cause = cause(code.value(), bearer);
        return cause == NONE ? OptionalInt.empty() : OptionalInt.of(cause);
    }

    /**
     * Where a call is released that ends with this code, by RFC 8606's names: {@code U}, the user, for 6xx; for others
     * RFC 4497 says {@code RPN}, and RFC 3398 only "network", for which there is no one name.
     *
     * @param code any response code
     * @return empty if the profile says nothing that has a name
     */
    public String location(SipCode code) {
        if (this != RFC3398 && this != RFC4497 || !code.isFailure()) {
            return "";
        }
        return code.codeClass() == SipCodeClass.GLOBAL_FAILURES ? USER : this == RFC4497 ? "RPN" : "";
    }

    /**
     * {@return the value for a Reason header in a response with this code (RFC 6432); empty where there is no cause for
     * it}
     *
     * @param code any response code
     * @param warnings the Warning values of the response; none is as good
     */
    public Optional<SipReason> toReason(SipCode code, List<SipWarning> warnings) {
        OptionalInt cause = toCause(code, warnings);
        if (cause.isEmpty()) {
            return Optional.empty();
        }
        String text = Q850Cause.find(cause.getAsInt()).map(Q850Cause::phrase).orElse("");
        return Optional.of(new SipReason("Q.850", cause.getAsInt(), text, location(code)));
    }

    /**
     * {@return the causes that the profiles make different responses of, in ascending order, and what each makes of it;
     * one that sends no response is left out}
     */
    public static Map<Q850Cause, Map<Q850Profile, SipCode>> differencesToSip() {
        Map<Q850Cause, Map<Q850Profile, SipCode>> differences = new EnumMap<>(Q850Cause.class);
        for (Q850Cause cause : Q850Cause.values()) {
            Map<Q850Profile, SipCode> answers = new EnumMap<>(Q850Profile.class);
            for (Q850Profile profile : values()) {
                profile.toSip(cause.value()).ifPresent(code -> answers.put(profile, code));
            }
            if (differ(answers)) {
                differences.put(cause, answers);
            }
        }
        return differences;
    }

    /**
     * {@return the failure codes that the profiles make different causes of, in ascending order, and what each makes of
     * it; one that gives no cause is left out}
     */
    public static Map<SipCode, Map<Q850Profile, Integer>> differencesToCause() {
        Map<SipCode, Map<Q850Profile, Integer>> differences = new TreeMap<>();
        for (SipCode code : SipCode.known()) {
            Map<Q850Profile, Integer> answers = new EnumMap<>(Q850Profile.class);
            for (Q850Profile profile : values()) {
                profile.toCause(code).ifPresent(cause -> answers.put(profile, cause));
            }
            if (code.isFailure() && differ(answers)) {
                differences.put(code, answers);
            }
        }
        return differences;
    }

    private static boolean differ(Map<Q850Profile, ?> answers) {
        return !answers.isEmpty()
                && (answers.size() < values().length
                        || answers.values().stream().distinct().count() > 1);
    }

    private static int rfc3398ToSip(int cause, boolean user, boolean newNumber) {
        return switch (cause) {
            case 1, 2, 3, 26 -> 404;
            // A BYE or CANCEL, no response; and a matter between the gateway and its exchange.
            case 16, 44 -> NONE;
            case 17 -> 486;
            case 18 -> 408;
            case 19, 20, 31 -> 480;
            case 21 -> user ? 603 : 403;
            case 22 -> newNumber ? 301 : 410;
            case 23 -> 410;
            case 27 -> 502;
            case 28 -> 484;
            case 29, 79 -> 501;
            case 34, 38, 41, 42, 47, 58, 88 -> 503;
            case 55, 57, 87 -> 403;
            case 65, 70 -> 488;
            case 102 -> 504;
            default -> 500;
        };
    }

    private static int rfc3398ToCause(int code, boolean bearer) {
        return switch (code) {
            case 400, 481, 500, 503 -> 41;
            case 401, 402, 403, 407, 603 -> 21;
            case 404, 485, 604 -> 1;
            case 405 -> 63;
            case 406, 415, 501 -> 79;
            case 408, 504 -> 102;
            case 410 -> 22;
            // The RFC prints 505's phrase with the number 504.
            case 413, 414, 416, 420, 421, 423, 505, 513 -> 127;
            case 480 -> 18;
            case 482, 483 -> 25;
            case 484 -> 28;
            case 486, 600 -> 17;
            case 487 -> NONE;
            case 488, 606 -> bearer ? 65 : 31;
            case 502 -> 38;
            default -> code >= 400 ? 31 : NONE;
        };
    }

    private static int rfc4497ToSip(int cause, boolean user, boolean newNumber) {
        return switch (cause) {
            // Not in its table, so what stands for all others.
            case 16, 26, 44 -> 500;
            case 69 -> 501;
            default -> rfc3398ToSip(cause, user, newNumber);
        };
    }

    private static int rfc4497ToCause(int code, boolean bearer) {
        return code == 487 ? 31 : rfc3398ToCause(code, bearer);
    }

    private static int asteriskToSip(int cause) {
        return switch (cause) {
            case 1, 2, 3 -> 404;
            case 17 -> 486;
            case 18 -> 408;
            case 19, 20, 31 -> 480;
            case 21 -> 403;
            case 22 -> 410;
            case 23 -> 302;
            case 27 -> 502;
            case 28 -> 484;
            case 29 -> 501;
            case 34, 42, 66 -> 503;
            case 38, 127 -> 500;
            case 58 -> 488;
            default -> NONE;
        };
    }

    private static int asteriskToCause(int code) {
        return switch (code) {
            case 302 -> 23;
            case 401, 403, 407, 603 -> 21;
            case 404, 485, 604 -> 1;
            case 408 -> 18;
            case 409 -> 41;
            case 410 -> 22;
            case 420 -> 3;
            case 480, 483 -> 19;
            case 484 -> 28;
            case 486, 600 -> 17;
            case 488, 606 -> 58;
            case 500 -> 38;
            case 501 -> 29;
            case 502 -> 27;
            case 504 -> 102;
            case 505 -> 127;
            default -> code < 400 ? NONE : code >= 500 && code < 600 ? 34 : 127;
        };
    }

    private static int freeswitchToSip(int cause) {
        return switch (cause) {
            case 1, 2, 3 -> 404;
            case 17 -> 486;
            case 18 -> 408;
            case 21, 816, 825 -> 603;
            case 22, 23 -> 410;
            case 25 -> 483;
            case 27 -> 502;
            case 28 -> 484;
            case 29, 69, 79 -> 501;
            case 34, 38, 41, 42, 44, 58 -> 503;
            case 52, 54, 57, 824 -> 403;
            case 65, 88 -> 488;
            case 102 -> 504;
            case 487 -> 487;
            case 815 -> 600;
            case 817 -> 604;
            case 818 -> 606;
            case 819 -> 607;
            case 820 -> 428;
            case 821 -> 429;
            case 822 -> 437;
            case 823 -> 438;
            default -> 480;
        };
    }

    private static int freeswitchToCause(int code) {
        return switch (code) {
            case 200 -> 16;
            case 428 -> 820;
            case 429 -> 821;
            case 437 -> 822;
            case 438 -> 823;
            case 485, 604 -> 3;
            case 487 -> 487;
            case 488, 606 -> 88;
            case 607 -> 819;
            case 608 -> 21;
            default -> code < 300 ? NONE : code < 400 ? 31 : rfc3398ToCause(code, false);
        };
    }
}
