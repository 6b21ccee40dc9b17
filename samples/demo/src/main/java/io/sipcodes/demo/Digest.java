package io.sipcodes.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sip.header.AuthorizationHeader;

/** Digest authentication with MD5 and qop=auth, what every phone can do (RFC 3261 section 22.4). */
final class Digest {

    /** What became of somebody's credentials. */
    enum Check {
        MISSING,
        RIGHT,
        WRONG,
        /** Right, but for a nonce that has run out. */
        STALE
    }

    static final String REALM = "demo";
    static final String USER = "demo";
    static final String PASSWORD = "demo";

    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);

    private final byte[] key = new byte[32];

    Digest() {
        new SecureRandom().nextBytes(key);
    }

    /** A nonce that only this object can have made, and that tells when. */
    String nonce() {
        return nonce(System.currentTimeMillis());
    }

    private String nonce(long millis) {
        String time = Long.toHexString(millis);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] sum = mac.doFinal(time.getBytes(StandardCharsets.US_ASCII));
            return time + "." + HexFormat.of().formatHex(sum, 0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Check check(AuthorizationHeader header, String method) {
        if (header == null) {
            return Check.MISSING;
        }
        String nonce = header.getNonce();
        if (nonce == null || header.getURI() == null || header.getResponse() == null) {
            return Check.WRONG;
        }
        int dot = nonce.indexOf('.');
        long made;
        try {
            made = Long.parseLong(nonce, 0, Math.max(dot, 0), 16);
        } catch (NumberFormatException e) {
            return Check.WRONG;
        }
        String expected = response(
                PASSWORD,
                method,
                header.getURI().toString(),
                nonce,
                header.getQop() == null ? null : "%08x".formatted(header.getNonceCount()),
                header.getCNonce());
        boolean right =
                nonce.equals(nonce(made)) && USER.equals(header.getUsername()) && expected.equals(header.getResponse());
        if (!right) {
            return Check.WRONG;
        }
        return System.currentTimeMillis() - made > NONCE_LIFETIME.toMillis() ? Check.STALE : Check.RIGHT;
    }

    /**
     * The response to a challenge, for the demo's user and realm.
     *
     * @param count the nonce count in hexadecimal, or null for the way without qop
     */
    static String response(String password, String method, String uri, String nonce, String count, String clientNonce) {
        String who = md5(USER + ":" + REALM + ":" + password);
        String what = md5(method + ":" + uri);
        return count == null
                ? md5(who + ":" + nonce + ":" + what)
                : md5(who + ":" + nonce + ":" + count + ":" + clientNonce + ":auth:" + what);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
