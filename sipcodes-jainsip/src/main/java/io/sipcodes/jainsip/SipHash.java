package io.sipcodes.jainsip;

/**
 * SipHash-1-3 (Aumasson and Bernstein, 2012), a word at a time: the variant with which languages protect their hash tables.
 * For one thread; where it is used up in the method that makes it, the compiler makes no object of it.
 */
final class SipHash {

    private long a;
    private long b;
    private long c;
    private long d;

    SipHash(long low, long high) {
        a = low ^ 0x736f6d6570736575L;
        b = high ^ 0x646f72616e646f6dL;
        c = low ^ 0x6c7967656e657261L;
        d = high ^ 0x7465646279746573L;
    }

    /** Takes eight bytes of the input in; the last word is the rest of it, with the length in its highest byte. */
    SipHash add(long word) {
        d ^= word;
        round();
        a ^= word;
        return this;
    }

    /** Takes the characters of a text in, four a word; where it ends is for the caller to tell. */
    SipHash add(String text) {
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            add(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        if (i < length) {
            long rest = 0;
            for (; i < length; i++) {
                rest = rest << 16 | text.charAt(i);
            }
            add(rest);
        }
        return this;
    }

    /** {@return the hash of what was taken in, which ends it} */
    long end() {
        c ^= 0xff;
        round();
        round();
        round();
        return a ^ b ^ c ^ d;
    }

    private void round() {
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
}
