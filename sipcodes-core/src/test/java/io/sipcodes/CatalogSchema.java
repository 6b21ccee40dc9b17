package io.sipcodes;

import static io.sipcodes.CatalogExport.map;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schema of the exported JSON, and a check against the few of a schema's words that it uses. */
final class CatalogSchema {

    private static final Object STRING = map("type", "string", "minLength", 1);
    private static final Object STRINGS = map("type", "array", "items", STRING);
    private static final Object BOOLEAN = map("type", "boolean");

    private CatalogSchema() {}

    static Map<String, Object> schema() {
        Map<String, Object> schema = map(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "The catalog of SIP response codes",
                "description",
                "What each SIP response code means: facts with their sources, and words in each language for the person who"
                        + " phoned (caller) and for developers and operators (meaning, causes, remedies).");
        schema.putAll(object(
                List.of(),
                "$schema",
                STRING,
                "languages",
                STRINGS,
                "classes",
                array(object(List.of(), "label", STRING, "phrase", STRING, "texts", ref("texts"))),
                "codes",
                array(ref("code")),
                "headers",
                array(rule("codes", codes())),
                "phrases",
                array(object(
                        List.of(),
                        "id",
                        STRING,
                        "codes",
                        codes(),
                        "patterns",
                        STRINGS,
                        "outcome",
                        ref("outcome"),
                        "fault",
                        ref("fault"),
                        "advice",
                        ref("advice"),
                        "texts",
                        ref("texts"))),
                "outcomes",
                array(words(ref("outcome"))),
                "faults",
                array(words(ref("fault"))),
                "advice",
                array(words(ref("advice"))),
                "conditions",
                array(object(List.of(), "id", ref("condition"), "checkable", BOOLEAN, "texts", ref("texts"))),
                "warnings",
                array(words(number(300, 399))),
                "causes",
                array(object(
                        List.of(),
                        "cause",
                        number(1, 127),
                        "phrase",
                        STRING,
                        "toSip",
                        causeProfiles(),
                        "texts",
                        ref("texts"))),
                "protocols",
                array(words(STRING)),
                "locations",
                array(words(STRING))));
        schema.put("$defs", definitions());
        return schema;
    }

    private static Map<String, Object> definitions() {
        return map(
                "code",
                        object(
                                List.of("reference", "link", "since", "adviceReference", "effectReference"),
                                "code",
                                number(100, 699),
                                "phrase",
                                STRING,
                                "class",
                                map("enum", List.of("1xx", "2xx", "3xx", "4xx", "5xx", "6xx")),
                                "status",
                                constants(SipCodeStatus.values()),
                                "aliases",
                                array(object(List.of(), "phrase", STRING, "usedBy", STRING)),
                                "reference",
                                STRING,
                                "link",
                                STRING,
                                "since",
                                STRING,
                                "outcome",
                                ref("outcome"),
                                "fault",
                                ref("fault"),
                                "advice",
                                ref("advice"),
                                "adviceReference",
                                STRING,
                                "honoursRetryAfter",
                                BOOLEAN,
                                "failsOver",
                                BOOLEAN,
                                "stopsForking",
                                BOOLEAN,
                                "effect",
                                constants(SipEffect.values()),
                                "effectReference",
                                STRING,
                                "methods",
                                STRINGS,
                                "headers",
                                array(rule()),
                                "metricRoles",
                                array(constants(SipMetricRole.values())),
                                "httpStatus",
                                number(200, 599),
                                "texts",
                                ref("texts")),
                "outcome", constants(SipOutcome.values()),
                "fault", constants(SipFault.values()),
                "advice", constants(SipAdvice.values()),
                "condition", constants(SipHeaderRule.Condition.values()),
                "texts", texts(),
                "text",
                        object(
                                List.of("caller", "meaning", "causes", "remedies", "httpReason"),
                                "title",
                                STRING,
                                "caller",
                                STRING,
                                "meaning",
                                STRING,
                                "causes",
                                STRINGS,
                                "remedies",
                                STRINGS,
                                "httpReason",
                                STRING));
    }

    private static Object texts() {
        Object[] languages = new Object[CatalogExport.LANGUAGES.size() * 2];
        for (int i = 0; i < languages.length; i += 2) {
            languages[i] = CatalogExport.LANGUAGES.get(i / 2).getLanguage();
            languages[i + 1] = ref("text");
        }
        return object(List.of(), languages);
    }

