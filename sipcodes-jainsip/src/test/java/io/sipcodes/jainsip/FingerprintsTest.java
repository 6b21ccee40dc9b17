package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints();

    /** The test vectors that SipHash was published with: key 00 01 … 0f, input 00 01 … */
    @ParameterizedTest
    @CsvSource({
        // length of the input, hash
        " 0, 726fdb47dd0e0e31",
        " 1, 74f839c593dc67fd",
        " 2, 0d6c8009d9a94f5a",
        " 3, 85676696d7fb7e2d",
        " 7, ab0200f58b01d137",
        " 8, 93f5f5799a932462",
        "15, a129ca6149be45e5",
        "63, 958a324ceb064572",
    })
    void shouldHashAsPublished(int length, String expected) {
        long[] words = new long[length / 8 + 1];
        for (int i = 0; i < length; i++) {
            words[i / 8] |= (long) i << 8 * (i % 8);
        }
        words[length / 8] |= (long) length << 56;
        long hash = Fingerprints.sipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, words, words.length);
        assertThat(Long.toHexString(hash)).isEqualTo(expected.replaceFirst("^0+", ""));
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                // branch, Call-ID, method, stack, CSeq: nearly the same throughout, and each another transaction
                "abcd,  efgh,  ijkl,  mnop,  1",
                "abcd,  efgh,  ijkl,  mnop,  2",
                "abcd,  efgh,  ijkl,  mnop,  4294967297",
                "abcde, fgh,   ijkl,  mnop,  1",
                "abc,   defgh, ijkl,  mnop,  1",
                "abcd,  efghi, jkl,   mnop,  1",
                "abcd,  efg,   hijkl, mnop,  1",
                "abcd,  efgh,  ijklm, nop,   1",
                "abcd,  efgh,  ijk,   lmnop, 1",
                "'',    abcdefgh, ijkl, mnop, 1",
                "abcdefgh, '', ijkl,  mnop,  1",
                "abcd,  efgh,  '',    ijklmnop, 1",
                "abcd,  efgh,  ijklmnop, '', 1",
                "abcdefghijklmnop, '', '', '', 1",
                "'',    '',    '',    '',    1",
                "efgh,  abcd,  ijkl,  mnop,  1",
                "abcd,  ijkl,  efgh,  mnop,  1",
                "abcd,  efgh,  mnop,  ijkl,  1",
                "bacd,  efgh,  ijkl,  mnop,  1",
                "abdc,  efgh,  ijkl,  mnop,  1",
                "abcd,  fegh,  ijkl,  mnop,  1",
                "ab,    efgh,  ijkl,  mnop,  1",
                "ba,    efgh,  ijkl,  mnop,  1",
                "a,     efgh,  ijkl,  mnop,  1",
                // The same last eight bits: A, and L with a stroke.
                "A,     efgh,  ijkl,  mnop,  1",
                "\u0141, efgh, ijkl,  mnop,  1",
                // Two bytes a character, and the same bytes as one character each.
                "\u4142\u4344\u4546\u4748, efgh, ijkl, mnop, 1",
                "ABCDEFGH, efgh, ijkl, mnop, 1",
                "\u0041\u4344\u4546\u4748, efgh, ijkl, mnop, 1",
                "\u00c1\u00c2, efgh, ijkl, mnop, 1",
            })
    void shouldTellTransactionsApart(String branch, String callId, String method, String stack, long cseq) {
        SipMessage message = message(branch, callId, method, stack, cseq);
        for (SipRole role : SipRole.values()) {
            String name = String.join("|", role.id(), branch, callId, method, stack) + "|" + cseq;
            long fingerprint = fingerprints.ofTransaction(role, message, method);
            assertThat(new Fingerprints().ofTransaction(role, message(branch, callId, method, stack, cseq), method))
                    .isEqualTo(fingerprint);
            assertThat(SEEN.merge(fingerprint, name, (one, other) -> one.equals(other) ? one : one + " and " + other))
                    .isEqualTo(name);
        }
    }

    // Of all rows: each must differ from each.
    private static final Map<Long, String> SEEN = new HashMap<>();

    @Test
    void shouldNotTakeACharacterOfTwoBytesForTwo() {
        assertThat(fingerprints.ofResponse(1, response(200, "\u4142\u4344\u4546\u4748")))
                .isNotEqualTo(fingerprints.ofResponse(1, response(200, "ABCDEFGH")));
        assertThat(fingerprints.ofResponse(1, response(200, "abc\u0141")))
                .isNotEqualTo(fingerprints.ofResponse(1, response(200, "abcA")));
    }

    @ParameterizedTest
    @CsvSource({
        // branch, Call-ID, method, stack: one of them as long as can be, and more
        "100000, 1,      1,      1",
        "1,      100000, 1,      1",
        "1,      1,      100000, 1",
        "1,      1,      1,      100000",
        "100000, 100000, 100000, 100000",
    })
    void shouldTakeTextsOfAnyLength(int branch, int callId, int method, int stack) {
        String letter = "\u0141";
        SipMessage one = message(
                letter.repeat(branch),
                letter.repeat(callId),
                letter.repeat(method),
                letter.repeat(stack),
                Long.MAX_VALUE);
        SipMessage other = message(
                letter.repeat(branch),
                letter.repeat(callId),
                letter.repeat(method),
                letter.repeat(stack),
                Long.MIN_VALUE);
        assertThat(fingerprints.ofTransaction(SipRole.SERVER, one, one.method()))
                .isNotEqualTo(fingerprints.ofTransaction(SipRole.SERVER, other, other.method()));
        assertThat(fingerprints.ofResponse(1, response(200, "t".repeat(branch))))
                .isNotEqualTo(fingerprints.ofResponse(1, response(202, "t".repeat(branch))));
    }

    @Test
    void shouldGoByTheMethodOfTheTransactionAndNotByThatOfTheMessage() {
        assertThat(fingerprints.ofTransaction(SipRole.CLIENT, message("b", "c", "CANCEL", "s", 1), "INVITE"))
                .isEqualTo(fingerprints.ofTransaction(SipRole.CLIENT, message("b", "c", "INVITE", "s", 1), "INVITE"));
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                // transaction, code, To tag; whether it is the first one
                "1, 200, tag,  true",
                "2, 200, tag,  false",
                "1, 202, tag,  false",
                "1, 200, tags, false",
                "1, 200, gat,  false",
                "1, 200, '',   false",
            })
    void shouldTellResponsesApart(long transaction, int code, String tag, boolean same) {
        assertThat(fingerprints.ofResponse(transaction, response(code, tag))
                        == fingerprints.ofResponse(1, response(200, "tag")))
                .isEqualTo(same);
    }

    /** Else whoever knows the code could work out which of his messages hide behind others. */
    @Test
    void shouldHaveAKeyOfItsOwnInEachJvm() throws Exception {
        Class<?> asInAnotherJvm = new Again().loadClass(Fingerprints.class.getName());
        Constructor<?> constructor = asInAnotherJvm.getDeclaredConstructor();
        Method ofTransaction =
                asInAnotherJvm.getDeclaredMethod("ofTransaction", SipRole.class, SipMessage.class, String.class);
        constructor.setAccessible(true);
        ofTransaction.setAccessible(true);
        SipMessage message = message("b", "c", "INVITE", "s", 1);
        assertThat(ofTransaction.invoke(constructor.newInstance(), SipRole.CLIENT, message, "INVITE"))
                .isNotEqualTo(fingerprints.ofTransaction(SipRole.CLIENT, message, "INVITE"));
    }

    /** Loads the fingerprints' classes once more. */
    private static final class Again extends ClassLoader {

        Again() {
            super(Fingerprints.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Fingerprints.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static SipMessage message(String branch, String callId, String method, String stack, long cseq) {
        return SipMessage.request(method)
                .branch(branch)
                .callId(callId)
                .stack(stack)
                .cseq(cseq)
                .build();
    }

    private static SipMessage response(int code, String tag) {
        return SipMessage.response(code, "").toTag(tag).build();
    }
}
