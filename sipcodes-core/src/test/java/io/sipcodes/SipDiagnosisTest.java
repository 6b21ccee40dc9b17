package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.SipDiagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipDiagnosisTest {

    private static final Locale GERMAN = Locale.GERMAN;
    private static final Locale ENGLISH = Locale.ENGLISH;

    // ---- ways in

    @Test
    void shouldDiagnoseFromAStatusLine() {
        SipDiagnosis diagnosis = SipDiagnosis.of("SIP/2.0 480 Error");

        assertThat(diagnosis.code()).contains(SipCode.TEMPORARILY_UNAVAILABLE_480);
        assertThat(diagnosis.rawCode()).isEqualTo(480);
        assertThat(diagnosis.phrase()).isEqualTo("Error");
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(diagnosis.fault()).isEqualTo(SipFault.CALLEE);
        assertThat(diagnosis.advice()).isEqualTo(SipAdvice.RETRY_LATER);
        assertThat(diagnosis.retryAfterSeconds()).isEqualTo(-1);
        assertThat(diagnosis.severity()).isEqualTo(System.Logger.Level.INFO);
        assertThat(diagnosis.entry()).contains(SipCatalog.standard().entry(SipCode.TEMPORARILY_UNAVAILABLE_480));
        assertThat(diagnosis.evidence()).containsExactly(new Evidence("code", true, "480 Error", "RFC 3261 21.4.18"));
        assertThat(diagnosis).hasToString("480 Error -> unavailable (callee)");
    }

    @Test
    void shouldSayThatALineHoldsNoCode() {
        SipDiagnosis diagnosis = SipDiagnosis.of("no luck today");

        assertThat(diagnosis.code()).isEmpty();
        assertThat(diagnosis.entry()).isEmpty();
        assertThat(diagnosis.rawCode()).isZero();
        assertThat(diagnosis.phrase()).isEqualTo("no luck today");
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNKNOWN);
        assertThat(diagnosis.operatorText(ENGLISH)).contains("100 to 699");
        assertThat(diagnosis.evidence())
                .containsExactly(new Evidence("no-code", true, "0 (expected: 100..699)", "RFC 3261 7.2"));
    }

    @Test
    void shouldDiagnoseFromAWholeMessage() {
        SipDiagnosis diagnosis = SipDiagnosis.of("""
                SIP/2.0 480 Temporarily Unavailable\r
                Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK1\r
                CSeq: 2 INVITE\r
                reason : SIP;cause=480\r
                Reason: Q.850;cause=34;text="No circuit"\r
                Retry-After: 30 (in a meeting);duration=60\r
                Warning: 399 gw "All trunks busy"\r
                X-Reason: Q.850;cause=17\r
                Content-Length: 0\r
                \r
                """);

        assertThat(diagnosis.rawCode()).isEqualTo(480);
        assertThat(diagnosis.phrase()).isEqualTo("Temporarily Unavailable");
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.OVERLOAD);
        assertThat(diagnosis.retryAfterSeconds()).isEqualTo(30);
        assertThat(diagnosis.evidence())
                .extracting(Evidence::rule)
                .containsExactly("q850-cause", "retry-after", "remark", "code");
    }

    @ParameterizedTest
    @CsvSource({"BYE, 481, NOBODY", "CANCEL, 481, NOBODY", "INVITE, 481, UPSTREAM", "OPTIONS, 404, NOBODY"})
    void shouldTakeTheMethodFromAWholeMessage(String method, int code, SipFault fault) {
        SipDiagnosis diagnosis = SipDiagnosis.of("SIP/2.0 " + code + " Whatever\r\ncseq:  17   " + method + "\r\n\r\n");

        assertThat(diagnosis.fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "9999999999"})
    void shouldNotWaitForATimeThatCannotBeRead(String value) {
        SipDiagnosis diagnosis = SipDiagnosis.of("SIP/2.0 503 Nope\nRetry-After: " + value + "\n");

        assertThat(diagnosis.advice()).isEqualTo(SipAdvice.TRY_ELSEWHERE);
        assertThat(diagnosis.retryAfterSeconds()).isEqualTo(-1);
    }

    @Test
    void shouldReadNoMoreOfAMessageThanItsFirst4096Characters() {
        String filler = "X-Filler: " + "x".repeat(4060) + "\n";

        assertThat(SipDiagnosis.of("SIP/2.0 480 No\n" + filler + "Reason: Q.850;cause=17\n")
                        .outcome())
                .isEqualTo(SipOutcome.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"RECEIVED, UPSTREAM", "SENT, OUR_SIDE"})
    void shouldTakeWhoAnsweredFromTheWayTheMessageWent(SipDirection direction, SipFault fault) {
        SipMessage message = SipMessage.response(500, "")
                .direction(direction)
                .method("INVITE")
                .build();

        assertThat(SipDiagnosis.of(message).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"0, TRY_ELSEWHERE, -1", "1, RETRY_AFTER, 5"})
    void shouldTakeAMessageThatBeginsWithALineEnd(int headers, SipAdvice advice, int seconds) {
        SipDiagnosis diagnosis = SipDiagnosis.of("\nSIP/2.0 503 Nope" + "\nRetry-After: 5".repeat(headers));

        assertThat(diagnosis.advice()).isEqualTo(advice);
        assertThat(diagnosis.retryAfterSeconds()).isEqualTo(seconds);
    }

    @Test
    void shouldDiagnoseFromNumberAndPhrase() {
        assertThat(SipDiagnosis.of(480, "No channel available").outcome()).isEqualTo(SipOutcome.OVERLOAD);
        assertThat(SipDiagnosis.of(480, null).outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(SipDiagnosis.of((String) null).outcome()).isEqualTo(SipOutcome.UNKNOWN);
    }

    @Test
    void shouldTakeFromAResponseAllThatItSays() {
        SipMessage response = SipMessage.response(603, "Decline")
                .method("INVITE")
                .reasons(SipReason.parse("Q.850;cause=34"))
                .retryAfterSeconds(7)
                .build();

        SipDiagnosis diagnosis = SipDiagnosis.of(response);

        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.OVERLOAD);
        assertThat(diagnosis.retryAfterSeconds()).isEqualTo(7);
        assertThat(diagnosis.phrase()).isEqualTo("Decline");
    }

    @Test
    void shouldTakeWarningsAndStaleFromAResponse() {
        SipMessage refused = SipMessage.response(480, "")
                .warnings(SipWarning.parse("304 gw \"Media type not available\""))
                .build();
        SipMessage challenge = SipMessage.response(401, "").staleChallenge(true).build();

        assertThat(SipDiagnosis.of(refused).outcome()).isEqualTo(SipOutcome.MEDIA);
        assertThat(SipDiagnosis.about(challenge)
                        .challengedBefore(true)
                        .credentialsSent(true)
                        .build()
                        .outcome())
                .isEqualTo(SipOutcome.CHALLENGED);
    }

    @Test
    void shouldTakeTheMethodFromAResponse() {
        SipMessage response =
                SipMessage.response(404, "Not Found").method("REGISTER").build();

        assertThat(SipDiagnosis.of(response).outcome()).isEqualTo(SipOutcome.CREDENTIALS);
    }

    @Test
    void shouldSeeASentResponseFromOurSide() {
        SipMessage sent = SipMessage.response(400, "Bad Request")
                .direction(SipDirection.SENT)
                .build();
        SipMessage received = SipMessage.response(400, "Bad Request").build();

        assertThat(SipDiagnosis.of(sent).fault()).isEqualTo(SipFault.CALLER);
        assertThat(SipDiagnosis.of(received).fault()).isEqualTo(SipFault.OUR_SIDE);
    }

    @Test
    void shouldAskTheGivenCatalogForTheGivenProvider() {
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(SipOverride.named("acme-full")
                        .provider("acme")
                        .code(SipCode.DECLINE_603)
                        .outcome(SipOutcome.OVERLOAD)
                        .fault(SipFault.UPSTREAM)
                        .advice(SipAdvice.RETRY_AFTER)
                        .build()));

        SipDiagnosis theirs =
                SipDiagnosis.about(603).provider("acme").catalog(catalog).build();
        SipDiagnosis others =
                SipDiagnosis.about(603).provider("other").catalog(catalog).build();

        assertThat(theirs.outcome()).isEqualTo(SipOutcome.OVERLOAD);
        assertThat(theirs.evidence().get(0))
                .isEqualTo(new Evidence("override", true, "603: acme-full (provider acme, 603)", "catalog"));
        assertThat(theirs.advice()).as("no time was given").isEqualTo(SipAdvice.RETRY_LATER);
        assertThat(others.outcome()).isEqualTo(SipOutcome.DECLINED);
    }

    @Test
    void shouldKeepWhatAnOverrideSaysOfASuccess() {
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(SipOverride.named("odd")
                        .code(SipCode.ACCEPTED_202)
                        .outcome(SipOutcome.OVERLOAD)
                        .build()));

        assertThat(SipDiagnosis.about(202)
                        .phrase("Accepted")
                        .catalog(catalog)
                        .build()
                        .outcome())
                .isEqualTo(SipOutcome.OVERLOAD);
        assertThat(SipDiagnosis.about(202).phrase("Accepted").build().outcome()).isEqualTo(SipOutcome.SUCCESS);
    }

    @Test
    void shouldRefuseNullWhereAnEnumIsMeant() {
        SipDiagnosis.Builder builder = SipDiagnosis.about(486);

        assertThatThrownBy(() -> builder.source(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> builder.role(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> builder.catalog(null)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "480, CLIENT, PEER, 480",
        "480, CLIENT, US, 480",
        "480, CLIENT, TIMEOUT, 408",
        "480, SERVER, TIMEOUT, 408",
        "480, CLIENT, TRANSPORT, 503",
        "480, SERVER, TRANSPORT, 480",
        "0, SERVER, TRANSPORT, 503",
        "-1, CLIENT, TIMEOUT, 408",
        "-1, CLIENT, PEER, -1",
    })
    void shouldCountAsTheCodeThatTheRfcSays(int given, SipRole role, SipSource source, int counted) {
        SipDiagnosis diagnosis =
                SipDiagnosis.about(given).role(role).source(source).build();

        assertThat(diagnosis.rawCode()).isEqualTo(counted);
    }

    // ---- success costs next to nothing

    @ParameterizedTest
    @ValueSource(ints = {100, 180, 183, 200, 202})
    void shouldMakeNothingAnewForPlainResponses(int code) {
        SipCatalog catalog = SipCatalog.standard().with(List.of());
        String phrase = SipCode.of(code).phrase();

        SipDiagnosis first = SipDiagnosis.about(code)
                .phrase(phrase)
                .method("INVITE")
                .catalog(catalog)
                .build();
        SipDiagnosis again = SipDiagnosis.about(code)
                .phrase(phrase)
                .method("BYE")
                .inDialog(true)
                .rang(true)
                .answeredBefore(true)
                .cancelled(false)
                .challengedBefore(false)
                .credentialsSent(false)
                .staleChallenge(false)
                .retryAfterSeconds(-1)
                .reasons(List.of())
                .warnings(List.of())
                .provider("")
                .role(SipRole.SERVER)
                .source(SipSource.US)
                .catalog(catalog)
                .build();

        assertThat(again).isSameAs(first);
        assertThat(SipDiagnosis.about(code).phrase(phrase).build())
                .as("each catalog has its own")
                .isNotSameAs(first);
    }

    @Test
    void shouldSayTheSameOfAPlainResponseAsOfOneThatIsThoughtAbout() {
        for (SipCode code : SipCode.known()) {
            if (code.value() < 300) {
                SipDiagnosis plain = SipDiagnosis.of(code.value(), code.phrase());
                SipDiagnosis other = SipDiagnosis.of(code.value(), code.phrase() + "!");

                assertThat(plain.phrase()).isEqualTo(code.phrase());
                assertThat(other.phrase()).isEqualTo(code.phrase() + "!");
                assertThat(plain)
                        .usingRecursiveComparison()
                        .ignoringFields("phrase", "evidence", "catalog", "entry")
                        .isEqualTo(other);
                assertThat(plain.entry()).isEqualTo(other.entry());
                assertThat(plain.evidence())
                        .containsExactly(new Evidence(
                                "code",
                                true,
                                code.toString(),
                                plain.entry().orElseThrow().reference()));
            }
        }
    }

    // ---- words

    @Test
    void shouldHaveWordsForEveryRuleInBothLanguages() {
        for (DiagnosisRules.Rule rule : DiagnosisRules.Rule.values()) {
            Evidence evidence = new Evidence(rule.id, true, "", "");
            for (Locale locale : List.of(ENGLISH, GERMAN)) {
                SipText words = SipCatalog.standard().words(evidence, locale);
                assertThat(words.language()).as(rule.id).isEqualTo(locale);
                assertThat(words.title()).as(rule.id).isNotBlank().hasSizeLessThan(60);
                assertThat(words.meaning()).as(rule.id).endsWith(".").hasSizeLessThan(320);
            }
            assertThat(SipCatalog.standard().words(evidence, GERMAN).meaning())
                    .isNotEqualTo(SipCatalog.standard().words(evidence, ENGLISH).meaning());
        }
    }

    @Test
    void shouldHaveNoWordsForARuleThatIsNone() {
        assertThatThrownBy(() -> SipCatalog.standard().words(new Evidence("x", true, "", ""), ENGLISH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule: x (expected: the rule of a diagnosis)");
        assertThat(Texts.GROUPS).contains("rule");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "486 | `` | The called device was reached",
                "480 | Q.850;cause=34 | Q.850 34: No circuit/channel available. ",
                "480 | Q.850;cause=21;location=LN | Q.850 21, LN: Call rejected. ",
                "480 | q.850;cause=21;location=loc-6 | q.850 21, LOC-6: Call rejected. ",
                "480 | Q.850;cause=21;location=+4930123456 | Q.850 21: Call rejected. ",
                "480 | Q.850;cause=21;location=\"LN, see http://x\" | Q.850 21: Call rejected. ",
                "480 | Preemption;cause=930123456 | The call had to give way to one with higher priority. (Preemption)",
                "603 | +4930123456;text=\"v=analytics1\" | A network on the way blocked the call as unwanted, judging by its analytics;"
                        + " the person called did not refuse. The Reason header, if present, names whom to ask for redress. (Reason)",
                "480 | SIP;cause=603 | The Reason header names the code that lies behind this one. (SIP 603: ",
                "487 | SIP;text=\"completed elsewhere\" | The attempt on this branch was given up because another device has taken the call. (SIP)",
                "480 | Preemption;cause=2 | The call had to give way to one with higher priority. (Preemption 2: ",
                "480 | Preemption;cause=0 | The call had to give way to one with higher priority. (Preemption 0)",
                "480 | Preemption;cause=77 | The call had to give way to one with higher priority. (Preemption 77)",
                "480 | RELEASE_CAUSE;cause=7 | RELEASE_CAUSE 7: Redirection failed.",
                "499 | `` | A failure code that the catalog does not know",
            })
    void shouldTellOperatorsWhatDecided(int code, String reason, String start) {
        SipDiagnosis diagnosis =
                SipDiagnosis.about(code).reasons(SipReason.parse(reason)).build();

        assertThat(diagnosis.operatorText(ENGLISH)).startsWith(start).doesNotEndWith(" ");
        assertThat(diagnosis.operatorText(GERMAN)).isNotEqualTo(diagnosis.operatorText(ENGLISH));
    }

    @Test
    void shouldTellOperatorsWhatElseMatters() {
        SipDiagnosis wait = SipDiagnosis.about(486).retryAfterSeconds(30).build();
        SipDiagnosis change = SipDiagnosis.about(488)
                .method("INVITE")
                .inDialog(true)
                .warnings(SipWarning.parse("305 gw \"Incompatible media format\""))
                .build();
        SipDiagnosis overruled = SipDiagnosis.about(480).rang(true).build();

        assertThat(wait.operatorText(GERMAN)).endsWith(" Retry-After: 30 s.");
        assertThat(change.operatorText(ENGLISH))
                .startsWith("Warning 305: ")
                .endsWith(" the call itself goes on as it was.");
        assertThat(overruled.operatorText(ENGLISH))
                .isEqualTo("It had rung before this answer came, so nobody picked up in time.");
    }

    @Test
    void shouldTellOperatorsWhatAPhraseMeans() {
        SipDiagnosis diagnosis = SipDiagnosis.of(480, "No channel available");

        assertThat(diagnosis.operatorText(ENGLISH))
                .isEqualTo(diagnosis.entry().orElseThrow().text(ENGLISH).meaning())
                .startsWith("By its phrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK", "Okay"})
    void shouldNoteARemarkWhateverThePhrase(String phrase) {
        SipDiagnosis diagnosis = SipDiagnosis.about(200)
                .phrase(phrase)
                .warnings(SipWarning.parse("399 gw \"license ends today\""))
                .build();

        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.SUCCESS);
        assertThat(diagnosis.evidence()).extracting(SipDiagnosis.Evidence::rule).contains("remark");
    }

    @Test
    void shouldTellCallersTheOutcomeAndNothingInternal() {
        SipDiagnosis full = SipDiagnosis.about(480)
                .reasons(SipReason.parse("Q.850;cause=34;text=\"trunk 7 at 192.0.2.7\""))
                .build();

        assertThat(full.callerText(ENGLISH)).isEqualTo("All lines are busy at the moment. Please try again later.");
        assertThat(full.callerText(GERMAN))
                .isEqualTo("Zurzeit sind alle Leitungen belegt. Bitte versuchen Sie es später noch einmal.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What the code alone says, where that is more than its outcome
                "482 Request merged | INVITE  | Your call is being connected.",
                "412                | PUBLISH | Your status could not be updated just now. Your device normally sends it again by itself.",
                // The words of most codes are of calls
                "500                | INVITE  | Your call cannot be connected because of a technical problem. Please try again later.",
                "500                | MESSAGE | There is a technical problem at the moment. Please try again later.",
                "200                | BYE     | That was successful.",
                "400                | MESSAGE | That was not possible for technical reasons. If this happens again, please contact your telephone provider.",
                "408                | REGISTER | That took too long. Please try again later.",
                "420                | SUBSCRIBE | The other side does not offer this function.",
                "484                | INVITE  | This number is not complete. Please check the number and dial again.",
            })
    void shouldTellCallersWhatTheCodeOrPhraseMeans(String statusLine, String method, String expected) {
        SipDiagnosis diagnosis = SipDiagnosis.about(Integer.parseInt(statusLine.substring(0, 3)))
                .phrase(statusLine.substring(3).strip())
                .method(method)
                .build();

        assertThat(diagnosis.callerText(ENGLISH)).isEqualTo(expected);
    }

    @Test
    void shouldTellCallersWhatAnOverrideSaysAndNeverWhatItContradicts() {
        SipOverride.Builder credit =
                SipOverride.named("acme-credit").code(SipCode.FORBIDDEN_403).outcome(SipOutcome.OVERLOAD);
        SipCatalog mute = SipCatalog.standard().with(List.of(credit.build()));
        SipCatalog told = SipCatalog.standard()
                .with(List.of(credit.text(new SipText(ENGLISH, "", "Your credit is used up.", "", List.of(), List.of()))
                        .build()));

        assertThat(SipDiagnosis.about(403).catalog(told).build().callerText(ENGLISH))
                .isEqualTo("Your credit is used up.");
        assertThat(SipDiagnosis.about(403).catalog(mute).build().callerText(ENGLISH))
                .isEqualTo(mute.words(SipOutcome.OVERLOAD, ENGLISH).caller());
    }

    /** What an override leaves open is for the other rules to say. */
    @Test
    void shouldHearWhatElseIsKnownWhereAnOverrideBringsWordsOnly() {
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(
                        SipOverride.named("acme-401")
                                .code(SipCode.UNAUTHORIZED_401)
                                .text(new SipText(ENGLISH, "", "", "ours", List.of(), List.of()))
                                .build(),
                        SipOverride.named("acme-480")
                                .code(SipCode.TEMPORARILY_UNAVAILABLE_480)
                                .fault(SipFault.UPSTREAM)
                                .build()));
        SipDiagnosis wrongPassword = SipDiagnosis.about(401)
                .catalog(catalog)
                .challengedBefore(true)
                .credentialsSent(true)
                .build();
        SipDiagnosis first = SipDiagnosis.about(401).catalog(catalog).build();
        SipDiagnosis unanswered =
                SipDiagnosis.about(480).catalog(catalog).rang(true).build();

        assertThat(wrongPassword.outcome()).isEqualTo(SipOutcome.CREDENTIALS);
        assertThat(first.outcome()).isEqualTo(SipOutcome.CHALLENGED);
        assertThat(first.operatorText(ENGLISH)).isEqualTo("ours");
        assertThat(unanswered.outcome()).isEqualTo(SipOutcome.NO_ANSWER);
        assertThat(unanswered.fault()).isEqualTo(SipFault.UPSTREAM);
    }

    @Test
    void shouldTellCallersThatTheCallGoesOn() {
        SipDiagnosis change =
                SipDiagnosis.about(488).method("INVITE").inDialog(true).build();

        assertThat(change.callerText(ENGLISH)).isEqualTo("Your call goes on; only a change to it was not possible.");
    }

    // ---- nonsense

    @Test
    void shouldDiagnoseAnyInputWithinBounds() {
        Random random = new Random(20261123);
        for (int i = 0; i < 3_000; i++) {
            assertBounded(random(random).build());
        }
    }

    @ParameterizedTest
    @EnumSource(SipSource.class)
    void shouldDiagnoseEveryNumber(SipSource source) {
        for (int code = -1; code <= 710; code++) {
            for (SipRole role : SipRole.values()) {
                assertBounded(SipDiagnosis.about(code)
                        .source(source)
                        .role(role)
                        .inDialog(code % 2 == 0)
                        .build());
            }
        }
    }

    @Test
    void shouldLookAtEightReasonsAndWarningsAtMost() {
        List<SipReason> reasons = new ArrayList<>();
        List<SipWarning> warnings = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            reasons.add(new SipReason("x", i, "y".repeat(10), ""));
            warnings.add(new SipWarning(399, "x", ""));
        }
        reasons.add(SipReason.of("Q.850", 17));
        warnings.add(new SipWarning(304, "", ""));
        List<SipReason> eight = new ArrayList<>(reasons.subList(0, 7));
        eight.add(SipReason.of("Q.850", 17));

        assertThat(SipDiagnosis.about(480).reasons(reasons).build().outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(SipDiagnosis.about(480).warnings(warnings).build().outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(SipDiagnosis.about(480).reasons(eight).build().outcome()).isEqualTo(SipOutcome.BUSY);
        assertThat(SipDiagnosis.about(480).reasons(null).warnings(null).build().outcome())
                .isEqualTo(SipOutcome.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s%n%d{0} ${jndi:ldap://x}",
                "\u001b[31mred\r\nSIP/2.0 200 OK",
                "\u202egnp.exe",
                "<script>alert(1)</script>",
            })
    void shouldShowAPhraseAsTextAndNothingElse(String phrase) {
        SipDiagnosis diagnosis = SipDiagnosis.of(480, phrase);

        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(diagnosis.phrase())
                .isEqualTo(phrase.replaceAll("[\\u0000-\\u001f\\u202e]", "\uFFFD"))
                .hasSameSizeAs(phrase);
        assertThat(diagnosis.callerText(ENGLISH)).doesNotContain(phrase);
        assertThat(diagnosis.evidence().get(0).detail()).isEqualTo("480 " + diagnosis.phrase());
    }

    @Test
    void shouldBoundWhatAnOverrideSays() {
        String much = "word ".repeat(100).strip();
        SipText text = new SipText(ENGLISH, much, much, much.repeat(20), List.of(), List.of());
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(SipOverride.named("much")
                        .code(SipCode.BUSY_HERE_486)
                        .text(text)
                        .build()));

        assertThat(SipDiagnosis.about(486).catalog(catalog).build().operatorText(ENGLISH))
                .hasSize(1000)
                .endsWith("…");
    }

    private static void assertBounded(SipDiagnosis diagnosis) {
        assertThat(diagnosis.outcome()).isNotNull();
        assertThat(diagnosis.fault()).isNotNull();
        assertThat(diagnosis.advice()).isNotNull();
        assertThat(diagnosis.severity()).isNotNull();
        assertThat(diagnosis.advice() == SipAdvice.RETRY_AFTER).isEqualTo(diagnosis.retryAfterSeconds() >= 0);
        assertThat(diagnosis.phrase()).hasSizeLessThanOrEqualTo(256);
        assertThat(diagnosis.evidence()).isNotEmpty().hasSizeLessThanOrEqualTo(16);
        boolean overruled = false;
        for (Evidence evidence : diagnosis.evidence()) {
            assertThat(evidence.decisive() && overruled).as("decisive first").isFalse();
            overruled |= !evidence.decisive();
            assertThat(evidence.detail()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
            assertThat(evidence.detail().chars()).allMatch(c -> c >= ' ');
            assertThat(SipCatalog.standard().words(evidence, GERMAN).title()).isNotEmpty();
        }
        assertThat(diagnosis.evidence().get(0).decisive()).isTrue();
        for (Locale locale : List.of(ENGLISH, GERMAN, Locale.ROOT)) {
            assertThat(diagnosis.callerText(locale)).isNotEmpty().hasSizeLessThanOrEqualTo(1000);
            assertThat(diagnosis.operatorText(locale))
                    .isNotEmpty()
                    .doesNotEndWith(" ")
                    .hasSizeLessThanOrEqualTo(1000);
        }
    }

    private static SipDiagnosis.Builder random(Random random) {
        SipDiagnosis.Builder builder = SipDiagnosis.about(number(random))
                .phrase(text(random))
                .method(pick(random, "INVITE", "BYE", "CANCEL", "REGISTER", "OPTIONS", "NOTIFY", "", text(random)))
                .inDialog(random.nextBoolean())
                .retryAfterSeconds(number(random))
                .challengedBefore(random.nextBoolean())
                .staleChallenge(random.nextBoolean())
                .source(pick(random, SipSource.values()))
                .role(pick(random, SipRole.values()))
                .provider(text(random));
        List<SipReason> reasons = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            String protocol = pick(random, "Q.850", "SIP", "STIR", "Preemption", "RELEASE_CAUSE", "", text(random));
            int cause = random.nextBoolean() ? random.nextInt(130) : number(random);
            reasons.add(new SipReason(protocol, cause, text(random), pick(random, "U", "LN", text(random))));
        }
        List<SipWarning> warnings = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            int code = random.nextBoolean() ? 300 + random.nextInt(100) : number(random);
            warnings.add(new SipWarning(code, text(random), text(random)));
        }
        if (random.nextBoolean()) {
            builder.cancelled(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            builder.rang(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            builder.answeredBefore(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            builder.credentialsSent(random.nextBoolean());
        }
        return builder.reasons(reasons).warnings(warnings);
    }

    private static int number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> pick(random, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 99, 700);
            default -> 100 + random.nextInt(600);
        };
    }

    private static String text(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "\u0000\u001b[2J\r\n%s%n${x}{0}\u202e\ud800";
            case 2 -> "x".repeat(random.nextInt(20_000));
            case 3 -> "v=analytics1;url=http://example.com";
            case 4 -> "Service Unavailable";
            default ->
                random.ints(random.nextInt(300), 0, 0x10000)
                        .collect(StringBuilder::new, (out, c) -> out.append((char) c), StringBuilder::append)
                        .toString();
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    @ParameterizedTest
    @CsvSource({"486, false, 409", "403, false, 403", "403, true, 500", "0, false, 502"})
    void shouldHaveTheHttpStatusOfTheOutcomeWhereItIsNotTheCodesOwn(int code, boolean wrongPassword, int status) {
        assertThat(SipDiagnosis.about(code)
                        .method("REGISTER")
                        .challengedBefore(wrongPassword)
                        .credentialsSent(wrongPassword)
                        .build()
                        .httpStatus())
                .isEqualTo(status);
    }
}
