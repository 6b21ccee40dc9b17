package io.sipcodes.jainsip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Messages that a stack does not see every day: those of the standards' torture tests, and made ones. */
final class TestMessages {

    /** A message and what to call it. */
    record Named(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The bytes that a parser may trip over, and a harmless one. */
    private static final byte[] HOSTILE_BYTES = {0, '\n', '\r', ' ', '"', ':', '\\', (byte) 0xff};

    private static final String VIA = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n";
    private static final String NAMES =
            "From: \"A. Bell\" <sip:+" + SafeText.NUMBER + "@example.org>;tag=1928301774\r\n"
                    + "To: <sip:+" + SafeText.NUMBER + "@example.org;user=phone>;tag=8321234356\r\n"
                    + "Call-ID: a84b4c76e66710@pc33.example.com\r\n";
    private static final String CHALLENGE = "Digest realm=\"example.org\", nonce=\"" + SafeText.NONCE
            + "\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=\"auth\", algorithm=MD5, stale=FALSE\r\n";
    private static final String CREDENTIALS =
            "Digest username=\"+" + SafeText.NUMBER + "\", realm=\"example.org\", nonce=\""
                    + SafeText.NONCE + "\", uri=\"sip:example.org\", response=\"" + SafeText.DIGEST
                    + "\", cnonce=\"0a4f113b\", nc=00000001, qop=auth\r\n";

    private TestMessages() {}

    /** The 49 messages of RFC 4475. */
    static List<Named> rfc4475() {
        return folder("rfc4475");
    }

    /** The 12 messages of RFC 5118. */
    static List<Named> rfc5118() {
        return folder("rfc5118");
    }

    private static List<Named> folder(String name) {
        try (Stream<Path> files =
                Files.list(Path.of("src/test/resources/io/sipcodes/jainsip").resolve(name))) {
            return files.sorted()
                    .map(file -> new Named(file.getFileName().toString().replace(".dat", ""), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Honest messages that hold all that the kit reads. */
    static List<Named> honest() {
        return List.of(
                named(
                        "busy",
                        "SIP/2.0 486 Busy Here\r\n" + VIA + NAMES + "CSeq: 314159 INVITE\r\n"
                                + "Reason: Q.850;cause=17;text=\"User busy\";location=LN, SIP;cause=486\r\n"
                                + "Warning: 399 gw.example.org \"Line of +" + SafeText.NUMBER + " busy\"\r\n"
                                + "Retry-After: 120 (in a meeting);duration=60\r\nContent-Length: 0\r\n\r\n"),
                named(
                        "challenge",
                        "SIP/2.0 401 Unauthorized\r\n" + VIA + NAMES + "CSeq: 1 REGISTER\r\nWWW-Authenticate: "
                                + CHALLENGE + "Server: Switch/1.0 (a (nested) comment)\r\nContent-Length: 0\r\n\r\n"),
                named(
                        "answer",
                        "SIP/2.0 200 OK\r\n" + VIA + "v: SIP/2.0/TCP p1.example.org;branch=z9hG4bKx\r\n" + NAMES
                                + "CSeq: 2 INVITE\r\nRecord-Route: <sip:p1.example.org;lr>\r\n"
                                + "Contact: \"Bob\" <sip:+" + SafeText.NUMBER + "@192.0.2.4>;expires=3600;q=0.7\r\n"
                                + "Allow: INVITE, ACK, BYE, CANCEL\r\nContent-Type: application/sdp\r\nContent-Length: 53\r\n\r\n"
                                + "v=0\r\na=crypto:1 AES " + SafeText.KEY + "\r\nk=x\r\n"),
                named(
                        "unsupported",
                        "SIP/2.0 420 Bad Extension\r\n" + VIA + NAMES
                                + "CSeq: 3 OPTIONS\r\nUnsupported: 100rel, timer\r\nl: 0\r\n\r\n"),
                named(
                        "register",
                        "REGISTER sip:example.org SIP/2.0\r\n" + VIA + NAMES.replace(";tag=8321234356", "")
                                + "CSeq: 2 REGISTER\r\nMax-Forwards: 70\r\nContact: <sip:+" + SafeText.NUMBER
                                + "@192.0.2.4>\r\nExpires: 7200\r\nAuthorization: " + CREDENTIALS
                                + "Content-Length: 0\r\n\r\n"),
                named(
                        "invite",
                        "INVITE sip:+" + SafeText.NUMBER + "@example.org SIP/2.0\r\n" + VIA
                                + NAMES.replace(";tag=8321234356", "")
                                + "CSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:a@192.0.2.4>\r\nContent-Length: 0\r\n\r\n"));
    }

    private static Named named(String name, String text) {
        return new Named(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every byte of a message changed to every hostile one, one at a time. */
    static void flips(Named message, Consumer<Named> out) {
        for (int i = 0; i < message.bytes.length; i++) {
            for (byte hostile : HOSTILE_BYTES) {
                if (hostile != message.bytes[i]) {
                    byte[] changed = message.bytes.clone();
                    changed[i] = hostile;
                    out.accept(new Named(message.name + " with byte " + i + " = " + (hostile & 0xff), changed));
                }
            }
        }
    }

    /** A message cut off behind each of its bytes. */
    static void truncations(Named message, Consumer<Named> out) {
        for (int length = 0; length < message.bytes.length; length++) {
            out.accept(new Named(message.name + " cut at " + length, Arrays.copyOf(message.bytes, length)));
        }
    }

    /** Messages of unusual size, each some ten kilobytes to a megabyte. */
    static List<Named> huge() {
        String head = "SIP/2.0 486 Busy Here\r\n" + VIA + NAMES + "CSeq: 314159 INVITE\r\n";
        String end = "Content-Length: 0\r\n\r\n";
        String many = "x".repeat(1 << 20);
        return List.of(
                named("megabyte of phrase", head.replace("Busy Here", many) + end),
                named("megabyte of Subject", head + "Subject: " + many + "\r\n" + end),
                named("megabyte of Reason", head + "Reason: SIP;cause=486;text=\"" + many + "\"\r\n" + end),
                named("megabyte of Call-ID", head.replace("a84b4c76e66710", many) + end),
                named("megabyte of branch", head.replace("776asdhds", many) + end),
                named("megabyte of To", head.replace("example.org;user", many + ";user") + end),
                named("megabyte of tag", head.replace("1928301774", many) + end),
                named(
                        "megabyte of digits in From",
                        head.replace(SafeText.NUMBER + "@", "1".repeat(1 << 20) + "@") + end),
                named("thousands of Via", head + VIA.repeat(4_000) + end),
                named(
                        "thousands of Reason values",
                        head + "Reason: SIP;cause=486" + ", Q.850;cause=17".repeat(4_000) + "\r\n" + end),
                named(
                        "thousands of Reason headers",
                        head + "Reason: Q.850;cause=17;text=\"x\"\r\n".repeat(4_000) + end),
                named(
                        "thousands of Warning values",
                        head + "Warning: 399 a \"x\"" + ", 399 a \"x\"".repeat(4_000) + "\r\n" + end),
                named("thousands of headers", head + "X-A: b\r\n".repeat(4_000) + end),
                named("deep comment", head + "Server: " + "(".repeat(20_000) + ")".repeat(20_000) + "\r\n" + end),
                named("deep comment without end", head + "Retry-After: 5 " + "(".repeat(20_000) + "\r\n" + end),
                named("thousands of quotes", head + "Reason: SIP;text=" + "\"\\\"".repeat(20_000) + "\r\n" + end),
                named("thousands of angle brackets", head + "Contact: " + "<".repeat(20_000) + "\r\n" + end));
    }

    // ---- made ones

    private static final String[] START_LINES = {
        "SIP/2.0 %C %T",
        "SIP/2.0 %C",
        "SIP/2.0 %C ",
        "SIP/2.0  %C %T",
        "SIP/7.0 %C %T",
        "%T",
        "SIP/2.0 %T %T",
        "INVITE sip:+%N@example.org SIP/2.0",
        "REGISTER %U SIP/2.0",
        "OPTIONS %U SIP/2.0",
        "%T %U SIP/2.0",
        "BYE %U",
        "INVITE tel:+%N SIP/2.0",
        "MESSAGE sip:%T@example.org SIP/2.0"
    };

    private static final String[] HEADERS = {
        "Via: SIP/2.0/UDP %H:%C;branch=z9hG4bK%T",
        "v: %T",
        "Via: SIP/2.0/UDP [2001:db8::1];received=%H;branch=z9hG4bKx",
        "From: \"%T\" <%U>;tag=%T",
        "f: %U",
        "From: %T",
        "To: %T <%U>",
        "t: <%U>;tag=%T;%T",
        "Call-ID: %T",
        "i: %T@%H",
        "CSeq: %C INVITE",
        "CSeq: 1 %T",
        "CSeq: %T REGISTER",
        "Max-Forwards: %C",
        "Contact: <%U>;expires=%C",
        "m: *",
        "Contact: \"%T\" <%U>;q=%T, <%U>",
        "Expires: %C",
        "Expires: %T",
        "Reason: Q.850;cause=%C;text=\"%T\"",
        "Reason: %T;cause=%T, SIP;cause=%C;text=%T",
        "Warning: %C %H \"%T\"",
        "Warning: %T",
        "Retry-After: %C (%T);duration=%T",
        "Retry-After: %T",
        "WWW-Authenticate: Digest realm=\"%T\", nonce=\"%S\", stale=%T",
        "Proxy-Authenticate: %T %T=%T",
        "Authorization: Digest username=\"%T\", nonce=\"%S\", response=\"%D\", uri=\"%U\"",
        "Proxy-Authorization: %T response=\"%D\"",
        "Allow: %T",
        "Unsupported: %T",
        "Min-Expires: %C",
        "Server: (%T (%T))",
        "User-Agent: %T",
        "Subject: %T",
        "X-Number: +%N",
        "Subject: call +%N now",
        "From: \"+%N\" <%U>",
        "P-Asserted-Identity: \"%T\" <%U>",
        "Content-Type: %T/%T",
        "%T: %T",
        "%T",
        "Content-Length: %C",
        "l: %T",
    };

    private static final String[] TEXTS = {
        "",
        " ",
        "\t",
        "Busy Here",
        "x",
        "OK",
        "\u001b[31mred\u001b[0m",
        "\u202eevil",
        "\u2066x\u2069",
        "a\u2028b\u2029c",
        "%s%n%x%$1",
        "{} {}",
        "${jndi:ldap://127.0.0.1/a}",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE",
        "\0",
        "\u007f",
        "\u009b31m",
        "\uFEFF",
        "\uE000",
        "\uDB40\uDC41",
        "\"",
        "\\",
        "\\\"",
        "\"unbalanced",
        "((((",
        "))",
        "<",
        ">",
        "<>",
        ";",
        ",",
        ";;;=",
        "=",
        "sip:",
        "tel:",
        "@",
        "::",
        "[::1",
        "]",
        "\u00fc\u00df\u4e2d\u6587",
        "\ud83d\ude00",
        "-1",
        "99999999999999999999",
        "0",
        "1e9",
        "true",
        "INVITE",
        "486",
        "Digest",
        "q.850",
        "\r",
        "\r\n ",
        "\r\n\t",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "%00",
        "SIP/2.0",
        "z9hG4bK",
        "a".repeat(300),
        "\u001b".repeat(300),
        "(".repeat(500),
        "9".repeat(400),
    };

    private static final String[] URIS = {
        "sip:+%N@example.org",
        "sips:%N@example.org;user=phone",
        "tel:+%N",
        "sip:bob@192.0.2.4:%C",
        "sip:%T@%H",
        "urn:service:sos",
        "http://example.org/%T",
        "sip:[2001:db8::1]:5060;transport=%T",
        "sip:bob:%T@example.org?Subject=%T",
        "%T",
        "im:+%N@example.org"
    };

    private static final String[] HOSTS = {
        "192.0.2.1", "example.org", "[2001:db8::9:1]", "localhost", "-", "256.256.256.256", "a..b", "%T"
    };

    private static final String[] CODES = {
        "100",
        "180",
        "200",
        "302",
        "401",
        "407",
        "486",
        "487",
        "503",
        "603",
        "699",
        "700",
        "99",
        "0",
        "1000",
        "4294967301",
        "-1",
        "4x6",
        "5060",
        "3600",
        "2147483648"
    };

    /**
     * The next of an endless row of messages, which is the same for the same seed.
     *
     * @param broken whether to spoil bytes, line ends and the end besides
     */
    static byte[] made(Random random, boolean broken) {
        StringBuilder out = new StringBuilder(600);
        String lineEnd = broken && random.nextInt(8) == 0 ? (random.nextBoolean() ? "\n" : "\r") : "\r\n";
        out.append(fill(START_LINES[random.nextInt(START_LINES.length)], random, 0))
                .append(lineEnd);
        // What every message needs is mostly there, or nothing would come further than the parser.
        if (random.nextInt(10) > 0) {
            String method = random.nextBoolean() ? "INVITE" : "REGISTER";
            int space = out.indexOf(" ");
            if (out.indexOf("SIP") != 0 && space > 0) {
                method = out.substring(0, space);
            }
            out.append(VIA.replace("776asdhds", Integer.toHexString(random.nextInt(1_000))))
                    .append(NAMES.replace("a84b4c76e66710", Integer.toHexString(random.nextInt(1_000))))
                    .append("CSeq: ")
                    .append(random.nextInt(3))
                    .append(' ')
                    .append(method)
                    .append(lineEnd);
        }
        for (int i = random.nextInt(8); i >= 0; i--) {
            out.append(fill(HEADERS[random.nextInt(HEADERS.length)], random, 0)).append(lineEnd);
        }
        out.append(lineEnd);
        if (random.nextInt(5) == 0) {
            out.append(fill("v=0\r\no=- %C 1 IN IP4 %H\r\ns=%T\r\na=crypto:%K\r\n%T", random, 0));
        }
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = broken ? random.nextInt(4) : 0; i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = HOSTILE_BYTES[random.nextInt(HOSTILE_BYTES.length)];
        }
        return broken && random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1) : bytes;
    }

    private static String fill(String pattern, Random random, int depth) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || depth > 2 || i + 1 == pattern.length()) {
                out.append(c);
                continue;
            }
            switch (pattern.charAt(++i)) {
                case 'C' -> out.append(CODES[random.nextInt(CODES.length)]);
                case 'T' -> out.append(random.nextInt(3) == 0 ? "ok" : TEXTS[random.nextInt(TEXTS.length)]);
                case 'N' -> out.append(SafeText.NUMBER);
                case 'S' -> out.append(SafeText.NONCE);
                case 'K' -> out.append(SafeText.KEY);
                case 'D' -> out.append(SafeText.DIGEST);
                case 'U' -> out.append(fill(URIS[random.nextInt(URIS.length)], random, depth + 1));
                case 'H' -> out.append(fill(HOSTS[random.nextInt(HOSTS.length)], random, depth + 1));
                default -> out.append('%').append(pattern.charAt(i));
            }
        }
        return out.toString();
    }

    /** All the base messages: those of the standards and the honest ones. */
    static List<Named> all() {
        List<Named> all = new ArrayList<>(rfc4475());
        all.addAll(rfc5118());
        all.addAll(honest());
        return all;
    }
}
