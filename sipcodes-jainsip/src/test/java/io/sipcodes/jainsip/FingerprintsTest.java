package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintsTest {

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
            long fingerprint = transaction(role, message);
            assertThat(transaction(role, message(branch, callId, method, stack, cseq)))
                    .isEqualTo(fingerprint);
            assertThat(SEEN.merge(fingerprint, name, (one, other) -> one.equals(other) ? one : one + " and " + other))
                    .isEqualTo(name);
        }
    }

    // Of all rows: each must differ from each.
    private static final Map<Long, String> SEEN = new HashMap<>();

    @Test
    void shouldNotTakeACharacterOfTwoBytesForTwo() {
        assertThat(ofResponse("b", 200, "\u4142\u4344\u4546\u4748")).isNotEqualTo(ofResponse("b", 200, "ABCDEFGH"));
        assertThat(ofResponse("b", 200, "abc\u0141")).isNotEqualTo(ofResponse("b", 200, "abcA"));
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
        assertThat(transaction(SipRole.SERVER, one)).isNotEqualTo(transaction(SipRole.SERVER, other));
        assertThat(ofResponse("b", 200, "t".repeat(branch))).isNotEqualTo(ofResponse("b", 202, "t".repeat(branch)));
    }

    @Test
    void shouldFindTheInviteThatACancelIsAbout() {
        assertThat(Fingerprints.ofCancelled(SipRole.CLIENT, message("b", "c", "CANCEL", "s", 1)))
                .isEqualTo(transaction(SipRole.CLIENT, message("b", "c", "INVITE", "s", 1)))
                .isNotEqualTo(transaction(SipRole.CLIENT, message("b", "c", "CANCEL", "s", 1)));
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                // branch, code, To tag, RSeq; whether it is the first one
                "b, 183, tag,  1,  true",
                "c, 183, tag,  1,  false",
                "b, 180, tag,  1,  false",
                "b, 183, tags, 1,  false",
                "b, 183, gat,  1,  false",
                "b, 183, '',   1,  false",
                "b, 183, tag,  2,  false",
                "b, 183, tag,  0,  false",
                "b, 183, tag,  -1, false",
                "b, 182, tag,  0,  false",
            })
    void shouldTellResponsesApart(String branch, int code, String tag, int rseq, boolean same) {
        assertThat(ofResponse(branch, code, tag, rseq) == ofResponse("b", 183, "tag", 1))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                // Call-ID, stack, role, method, From tag, To tag; whether it is the leg of the first one
                "c, s, SERVER, INVITE,   f, t,  true",
                "d, s, SERVER, INVITE,   f, t,  false",
                "c, z, SERVER, INVITE,   f, t,  false",
                "c, s, CLIENT, INVITE,   f, t,  false",
                "c, s, SERVER, REGISTER, f, t,  false",
                "c, s, SERVER, '',       f, t,  false",
                "c, s, SERVER, INVITE,   t, f,  false",
                "c, s, SERVER, INVITE,   g, t,  false",
                "c, s, SERVER, INVITE,   f, u,  false",
                "c, s, SERVER, INVITE,   f, '', false",
            })
    void shouldTellWhatBelongsTogetherApart(
            String callId, String stack, SipRole role, String method, String fromTag, String toTag, boolean same) {
        Fingerprints first = tagged("c", "s", "f", "t");
        Fingerprints other = tagged(callId, stack, fromTag, toTag);
        assertThat(other.ofChallenge(role, method) == first.ofChallenge(SipRole.SERVER, "INVITE"))
                .as("challenge")
                .isEqualTo(same);
        boolean sameAttempt = same || fromTag.equals("f") && !toTag.equals("t");
        assertThat(other.ofAttempt(role, method) == first.ofAttempt(SipRole.SERVER, "INVITE"))
                .as("attempt, which has no To tag yet")
                .isEqualTo(sameAttempt);
        boolean sameCall = same || !method.equals("INVITE");
        assertThat(other.ofCall(role, other.fromTag(), other.toTag())
                        == first.ofCall(SipRole.SERVER, first.fromTag(), first.toTag()))
                .as("call, which has no method")
                .isEqualTo(sameCall);
        assertThat(other.ofCall(role, other.fromTag(), other.toTag()))
                .isNotEqualTo(first.ofChallenge(SipRole.SERVER, "INVITE"))
                .isNotEqualTo(first.ofAttempt(SipRole.SERVER, "INVITE"));
    }

    @Test
    void shouldFindACallFromItsOtherEnd() {
        Fingerprints there = tagged("c", "s", "f", "t");
        Fingerprints back = tagged("c", "s", "t", "f");
        assertThat(back.ofCall(SipRole.SERVER, back.toTag(), back.fromTag()))
                .isEqualTo(there.ofCall(SipRole.SERVER, there.fromTag(), there.toTag()));
    }

    /** Else whoever knows the code could work out which of his messages hide behind others. */
    @Test
    void shouldHaveAKeyOfItsOwnInEachJvm() throws Exception {
        Class<?> asInAnotherJvm = new Again().loadClass(Fingerprints.class.getName());
        Method of = asInAnotherJvm.getDeclaredMethod("of", SipRole.class, SipMessage.class);
        of.setAccessible(true);
        SipMessage message = message("b", "c", "INVITE", "s", 1);
        assertThat(of.invoke(null, SipRole.CLIENT, message).toString())
                .startsWith("Fingerprints[")
                .isNotEqualTo(Fingerprints.of(SipRole.CLIENT, message).toString());
    }

    /** Loads the fingerprints' classes once more. */
    private static final class Again extends ClassLoader {

        Again() {
            super(Fingerprints.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Fingerprints.class.getName()) && !name.equals(SipHash.class.getName())) {
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

    private static long transaction(SipRole role, SipMessage message) {
        return Fingerprints.of(role, message).transaction();
    }

    private static long ofResponse(String branch, int code, String tag) {
        return ofResponse(branch, code, tag, 0);
    }

    private static long ofResponse(String branch, int code, String tag, int rseq) {
        SipMessage response =
                SipMessage.response(code, "").branch(branch).toTag(tag).build();
        return Fingerprints.of(SipRole.SERVER, response, rseq).ofResponse(code);
    }

    private static Fingerprints tagged(String callId, String stack, String fromTag, String toTag) {
        return Fingerprints.of(
                SipRole.SERVER,
                SipMessage.request("INVITE")
                        .callId(callId)
                        .stack(stack)
                        .fromTag(fromTag)
                        .toTag(toTag)
                        .build());
    }
}