    private static Object rule(Object... more) {
        Map<String, Object> properties = map(more);
        properties.putAll(map(
                "anyOf", STRINGS,
                "value", STRING,
                "strength", constants(SipHeaderRule.Strength.values()),
                "methods", STRINGS,
                "conditions", array(ref("condition")),
                "reference", STRING,
                "link", STRING));
        Object[] flat = properties.entrySet().stream()
                .flatMap(entry -> Arrays.stream(new Object[] {entry.getKey(), entry.getValue()}))
                .toArray();
        return object(List.of("value", "methods", "conditions", "link"), flat);
    }

    private static Object words(Object id) {
        return object(List.of(), "id", id, "texts", ref("texts"));
    }

    private static Object causeProfiles() {
        List<String> names = Arrays.stream(Q850Profile.values()).map(Enum::name).toList();
        Object[] properties = names.stream()
                .flatMap(name -> Arrays.stream(new Object[] {name, number(100, 699)}))
                .toArray();
        return object(names, properties);
    }

    private static Object codes() {
        return map("type", "string", "pattern", "^\\d{3}(-\\d{3})?(, \\d{3}(-\\d{3})?)*$");
    }

    private static Object ref(String name) {
        return map("$ref", "#/$defs/" + name);
    }

    private static Object array(Object items) {
        return map("type", "array", "items", items);
    }

    private static Object number(int min, int max) {
        return map("type", "integer", "minimum", min, "maximum", max);
    }

    private static Object constants(Enum<?>[] constants) {
        return map(
                "enum",
                Arrays.stream(constants)
                        .map(constant ->
                                constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    /** An object with these properties and no other, all there but the optional ones. */
    private static Map<String, Object> object(List<String> optional, Object... properties) {
        Map<String, Object> all = map(properties);
        return map(
                "type",
                "object",
                "properties",
                all,
                "required",
                all.keySet().stream().filter(key -> !optional.contains(key)).toList(),
                "additionalProperties",
                false);
    }

    /** Where a value does not follow the schema, and how; empty if it does. */
    static Map<String, String> violations(Object value, Map<String, Object> schema) {
        Map<String, String> found = new LinkedHashMap<>();
        check(value, schema, schema, "$", found);
        return found;
    }

    @SuppressWarnings("unchecked")
    private static void check(
            Object value, Map<String, Object> rule, Map<String, Object> root, String path, Map<String, String> found) {
        Object ref = rule.get("$ref");
        if (ref != null) {
            String name = ((String) ref).substring("#/$defs/".length());
            check(value, (Map<String, Object>) ((Map<String, Object>) root.get("$defs")).get(name), root, path, found);
            return;
        }
        if (rule.containsKey("enum") && !((List<Object>) rule.get("enum")).contains(value)) {
            found.put(path, value + " is none of the constants");
        }
        Object type = rule.get("type");
        if ("string".equals(type)) {
            boolean fits = value instanceof String text
                    && text.length() >= (Integer) rule.getOrDefault("minLength", 0)
                    && (!rule.containsKey("pattern") || text.matches((String) rule.get("pattern")));
            report(fits, value, path, found);
        } else if ("boolean".equals(type)) {
            report(value instanceof Boolean, value, path, found);
        } else if ("integer".equals(type)) {
            boolean fits = value instanceof Integer number
                    && number >= (Integer) rule.get("minimum")
                    && number <= (Integer) rule.get("maximum");
            report(fits, value, path, found);
        } else if ("array".equals(type)) {
            report(value instanceof List, value, path, found);
            int i = 0;
            for (Object item : (List<Object>) value) {
                check(item, (Map<String, Object>) rule.get("items"), root, path + "[" + i++ + "]", found);
            }
        } else if ("object".equals(type)) {
            report(value instanceof Map, value, path, found);
            Map<String, Object> object = (Map<String, Object>) value;
            Map<String, Object> properties = (Map<String, Object>) rule.get("properties");
            for (Object key : (List<Object>) rule.get("required")) {
                report(object.containsKey(key), "no " + key, path, found);
            }
            object.forEach((key, item) -> {
                if (properties.containsKey(key)) {
                    check(item, (Map<String, Object>) properties.get(key), root, path + "." + key, found);
                } else {
                    found.put(path, "unknown " + key);
                }
            });
        }
    }

    private static void report(boolean fits, Object value, String path, Map<String, String> found) {
        if (!fits) {
            found.put(path, String.valueOf(value));
        }
    }
}
