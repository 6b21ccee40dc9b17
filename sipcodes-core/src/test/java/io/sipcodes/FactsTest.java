package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipHeaderRule.Condition;
import io.sipcodes.SipHeaderRule.Strength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts of the catalog, held against tables typed once more from the RFCs. */
class FactsTest {

    private static final String REFERENCE = "RFC \\d{4} \\d+(\\.\\d+)*( \\(as unknown [456]xx\\))?";

    private static SipEntry entry(int code) {
        return SipCatalog.standard().entry(SipCode.of(code));
    }

    private static Set<Integer> codesWhere(Predicate<SipEntry> condition) {
        return IntStream.rangeClosed(SipCode.MIN, SipCode.MAX)
                .filter(code -> condition.test(entry(code)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // RFC 5057 section 5.1, Table 2, all rows.
    @ParameterizedTest
    @CsvFileSource(resources = "rfc5057.csv")
    void shouldReachAsFarAsRfc5057Says(int code, SipEffect effect) {
        assertThat(entry(code).effect()).isEqualTo(effect);
        assertThat(entry(code).effectReference()).isEqualTo("RFC 5057 5.1");
    }

    @ParameterizedTest
    @CsvSource({
        "100, NONE,         RFC 3261 21.1.1",
        "199, EARLY_DIALOG, RFC 6228 4",
        "200, NONE,         RFC 3261 21.2.1",
        "302, DIALOG,       RFC 5057 5.1",
        "424, TRANSACTION,  RFC 6442 4.3",
        "425, TRANSACTION,  RFC 8876 5.1",
        "433, TRANSACTION,  RFC 5079 4",
        "469, TRANSACTION,  RFC 6086 4.2.2",
        "607, TRANSACTION,  RFC 8197 4",
        "430, TRANSACTION,  RFC 5057 5.1 (as unknown 4xx)",
        "439, TRANSACTION,  RFC 5057 5.1 (as unknown 4xx)",
        "440, TRANSACTION,  RFC 5057 5.1 (as unknown 4xx)",
        "470, TRANSACTION,  RFC 5057 5.1 (as unknown 4xx)",
        "555, TRANSACTION,  RFC 5057 5.1 (as unknown 5xx)",
        "608, TRANSACTION,  RFC 5057 5.1 (as unknown 6xx)",
        "409, TRANSACTION,  RFC 5057 5.1 (as unknown 4xx)",
        "499, TRANSACTION,  RFC 5057 5.1",
        "599, TRANSACTION,  RFC 5057 5.1",
        "699, TRANSACTION,  RFC 5057 5.1",
    })
    void shouldReachAsFarAsTheYoungerRfcsSay(int code, SipEffect effect, String reference) {
        assertThat(entry(code).effect()).isEqualTo(effect);
        assertThat(entry(code).effectReference()).isEqualTo(reference);
    }

    // RFC 3261 section 20.33 and Table 3.
    private static final Set<Integer> RETRY_AFTER = Set.of(404, 413, 480, 486, 500, 503, 600, 603);

    @Test
    void shouldHonourRetryAfterWithExactlyEightCodes() {
        assertThat(codesWhere(SipEntry::honoursRetryAfter)).isEqualTo(RETRY_AFTER);
        assertThat(codesWhere(entry ->
                        entry.headers().stream().anyMatch(rule -> rule.anyOf().contains("Retry-After"))))
                .isEqualTo(RETRY_AFTER);
    }

    @Test
    void shouldFailOverAfter503Only() {
        assertThat(codesWhere(SipEntry::failsOver)).containsExactly(503);
    }

    @Test
    void shouldStopForkingWhenSomebodyAnsweredOrNobodyWill() {
        assertThat(codesWhere(SipEntry::stopsForking))
                .isEqualTo(codesWhere(
                        entry -> entry.code().value() / 100 == 2 || entry.code().value() / 100 == 6));
    }

    // RFC 6076 sections 4.2, 4.6, 4.7 and 4.8.
    @Test
    void shouldPlayThePartsOfRfc6076() {
        assertThat(role(SipMetricRole.SER)).containsExactly(200);
        assertThat(role(SipMetricRole.SEER)).containsExactly(200, 480, 486, 600, 603);
        assertThat(role(SipMetricRole.ISA)).containsExactly(408, 500, 503, 504);
        assertThat(role(SipMetricRole.NOT_COUNTED))
                .isEqualTo(IntStream.rangeClosed(300, 399).boxed().collect(Collectors.toSet()));
        assertThat(role(SipMetricRole.IRA))
                .isEqualTo(IntStream.rangeClosed(400, 699)
                        .filter(code -> code != 401 && code != 402 && code != 407)
                        .boxed()
                        .collect(Collectors.toSet()));
    }

    private static Set<Integer> role(SipMetricRole role) {
        return codesWhere(entry -> entry.metricRoles().contains(role));
    }

    @Test
    void shouldLimitTheMethodsWhereTheRfcsDo() {
        Map<Integer, Set<String>> limited = new TreeMap<>();
        for (SipEntry entry : SipCatalog.standard().entries()) {
            if (!entry.methods().isEmpty()) {
                limited.put(entry.code().value(), entry.methods());
                assertThat(entry.methodsReference()).matches(REFERENCE);
            } else {
                assertThat(entry.methodsReference()).isEmpty();
            }
        }

        Map<Integer, Set<String>> expected = new TreeMap<>();
        for (int invite : new int[] {180, 181, 182, 183, 199, 408}) {
            expected.put(invite, Set.of("INVITE"));
        }
        expected.put(204, Set.of("SUBSCRIBE"));
        expected.put(412, Set.of("PUBLISH"));
        expected.put(422, Set.of("INVITE", "UPDATE"));
        expected.put(423, Set.of("REGISTER", "SUBSCRIBE", "PUBLISH"));
        expected.put(439, Set.of("REGISTER"));
        expected.put(469, Set.of("INFO"));
        expected.put(489, Set.of("SUBSCRIBE", "NOTIFY", "PUBLISH"));
        expected.put(555, Set.of("REGISTER"));
        expected.put(580, Set.of("INVITE", "UPDATE"));
        assertThat(limited).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // code, header, value, methods, conditions, reference
        "100, Timestamp,          '',     '',        request-had-timestamp, RFC 3261 8.2.6.1",
        "180, To,                 ;tag,   '',        '',                    RFC 3261 8.2.6.2",
        "183, Contact,            '',     INVITE,    dialog-created,        RFC 3261 12.1.1",
        "183, RSeq,               '',     INVITE,    sent-reliably,         RFC 3262 3",
        "183, Require,            100rel, INVITE,    sent-reliably,         RFC 3262 3",
        "199, Reason,             SIP,    '',        '',                    RFC 6228 5",
        "199, RSeq,               '',     INVITE,    sent-reliably,         RFC 3262 3",
        "200, Contact,            '',     INVITE,    '',                    RFC 3261 12.1.1",
        "200, Contact,            '',     UPDATE,    '',                    RFC 3311 7",
        "200, Contact,            '',     REGISTER,  contacts-left,         RFC 3261 10.3",
        "200, Path,               '',     REGISTER,  request-had-path,      RFC 3327 5.3",
        "200, Expires,            '',     SUBSCRIBE, '',                    RFC 6665 3.1.1",
        "200, SIP-ETag,           '',     PUBLISH,   '',                    RFC 3903 6",
        "200, Recv-Info,          '',     INVITE,    request-had-recv-info, RFC 6086 5.2.3",
        "200, Require,            timer,  UPDATE,    refresher-uac,         RFC 4028 9",
        "204, Expires,            '',     '',        '',                    RFC 6665 3.1.1",
        "305, Contact,            '',     '',        '',                    RFC 3261 21.3.4",
        "401, WWW-Authenticate,   '',     '',        '',                    RFC 3261 22.2",
        "405, Allow,              '',     '',        '',                    RFC 3261 21.4.6",
        "407, Proxy-Authenticate, '',     '',        '',                    RFC 3261 22.3",
        "415, Accept or Accept-Encoding or Accept-Language, '', '', '',     RFC 3261 21.4.13",
        "420, Unsupported,        '',     '',        '',                    RFC 3261 21.4.15",
        "421, Require,            '',     '',        '',                    RFC 3261 21.4.16",
        "421, Security-Server,    '',     '',        requires-sec-agree,    RFC 3329 2.3.2",
        "422, Min-SE,             '',     '',        '',                    RFC 4028 6",
        "423, Min-Expires,        '',     '',        '',                    RFC 3261 10.3",
        "424, Geolocation-Error,  '',     '',        '',                    RFC 6442 4.3",
        "425, AlertMsg-Error,     '',     '',        '',                    RFC 8876 5.1",
        "469, Recv-Info,          '',     '',        '',                    RFC 6086 4.2.2",
        "489, Allow-Events,       '',     PUBLISH,   '',                    RFC 3903 11.1.1",
        "494, Security-Server,    '',     '',        '',                    RFC 3329 2.3.1",
        "494, Require,            sec-agree, '', request-supported-sec-agree, RFC 3329 2.3.2",
        "494, Proxy-Authenticate or WWW-Authenticate, '', '', digest-offered, RFC 3329 2.3.1",
        "500, Retry-After,        '',     INVITE,    overlapping-change,    RFC 3261 14.2",
        "608, Call-Info,          ;purpose=jwscard, '', no-sign-of-malice,  RFC 8688 3.1",
        "486, Via,                '',     '',        '',                    RFC 3261 8.2.6.2",
        "486, Content-Length,     '',     '',        stream-transport,      RFC 3261 20.14",
        "486, Content-Type,       '',     '',        body,                  RFC 3261 20.15",
    })
    void shouldDemandWhatTheRfcsDemand(
            int code, String header, String value, String methods, String conditions, String reference) {
        assertThat(rules(code, Strength.MUST))
                .contains(String.join(" | ", header, value, methods, conditions, reference));
    }

    @ParameterizedTest
    @CsvSource({
        "100, MUST_NOT,   RSeq,                '',     '',            RFC 3262 3",
        "100, MUST_NOT,   Require,             100rel, '',            RFC 3262 3",
        "199, MUST_NOT,   Supported,           199,    '',            RFC 6228 5",
        "199, SHOULD_NOT, Contact,             '',     made-by-proxy, RFC 6228 6",
        "486, MUST_NOT,   Min-SE,              '',     '',            RFC 4028 5",
        "404, MUST_NOT,   P-Refused-URI-List,  '',     '',            RFC 5318 5",
        "488, MUST_NOT,   Recv-Info,           '',     request-lacked-recv-info, RFC 6086 5.2.3",
        "302, SHOULD,     Contact,             '',     '',            RFC 3261 13.3.1.2",
        "413, SHOULD,     Retry-After,         '',     temporary,     RFC 3261 21.4.11",
        "470, SHOULD,     Permission-Missing,  '',     '',            RFC 5360 5.9.2",
        "480, SHOULD,     Warning,             '',     sips-mismatch, RFC 5630 5.3",
        "580, SHOULD,     Content-Type, application/sdp, '',          RFC 3312 8",
        "486, MAY,        Retry-After,         '',     '',            RFC 3261 21.4.24",
        "486, MAY,        Reason,              Q.850,  '',            RFC 6432 3",
        "486, MAY,        Error-Info,          '',     '',            RFC 3261 20.18",
        "180, MAY,        Alert-Info,          '',     '',            RFC 3261 20.4",
    })
    void shouldSayWhatElseTheRfcsSayOfHeaders(
            int code, Strength strength, String header, String value, String conditions, String reference) {
        assertThat(rules(code, strength)).contains(String.join(" | ", header, value, "", conditions, reference));
    }

    @ParameterizedTest
    @CsvSource({
        "100, Reason",
        "100, Error-Info",
        "180, Error-Info",
        "302, RSeq",
        "486, Record-Route",
        "404, Allow-Events",
        "403, Retry-After",
        "200, WWW-Authenticate"
    })
    void shouldSayNothingOfHeadersThatHaveNoPartInACode(int code, String header) {
        assertThat(entry(code).headers()).noneMatch(rule -> rule.anyOf().contains(header));
    }

    @Test
    void shouldNotWant199ToCreateADialog() {
        assertThat(entry(199).headers()).noneMatch(rule -> rule.conditions().contains(Condition.DIALOG_CREATED));
    }

    @ParameterizedTest
    @CsvSource({"422, Min-SE", "403, P-Refused-URI-List"})
    void shouldAllowInOneCodeWhatIsForbiddenInAllOthers(int code, String header) {
        assertThat(entry(code).headers())
                .noneMatch(rule -> rule.anyOf().contains(header) && rule.strength() == Strength.MUST_NOT)
                .anyMatch(rule -> rule.anyOf().contains(header));
    }

    private static List<String> rules(int code, Strength strength) {
        List<String> rules = new ArrayList<>();
        for (SipHeaderRule rule : entry(code).headers()) {
            if (rule.strength() == strength) {
                String conditions =
                        rule.conditions().stream().map(Condition::id).sorted().collect(Collectors.joining(" "));
                rules.add(String.join(
                        " | ",
                        rule.header(),
                        rule.value(),
                        String.join(" ", rule.methods()),
                        conditions,
                        rule.reference()));
            }
        }
        return rules;
    }

    static Stream<SipEntry> all() {
        return IntStream.rangeClosed(SipCode.MIN, SipCode.MAX).mapToObj(FactsTest::entry);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNotContradictItselfInHeaders(SipEntry entry) {
        List<SipHeaderRule> headers = entry.headers();

        assertThat(headers).doesNotHaveDuplicates();
        for (SipHeaderRule never : headers) {
            if (never.strength() == Strength.MUST_NOT && never.conditions().isEmpty()) {
                assertThat(headers)
                        .noneMatch(rule -> rule.anyOf().equals(never.anyOf())
                                && rule.value().equals(never.value())
                                && rule.strength() != Strength.MUST_NOT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldHaveASectionForEachFact(SipEntry entry) {
        for (SipHeaderRule rule : entry.headers()) {
            assertThat(rule.anyOf()).isNotEmpty().allMatch(header -> header.matches("[A-Z][A-Za-z-]+"));
            assertThat(rule.reference()).matches(REFERENCE + "|RFC 9410|ATIS-1000099 .*");
            assertThat(rule.methods()).allMatch(method -> method.matches("[A-Z]+"));
        }
        assertThat(entry.adviceReference()).matches(REFERENCE + "|");
        if (entry.code().status() != SipCodeStatus.UNREGISTERED) {
            assertThat(entry.reference()).matches(REFERENCE);
            assertThat(entry.effectReference()).matches(REFERENCE);
            assertThat(entry.link())
                    .startsWith("https://www.rfc-editor.org/rfc/rfc")
                    .contains("#section-");
        } else {
            assertThat(entry.reference()).isEmpty();
            assertThat(entry.link()).isEmpty();
        }
    }

    // The RFC in which a code first appeared.
    @ParameterizedTest
    @CsvSource({
        "100, 2543", "182, 2543", "183, 3261", "199, 6228", "202, 3265", "204, 5839", "305, 2543", "409, 2543",
        "411, 2543", "412, 3903", "415, 2543", "416, 3261", "417, 4412", "420, 2543", "421, 3261", "422, 4028",
        "423, 3261", "424, 6442", "425, 8876", "428, 4474", "429, 3892", "430, 5626", "433, 5079", "436, 4474",
        "437, 4474", "438, 4474", "439, 5626", "440, 5393", "469, 6086", "470, 5360", "480, 2543", "483, 2543",
        "486, 2543", "487, 3261", "488, 3261", "489, 3265", "491, 3261", "493, 3261", "494, 3329", "505, 2543",
        "513, 3261", "555, 8599", "580, 3312", "600, 2543", "606, 2543", "607, 8197", "608, 8688"
    })
    void shouldKnowSinceWhen(int code, int rfc) {
        assertThat(entry(code).since()).hasValue(rfc);
    }

    @Test
    void shouldKnowSinceWhenForAllThatAnRfcHas() {
        assertThat(codesWhere(entry -> entry.since().isEmpty() && entry.code().isKnown()))
                .containsExactly(101, 477, 478, 479, 490, 605, 687);
    }

    @Test
    void shouldNotCallThePhraseItsOwnAlias() {
        Set<String> seen = new HashSet<>();
        for (SipEntry entry : SipCatalog.standard().entries()) {
            for (SipEntry.Alias alias : entry.aliases()) {
                assertThat(alias.phrase()).isNotEqualToIgnoringCase(entry.code().phrase());
                assertThat(alias.usedBy()).isNotBlank();
                assertThat(seen.add(entry.code() + alias.phrase())).isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(35);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "412 | Precondition Failed                   | sofia-sip",
                "414 | Request-URI Too Large                 | RFC 3261 25.1",
                "421 | Etension Required                     | JAIN-SIP",
                "436 | Bad Identity-Info                     | RFC 4474",
                "437 | Unsupported Certificate               | RFC 4474",
                "480 | Temporarily not available             | RFC 3261 25.1",
                "481 | Call Leg/Transaction Does Not Exist   | RFC 3261 25.1",
                "500 | Internal Server Error                 | RFC 3261 25.1",
                "504 | Gateway Time-out                      | RFC 2543",
                "505 | SIP Version not supported             | RFC 3261 25.1",
                "606 | Session Not Acceptable                | JAIN-SIP",
            })
    void shouldKnowWhatOthersCallIt(int code, String phrase, String usedBy) {
        assertThat(entry(code).aliases())
                .anyMatch(
                        alias -> alias.phrase().equals(phrase) && alias.usedBy().contains(usedBy));
    }

    @ParameterizedTest
    @CsvSource({
        "180, 202", "200, 200", "202, 202", "204, 200", "302, 409", "400, 500", "401, 500", "402, 403", "403, 403",
        "404, 404", "405, 501", "407, 500", "408, 504", "410, 410", "412, 500", "413, 413", "415, 500", "420, 500",
        "422, 500", "424, 422", "433, 403", "438, 500", "477, 502", "480, 409", "481, 410", "482, 502", "484, 422",
        "485, 422", "486, 409", "487, 409", "488, 500", "489, 501", "491, 409", "499, 502", "500, 502", "501, 501",
        "502, 502", "503, 503", "504, 504", "513, 413", "580, 502", "599, 502", "600, 409", "603, 403", "604, 404",
        "606, 500", "607, 403", "608, 403", "699, 502"
    })
    void shouldAnswerOverHttpSoThatItsClientDoesTheRightThing(int code, int status) {
        assertThat(entry(code).httpStatus()).isEqualTo(status);
        assertThat(entry(code).httpReason(Locale.ENGLISH)).endsWith(".");
    }

    @Test
    void shouldFollowAnOverrideInHttpToo() {
        SipEntry noChannel =
                SipCatalog.standard().entry(SipCode.TEMPORARILY_UNAVAILABLE_480, "No channel available", "");

        assertThat(noChannel.httpStatus()).isEqualTo(503);
    }

    // What a challenge, a redirection and so on are is no matter of opinion.
    @ParameterizedTest
    @CsvSource({
        "401, CHALLENGED,  NOBODY,   AUTHENTICATE,    RFC 3261 22.2",
        "407, CHALLENGED,  NOBODY,   AUTHENTICATE,    RFC 3261 22.3",
        "302, REDIRECTED,  NOBODY,   FOLLOW_REDIRECT, RFC 3261 8.1.3.4",
        "403, FORBIDDEN,   UNKNOWN,  DO_NOT_RETRY,    RFC 3261 21.4.4",
        "412, STATE_LOST,  OUR_SIDE, START_ANEW,      RFC 3903 5",
        "433, IDENTITY,    CALLER,   ASK_PERSON,      RFC 5079 4",
        "485, NOT_FOUND,   CALLER,   ASK_PERSON,      RFC 3261 21.4.23",
        "486, BUSY,        CALLEE,   RETRY_LATER,     RFC 3261 21.4.24",
        "487, CANCELLED,   NOBODY,   NONE,            RFC 3261 9.1",
        "491, CONFLICT,    NOBODY,   BACK_OFF,        RFC 3261 14.1",
        "503, OVERLOAD,    UPSTREAM, TRY_ELSEWHERE,   RFC 3263 4.3",
        "607, BLOCKED,     CALLEE,   DO_NOT_RETRY,    RFC 8197 4",
        "608, BLOCKED,     NETWORK,  DO_NOT_RETRY,    RFC 8688 3.3",
    })
    void shouldAdviseWhatTheRfcsSay(int code, SipOutcome outcome, SipFault fault, SipAdvice advice, String reference) {
        assertThat(entry(code).outcome()).isEqualTo(outcome);
        assertThat(entry(code).fault()).isEqualTo(fault);
        assertThat(entry(code).advice()).isEqualTo(advice);
        assertThat(entry(code).adviceReference()).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 199, 183, 150})
    void shouldCallNoProvisionalResponseAnEnd(int code) {
        assertThat(entry(code).outcome()).isEqualTo(SipOutcome.PROGRESS);
        assertThat(entry(code).advice()).isEqualTo(SipAdvice.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RFC 3261 21.4.24                  | https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24",
                "RFC 6228 4                        | https://www.rfc-editor.org/rfc/rfc6228#section-4",
                "RFC 5057 5.1 (as unknown 4xx)     | https://www.rfc-editor.org/rfc/rfc5057#section-5.1",
                "RFC 9410                          | https://www.rfc-editor.org/rfc/rfc9410",
                "ATIS-1000099                      | ''",
                "''                                | ''",
            })
    void shouldLinkToTheSection(String reference, String link) {
        assertThat(References.link(reference)).isEqualTo(link);
    }

    @Test
    void shouldTellWhichRulesSoftwareCanCheck() {
        assertThat(entry(608).headers())
                .filteredOn(rule -> rule.anyOf().contains("Call-Info") && rule.strength() == Strength.MUST)
                .noneMatch(SipHeaderRule::isCheckable);
        assertThat(entry(405).headers())
                .filteredOn(rule -> rule.anyOf().contains("Allow") && rule.strength() == Strength.MUST)
                .allMatch(SipHeaderRule::isCheckable)
                .allMatch(rule -> rule.isFor("OPTIONS"));
        assertThat(entry(489).headers())
                .filteredOn(rule -> rule.anyOf().contains("Allow-Events") && rule.strength() == Strength.MUST)
                .allMatch(rule -> rule.isFor("PUBLISH") && !rule.isFor("NOTIFY"));
    }
}
