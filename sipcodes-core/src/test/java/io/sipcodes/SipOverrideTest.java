package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipOverrideTest {

    private static final Locale AUSTRIAN = Locale.forLanguageTag("de-AT");

    @Test
    void shouldReadEverythingAFileCanSay() {
        List<SipOverride> overrides = SipOverride.parse("""
                # what our provider means
                [acme-credit]
                provider = ACME
                code     = 403
                phrase   = *negative balance*
                outcome  = forbidden
                fault    = caller
                advice   = ask-person
                en.title     = Credit gone
                en.remedies.1 = Top it up
                de.title     = Guthaben weg

                [any-server-failure]
                code = 5xx
                outcome = overload
                """, "acme.conf");

        assertThat(overrides).hasSize(2);
        SipOverride first = overrides.get(0);
        assertThat(first.id()).isEqualTo("acme-credit");
        assertThat(first.provider()).contains("ACME");
        assertThat(first.code()).contains(SipCode.FORBIDDEN_403);
        assertThat(first.codeClass()).isEmpty();
        assertThat(first.phrase()).contains("*negative balance*");
        assertThat(first.outcome()).contains(SipOutcome.FORBIDDEN);
        assertThat(first.fault()).contains(SipFault.CALLER);
        assertThat(first.advice()).contains(SipAdvice.ASK_PERSON);
        assertThat(first).hasToString("acme-credit (provider ACME, 403 \"*negative balance*\")");
        SipOverride second = overrides.get(1);
        assertThat(second.provider()).isEmpty();
        assertThat(second.code()).isEmpty();
        assertThat(second.codeClass()).contains(SipCodeClass.SERVER_FAILURE);
        assertThat(second.phrase()).isEmpty();
        assertThat(second.fault()).isEmpty();
        assertThat(second).hasToString("any-server-failure (5xx)");
    }

    @Test
    void shouldReadAFileAndNameItInItsErrors(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.conf"), "\uFEFF[a]\r\ncode = 499\r\nfault = our-side\r\n");
        Path bad = Files.writeString(folder.resolve("bad.conf"), "[a]\ncode = 700\n");
        Path large = Files.writeString(folder.resolve("large.conf"), "#".repeat(1 << 20));
        Path huge = Files.writeString(folder.resolve("huge.conf"), "#".repeat((1 << 20) + 1));

        assertThat(SipOverride.read(good)).singleElement().hasToString("a (499)");
        assertThat(SipOverride.read(large)).isEmpty();
        assertThatThrownBy(() -> SipOverride.read(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad.conf:2: code: 700 (expected: 100..699 or 1xx..6xx)");
        assertThatThrownBy(() -> SipOverride.read(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("huge.conf: too large (expected: at most 1048576 bytes)");
        assertThatThrownBy(() -> SipOverride.read(folder.resolve("none.conf"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("malformed")
    void shouldSayWhatIsWrongAndWhere(String content, String message) {
        assertThatThrownBy(() -> SipOverride.parse(content, "x.conf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static List<Arguments> malformed() {
        String name = "[name] of 1 to 64 letters, digits, dots, hyphens, underscores";
        String good = "\ncode = 403\noutcome = busy\n";
        return List.of(
                arguments("code = 403", "x.conf:1: code = 403 (expected: [name] before the first key)"),
                arguments("[a" + good, "x.conf:1: [a (expected: " + name + ")"),
                arguments("[]" + good, "x.conf:1: [] (expected: " + name + ")"),
                arguments("[a b]" + good, "x.conf:1: [a b] (expected: " + name + ")"),
                arguments(
                        "[" + "a".repeat(65) + "]" + good,
                        "x.conf:1: [" + "a".repeat(65) + "] (expected: " + name + ")"),
                arguments("[a]" + good + "[a]" + good, "x.conf:4: [a] stands twice (expected: once)"),
                arguments("[a]\ncode", "x.conf:2: code (expected: key = value)"),
                arguments("[a]\ncode =", "x.conf:2: code = (expected: key = value)"),
                arguments("[a]\n= 403", "x.conf:2: = 403 (expected: key = value)"),
                arguments("[a]\ncode = 403\n\n# again\ncode = 404", "x.conf:5: code stands twice (expected: once)"),
                arguments("[a]\ncode = 99", "x.conf:2: code: 99 (expected: 100..699 or 1xx..6xx)"),
                arguments("[a]\ncode = 7xx", "x.conf:2: code: 7xx (expected: 100..699 or 1xx..6xx)"),
                arguments("[a]\ncode = busy", "x.conf:2: code: busy (expected: 100..699 or 1xx..6xx)"),
                arguments("[a]\nphrase = ***", "x.conf:2: phrase: *** (expected: 1 to 128 characters, not only *)"),
                arguments(
                        "[a]\nphrase = " + "x".repeat(129),
                        "x.conf:2: phrase: " + "x".repeat(63) + "… (expected: 1 to 128 characters, not only *)"),
                arguments(
                        "[a]\nprovider = " + "p".repeat(65),
                        "x.conf:2: provider: " + "p".repeat(63) + "… (expected: 1 to 64 characters)"),
                arguments(
                        "[a]\nfault = me",
                        "x.conf:2: fault: me (expected: nobody, caller, callee, credentials, our-side, upstream,"
                                + " network, unknown)"),
                arguments(
                        "[a]\nadvice = Retry",
                        "x.conf:2: advice: Retry (expected: none, retry-later, retry-after, back-off, change-request,"
                                + " authenticate, try-elsewhere, follow-redirect, start-anew, ask-person,"
                                + " do-not-retry)"),
                arguments(
                        "[a]\nseverity = high",
                        "x.conf:2: severity (expected: provider, code, phrase, outcome, fault, advice or words as"
                                + " en.title)"),
                arguments(
                        "[a]\n.title = x",
                        "x.conf:2: .title (expected: provider, code, phrase, outcome, fault, advice or words as"
                                + " en.title)"),
                arguments("[a]\nxy.title = x", "x.conf:2: language: xy (expected: as en, de or de-AT)"),
                arguments("[a]\nDE.title = x", "x.conf:2: language: DE (expected: as en, de or de-AT)"),
                arguments(
                        "[a]\nen.titel = x",
                        "x.conf:2: en.titel (expected: title, caller, meaning, causes.1 or remedies.1 at its end)"),
                arguments("[a]\nen.causes.2 = x", "x.conf:2: en.causes.2 stands out of order (expected: causes.1)"),
                arguments("[a]\nen.causes.x = x", "x.conf:2: en.causes.x stands out of order (expected: causes.1)"),
                arguments(
                        "[a]\nen.caller = " + "x".repeat(501),
                        "x.conf:2: en.caller has 501 characters (expected: at most 500)"),
                arguments(
                        "[a]\noutcome = busy",
                        "x.conf:1: [a]: override: a is for everything (expected: code or phrase)"),
                arguments(
                        "# nothing said\n[a]\ncode = 403",
                        "x.conf:2: [a]: override: a says nothing (expected: outcome, fault, advice or words)"),
                arguments(
                        "[a]\nprovider = p\n" + good + "[b]\nprovider = P\n" + good,
                        "x.conf:6: [b] is for provider P, 403 (expected: something else than [a])"),
                arguments(
                        "[a]\nphrase = *X*\noutcome = busy\n[b]\nphrase = *x*\noutcome = busy",
                        "x.conf:4: [b] is for any code \"*x*\" (expected: something else than [a])"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "azAZ09.-_", "LONG"})
    void shouldTakeANameOfLettersDigitsAndAFewSigns(String name) {
        String id = name.equals("LONG") ? "x".repeat(64) : name;

        assertThat(SipOverride.parse("[" + id + "]\ncode = 403\noutcome = busy", "x.conf"))
                .extracting(SipOverride::id)
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "[", "`", "{", "/", ":", " ", "ä", "*", "\u0661"})
    void shouldTakeNoNameWithAnythingElse(String sign) {
        assertThatThrownBy(() -> SipOverride.named("a" + sign + "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("override: a" + sign + "b (expected: 1 to 64 letters, digits, dots, hyphens, underscores)");
    }

    @Test
    void shouldTakeTextsUpToTheirGreatestLength() {
        SipOverride override = SipOverride.parse(
                        "[a]\nprovider = " + "p".repeat(64) + "\nphrase = " + "x".repeat(128) + "\nen.caller = "
                                + "y".repeat(500),
                        "x.conf")
                .get(0);

        assertThat(override.phrase()).contains("x".repeat(128));
        assertThat(override.isFor("P".repeat(64))).isTrue();
    }

    @Test
    void shouldShowTheOutcomesThatThereAre() {
        assertThatThrownBy(() -> SipOverride.parse("[a]\noutcome = besetzt", "x.conf"))
                .hasMessageStartingWith("x.conf:2: outcome: besetzt (expected: progress, success, challenged, ")
                .hasMessageEndingWith(", unknown)");
    }

    @Test
    void shouldRefuseMoreThanAThousand() {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i <= 1000; i++) {
            content.append("[o").append(i).append("]\nphrase = p").append(i).append("\noutcome = busy\n");
        }

        assertThatThrownBy(() -> SipOverride.parse(content.toString(), "x.conf"))
                .hasMessage("x.conf:3001: [o1000] (expected: at most 1000 overrides)");
    }

    @Test
    void shouldRefuseInJavaWhatItRefusesInAFile() {
        SipOverride.Builder builder = SipOverride.named("a");

        assertThatThrownBy(() -> SipOverride.named("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.phrase(" * ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.provider(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.text(text(Locale.ROOT, "x")))
                .hasMessage("language: und (expected: as en, de or de-AT)");
        assertThatThrownBy(builder::build).hasMessage("override: a is for everything (expected: code or phrase)");
    }

    // The order: provider and phrase, provider and code, phrase, code, class.
    private static final SipCatalog LAYERED = SipCatalog.standard().with(SipOverride.parse("""
                    [class]
                    code = 4xx
                    outcome = unreachable
                    [code]
                    code = 403
                    outcome = busy
                    [unknown-code]
                    code = 498
                    outcome = media
                    [phrase]
                    phrase = *gone fishing*
                    outcome = declined
                    [provider-class]
                    provider = acme
                    code = 4xx
                    outcome = timeout
                    [provider-code]
                    provider = acme
                    code = 403
                    outcome = overload
                    [provider-phrase]
                    provider = acme
                    code = 403
                    phrase = gone fishing
                    outcome = routing
                    """, "layered.conf"));

    @ParameterizedTest
    @CsvSource({
        // code, phrase, provider, which decides, outcome
        "403, Gone Fishing,      acme,  provider-phrase, ROUTING",
        "403, Gone Fishing,      ACME,  provider-phrase, ROUTING",
        "403, Gone fishing now,  acme,  provider-code,   OVERLOAD",
        "403, Forbidden,         acme,  provider-code,   OVERLOAD",
        "403, '',                acme,  provider-code,   OVERLOAD",
        "403, Gone Fishing,      other, phrase,          DECLINED",
        "403, I've gone fishing, '',    phrase,          DECLINED",
        "200, gone fishing,      '',    phrase,          DECLINED",
        "499, gone fishing,      acme,  phrase,          DECLINED",
        "403, Forbidden,         other, code,            BUSY",
        "403, '',                '',    code,            BUSY",
        "403, ,                  ,      code,            BUSY",
        "498, '',                '',    unknown-code,    MEDIA",
        "498, '',                acme,  unknown-code,    MEDIA",
        "499, '',                acme,  provider-class,  TIMEOUT",
        "499, '',                '',    class,           UNREACHABLE",
        // A known code has an entry of its own, which comes before anything said of its class.
        "404, '',                acme,  '',              NOT_FOUND",
        "404, '',                '',    '',              NOT_FOUND",
        "599, '',                acme,  '',              SERVER_ERROR",
    })
    void shouldLetTheClosestOverrideDecide(int code, String phrase, String provider, String id, SipOutcome outcome) {
        SipEntry entry = LAYERED.entry(SipCode.of(code), phrase, provider);

        assertThat(entry.override().map(SipOverride::id))
                .isEqualTo(Optional.of(id).filter(some -> !some.isEmpty()));
        assertThat(entry.outcome()).isEqualTo(outcome);
        assertThat(entry.code()).isEqualTo(SipCode.of(code));
    }

    @Test
    void shouldGiveTheSameEntryAgain() {
        assertThat(LAYERED.entry(SipCode.FORBIDDEN_403, "gone fishing", "acme"))
                .isSameAs(LAYERED.entry(SipCode.FORBIDDEN_403, "Gone Fishing", "ACME"));
        assertThat(LAYERED.entry(SipCode.FORBIDDEN_403, "", "acme"))
                .isSameAs(LAYERED.entry(SipCode.FORBIDDEN_403, "x", "Acme"));
    }

    @Test
    void shouldLetALaterListDecideBeforeAnEarlierOneAndInOneListTheNarrower() {
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(rule("old").code(SipCode.BUSY_HERE_486).build()))
                .with(List.of(
                        rule("any").build(),
                        rule("class").codeClass(SipCodeClass.REQUEST_FAILURE).build(),
                        rule("exact").code(SipCode.FORBIDDEN_403).build(),
                        rule("exact-too").code(SipCode.FORBIDDEN_403).build()));

        assertThat(decides(catalog, 403)).contains("exact");
        assertThat(decides(catalog, 404)).contains("class");
        assertThat(decides(catalog, 486)).contains("class");
        assertThat(decides(catalog, 500)).contains("any");
    }

    private static SipOverride.Builder rule(String id) {
        return SipOverride.named(id).phrase("hello*").outcome(SipOutcome.MEDIA);
    }

    private static Optional<String> decides(SipCatalog catalog, int code) {
        return catalog.entry(SipCode.of(code), "Hello there", "").override().map(SipOverride::id);
    }

    @Test
    void shouldLeaveTheCatalogAsItWas() {
        SipCatalog standard = SipCatalog.standard();
        standard.with(List.of(SipOverride.named("a")
                .code(SipCode.BUSY_HERE_486)
                .outcome(SipOutcome.MEDIA)
                .build()));

        assertThat(standard.entry(SipCode.BUSY_HERE_486).outcome()).isEqualTo(SipOutcome.BUSY);
        assertThat(standard.entry(SipCode.BUSY_HERE_486).override()).isEmpty();
    }

    @Test
    void shouldTakeWhatAnOverrideLeavesOpenFromTheEntryOfTheCode() {
        SipEntry standard = SipCatalog.standard().entry(SipCode.FORBIDDEN_403);
        SipEntry entry = SipCatalog.standard()
                .with(SipOverride.parse("[a]\ncode = 403\nfault = callee\nen.title = Shut", "x.conf"))
                .entry(SipCode.FORBIDDEN_403);

        assertThat(entry.outcome()).isEqualTo(standard.outcome());
        assertThat(entry.fault()).isEqualTo(SipFault.CALLEE);
        assertThat(entry.advice()).isEqualTo(standard.advice());
        assertThat(entry.text(Locale.ENGLISH).title()).isEqualTo("Shut");
        assertThat(entry.text(Locale.ENGLISH).meaning())
                .isEqualTo(standard.text(Locale.ENGLISH).meaning());
    }

    @Test
    void shouldBuildAProvidersOverrideOnTheOverrideOfTheCode() {
        SipEntry entry = SipCatalog.standard()
                .with(SipOverride.parse(
                        "[house]\ncode = 403\nen.caller = Ask us.\n[acme]\nprovider = acme\ncode = 403\nfault = callee",
                        "x.conf"))
                .entry(SipCode.FORBIDDEN_403, "", "acme");

        assertThat(entry.override().map(SipOverride::id)).contains("acme");
        assertThat(entry.text(Locale.ENGLISH).caller()).isEqualTo("Ask us.");
    }

    @Test
    void shouldSpeakTheReadersLanguageAlongTheChain() {
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(SipOverride.named("a")
                        .code(SipCode.FORBIDDEN_403)
                        .text(text(Locale.ENGLISH, "Shut"))
                        .text(text(Locale.GERMAN, "Zu"))
                        .text(text(Locale.FRENCH, "Fermé"))
                        .build()));
        SipEntry entry = catalog.entry(SipCode.FORBIDDEN_403);

        assertThat(entry.text(Locale.ENGLISH).title()).isEqualTo("Shut");
        assertThat(entry.text(AUSTRIAN).title()).isEqualTo("Zu");
        assertThat(entry.text(AUSTRIAN).language()).isEqualTo(Locale.GERMAN);
        assertThat(entry.text(AUSTRIAN).meaning())
                .isEqualTo(SipCatalog.standard()
                        .entry(SipCode.FORBIDDEN_403)
                        .text(Locale.GERMAN)
                        .meaning());
        // A language that the catalog itself does not have.
        assertThat(entry.text(Locale.CANADA_FRENCH).title()).isEqualTo("Fermé");
        assertThat(entry.text(Locale.ITALIAN).title()).isEqualTo("Shut");
        assertThat(entry.text(Locale.ITALIAN)).isSameAs(entry.text(Locale.ITALIAN));
    }

    private static SipText text(Locale language, String title) {
        return new SipText(language, title, "", "", List.of(), List.of());
    }
}
