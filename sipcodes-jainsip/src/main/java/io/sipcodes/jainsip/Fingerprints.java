package io.sipcodes.jainsip;

import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.security.SecureRandom;

/**
 * Says in 64 bits which transaction a message belongs to, and which of its responses a response is.
 *
 * <p>Branches, Call-IDs and tags are the sender's. Who could make two transactions of one fingerprint could hide one
 * behind the other, so it is SipHash-2-4 under a key that this JVM alone knows. By accident, with 300,000 remembered, one
 * look-up in 6 x 10^13 finds what it should not: one in 300 years at 6,000 messages a second.
 *
 * <p>For one thread.
 */
final class Fingerprints {

    /** Made when the first message comes: it takes a cold JVM 30 ms, and a stack that starts need not wait for it. */
    private static final class Key {

        static final long LOW;
        static final long HIGH;

        static {
            SecureRandom random = new SecureRandom();
            LOW = random.nextLong();
            HIGH = random.nextLong();
        }
    }

    // A message's texts are cut to 256 characters at most, and four characters are a word.
    private final long[] words = new long[4 * 256 / 4 + 2];
    private int count;

    /**
     * {@return the fingerprint of a transaction} RFC 3261 17.1.3; Call-ID and CSeq tell those apart whose branch is none
     * (RFC 2543).
     *
     * @param method that of the transaction: for a CANCEL's INVITE not that of the message
     */
    long ofTransaction(SipRole role, SipMessage message, String method) {
        String branch = message.branch();
        String callId = message.callId();
        String stack = message.stack();
        count = 0;
        put(branch);
        put(callId);
        put(method);
        put(stack);
        put(message.cseq());
        // All lengths come last, 12 bits each, so that no end of a text can pass for the beginning of the next one.
        put(branch.length()
                | callId.length() << 12
                | (long) method.length() << 24
                | (long) stack.length() << 36
                | (role == SipRole.CLIENT ? 1L : 2L) << 48);
        return sipHash(Key.LOW, Key.HIGH, words, count);
    }

    /** {@return the fingerprint of a response of that transaction: another code or another To tag is another response} */
    long ofResponse(long transaction, SipMessage response) {
        String tag = response.toTag();
        count = 0;
        put(tag);
        put(transaction);
        put(response.rawCode());
        put(tag.length());
        return sipHash(Key.LOW, Key.HIGH, words, count);
    }

    private void put(long word) {
        words[count++] = word;
    }

    private void put(String text) {
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            put(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        if (i < length) {
            long rest = 0;
            for (; i < length; i++) {
                rest = rest << 16 | text.charAt(i);
            }
            put(rest);
        }
    }

    /**
     * SipHash-2-4 (Aumasson and Bernstein, 2012).
     *
     * @param words the input; the last one with what the standard puts there, the rest of the input and in the highest
     *     byte its length
     * @param count how many words
     */
    static long sipHash(long low, long high, long[] words, int count) {
        long a = low ^ 0x736f6d6570736575L;
        long b = high ^ 0x646f72616e646f6dL;
        long c = low ^ 0x6c7967656e657261L;
        long d = high ^ 0x7465646279746573L;
        // Each word has two rounds; the four at the end are those of two words of zeros.
        for (int i = 0; i < count + 2; i++) {
            long word = i < count ? words[i] : 0;
            if (i == count) {
                c ^= 0xff;
            }
            d ^= word;
            for (int round = 0; round < 2; round++) {
                a += b;
                c += d;
                b = Long.rotateLeft(b, 13) ^ a;
                d = Long.rotateLeft(d, 16) ^ c;
                a = Long.rotateLeft(a, 32) + d;
                c += b;
                d = Long.rotateLeft(d, 21) ^ a;
                b = Long.rotateLeft(b, 17) ^ c;
                c = Long.rotateLeft(c, 32);
            }
            a ^= word;
        }
        return a ^ b ^ c ^ d;
    }
}
