package io.sipcodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the files that the catalog is published in: the JSON, its schema, and a page a language. */
final class CatalogExport {

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final SipCatalog CATALOG = SipCatalog.standard();

    private CatalogExport() {}

    /** The files by their names in the folder {@code docs}. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put("catalog.json", Json.write(json()));
        files.put("catalog.schema.json", Json.write(CatalogSchema.schema()));
        for (Locale language : LANGUAGES) {
            files.put("catalog." + language.getLanguage() + ".md", new CatalogPage(language).write());
        }
        return files;
    }

    static Map<String, Object> json() {
        return map(
                "$schema", "catalog.schema.json",
                "languages", LANGUAGES.stream().map(Locale::getLanguage).toList(),
                "classes", list(SipCodeClass.values(), CatalogExport::json),
                "codes", CATALOG.entries().stream().map(CatalogExport::json).toList(),
                "headers", commonHeaders(),
                "phrases", phrases(),
                "outcomes",
                        list(
                                SipOutcome.values(),
                                outcome -> map("id", outcome.id(), "texts", texts("outcome", outcome.id()))),
                "faults", list(SipFault.values(), fault -> map("id", fault.id(), "texts", texts("fault", fault.id()))),
                "advice",
                        list(
                                SipAdvice.values(),
                                advice -> map("id", advice.id(), "texts", texts("advice", advice.id()))),
                "conditions",
                        list(
                                SipHeaderRule.Condition.values(),
                                condition -> map(
                                        "id",
                                        condition.id(),
                                        "checkable",
                                        condition.isCheckable(),
                                        "texts",
                                        texts("condition", condition.id()))),
                "warnings", words("warning", id -> Integer.valueOf(id)),
                "causes", list(Q850Cause.values(), CatalogExport::json),
                "protocols", words("protocol", id -> id),
                "locations", words("location", id -> id.toUpperCase(Locale.ROOT)));
    }

    private static Map<String, Object> json(SipCodeClass codeClass) {
        return map(
                "label",
                codeClass.label(),
                "phrase",
                codeClass.phrase(),
                "texts",
                texts(language -> CATALOG.words(codeClass, language)));
    }

    private static Map<String, Object> json(SipEntry entry) {
        Map<String, Object> code = map(
                "code", entry.code().value(),
                "phrase", entry.code().phrase(),
                "class", entry.code().codeClass().label(),
                "status", entry.code().status().id(),
                "aliases",
                        entry.aliases().stream()
                                .map(alias -> map("phrase", alias.phrase(), "usedBy", alias.usedBy()))
                                .toList());
        if (!entry.reference().isEmpty()) {
            code.put("reference", entry.reference());
            code.put("link", entry.link());
            code.put("since", "RFC " + entry.since().orElseThrow());
        }
        code.put("outcome", entry.outcome().id());
        code.put("fault", entry.fault().id());
        code.put("advice", entry.advice().id());
        if (!entry.adviceReference().isEmpty()) {
            code.put("adviceReference", entry.adviceReference());
        }
        code.put("honoursRetryAfter", entry.honoursRetryAfter());
        code.put("failsOver", entry.failsOver());
        code.put("stopsForking", entry.stopsForking());
        code.put("effect", entry.effect().id());
        if (!entry.effectReference().isEmpty()) {
            code.put("effectReference", entry.effectReference());
        }
        code.put("methods", entry.methods().stream().sorted().toList());
        code.put("headers", entry.ownHeaders().stream().map(CatalogExport::json).toList());
        code.put(
                "metricRoles",
                entry.metricRoles().stream().sorted().map(SipMetricRole::id).toList());
        code.put("httpStatus", entry.httpStatus());
        Map<String, Object> texts = texts(entry::text);
        for (Locale language : LANGUAGES) {
            @SuppressWarnings("unchecked")
            Map<String, Object> text = (Map<String, Object>) texts.get(language.getLanguage());
            text.put("httpReason", entry.httpReason(language));
        }
        code.put("texts", texts);
        return code;
    }

    private static Map<String, Object> json(SipHeaderRule rule) {
        Map<String, Object> json =
                map("anyOf", rule.anyOf(), "strength", rule.strength().id());
        if (!rule.value().isEmpty()) {
            json.put("value", rule.value());
        }
        if (!rule.methods().isEmpty()) {
            json.put("methods", rule.methods().stream().sorted().toList());
        }
        if (!rule.conditions().isEmpty()) {
            json.put(
                    "conditions",
                    rule.conditions().stream()
                            .sorted()
                            .map(SipHeaderRule.Condition::id)
                            .toList());
        }
        json.put("reference", rule.reference());
        if (!rule.link().isEmpty()) {
            json.put("link", rule.link());
        }
        return json;
    }

    /** The header rules that are not about one code, with the codes that they are about. */
    static Map<SipHeaderRule, String> commonRules() {
        Map<SipHeaderRule, List<Integer>> codes = new LinkedHashMap<>();
        for (int value = SipCode.MIN; value <= SipCode.MAX; value++) {
            for (SipHeaderRule rule : HeaderRules.common(SipCode.of(value))) {
                codes.computeIfAbsent(rule, any -> new ArrayList<>()).add(value);
            }
        }
        Map<SipHeaderRule, String> ranges = new LinkedHashMap<>();
        codes.forEach((rule, values) -> ranges.put(rule, ranges(values)));
        return ranges;
    }

