package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the words that come with the catalog must be: complete, two languages, for two readers. */
class BundledTextsTest {

    private static final Map<String, String> ENGLISH = read("en");
    private static final Map<String, String> GERMAN = read("de");

    // Read here by other means than the catalog's, so that both would have to be wrong in the same way.
    private static Map<String, String> read(String language) {
        Map<String, String> texts = new LinkedHashMap<>();
        String file = "/META-INF/sipcodes/texts_" + language + ".properties";
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(SipCatalog.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    String[] keyAndText = line.split("=", 2);
                    texts.put(keyAndText[0], keyAndText[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    static Stream<Map<String, String>> languages() {
        return Stream.of(ENGLISH, GERMAN);
    }

    @Test
    void shouldHaveTheSameKeysInBothLanguages() {
        assertThat(GERMAN.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @Test
    void shouldSayNothingInGermanAsInEnglish() {
        assertThat(ENGLISH)
                .allSatisfy((key, text) -> assertThat(GERMAN.get(key)).as(key).isNotEqualToIgnoringCase(text));
    }

    @Test
    void shouldHaveAllFieldsForEachCodeAndClass() {
        List<String> subjects = new ArrayList<>();
        SipCode.known().forEach(code -> subjects.add(code.text()));
        Arrays.stream(SipCodeClass.values()).forEach(codeClass -> subjects.add(codeClass.label()));
        for (String subject : subjects) {
            assertThat(ENGLISH.keySet())
                    .contains(
                            subject + ".title",
                            subject + ".caller",
                            subject + ".meaning",
                            subject + ".causes.1",
                            subject + ".causes.2",
                            subject + ".remedies.1",
                            subject + ".remedies.2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveWordsForEachOutcomeAndNoOther(Group group) {
        Set<String> found = ENGLISH.keySet().stream()
                .filter(key -> key.startsWith(group + "."))
                .map(key -> key.split("\\.")[1])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(group.ids));
        for (String id : group.ids) {
            for (String field : group.fields) {
                assertThat(ENGLISH).containsKey(group + "." + id + "." + field);
            }
        }
    }

    enum Group {
        OUTCOME(ids(SipOutcome.values()), "title", "caller", "meaning"),
        FAULT(ids(SipFault.values()), "title", "meaning"),
        ADVICE(ids(SipAdvice.values()), "title", "caller", "meaning"),
        STATUS(ids(SipCodeStatus.values()), "title", "meaning"),
        PHRASE(
                PhraseRules.ALL.stream().map(SipOverride::id).toList(),
                "title",
                "caller",
                "meaning",
                "causes.1",
                "remedies.1"),
        HTTP(ids(HttpAnswer.values()), "title", "meaning"),
        CONDITION(ids(SipHeaderRule.Condition.values()), "title"),
        // The registry of Warning codes as of 2026-01-07.
        WARNING(
                List.of(
                        "300", "301", "302", "303", "304", "305", "306", "307", "308", "330", "331", "370", "380",
                        "381", "399"),
                "title",
                "meaning"),
        Q850(Arrays.stream(Q850Cause.values()).map(Q850Cause::id).toList(), "title", "meaning"),
        // The registry of Reason protocols as of 2026-01-07, by the names that keys can have.
        PROTOCOL(
                List.of(
                        "sip",
                        "q850",
                        "preemption",
                        "emm",
                        "esm",
                        "s1ap-rnl",
                        "s1ap-tl",
                        "s1ap-nas",
                        "s1ap-misc",
                        "s1ap-prot",
                        "diameter",
                        "ikev2",
                        "release_cause",
                        "failure_cause",
                        "stir",
                        "5gmm",
                        "5gsm",
                        "ngap-rnl",
                        "ngap-tl",
                        "ngap-nas",
                        "ngap-misc",
                        "ngap-prot"),
                "title",
                "meaning"),
        // RFC 8606 section 4.
        LOCATION(
                List.of(
                        "u", "lpn", "ln", "tn", "rln", "rpn", "loc-6", "intl", "loc-8", "loc-9", "bi", "loc-11",
                        "loc-12", "loc-13", "loc-14", "loc-15"),
                "title"),
        // RFC 4411 section 5.
        PREEMPTION(List.of("1", "2", "3", "4"), "title", "meaning"),
        RELEASE_CAUSE(List.of("1", "2", "3", "4", "5", "6", "7"), "title"),
        FAILURE_CAUSE(List.of("1", "2", "3"), "title");

        private final List<String> ids;
        private final List<String> fields;

        Group(List<String> ids, String... fields) {
            this.ids = ids;
            this.fields = List.of(fields);
        }

        private static List<String> ids(Enum<?>[] constants) {
            return Arrays.stream(constants).map(Ids::of).toList();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void shouldNameACauseAsTheReasonHeaderDoes() {
        for (Q850Cause cause : Q850Cause.values()) {
            assertThat(ENGLISH.get("q850." + cause.value() + ".title")).isEqualTo(cause.phrase());
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void shouldKeepToTheLengthsThatPagesHaveRoomFor(Map<String, String> texts) {
        assertThat(where(texts, (key, text) -> text.length() < 4 || text.length() > longest(key)))
                .isEmpty();
    }

    private static int longest(String key) {
        if (key.endsWith(".title")) {
            // The names of Q.850 causes are as long as they are.
            return key.startsWith("q850.") ? 90 : 50;
        }
        return key.endsWith(".caller") ? 160 : key.endsWith(".meaning") ? 300 : 140;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void shouldBeOneOrTwoWholeSentencesForTheCaller(Map<String, String> texts) {
        assertThat(where(
                        texts,
                        (key, text) -> key.endsWith(".caller")
                                && !(text.matches("\\p{Lu}.*[.]") && text.split("[.!?]( |$)").length <= 2)))
                .isEmpty();
    }

    private static final Pattern FORBIDDEN_ENGLISH = words(
            "sip|server|proxy|header|gateway|registrar|codec|protocol|code|request|response|trunk|pbx|http|ip|invite"
                    + "|database|internal|fraud|spam|abuse|misuse|robocall|blacklist|blocklist|suspicious|blocked"
                    + "|wrong|invalid|error|illegal|fault|failure|you failed|mistaken");
    private static final Pattern FORBIDDEN_GERMAN = words(
            "sip|server|proxy|header|gateway|registrar|codec|protokoll|code|anfrage|antwort|trunk|tk-anlage|http|ip"
                    + "|invite|datenbank|intern|betrug|spam|missbrauch|sperrliste|verdächtig|gesperrt|blockiert"
                    + "|falsch|ungültig|fehler|fehlerhaft|verboten|schuld|gegenstelle|du|dein|dich");

    private static Pattern words(String alternatives) {
        return Pattern.compile(
                "(?<![\\p{L}-])(" + alternatives + ")(s|e|er|en|es)?(?!\\p{L})|\\d",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void shouldTellTheCallerNothingInternalAndGiveNoBlame(Map<String, String> texts) {
        Pattern forbidden = texts == ENGLISH ? FORBIDDEN_ENGLISH : FORBIDDEN_GERMAN;

        assertThat(where(
                        texts,
                        (key, text) -> key.endsWith(".caller")
                                && forbidden.matcher(text).find()))
                .isEmpty();
    }

    /** Or one answer would say both. */
    @Test
    void shouldSendNoCallerOnToALaterTimeWhenTryingAgainDoesNotHelp() {
        assertThat(SipCatalog.standard().entries())
                .filteredOn(entry ->
                        Set.of(SipAdvice.DO_NOT_RETRY, SipAdvice.CHANGE_REQUEST).contains(entry.advice()))
                .hasSizeGreaterThan(10)
                .allSatisfy(entry -> {
                    assertThat(entry.callerText(Locale.ENGLISH)).doesNotContainIgnoringCase("later");
                    assertThat(entry.callerText(Locale.GERMAN)).doesNotContainIgnoringCase("später");
                });
    }

    @ParameterizedTest
    @MethodSource("languages")
    void shouldBeCleanText(Map<String, String> texts) {
        Pattern unclean = Pattern.compile("  |\\.\\.\\.| [,.;!?](?![a-z])|\\t|TODO");

        assertThat(where(
                        texts,
                        (key, text) -> unclean.matcher(text).find()
                                || !text.equals(text.strip())
                                || !text.equals(WireText.clean(text, 1000))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void shouldWriteMeaningsAsSentencesAndAllElseAsPoints(Map<String, String> texts) {
        assertThat(where(texts, (key, text) -> text.endsWith(".") != key.matches(".*\\.(meaning|caller)")))
                .isEmpty();
    }

    // ae, oe and ue that stand for an umlaut, ss that stands for a sharp s.
    private static final Pattern TRANSLITERATED = Pattern.compile(
            "(?<![aeou])ae|oe|(?<![aäeq])ue(?!ll)"
                    + "|(?<!\\p{L})(gross|schliess|ausser|gemäss|heiss|weiss|strass|mass(?!en))",
            Pattern.CASE_INSENSITIVE);

    @Test
    void shouldWriteRealUmlauts() {
        assertThat(where(
                        GERMAN,
                        (key, text) -> TRANSLITERATED
                                .matcher(text.replaceAll("(?i)zuerst|true", ""))
                                .find()))
                .isEmpty();
    }

    private static List<String> where(Map<String, String> texts, BiPredicate<String, String> wrong) {
        List<String> found = new ArrayList<>();
        texts.forEach((key, text) -> {
            if (wrong.test(key, text)) {
                found.add(key + "=" + text);
            }
        });
        return found;
    }
}
