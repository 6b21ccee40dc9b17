package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Reads the files of observability/, and what a PromQL expression names. */
final class Observability {

    static final Path FOLDER = Path.of("../observability");
    static final Path RULES = FOLDER.resolve("prometheus/sip-rules.yml");
    static final Path DASHBOARD = FOLDER.resolve("grafana/sip-dashboard.json");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)?\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][a-zA-Z0-9_:]*)(?!\\s*\\()(?![\\w:])");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    /** A recording rule or an alert. */
    record Rule(String group, String name, boolean alert, String expression, Map<String, String> labels) {}

    /** A query of a dashboard. */
    record Query(String panel, String expression, Set<String> legendLabels) {

        /** As Prometheus can take it, with all variables at "all". */
        String plain() {
            return expression
                    .replaceAll("\\$(job|role|peer)", ".*")
                    .replace("$__rate_interval", "1m")
                    .replace("$__range", "1h");
        }
    }

    private Observability() {}

    /** Skips a test where the program is missing; with {@code SIPCODES_PEERS=required}, as in CI, fails it. */
    static void need(Path program, String without) {
        String message = program + " is missing: " + without + " (Debian: apt-get install prometheus)";
        if ("required".equals(System.getenv("SIPCODES_PEERS"))) {
            assertThat(Files.isExecutable(program)).as(message).isTrue();
        }
        assumeTrue(Files.isExecutable(program), message);
    }

    static List<Path> promtoolTests() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("prometheus/tests"))) {
            return files.filter(file -> !file.endsWith("words.yml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> ruleFiles() {
        return Stream.of("sip-rules", "sip-alerts.en", "sip-alerts.de", "sip-words.en", "sip-words.de")
                .map(name -> FOLDER.resolve("prometheus").resolve(name + ".yml"))
                .toList();
    }

    static List<Rule> rules(Path file) {
        List<Rule> rules = new ArrayList<>();
        for (Map<String, Object> group : maps(yaml(file).get("groups"))) {
            for (Map<String, Object> rule : maps(group.get("rules"))) {
                boolean alert = rule.containsKey("alert");
                Map<String, String> labels = new TreeMap<>();
                map(rule.getOrDefault("labels", Map.of())).forEach((key, value) -> labels.put(key, value.toString()));
                rules.add(new Rule(
                        group.get("name").toString(),
                        rule.get(alert ? "alert" : "record").toString(),
                        alert,
                        rule.get("expr").toString(),
                        labels));
            }
        }
        return rules;
    }

    static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (Map<String, Object> panel : maps(yaml(DASHBOARD).get("panels"))) {
            for (Map<String, Object> target : maps(panel.getOrDefault("targets", List.of()))) {
                Set<String> labels = new TreeSet<>();
                Matcher label = LEGEND_LABEL.matcher(target.get("legendFormat").toString());
                while (label.find()) {
                    labels.add(label.group(1));
                }
                queries.add(new Query(
                        panel.get("title").toString(), target.get("expr").toString(), labels));
            }
        }
        return queries;
    }

    /** The metrics an expression names, each with the labels it selects by. */
    static Map<String, Set<String>> metrics(String expression) {
        Map<String, Set<String>> metrics = new TreeMap<>();
        String rest = withoutStrings(expression);
        Matcher selector = SELECTOR.matcher(rest);
        while (selector.find()) {
            Set<String> labels = metrics.computeIfAbsent(
                    Optional.ofNullable(selector.group(1)).orElse(""), name -> new TreeSet<>());
            Matcher matcher = MATCHER.matcher(selector.group(2));
            while (matcher.find()) {
                labels.add(matcher.group(1));
            }
        }
        rest = GROUPING.matcher(SELECTOR.matcher(rest).replaceAll(" ")).replaceAll(" ");
        rest = rest.replaceAll("\\[[^]]*]", " ").replaceAll("offset\\s+\\w+", " ");
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if (!KEYWORDS.contains(name.group(1).toLowerCase(Locale.ROOT))) {
                metrics.computeIfAbsent(name.group(1), metric -> new TreeSet<>());
            }
        }
        return metrics;
    }

    /** The labels an expression groups or joins by. */
    static Set<String> groupedBy(String expression) {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(withoutStrings(expression));
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        }
        return labels;
    }

    private static String withoutStrings(String expression) {
        return STRING.matcher(expression).replaceAll("\"\"");
    }

    private static Map<String, Object> yaml(Path file) {
        try {
            return map(new Yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object list) {
        return (List<Map<String, Object>>) list;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object map) {
        return (Map<String, Object>) map;
    }
}
