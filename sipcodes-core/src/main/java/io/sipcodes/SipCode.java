package io.sipcodes;

import static io.sipcodes.SipCodeStatus.DEPRECATED;
import static io.sipcodes.SipCodeStatus.OBSOLETE;
import static io.sipcodes.SipCodeStatus.REGISTERED;
import static io.sipcodes.SipCodeStatus.UNREGISTERED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The response code of a SIP status line: a number from 100 to 699 (RFC 3261 section 7.2).
 *
 * <p>There is exactly one instance per number, so {@code ==} is equality and {@link #of(int)} is an array read. Every
 * number of the range has an instance, known or not; {@link #status()} tells which it is. A constant carries its number
 * in its name, because 406 and 606 share a phrase and because people say "a 486". What a code means, in words, is in
 * {@link SipCatalog}; this class never loads it.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class SipCode implements Comparable<SipCode> {

    /** The lowest response code, 100. */
    public static final int MIN = 100;

    /** The highest response code, 699. */
    public static final int MAX = 699;

    private static final int MAX_SHOWN = 16;

    // Must stand before the constants: they enter themselves here.
    private static final SipCode[] ALL = new SipCode[MAX - MIN + 1];
    private static final SipCodeClass[] CLASSES = SipCodeClass.values();

    /** 100 Trying. */
    public static final SipCode TRYING_100 = known(100, "Trying", REGISTERED);

    /** 180 Ringing. */
    public static final SipCode RINGING_180 = known(180, "Ringing", REGISTERED);

    /** 181 Call Is Being Forwarded. */
    public static final SipCode CALL_IS_BEING_FORWARDED_181 = known(181, "Call Is Being Forwarded", REGISTERED);

    /** 182 Queued. */
    public static final SipCode QUEUED_182 = known(182, "Queued", REGISTERED);

    /** 183 Session Progress. */
    public static final SipCode SESSION_PROGRESS_183 = known(183, "Session Progress", REGISTERED);

    /** 199 Early Dialog Terminated. */
    public static final SipCode EARLY_DIALOG_TERMINATED_199 = known(199, "Early Dialog Terminated", REGISTERED);

    /** 200 OK. */
    public static final SipCode OK_200 = known(200, "OK", REGISTERED);

    /** 202 Accepted. */
    public static final SipCode ACCEPTED_202 = known(202, "Accepted", DEPRECATED);

    /** 204 No Notification. */
    public static final SipCode NO_NOTIFICATION_204 = known(204, "No Notification", REGISTERED);

    /** 300 Multiple Choices. */
    public static final SipCode MULTIPLE_CHOICES_300 = known(300, "Multiple Choices", REGISTERED);

    /** 301 Moved Permanently. */
    public static final SipCode MOVED_PERMANENTLY_301 = known(301, "Moved Permanently", REGISTERED);

    /** 302 Moved Temporarily. */
    public static final SipCode MOVED_TEMPORARILY_302 = known(302, "Moved Temporarily", REGISTERED);

    /** 305 Use Proxy. */
    public static final SipCode USE_PROXY_305 = known(305, "Use Proxy", REGISTERED);

    /** 380 Alternative Service. */
    public static final SipCode ALTERNATIVE_SERVICE_380 = known(380, "Alternative Service", REGISTERED);

    /** 400 Bad Request. */
    public static final SipCode BAD_REQUEST_400 = known(400, "Bad Request", REGISTERED);

    /** 401 Unauthorized. */
    public static final SipCode UNAUTHORIZED_401 = known(401, "Unauthorized", REGISTERED);

    /** 402 Payment Required. */
    public static final SipCode PAYMENT_REQUIRED_402 = known(402, "Payment Required", REGISTERED);

    /** 403 Forbidden. */
    public static final SipCode FORBIDDEN_403 = known(403, "Forbidden", REGISTERED);

    /** 404 Not Found. */
    public static final SipCode NOT_FOUND_404 = known(404, "Not Found", REGISTERED);

    /** 405 Method Not Allowed. */
    public static final SipCode METHOD_NOT_ALLOWED_405 = known(405, "Method Not Allowed", REGISTERED);

    /** 406 Not Acceptable. */
    public static final SipCode NOT_ACCEPTABLE_406 = known(406, "Not Acceptable", REGISTERED);

    /** 407 Proxy Authentication Required. */
    public static final SipCode PROXY_AUTHENTICATION_REQUIRED_407 =
            known(407, "Proxy Authentication Required", REGISTERED);

    /** 408 Request Timeout. */
    public static final SipCode REQUEST_TIMEOUT_408 = known(408, "Request Timeout", REGISTERED);

    /** 409 Conflict. */
    public static final SipCode CONFLICT_409 = known(409, "Conflict", OBSOLETE);

    /** 410 Gone. */
    public static final SipCode GONE_410 = known(410, "Gone", REGISTERED);

    /** 411 Length Required. */
    public static final SipCode LENGTH_REQUIRED_411 = known(411, "Length Required", OBSOLETE);

    /** 412 Conditional Request Failed. */
    public static final SipCode CONDITIONAL_REQUEST_FAILED_412 = known(412, "Conditional Request Failed", REGISTERED);

    /** 413 Request Entity Too Large. */
    public static final SipCode REQUEST_ENTITY_TOO_LARGE_413 = known(413, "Request Entity Too Large", REGISTERED);

    /** 414 Request-URI Too Long. */
    public static final SipCode REQUEST_URI_TOO_LONG_414 = known(414, "Request-URI Too Long", REGISTERED);

    /** 415 Unsupported Media Type. */
    public static final SipCode UNSUPPORTED_MEDIA_TYPE_415 = known(415, "Unsupported Media Type", REGISTERED);

    /** 416 Unsupported URI Scheme. */
    public static final SipCode UNSUPPORTED_URI_SCHEME_416 = known(416, "Unsupported URI Scheme", REGISTERED);

    /** 417 Unknown Resource-Priority. */
    public static final SipCode UNKNOWN_RESOURCE_PRIORITY_417 = known(417, "Unknown Resource-Priority", REGISTERED);

    /** 420 Bad Extension. */
    public static final SipCode BAD_EXTENSION_420 = known(420, "Bad Extension", REGISTERED);

    /** 421 Extension Required. */
    public static final SipCode EXTENSION_REQUIRED_421 = known(421, "Extension Required", REGISTERED);

    /** 422 Session Interval Too Small. */
    public static final SipCode SESSION_INTERVAL_TOO_SMALL_422 = known(422, "Session Interval Too Small", REGISTERED);

    /** 423 Interval Too Brief. */
    public static final SipCode INTERVAL_TOO_BRIEF_423 = known(423, "Interval Too Brief", REGISTERED);

    /** 424 Bad Location Information. */
    public static final SipCode BAD_LOCATION_INFORMATION_424 = known(424, "Bad Location Information", REGISTERED);

    /** 425 Bad Alert Message. */
    public static final SipCode BAD_ALERT_MESSAGE_425 = known(425, "Bad Alert Message", REGISTERED);

    /** 428 Use Identity Header. */
    public static final SipCode USE_IDENTITY_HEADER_428 = known(428, "Use Identity Header", REGISTERED);

    /** 429 Provide Referrer Identity. */
    public static final SipCode PROVIDE_REFERRER_IDENTITY_429 = known(429, "Provide Referrer Identity", REGISTERED);

    /** 430 Flow Failed. */
    public static final SipCode FLOW_FAILED_430 = known(430, "Flow Failed", REGISTERED);

    /** 433 Anonymity Disallowed. */
    public static final SipCode ANONYMITY_DISALLOWED_433 = known(433, "Anonymity Disallowed", REGISTERED);

    /** 436 Bad Identity Info. */
    public static final SipCode BAD_IDENTITY_INFO_436 = known(436, "Bad Identity Info", REGISTERED);

    /** 437 Unsupported Credential. */
    public static final SipCode UNSUPPORTED_CREDENTIAL_437 = known(437, "Unsupported Credential", REGISTERED);

    /** 438 Invalid Identity Header. */
    public static final SipCode INVALID_IDENTITY_HEADER_438 = known(438, "Invalid Identity Header", REGISTERED);

    /** 439 First Hop Lacks Outbound Support. */
    public static final SipCode FIRST_HOP_LACKS_OUTBOUND_SUPPORT_439 =
            known(439, "First Hop Lacks Outbound Support", REGISTERED);

    /** 440 Max-Breadth Exceeded. */
    public static final SipCode MAX_BREADTH_EXCEEDED_440 = known(440, "Max-Breadth Exceeded", REGISTERED);

    /** 469 Bad Info Package. */
    public static final SipCode BAD_INFO_PACKAGE_469 = known(469, "Bad Info Package", REGISTERED);

    /** 470 Consent Needed. */
    public static final SipCode CONSENT_NEEDED_470 = known(470, "Consent Needed", REGISTERED);

    /** 480 Temporarily Unavailable. */
    public static final SipCode TEMPORARILY_UNAVAILABLE_480 = known(480, "Temporarily Unavailable", REGISTERED);

    /** 481 Call/Transaction Does Not Exist. */
    public static final SipCode CALL_TRANSACTION_DOES_NOT_EXIST_481 =
            known(481, "Call/Transaction Does Not Exist", REGISTERED);

    /** 482 Loop Detected. */
    public static final SipCode LOOP_DETECTED_482 = known(482, "Loop Detected", REGISTERED);

    /** 483 Too Many Hops. */
    public static final SipCode TOO_MANY_HOPS_483 = known(483, "Too Many Hops", REGISTERED);

    /** 484 Address Incomplete. */
    public static final SipCode ADDRESS_INCOMPLETE_484 = known(484, "Address Incomplete", REGISTERED);

    /** 485 Ambiguous. */
    public static final SipCode AMBIGUOUS_485 = known(485, "Ambiguous", REGISTERED);

    /** 486 Busy Here. */
    public static final SipCode BUSY_HERE_486 = known(486, "Busy Here", REGISTERED);

    /** 487 Request Terminated. */
    public static final SipCode REQUEST_TERMINATED_487 = known(487, "Request Terminated", REGISTERED);

    /** 488 Not Acceptable Here. */
    public static final SipCode NOT_ACCEPTABLE_HERE_488 = known(488, "Not Acceptable Here", REGISTERED);

    /** 489 Bad Event. */
    public static final SipCode BAD_EVENT_489 = known(489, "Bad Event", REGISTERED);

    /** 491 Request Pending. */
    public static final SipCode REQUEST_PENDING_491 = known(491, "Request Pending", REGISTERED);

    /** 493 Undecipherable. */
    public static final SipCode UNDECIPHERABLE_493 = known(493, "Undecipherable", REGISTERED);

    /** 494 Security Agreement Required. */
    public static final SipCode SECURITY_AGREEMENT_REQUIRED_494 = known(494, "Security Agreement Required", REGISTERED);

    /** 500 Server Internal Error. */
    public static final SipCode SERVER_INTERNAL_ERROR_500 = known(500, "Server Internal Error", REGISTERED);

    /** 501 Not Implemented. */
    public static final SipCode NOT_IMPLEMENTED_501 = known(501, "Not Implemented", REGISTERED);

    /** 502 Bad Gateway. */
    public static final SipCode BAD_GATEWAY_502 = known(502, "Bad Gateway", REGISTERED);

    /** 503 Service Unavailable. */
    public static final SipCode SERVICE_UNAVAILABLE_503 = known(503, "Service Unavailable", REGISTERED);

    /** 504 Server Time-out. */
    public static final SipCode SERVER_TIME_OUT_504 = known(504, "Server Time-out", REGISTERED);

    /** 505 Version Not Supported. */
    public static final SipCode VERSION_NOT_SUPPORTED_505 = known(505, "Version Not Supported", REGISTERED);

    /** 513 Message Too Large. */
    public static final SipCode MESSAGE_TOO_LARGE_513 = known(513, "Message Too Large", REGISTERED);

    /** 555 Push Notification Service Not Supported. */
    public static final SipCode PUSH_NOTIFICATION_SERVICE_NOT_SUPPORTED_555 =
            known(555, "Push Notification Service Not Supported", REGISTERED);

    /** 580 Precondition Failure. */
    public static final SipCode PRECONDITION_FAILURE_580 = known(580, "Precondition Failure", REGISTERED);

    /** 600 Busy Everywhere. */
    public static final SipCode BUSY_EVERYWHERE_600 = known(600, "Busy Everywhere", REGISTERED);

    /** 603 Decline. */
    public static final SipCode DECLINE_603 = known(603, "Decline", REGISTERED);

    /** 604 Does Not Exist Anywhere. */
    public static final SipCode DOES_NOT_EXIST_ANYWHERE_604 = known(604, "Does Not Exist Anywhere", REGISTERED);

    /** 606 Not Acceptable. */
    public static final SipCode NOT_ACCEPTABLE_606 = known(606, "Not Acceptable", REGISTERED);

    /** 607 Unwanted. */
    public static final SipCode UNWANTED_607 = known(607, "Unwanted", REGISTERED);

    /** 608 Rejected. */
    public static final SipCode REJECTED_608 = known(608, "Rejected", REGISTERED);

    private static final List<SipCode> KNOWN;
    private static final List<SipCode> REGISTERED_CODES;

    static {
        // Seen on the wire, in no registry: they have a meaning worth telling, but get no constant that would invite
        // use.
        known(101, "Progress Report", UNREGISTERED);
        known(477, "Unfortunately error on sending to next hop occurred", UNREGISTERED);
        known(478, "Unresolvable destination", UNREGISTERED);
        known(479, "Regretfully, we were not able to process the URI", UNREGISTERED);
        known(490, "Request Updated", UNREGISTERED);
        known(605, "Decline Everywhere", UNREGISTERED);
        known(687, "Dialog Terminated", UNREGISTERED);
        // Loops, for a stream costs a cold JVM more than all the rest of this class.
        List<SipCode> known = new ArrayList<>();
        List<SipCode> registered = new ArrayList<>();
        for (int value = MIN; value <= MAX; value++) {
            SipCode code = ALL[value - MIN];
            if (code == null) {
                SipCodeClass codeClass = CLASSES[value / 100 - 1];
                ALL[value - MIN] = new SipCode(value, codeClass, codeClass.phrase(), SipCodeStatus.UNKNOWN);
            } else {
                known.add(code);
                if (code.isRegistered()) {
                    registered.add(code);
                }
            }
        }
        KNOWN = List.copyOf(known);
        REGISTERED_CODES = List.copyOf(registered);
    }

    private final int value;
    private final SipCodeClass codeClass;
    private final String phrase;
    private final SipCodeStatus status;
    /** Made when first asked for: six hundred of them are not wanted at start. */
    private String text;

    private SipCode(int value, SipCodeClass codeClass, String phrase, SipCodeStatus status) {
        this.value = value;
        this.codeClass = codeClass;
        this.phrase = phrase;
        this.status = status;
    }

    private static SipCode known(int value, String phrase, SipCodeStatus status) {
        SipCode code = new SipCode(value, CLASSES[value / 100 - 1], phrase, status);
        ALL[value - MIN] = code;
        return code;
    }

    /**
     * The code with this number.
     *
     * @param code 100..699
     * @return the one instance for the number, never null
     * @throws IllegalArgumentException if the number is outside 100..699; for untrusted input use {@link #find(int)}
     */
    public static SipCode of(int code) {
        if (code < MIN || code > MAX) {
            throw new IllegalArgumentException("code: " + code + " (expected: 100..699)");
        }
        return ALL[code - MIN];
    }

    /**
     * The code that a text tells, as {@code 486}. Spring, Jackson and JAX-RS find this by its name.
     *
     * @param text three digits, and white space around them or none
     * @return the one instance for the number, never null
     * @throws IllegalArgumentException if it is anything else than 100..699
     */
    public static SipCode valueOf(String text) {
        String digits = text.strip();
        if (!digits.matches("[1-6][0-9]{2}")) {
            throw new IllegalArgumentException("code: '" + WireText.clean(text, MAX_SHOWN) + "' (expected: 100..699)");
        }
        return of(Integer.parseInt(digits));
    }

    /**
     * The code with this number, or empty if the number is no SIP response code.
     *
     * @param code any number, for instance one that came from the wire
     * @return empty outside 100..699
     */
    public static Optional<SipCode> find(int code) {
        return code < MIN || code > MAX ? Optional.empty() : Optional.of(ALL[code - MIN]);
    }

    /**
     * {@return the codes that the catalog has an entry of its own for, in ascending order: the registered ones, the two
     * of RFC 2543 that RFC 3261 dropped (409, 411), and a few that no registry has but that are seen on the wire}
     */
    public static List<SipCode> known() {
        return KNOWN;
    }

    /**
     * {@return the codes in IANA's registry of SIP response codes, in ascending order; 202 is among them, as
     * deprecated}
     */
    public static List<SipCode> registered() {
        return REGISTERED_CODES;
    }

    /** {@return the number, 100..699} */
    public int value() {
        return value;
    }

    /** {@return the class, by the first digit (RFC 3261 section 7.2)} */
    public SipCodeClass codeClass() {
        return codeClass;
    }

    /**
     * The reason phrase to write for this code: the registry's, to the letter. A code that is
     * {@linkplain SipCodeStatus#UNKNOWN unknown} has none of its own and gives the name of its class, as
     * {@code Request Failure} for 499.
     *
     * @return never null or empty
     */
    public String phrase() {
        return phrase;
    }

    /** {@return what the registry says of this code} */
    public SipCodeStatus status() {
        return status;
    }

    /** {@return whether IANA's registry has this code, be it as deprecated} */
    public boolean isRegistered() {
        return status == REGISTERED || status == DEPRECATED;
    }

    /** {@return whether the catalog has an entry of its own for this code, registered or not} */
    public boolean isKnown() {
        return status != SipCodeStatus.UNKNOWN;
    }

    /**
     * {@return the code that a client which does not know this one takes it for: x00 of its class, and 183 for a
     * provisional response; 100 stays 100 (RFC 3261 section 8.1.3.2)}
     */
    public SipCode fallback() {
        if (codeClass == SipCodeClass.PROVISIONAL) {
            return this == TRYING_100 ? this : SESSION_PROGRESS_183;
        }
        return ALL[value / 100 * 100 - MIN];
    }

    /** {@return whether this is a 1xx code: the request is still being worked on (RFC 3261 section 21.1)} */
    public boolean isProvisional() {
        return codeClass == SipCodeClass.PROVISIONAL;
    }

    /** {@return whether this code ends its transaction: everything but 1xx} */
    public boolean isFinal() {
        return codeClass != SipCodeClass.PROVISIONAL;
    }

    /** {@return whether this is a 2xx code} */
    public boolean isSuccess() {
        return codeClass == SipCodeClass.SUCCESSFUL;
    }

    /** {@return whether this is a 3xx code} */
    public boolean isRedirection() {
        return codeClass == SipCodeClass.REDIRECTION;
    }

    /**
     * {@return whether this is a 4xx, 5xx or 6xx code; a {@linkplain #isChallenge() challenge} is one by its number
     * only}
     */
    public boolean isFailure() {
        return codeClass.compareTo(SipCodeClass.REQUEST_FAILURE) >= 0;
    }

    /** {@return whether this is 401 or 407, which ask for credentials (RFC 3261 section 22)} */
    public boolean isChallenge() {
        return this == UNAUTHORIZED_401 || this == PROXY_AUTHENTICATION_REQUIRED_407;
    }

    /** {@return the three digits, as a string that is not made anew at each call} */
    public String text() {
        String made = text;
        if (made == null) {
            made = Integer.toString(value);
            text = made;
        }
        return made;
    }

    @Override
    public int compareTo(SipCode other) {
        return Integer.compare(value, other.value);
    }

    /** The number and the phrase, as {@code 486 Busy Here}. */
    @Override
    public String toString() {
        return text() + ' ' + phrase;
    }
}
