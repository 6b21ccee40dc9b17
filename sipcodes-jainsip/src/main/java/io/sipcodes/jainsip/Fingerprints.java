package io.sipcodes.jainsip;

import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.security.SecureRandom;

/**
 * Say in 64 bits each whose transaction, call and response a message is. The texts of a message are gone through once,
 * while they are at hand; what the tracker looks for is made of the four numbers that come out, and of RSeq.
 *
 * <p>Branches, Call-IDs and tags are the sender's. Who could make two transactions of one fingerprint could hide one
 * behind the other, so each is a SipHash under a key that this JVM alone knows. By accident, with 300,000 remembered, one
 * look-up in 6 x 10^13 finds what it should not: one in 300 years at 6,000 messages a second.
 *
 * <p>Immutable.
 *
 * @param transaction of the transaction that the message belongs to
 * @param call of the Call-ID in its stack
 * @param fromTag of the tag in From
 * @param toTag of the tag in To
 * @param rseq no fingerprint but the number itself of a response that is sent reliably; 0 if it has none
 */
record Fingerprints(long transaction, long call, long fromTag, long toTag, int rseq) {

    /**
     * Made when a thread first asks for it: it takes a cold JVM 30 ms, and a stack that starts need not wait for it. The
     * worker asks when it makes the tracker.
     */
    private static final class Key {

        static final long LOW;
        static final long HIGH;

        static {
            SecureRandom random = new SecureRandom();
            LOW = random.nextLong();
            HIGH = random.nextLong();
        }
    }

    // The last word of each tells what it was made of, so that no two kinds are alike.
    private static final long OF_CALL_ID = 1L << 56;
    private static final long OF_TRANSACTION = 2L << 56;
    private static final long OF_TAG = 3L << 56;
    private static final long OF_RESPONSE = 4L << 56;
    private static final long OF_LEG = 5L << 56;

    // A message's texts are cut to 256 characters at most. All lengths of a hash come last, 12 bits each, so that none
    // of them can end where another one begins.
    private static final int LENGTH_BITS = 12;

    static Fingerprints of(SipRole role, SipMessage message) {
        return of(role, message, 0);
    }

    static Fingerprints of(SipRole role, SipMessage message, int rseq) {
        long call = ofCallId(message);
        return new Fingerprints(
                ofTransaction(role, message, message.method(), call),
                call,
                ofTag(message.fromTag()),
                ofTag(message.toTag()),
                rseq);
    }

    /** Makes the key, so that the first message need not wait for it. */
    static void prepare() {
        ofTag("");
    }

    /** {@return the fingerprint of the transaction that a CANCEL is about} It has the CANCEL's branch (RFC 3261 9.1). */
    static long ofCancelled(SipRole role, SipMessage cancel) {
        return ofTransaction(role, cancel, "INVITE", ofCallId(cancel));
    }

    // RFC 3261 17.1.3; Call-ID and CSeq tell those apart whose branch is none (RFC 2543).
    private static long ofTransaction(SipRole role, SipMessage message, String method, long call) {
        String branch = message.branch();
        return begin().add(call)
                .add(message.cseq())
                .add(method)
                .add(branch)
                .add(OF_TRANSACTION
                        | (long) role.ordinal() << 2 * LENGTH_BITS
                        | (long) branch.length() << LENGTH_BITS
                        | method.length())
                .end();
    }

    private static long ofCallId(SipMessage message) {
        String stack = message.stack();
        String callId = message.callId();
        return begin().add(stack)
                .add(callId)
                .add(OF_CALL_ID | (long) stack.length() << LENGTH_BITS | callId.length())
                .end();
    }

    private static long ofTag(String tag) {
        return begin().add(tag).add(OF_TAG | tag.length()).end();
    }

    /**
     * {@return the fingerprint of a response of the transaction} Another code or another To tag is another response, and
     * so is another RSeq (RFC 3262 section 3).
     */
    long ofResponse(int code) {
        return begin().add(transaction)
                .add(toTag)
                .add((long) rseq << 32 ^ code)
                .add(OF_RESPONSE)
                .end();
    }

    /** {@return that of an attempt, which keeps Call-ID and From tag, and has no To tag yet (RFC 3261 8.1.3.4, 8.1.3.5)} */
    long ofAttempt(SipRole role, String method) {
        return ofLeg(role, method, fromTag, 0);
    }

    /** {@return that of a request and its successor behind a challenge} */
    long ofChallenge(SipRole role, String method) {
        return ofLeg(role, method, fromTag, toTag);
    }

    /** {@return that of the call between two tags, the first one that of its INVITE's From} */
    long ofCall(SipRole role, long inviteFromTag, long inviteToTag) {
        return ofLeg(role, "", inviteFromTag, inviteToTag);
    }

    private long ofLeg(SipRole role, String method, long from, long to) {
        return begin().add(call)
                .add(from)
                .add(to)
                .add(method)
                .add(OF_LEG | (long) role.ordinal() << LENGTH_BITS | method.length())
                .end();
    }

    private static SipHash begin() {
        return new SipHash(Key.LOW, Key.HIGH);
    }
}
