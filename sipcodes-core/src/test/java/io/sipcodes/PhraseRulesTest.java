package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseRulesTest {

    private final SipCatalog catalog = SipCatalog.standard();

    @ParameterizedTest
    @CsvSource({
        "403, Negative balance,                                credit-used-up,        FORBIDDEN",
        "402, 'Sorry, insufficient funds',                     credit-used-up,        FORBIDDEN",
        "503, Account out of credit,                           credit-used-up,        FORBIDDEN",
        "403, Stale Date,                                      stale-date,            IDENTITY",
        "403, Wrong password,                                  wrong-password,        CREDENTIALS",
        "403, Forbidden (Bad auth),                            wrong-password,        CREDENTIALS",
        "401, Authentication failed,                           wrong-password,        CREDENTIALS",
        "403, Account suspended,                               account-locked,        CREDENTIALS",
        "401, Unauthorized - nonce has changed,                nonce-changed,         CHALLENGED",
        "407, Stale nonce,                                     nonce-changed,         CHALLENGED",
        "480, No channel available,                            no-channel,            OVERLOAD",
        "503, Maximum Calls In Progress,                       no-channel,            OVERLOAD",
        "486, Too many concurrent calls,                       no-channel,            OVERLOAD",
        "429, Too Many Requests,                               rate-exceeded,         OVERLOAD",
        "603, Network Blocked,                                 network-blocked,       BLOCKED",
        "603, network blocked;v=analytics1,                    network-blocked,       BLOCKED",
        "607, Number is on the blacklist,                      blocklisted,           BLOCKED",
        "403, IP not allowed,                                  source-not-allowed,    FORBIDDEN",
        "403, Rely forbidden,                                  relay-denied,          FORBIDDEN",
        "403, Relaying denied,                                 relay-denied,          FORBIDDEN",
        "403, Invalid CLI,                                     caller-number-refused, FORBIDDEN",
        "403, International calls not permitted,               destination-barred,    FORBIDDEN",
        "480, User not registered,                             not-registered,        UNAVAILABLE",
        "404, User offline,                                    not-registered,        UNAVAILABLE",
        "603, Do Not Disturb,                                  do-not-disturb,        UNAVAILABLE",
        "480, No Answer,                                       no-answer,             NO_ANSWER",
        "480, Unallocated (unassigned) number,                 number-unassigned,     NOT_FOUND",
        "500, No compatible codecs,                            no-codec,              MEDIA",
        "482, Request merged,                                  request-merged,        ROUTING",
        "500, No gateways available,                           no-route,              ROUTING",
        "404, No destination available,                        no-route,              ROUTING",
        "500, 'I''m terribly sorry, server error occurred (1/SL)', script-error,      SERVER_ERROR",
        "500, Server error occurred (7/TM),                    script-error,          SERVER_ERROR",
        "500, Service full,                                    service-full,          OVERLOAD",
    })
    void shouldKnowWhatIsSaidInTheWild(int code, String phrase, String id, SipOutcome outcome) {
        SipEntry entry = catalog.entry(SipCode.of(code), phrase, "");

        assertThat(entry.override().map(SipOverride::id)).contains(id);
        assertThat(entry.outcome()).isEqualTo(outcome);
        assertThat(entry.text(Locale.ENGLISH).title())
                .isNotEqualTo(
                        catalog.entry(SipCode.of(code)).text(Locale.ENGLISH).title());
    }

    @ParameterizedTest
    @CsvSource({
        "403, Forbidden",
        "403, Multiple registrations not allowed",
        "403, ''",
        "403, Not registered",
        "403, Resource not available",
        "403, Invalid client",
        "200, Negative balance",
        "183, No answer",
        "404, Network Blocked",
        "404, Stale Date",
    })
    void shouldLeaveAloneWhatItDoesNotKnow(int code, String phrase) {
        assertThat(catalog.entry(SipCode.of(code), phrase, "").override()).isEmpty();
    }

    @Test
    void shouldNeverTakeAStandardPhraseForMore() {
        for (SipEntry entry : catalog.entries()) {
            assertThat(catalog.entry(entry.code(), entry.code().phrase(), "").override())
                    .as(entry.toString())
                    .isEmpty();
            for (SipEntry.Alias alias : entry.aliases()) {
                assertThat(catalog.entry(entry.code(), alias.phrase(), "").override())
                        .as(entry + ": " + alias)
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldHaveWordsForEachRuleAndARuleForAllWords() {
        Texts texts = new Texts(PhraseRulesTest.class.getClassLoader());
        Set<String> ids = new HashSet<>();
        for (SipOverride rule : PhraseRules.ALL) {
            ids.add(rule.id());
        }
        assertThat(texts.ids("phrase", Locale.ENGLISH)).isEqualTo(ids);
        assertThat(texts.ids("phrase", Locale.GERMAN)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "busy,        Busy,           true",
        "busy,        busy here,      false",
        "busy*,       Busy Here,      true",
        "*here,       Busy Here,      true",
        "*usy*er*,    Busy Here,      true",
        "b*b*b,       bab,            false",
        "b*b*b,       babab,          true",
        "*a*,         b,              false",
        "*ü*,         ZU WENIG ÜBRIG, true",
        "a**b,        ab,             true",
        "*ab,         aab,            true",
        "*aab,        aaab,           true",
        "x,           '',             false",
    })
    void shouldMatchThePhraseAsAWhole(String pattern, String phrase, boolean matches) {
        assertThat(new PhrasePattern(pattern).matches(phrase)).isEqualTo(matches);
    }

    @Test
    void shouldEndAtOnceForAPatternThatIsHardForARegularExpression() {
        PhrasePattern pattern = new PhrasePattern("*a".repeat(63) + "*b");

        assertThat(pattern.matches("a".repeat(100_000))).isFalse();
    }
}
