package io.sipcodes.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.sipcodes.micrometer.SipMeters.Key;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/metrics.md: names, tags and allowed values, as the code has them. */
final class MetricsPage {

    private static final Map<Key, List<Tags>> CLOSED = new TreeMap<>(Map.ofEntries(
            Map.entry(Key.DIRECTION, Dimensions.DIRECTIONS),
            Map.entry(Key.ROLE, Dimensions.ROLES),
            Map.entry(Key.METHOD, Dimensions.METHODS),
            Map.entry(Key.INITIAL, Dimensions.INITIALS),
            Map.entry(Key.CLASS, Dimensions.CODES),
            Map.entry(Key.OUTCOME, Dimensions.OUTCOMES),
            Map.entry(Key.FAULT, Dimensions.FAULTS),
            Map.entry(Key.RESULT, Dimensions.RESULTS),
            Map.entry(Key.PROTOCOL, Causes.ALL),
            Map.entry(Key.RULE, List.of()),
            Map.entry(Key.SEVERITY, List.of(Tags.of("severity", "must"), Tags.of("severity", "should"))),
            Map.entry(Key.PEER, List.of())));

    private MetricsPage() {}

    static String tables() {
        return Stream.of(meters(), tags(), codes()).collect(Collectors.joining("\n"));
    }

    static String prometheusName(SipMeters meter) {
        String name = meter.getName().replace('.', '_');
        return switch (meter.getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default -> name;
        };
    }

    private static String meters() {
        StringBuilder out =
                new StringBuilder("| meter | in Prometheus | type | tags | what |\n|---|---|---|---|---|\n");
        for (SipMeters meter : SipMeters.values()) {
            String keys = Stream.of(meter.getKeyNames())
                    .map(key -> key == Key.PEER ? "(`peer`)" : "`" + key.asString() + "`")
                    .collect(Collectors.joining(", "));
            out.append("| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(
                            meter.getName(),
                            prometheusName(meter),
                            meter.getType() == Meter.Type.COUNTER
                                    ? "counter"
                                    : meter.getType() == Meter.Type.TIMER ? "timer" : "gauge",
                            keys,
                            meter.description()));
        }
        return out.toString();
    }

    private static String tags() {
        StringBuilder out = new StringBuilder("| tag | values |\n|---|---|\n");
        CLOSED.forEach((key, values) -> {
            if (!values.isEmpty()) {
                row(out, key.asString(), values(key, values));
            }
        });
        row(out, "reason` of `sip.messages.rejected", values(Key.REASON, Dimensions.REJECTIONS));
        row(out, "reason` of `sip.events.dropped", values(Key.REASON, Dimensions.DROPS));
        return out.toString();
    }

    private static void row(StringBuilder out, String key, Stream<String> values) {
        out.append("| `%s` | %s |\n"
                .formatted(key, values.map(value -> "`" + value + "`").collect(Collectors.joining(", "))));
    }

    private static Stream<String> values(KeyName key, List<Tags> values) {
        return values.stream()
                .flatMap(Tags::stream)
                .filter(tag -> tag.getKey().equals(key.asString()))
                .map(Tag::getValue)
                .distinct();
    }

    private static String codes() {
        StringBuilder out = new StringBuilder(
                "| `code` | `class` | `meaning` | `outcome` of `sip.responses` |\n|---|---|---|---|\n");
        for (CodeTags code : CodeTags.ALL) {
            out.append("| `%s` | `%s` | %s | `%s` |\n"
                    .formatted(
                            code.code(),
                            code.codeClass(),
                            code.meaning(),
                            code.outcome().id()));
        }
        return out.toString();
    }
}
