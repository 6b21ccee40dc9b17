package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private final Redaction redaction = Redaction.standard();

    private static final String INVITE = String.join(
            "\r\n",
            "INVITE sip:+493012345678@203.0.113.5:5060;user=phone SIP/2.0",
            "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds1234567",
            "From: \"+49 30 9876543\" <sip:+49309876543@example.org>;tag=1928301774",
            "To: <sip:+493012345678@example.org;user=phone>",
            "Call-ID: 843817637684230@998sdasdh09",
            "CSeq: 314159 INVITE",
            "Contact: <sip:00442079460123@192.0.2.1:5060>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"",
            "P-Asserted-Identity: tel:+4930-987-6543",
            "Authorization: Digest username=\"+49309876543\", realm=\"example.org\", nonce=\"84a4cc6f3082121f\",",
            " uri=\"sip:+493012345678@example.org\", response=\"7587245234b3434cc3412213e5f113a5\", qop=auth,",
            " nc=00000001, cnonce=0a4f113b, algorithm=MD5, opaque=\"5ccc069c403e\"",
            "Proxy-Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.secret",
            "Identity: eyJhbGciOiJFUzI1NiJ9.eyJvcmlnIjoiNDkzMCJ9.sig;info=<https://cert.example.org/c>",
            "Max-Forwards: 70",
            "Content-Type: application/sdp",
            "Content-Length: 27",
            "",
            "v=0",
            "a=ice-pwd:asd88fgpdd777",
            "");

    @Test
    void shouldHideSecretsAndNumbersAndLeaveTheRest() {
        assertThat(redaction.message(INVITE))
                .isEqualTo(String.join(
                        "\r\n",
                        "INVITE sip:+49********78@203.0.113.5:5060;user=phone SIP/2.0",
                        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds1234567",
                        "From: \"+49 ** *****43\" <sip:+49*******43@example.org>;tag=1928301774",
                        "To: <sip:+49********78@example.org;user=phone>",
                        "Call-ID: 843817637684230@998sdasdh09",
                        "CSeq: 314159 INVITE",
                        "Contact: <sip:0044********23@192.0.2.1:5060>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"",
                        "P-Asserted-Identity: tel:+49**-***-**43",
                        "Authorization: Digest username=\"+49*******43\", realm=\"example.org\", nonce=\"***\",",
                        " uri=\"sip:+49********78@example.org\", response=\"***\", qop=auth,",
                        " nc=00000001, cnonce=***, algorithm=MD5, opaque=\"***\"",
                        "Proxy-Authorization: Bearer ***",
                        "Identity: ***",
                        "Max-Forwards: 70",
                        "Content-Type: application/sdp",
                        "Content-Length: 27",
                        "",
                        "[body of 30 characters]"));
    }

    @Test
    void shouldTakeNothingOutIfSwitchedOff() {
        assertThat(Redaction.none().message(INVITE)).isEqualTo(INVITE);
        assertThat(Redaction.none().uri("sip:+49301234567:secret@example.org"))
                .isEqualTo("sip:+49301234567:secret@example.org");
        assertThat(Redaction.none().text("+49301234567")).isEqualTo("+49301234567");
    }

    @Test
    void shouldSwitchEachPartByItself() {
        String hidden = redaction.message(INVITE);
        assertThat(redaction.credentials(false).message(INVITE))
                .contains("response=\"7587245234b3434cc3412213e5f113a5\"", "Bearer eyJ", "Identity: eyJ", "+49****");
        assertThat(redaction.numbers(false).message(INVITE))
                .contains("sip:+493012345678@203", "tel:+4930-987-6543", "username=\"+49309876543\"", "nonce=\"***\"");
        assertThat(redaction.bodies(false).message(INVITE)).endsWith("\r\nv=0\r\na=ice-pwd:***\r\n");
        assertThat(redaction.bodies(false).keys(false).message(INVITE)).endsWith("a=ice-pwd:asd88fgpdd777\r\n");
        assertThat(Redaction.none().bodies(true).message(INVITE))
                .contains("cnonce=0a4f113b")
                .endsWith("characters]");
        assertThat(redaction.message(INVITE)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What country, how many digits
                "sip:+4930123456@h                | sip:+49******56@h",
                "sip:+12025550123@h               | sip:+1********23@h",
                "sip:+74951234567@h               | sip:+7********67@h",
                "sip:+35312345678@h               | sip:+353******78@h",
                "sip:+85212345678@h               | sip:+852******78@h",
                "sip:004930123456@h               | sip:0049******56@h",
                "sip:030123456@h                  | sip:*******56@h",
                "sip:00493012@h                   | sip:0049**12@h",
                "sip:0049301@h                    | sip:*****01@h",
                "sip:01493012@h                   | sip:******12@h",
                "sip:10493012@h                   | sip:******12@h",
                "sip:+49301@h                     | sip:+49*01@h",
                "sip:+4930@h                      | sip:+4930@h",
                "sip:1001@h                       | sip:**01@h",
                "sip:112@h                        | sip:*12@h",
                "sip:11@h                         | sip:11@h",
                "sip:+49@h                        | sip:+49@h",
                // How it is written
                "sip:+49-30-123.456@h             | sip:+49-**-***.*56@h",
                "sip:+49(30)123456@h              | sip:+49(**)****56@h",
                "sip:%2B4930123456@h              | sip:%2B49******56@h",
                "SIPS:+4930123456@h               | SIPS:+49******56@h",
                "tel:+4930123456                  | tel:+49******56",
                "tel:7042;phone-context=example   | tel:**42;phone-context=example",
                "Tel:+49-30-123                   | Tel:+49-**-*23",
                "sip:*21*030123456#@h             | sip:***********56#@h",
                // What is no number
                "sip:alice@h                      | sip:alice@h",
                "sip:alice2024@h                  | sip:alice2024@h",
                "sip:+123abc@h                    | sip:+123abc@h",
                "sip:123%23@h                     | sip:*23%23@h",
                "tels:030123456                   | tels:030123456",
                "xsip:030123456                   | xsip:030123456",
                "sip:user4930123456@h             | sip:user********56@h",
                "sip:alice@192.168.100.200:5060   | sip:alice@192.168.100.200:5060",
                "sip:192.168.100.200:5060         | sip:192.168.100.200:5060",
                "sip:[2001:db8::1234:5678]:5061   | sip:[2001:db8::1234:5678]:5061",
                "sip:alice@h;tag=1234567890       | sip:alice@h;tag=1234567890",
                // What else a user part holds
                "sip:+4930123456:secret@h         | sip:+49******56:***@h",
                "sip:alice:secret@h               | sip:alice:***@h",
                "sip:+4930123456;isub=1234567@h   | sip:+49******56;isub=*****67@h",
                "sip:a@h?From=sip:+4930123456@x   | sip:a@h?From=sip:+49******56@x",
                // Names
                "\"+4930123456\" <sip:a@h>        | \"+49******56\" <sip:a@h>",
                "030123456 <sip:a@h>              | *******56 <sip:a@h>",
                "Alice 2 <sip:a@h>                | Alice 2 <sip:a@h>",
                "\"A \\\" +4930123456\" <sip:a@h> | \"A \\\" +49******56\" <sip:a@h>",
                "<sip:a@h>, 030123456 <sip:b@h>   | <sip:a@h>, *******56 <sip:b@h>",
                "<sip:a@h>;tag=030123456          | <sip:a@h>;tag=030123456",
                // Broken
                "sip:+4930123456                  | sip:+49******56",
                "sip:@h                           | sip:@h",
                "sip:                             | sip:",
                "<sip:+4930123456@h               | <sip:+49******56@h",
                "\"+4930123456                    | \"+49******56",
                "''                               | ''",
            })
    void shouldMaskTheNumberInAUri(String uri, String expected) {
        assertThat(redaction.uri(uri)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User +4930123456 is busy                  | User +49******56 is busy",
                "User +49 30 123456 is busy                | User +49 ** ****56 is busy",
                "Q.850;cause=17;text=\"0301234567 busy\"   | Q.850;cause=17;text=\"********67 busy\"",
                "486 Busy Here 180 Ringing                 | 486 Busy Here 180 Ringing",
                "SIP/2.0 486 Busy Here                     | SIP/2.0 486 Busy Here",
                "304 192.168.100.200:5060 \"x\"            | 304 192.168.100.200:5060 \"x\"",
                "call sip:+4930123456@h failed             | call sip:+49******56@h failed",
                "sip:bob:secret@h                          | sip:bob:***@h",
                "Parsing Issue e: nonce=\"abc\", stale=true | Parsing Issue e: nonce=\"***\", stale=true",
            })
    void shouldMaskNumbersInText(String text, String expected) {
        assertThat(redaction.text(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", stale=true   | WWW-Authenticate: Digest realm=\"r\", nonce=\"***\", stale=true",
                "Proxy-Authenticate: Digest nonce = \"n,m\\\"x\", realm=r        | Proxy-Authenticate: Digest nonce = \"***\", realm=r",
                "PROXY-AUTHORIZATION : digest RESPONSE=abc,uri=x                 | PROXY-AUTHORIZATION : digest RESPONSE=***,uri=x",
                "Authentication-Info: nextnonce=\"n\", rspauth=\"r\", qop=auth   | Authentication-Info: nextnonce=\"***\", rspauth=\"***\", qop=auth",
                "Authorization: Basic dXNlcjpwYXNz                               | Authorization: Basic ***",
                "Authorization: Digest                                           | Authorization: Digest",
                "Authorization: Digest response=\"unclosed                       | Authorization: Digest response=\"***\"",
                "Authorization: Digest azAZ09-_.=secret, nc=1                     | Authorization: Digest azAZ09-_.=***, nc=1",
                "Authorization: Digest foo\"a,b\", realm=r                        | Authorization: Digest ***, realm=r",
                "Authorization: Digest username=\"030123456\"                     | Authorization: Digest username=\"*******56\"",
                // A wrong character between parameters, and none where a quote was to end
                "Authorization: Digest username=\"b\",qop=auth;response=\"abc\"  | Authorization: Digest username=\"b\",qop=auth;response=\"***\"",
                "Authorization: Digest realm=r;nonce=abc;response=def            | Authorization: Digest realm=r;nonce=***",
                "Authorization: Digest realm=\"r,nonce=abc,response=def          | Authorization: Digest realm=\"r,nonce=***,response=***",
                "Auth0rization: Bearer s3cret                                    | Auth0rization: Bearer ***",
                "X-Auth: basic dXNlcjpwYXNz==, x                                 | X-Auth: basic ***, x",
                "Reason: Q.850;cause=57;text=\"Bearer capability not there\"      | Reason: Q.850;cause=57;text=\"Bearer capability not there\"",
                "X-Note: Bearer Capability, Basic call. Basic                    | X-Note: Bearer Capability, Basic call. Basic",
                "Call-Info: <https://bob:secret@pbx.example.org/card>            | Call-Info: <https://bob:***@pbx.example.org/card>",
                "Call-Info: <https://pbx.example.org:8443/a@b:c>, <http://x      | Call-Info: <https://pbx.example.org:8443/a@b:c>, <http://x",
                "X-A: Basic response=\"abc\"                                       | X-A: Basic response=\"***\"",
                "X-A: Bearer nonce =\"abc\"                                        | X-A: Bearer nonce =\"***\"",
                "X-A: Basic realm=\"atlanta\", Bearer a1b2c3d4=                     | X-A: Basic realm=\"atlanta\", Bearer ***",
                "User-Agent: Visual Basic 6.0.8169                               | User-Agent: Visual Basic 6.0.8169",
                "Authorization: Digest response=\"abc\", opaque=\"inline:x\"         | Authorization: Digest response=\"***\", opaque=\"***\"inline:***",
                "To: <sip:+4930123456@h;x=inline:1>                              | To: <sip:+49******56@h;x=inline:***",
                "Alert-Info: <http://h?x=tel:0301234567>                         | Alert-Info: <http://h?x=tel:********67>",
                "To: <sip://a/b:secret@h>                                        | To: <sip://a/b:***@h>",
                "X-Failure: +49301234567 486 Busy                                | X-Failure: +49*******67 486 Busy",
                "X-Failure: +49 30 1234567 2890844526                            | X-Failure: +49 ** *****67 2890844526",
                "X-Caller: +49 151 12345678                                      | X-Caller: +49 *** ******78",
                "X-Caller: +49 (151) 1234-5678                                   | X-Caller: +49 (***) ****-**78",
                "X-Caller: +49-151-12345678, +1                                  | X-Caller: +49-***-******78, +1",
                "y: abc.def.ghi                                                  | y: ***",
                "P-Media-Authorization: 0020000100100101706466312E33                | P-Media-Authorization: ***",
                "P-Served-User: 0301234567 <sip:a@h>;sescase=orig                 | P-Served-User: ********67 <sip:a@h>;sescase=orig",
                "P-Charge-Info: \"0301234567\" <sip:a@h>                          | P-Charge-Info: \"********67\" <sip:a@h>",
                "Reason: SIP;cause=480;text=\"no answer at +4930123456\"         | Reason: SIP;cause=480;text=\"no answer at +49******56\"",
                "f: 0301234567 <sip:a@h>                                         | f: ********67 <sip:a@h>",
                "X-Other: 0301234567                                             | X-Other: 0301234567",
                "no colon at all                                                 | no colon at all",
            })
    void shouldKnowTheHeaders(String header, String expected) {
        assertThat(redaction.message("OPTIONS sip:a@h SIP/2.0\r\n" + header + "\r\n\r\n"))
                .isEqualTo("OPTIONS sip:a@h SIP/2.0\r\n" + expected + "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc | a=crypto:***",
                "A=ICE-PWD:abc                                 | A=ICE-PWD:***",
                "a=key-mgmt:mikey abc                          | a=key-mgmt:***",
                "k=clear:abc                                   | k=***",
                "a=crypt0:1 AES_CM_128_HMAC_SHA1_80 inline:abc | a=crypt0:1 AES_CM_128_HMAC_SHA1_80 inline:***",
                "' a=ice-pwd:abc'                              | ' a=ice-pwd:***'",
                "o=+49301234567 2890844526 1 IN IP4 h          | o=+49*******67 2890844526 1 IN IP4 h",
                "a=ice-ufrag:abc                               | a=ice-ufrag:abc",
                "a=fingerprint:sha-256 12:34                   | a=fingerprint:sha-256 12:34",
                "p=+49 30 123456                               | p=+49 ** ****56",
                "o=- 3724394400 3724394405 IN IP4 192.0.2.1    | o=- 3724394400 3724394405 IN IP4 192.0.2.1",
                "Authorization: Digest response=abc            | Authorization: Digest response=***",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>    | <?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                "' <tuple id=\"a\" uri=\"sip:0301234567@h\">'  | ' <tuple id=\"a\" uri=\"sip:********67@h\">'",
                "'<x response=\"abc\", nonce=\"n\"/>'           | '<x response=\"***\", nonce=\"***\"/>'",
            })
    void shouldKnowTheLinesOfABodyThatIsShown(String line, String expected) {
        assertThat(redaction.bodies(false).message("OPTIONS sip:a@h SIP/2.0\n\n" + line + "\n"))
                .isEqualTo("OPTIONS sip:a@h SIP/2.0\n\n" + expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP/2.0 480 +4930123456 is away | SIP/2.0 480 +49******56 is away",
                "SIP/2.0 200 OK                  | SIP/2.0 200 OK",
                "MESSAGE tel:+4930123456 SIP/2.0 | MESSAGE tel:+49******56 SIP/2.0",
                // A broken message may begin with any line.
                "Authorization: Bearer s3cret    | Authorization: Bearer ***",
                "k=clear:abc                     | k=***",
                "a=crypto:1 AES inline:abc       | a=crypto:***",
                "INVITE sip:+4930123456@h;k=inline:x SIP/2.0 | INVITE sip:+49******56@h;k=inline:***",
            })
    void shouldReadTheStartLine(String line, String expected) {
        assertThat(redaction.message(line)).isEqualTo(expected);
        assertThat(redaction.message("\r\n\r\n" + line + "\r\n\r\n")).isEqualTo("\r\n\r\n" + expected + "\r\n\r\n");
    }

    /** What comes of a message when a character or a line end is another one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A line behind another thing, or without its name
                "dropped:~INVITE sip:+4930123456@h SIP/2.0         | dropped:~INVITE sip:+49******56@h SIP/2.0",
                "SIP/2.0 486 x~From? <sip:+4930123456@h>;tag=1     | SIP/2.0 486 x~From? <sip:+49******56@h>;tag=1",
                "SIP/2.0 486 x~From? 0301234567                    | SIP/2.0 486 x~From? ********67",
                // A URI without its scheme, its plus sign or its at sign
                "SIP/2.0 486 x~To: <s?p:+4930123456@h>             | SIP/2.0 486 x~To: <s?p:+49******56@h>",
                "SIP/2.0 486 x~To: <sip: 4930123456@h>             | SIP/2.0 486 x~To: <sip: ********56@h>",
                "SIP/2.0 486 x~To: <sip:4930123456                 | SIP/2.0 486 x~To: <sip:********56",
                "SIP/2.0 486 x~X-To: +4930123456                   | SIP/2.0 486 x~X-To: +49******56",
                "OPTIONS sip:4930123456 SIP/2.0                    | OPTIONS sip:********56 SIP/2.0",
                // Credentials that are in another header, under another name, or in two pieces
                "SIP/2.0 486 x~To: <sip:a@h>?Authorization: Digest response=\"abc\" | SIP/2.0 486 x~To: <sip:a@h>?Authorization: Digest response=\"***\"",
                "SIP/2.0 486 x~Auth?: Digest uri=\"u\", nonc?=\"abc\", q=\"1\"  | SIP/2.0 486 x~***, ***, q=\"***\"",
                "SIP/2.0 401 x~WWW-Authenticate: Digest realm=\"r\", no~nce=\"abc\"  | SIP/2.0 401 x~WWW-Authenticate: Digest realm=\"r\", ***~nce=\"***\"",
                "SIP/2.0 401 x~WWW-Authenticate: Digest realm=\"r, nonce=\"abc\"      | SIP/2.0 401 x~WWW-Authenticate: Digest realm=\"r, nonce=\"***\"",
                "SIP/2.0 401 x~Authorization: abc                  | SIP/2.0 401 x~Authorization: ***",
                "nonce=\"abc\"                                     | nonce=\"***\"",
                // What tells messages apart stays
                "SIP/2.0 486 x~Call-ID: +4930123456@h              | SIP/2.0 486 x~Call-ID: +4930123456@h",
                "SIP/2.0 486 x~Via: SIP/2.0/UDP h;branch=z9hG4bK+4930123456 | SIP/2.0 486 x~Via: SIP/2.0/UDP h;branch=z9hG4bK+4930123456",
                "SIP/2.0 486 x~Contact: <sip:a@h;opaque=user:x>    | SIP/2.0 486 x~Contact: <sip:a@h;opaque=user:x>",
                // Keys where the blank line is gone
                "SIP/2.0 200 x~v=0~a=crypto:1 abc                  | SIP/2.0 200 x~v=0~a=crypto:***",
                "SIP/2.0 200 x~o=- 3724394400 1 IN IP4 h           | SIP/2.0 200 x~o=- 3724394400 1 IN IP4 h",
            })
    void shouldFindSecretsInAMessageThatIsBroken(String message, String expected) {
        for (String lineEnd : new String[] {"\r\n", "\n", "\r"}) {
            assertThat(redaction.message(message.replace("~", lineEnd))).isEqualTo(expected.replace("~", lineEnd));
        }
    }

    @Test
    void shouldFindTheEndOfTheHeadersWhateverTheLineEnds() {
        for (String lineEnd : new String[] {"\r\n", "\n", "\r"}) {
            assertThat(redaction.message("SIP/2.0 200 OK" + lineEnd + lineEnd + "secret"))
                    .isEqualTo("SIP/2.0 200 OK" + lineEnd + lineEnd + "[body of 6 characters]");
        }
    }

    @Test
    void shouldLeaveBrokenCredentialsWhereTheyAreNotToBeHidden() {
        String broken = "SIP/2.0 401 x\r\nWWW-Authenticate: Digest realm=\"r\", no\r\nnce=\"abc\"\r\n\r\n";
        assertThat(redaction.credentials(false).message(broken)).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({
        // hide credentials, hide numbers, the URI, the text
        "true,  true,  sip:+49******56:***@h,    nonce=*** from +49******56",
        "true,  false, sip:+4930123456:***@h,    nonce=*** from +4930123456",
        "false, true,  sip:+49******56:secret@h, nonce=abc from +49******56",
        "false, false, sip:+4930123456:secret@h, nonce=abc from +4930123456",
    })
    void shouldSwitchEachPartOfAUriAndOfText(boolean credentials, boolean numbers, String uri, String text) {
        Redaction part = Redaction.none().credentials(credentials).numbers(numbers);
        assertThat(part.uri("sip:+4930123456:secret@h")).isEqualTo(uri);
        assertThat(part.text("nonce=abc from +4930123456")).isEqualTo(text);
    }

    @Test
    void shouldHideTheNumberInAUserNameWhateverBecomesOfTheCredentials() {
        assertThat(redaction
                        .credentials(false)
                        .message("OPTIONS sip:a@h SIP/2.0\r\n"
                                + "Authorization: Digest username=\"+4930123456\", response=\"abc\"\r\n\r\n"))
                .endsWith("\r\nAuthorization: Digest username=\"+49******56\", response=\"abc\"\r\n\r\n");
    }

    @ParameterizedTest
    @NullSource
    void shouldGiveNullForNull(String nothing) {
        assertThat(redaction.message(nothing)).isNull();
        assertThat(redaction.uri(nothing)).isNull();
        assertThat(redaction.text(nothing)).isNull();
    }

    /** What makes a careless reader look at everything again for each character; it would then take hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:",
                "sip:1@",
                "\"",
                "\\\"",
                "<",
                "a<b>",
                "\"a\"<",
                "tel:1",
                "+",
                "+1",
                "0",
                "0-",
                ",",
                ";",
                "=\"",
                "nonce=",
                "nonce=\"",
                "a=b,",
                "%2B",
                "%",
                "\r",
                "\n",
                "\r\n ",
                ":",
                "(",
                "(1",
                "@",
                "Digest ",
                "sip:;",
                "<sip:",
                "://",
                "inline:",
                "Basic ",
                "Bearer a1",
                "Basic",
                "+1 ",
                "+1 ("
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTakeTimeInProportionToTheLength(String piece) {
        String much = piece.repeat(400_000 / piece.length());
        for (String start : new String[] {"", "From: ", "Authorization: Digest ", "Reason: ", "a=crypto:"}) {
            String message = "OPTIONS sip:a@h SIP/2.0\r\n" + start + much + "\r\n\r\n" + much;
            assertThat(redaction.bodies(false).message(message))
                    .startsWith("OPTIONS sip:a@h SIP/2.0\r\n" + start.trim());
        }
        assertThat(redaction.uri(much)).isNotNull();
        assertThat(redaction.text(much)).isNotNull();
    }

    @Test
    void shouldShowHowItIsUsed() {
        String message = INVITE;
        // tag::redaction
        Redaction withBodies = Redaction.standard().bodies(false);

        String shown = withBodies.message(message);

        assertThat(shown).contains("response=\"***\"", "sip:+49*******43@example.org", "a=ice-pwd:***");
        // end::redaction
    }
}
