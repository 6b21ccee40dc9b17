package io.sipcodes.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.Arrays;

/**
 * Every meter of the kit with its type and its tag keys: the one list that code, documentation, rules and dashboard are
 * checked against. A meter always has all its keys, but for {@link Key#PEER}, which all that can have it get as soon as
 * {@link SipMetrics.Builder#peers peers} are named.
 */
public enum SipMeters implements MeterDocumentation {
    /** Responses that went out or came in, without retransmissions. */
    RESPONSES(
            "sip.responses",
            Meter.Type.COUNTER,
            "SIP responses by code; retransmissions not counted",
            Key.DIRECTION,
            Key.METHOD,
            Key.CODE,
            Key.CLASS,
            Key.MEANING,
            Key.OUTCOME,
            Key.PEER),
    /** Requests and responses that went the same way a second time (RFC 3261 section 17). */
    RETRANSMISSIONS(
            "sip.retransmissions",
            Meter.Type.COUNTER,
            "SIP requests and responses that were sent or received again",
            Key.DIRECTION,
            Key.METHOD,
            Key.PEER),
    /** Transactions, from the request to the final response or the timeout; every INVITE counts, challenged or not. */
    TRANSACTIONS(
            "sip.transactions",
            Meter.Type.TIMER,
            "SIP transactions to the final response or timeout; a timeout is 408, a transport error 503",
            Key.ROLE,
            Key.METHOD,
            Key.INITIAL,
            Key.CODE,
            Key.CLASS,
            Key.MEANING,
            Key.PEER),
    /** Attempts to set up a call; an INVITE, its challenges and redirections are one, a re-INVITE is none. */
    ATTEMPTS(
            "sip.attempts",
            Meter.Type.COUNTER,
            "Call attempts; a challenged INVITE and its successor are one",
            Key.ROLE,
            Key.CODE,
            Key.CLASS,
            Key.MEANING,
            Key.OUTCOME,
            Key.FAULT,
            Key.PEER),
    /** Registrations; a REGISTER and its challenges are one. */
    REGISTRATIONS(
            "sip.registrations",
            Meter.Type.COUNTER,
            "Registrations; a challenged REGISTER and its successor are one",
            Key.ROLE,
            Key.CODE,
            Key.CLASS,
            Key.MEANING,
            Key.OUTCOME,
            Key.FAULT,
            Key.PEER),
    /** Session request delay (RFC 6076 section 4.3). */
    SESSION_REQUEST_DELAY(
            "sip.session.request.delay",
            Meter.Type.TIMER,
            "Session request delay, RFC 6076 4.3: INVITE to the first sign of the other side, or to the failure",
            Key.ROLE,
            Key.RESULT,
            Key.PEER),
    /** Session disconnect delay (RFC 6076 section 4.4); a BYE that was never answered is left out. */
    SESSION_DISCONNECT_DELAY(
            "sip.session.disconnect.delay",
            Meter.Type.TIMER,
            "Session disconnect delay, RFC 6076 4.4: BYE to its 2xx",
            Key.ROLE,
            Key.RESULT,
            Key.PEER),
    /** Session duration time (RFC 6076 section 4.5); its count is that of the answered calls that ended. */
    SESSION_DURATION(
            "sip.session.duration",
            Meter.Type.TIMER,
            "Session duration time, RFC 6076 4.5: answer to BYE; failure if the call ended for lack of a response",
            Key.ROLE,
            Key.RESULT,
            Key.PEER),
    /** Registration request delay (RFC 6076 section 4.1, which knows {@code result=success} only). */
    REGISTRATION_REQUEST_DELAY(
            "sip.registration.request.delay",
            Meter.Type.TIMER,
            "Registration request delay, RFC 6076 4.1: REGISTER to the final response, challenges included",
            Key.ROLE,
            Key.RESULT,
            Key.PEER),
    /** Answered calls that have not ended. */
    CALLS_ACTIVE("sip.calls.active", Meter.Type.GAUGE, "Answered calls that have not ended", Key.ROLE, Key.PEER),
    /** Values of Reason header fields (RFC 3326). */
    CAUSES(
            "sip.causes",
            Meter.Type.COUNTER,
            "Values of Reason header fields by protocol and cause",
            Key.PROTOCOL,
            Key.CAUSE,
            Key.PEER),
    /** Messages that could not be read. */
    MESSAGES_REJECTED(
            "sip.messages.rejected", Meter.Type.COUNTER, "Messages that could not be read, by reason", Key.REASON),
    /** Responses that lack what an RFC demands. */
    CONFORMANCE_FINDINGS(
            "sip.conformance.findings",
            Meter.Type.COUNTER,
            "Responses that break a rule of an RFC, by rule",
            Key.RULE,
            Key.SEVERITY,
            Key.PEER),
    /** Messages and transactions that are missing from all other meters. */
    EVENTS_DROPPED(
            "sip.events.dropped",
            Meter.Type.COUNTER,
            "Messages and transactions missing from all other meters, by reason",
            Key.REASON);

    /** The tag keys, each with a closed set of values. */
    public enum Key implements KeyName {
        /** {@code sent} or {@code received}. */
        DIRECTION("direction"),
        /** Our side: {@code client} or {@code server}. */
        ROLE("role"),
        /** One of the 14 SIP methods, or {@code _OTHER}. */
        METHOD("method"),
        /** {@code true} outside of a dialog, {@code false} inside. */
        INITIAL("initial"),
        /** The number where the catalog knows it, else its class ({@code 4xx}), else {@code other}. */
        CODE("code"),
        /** {@code 1xx} to {@code 6xx}, or {@code other}. */
        CLASS("class"),
        /** The registry's phrase for the code, in English always; for a class its name in RFC 3261. */
        MEANING("meaning"),
        /** An {@link io.sipcodes.SipOutcome#id()}. */
        OUTCOME("outcome"),
        /** A {@link io.sipcodes.SipFault#id()}. */
        FAULT("fault"),
        /** {@code success} or {@code failure}: RFC 6076 forbids mixing them. */
        RESULT("result"),
        /** Of a Reason value: {@code SIP}, {@code Q.850}, {@code STIR}, {@code Preemption}, {@code RELEASE_CAUSE}, or {@code other}. */
        PROTOCOL("protocol"),
        /** The number where its protocol defines it, or {@code other}. */
        CAUSE("cause"),
        /** Why a message was rejected or dropped. */
        REASON("reason"),
        /** Which rule was broken, or {@code other}. */
        RULE("rule"),
        /** {@code must} or {@code should}. */
        SEVERITY("severity"),
        /** A name from the list of peers, or {@code other}; absent where no peers are named. */
        PEER("peer");

        private final String key;

        Key(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }

        @Override
        public boolean isRequired() {
            return this != PEER;
        }
    }

    private final String meterName;
    private final Meter.Type type;
    private final String description;
    private final Key[] keys;

    SipMeters(String meterName, Meter.Type type, String description, Key... keys) {
        this.meterName = meterName;
        this.type = type;
        this.description = description;
        this.keys = keys;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public KeyName[] getKeyNames() {
        return keys.clone();
    }

    /** Durations are in seconds; the others count. */
    @Override
    public String getBaseUnit() {
        return type == Meter.Type.TIMER ? "seconds" : null;
    }

    /** {@return what the meter tells, in one line of English} */
    public String description() {
        return description;
    }

    /** Whether the meter tells peers apart. */
    boolean hasPeer() {
        return Arrays.asList(keys).contains(Key.PEER);
    }
}