    private static String ranges(List<Integer> values) {
        StringJoiner out = new StringJoiner(", ");
        for (int i = 0; i < values.size(); ) {
            int first = i;
            while (i + 1 < values.size() && values.get(i + 1) == values.get(i) + 1) {
                i++;
            }
            out.add(first == i ? values.get(i).toString() : values.get(first) + "-" + values.get(i));
            i++;
        }
        return out.toString();
    }

    private static List<Object> commonHeaders() {
        List<Object> rules = new ArrayList<>();
        commonRules().forEach((rule, codes) -> {
            Map<String, Object> json = map("codes", codes);
            json.putAll(json(rule));
            rules.add(json);
        });
        return rules;
    }

    /** The phrase rules with one id. */
    record Phrase(String id, List<SipOverride> rules) {

        /** The codes that they are for, or {@code 400-699}. */
        String codes() {
            StringJoiner codes = new StringJoiner(", ");
            rules.stream()
                    .map(rule -> rule.code().map(SipCode::text).orElse("400-699"))
                    .distinct()
                    .forEach(codes::add);
            return codes.toString();
        }

        List<String> patterns() {
            return rules.stream()
                    .map(rule -> rule.phrase().orElseThrow())
                    .distinct()
                    .toList();
        }
    }

    static List<Phrase> phraseRules() {
        Map<String, List<SipOverride>> rules = new LinkedHashMap<>();
        PhraseRules.ALL.forEach(rule ->
                rules.computeIfAbsent(rule.id(), any -> new ArrayList<>()).add(rule));
        List<Phrase> phrases = new ArrayList<>();
        rules.forEach((id, list) -> phrases.add(new Phrase(id, list)));
        return phrases;
    }

    private static List<Object> phrases() {
        List<Object> phrases = new ArrayList<>();
        for (Phrase phrase : phraseRules()) {
            SipOverride rule = phrase.rules().get(0);
            phrases.add(map(
                    "id", phrase.id(),
                    "codes", phrase.codes(),
                    "patterns", phrase.patterns(),
                    "outcome", rule.outcome().orElseThrow().id(),
                    "fault", rule.fault().orElseThrow().id(),
                    "advice", rule.advice().orElseThrow().id(),
                    "texts", texts("phrase", phrase.id())));
        }
        return phrases;
    }

    private static Map<String, Object> json(Q850Cause cause) {
        Map<String, Object> codes = new LinkedHashMap<>();
        for (Q850Profile profile : Q850Profile.values()) {
            profile.toSip(cause.value()).ifPresent(code -> codes.put(profile.name(), code.value()));
        }
        return map(
                "cause", cause.value(), "phrase", cause.phrase(), "toSip", codes, "texts", texts("q850", cause.id()));
    }

    private static List<Object> words(String group, Function<String, Object> id) {
        List<Object> words = new ArrayList<>();
        for (String key : ids(group)) {
            words.add(map("id", id.apply(key), "texts", texts(group, key)));
        }
        return words;
    }

    /** The ids of a group, numbers by their value. */
    static List<String> ids(String group) {
        return new Texts(CatalogExport.class.getClassLoader())
                .ids(group, Locale.ENGLISH).stream()
                        .sorted(Comparator.comparing(
                                id -> id.matches("[0-9]+") ? "0".repeat(9 - id.length()) + id : id))
                        .toList();
    }

    private static Map<String, Object> texts(String group, String id) {
        return texts(language -> CATALOG.words(group, id, language));
    }

    private static Map<String, Object> texts(Function<Locale, SipText> words) {
        Map<String, Object> texts = new LinkedHashMap<>();
        for (Locale language : LANGUAGES) {
            SipText text = words.apply(language);
            Map<String, Object> json = map("title", text.title());
            put(json, "caller", text.caller());
            put(json, "meaning", text.meaning());
            put(json, "causes", text.causes());
            put(json, "remedies", text.remedies());
            texts.put(language.getLanguage(), json);
        }
        return texts;
    }

    private static void put(Map<String, Object> json, String key, Object value) {
        if (!value.equals("") && !value.equals(List.of())) {
            json.put(key, value);
        }
    }

    private static <T> List<Object> list(T[] values, Function<T, Object> toJson) {
        return Arrays.stream(values).map(toJson).toList();
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
