package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, alerts and dashboard name what there is, are valid, and come to the right numbers. */
class ObservabilityTest {

    /** What Prometheus adds to every series it scrapes, and to buckets. */
    private static final Set<String> SCRAPED = Set.of("job", "instance", "le");

    private static final Set<String> WORDS = Set.of("lang", "kind", "id", "title", "remedy");

    @TempDir
    private Path folder;

    static List<Path> ruleFiles() {
        return Observability.ruleFiles();
    }

    static List<Path> promtoolTests() {
        return Observability.promtoolTests();
    }

    @ParameterizedTest
    @MethodSource("ruleFiles")
    void shouldHaveValidRules(Path file) throws Exception {
        promtool("check", "rules", file.toString());
    }

    @ParameterizedTest
    @MethodSource("promtoolTests")
    void shouldComeToTheRightValuesAndAlerts(Path file) throws Exception {
        promtool("test", "rules", file.toString());
    }

    @Test
    void shouldHaveValidQueriesInTheDashboard() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int count = 0;
        for (Observability.Query query : Observability.queries()) {
            rules.append("      - record: query").append(count++).append("\n        expr: '");
            rules.append(query.plain().replace("'", "''")).append("'\n");
        }
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules);

        promtool("check", "rules", file.toString());
        assertThat(count).isGreaterThan(30);
    }

    @Test
    void shouldNameOnlyWhatThereIs() {
        Map<String, Set<String>> there = new TreeMap<>(scraped());
        Set<String> all = new TreeSet<>(SCRAPED);
        there.values().forEach(all::addAll);
        for (Path file : Observability.ruleFiles()) {
            for (Observability.Rule rule : Observability.rules(file)) {
                if (!rule.alert()) {
                    Set<String> labels = new TreeSet<>(Observability.groupedBy(rule.expression()));
                    labels.addAll(rule.labels().keySet());
                    // What a rule is made of may hand its labels on.
                    labels.addAll(Set.of("job", "role", "peer"));
                    there.merge(rule.name(), labels, (one, other) -> {
                        one.addAll(other);
                        return one;
                    });
                }
            }
        }
        all.add("quantile");
        all.addAll(WORDS);

        List<String> expressions = new ArrayList<>();
        Observability.ruleFiles().stream()
                .flatMap(file -> Observability.rules(file).stream())
                .forEach(rule -> expressions.add(rule.expression()));
        for (Observability.Query query : Observability.queries()) {
            expressions.add(query.expression());
            assertThat(all).as(query.panel()).containsAll(query.legendLabels());
        }
        for (String expression : expressions) {
            Observability.metrics(expression).forEach((name, labels) -> {
                if (name.isEmpty()) {
                    assertThat(labels).as(expression).contains("__name__");
                } else {
                    assertThat(there).as(expression).containsKey(name);
                    assertThat(there.get(name)).as("%s in %s", name, expression).containsAll(labels);
                }
            });
            assertThat(all).as(expression).containsAll(Observability.groupedBy(expression));
        }
        assertThat(expressions).hasSizeGreaterThan(300);
    }

    @Test
    void shouldHaveTheSameRulesForEveryWindow() {
        Map<String, String> minutes = new TreeMap<>();
        Map<String, String> hour = new TreeMap<>();
        for (Observability.Rule rule : Observability.rules(Observability.RULES)) {
            if (rule.group().equals("sip_5m")) {
                minutes.put(rule.name().replace("5m", "1h"), rule.expression().replace("5m", "1h"));
            } else if (rule.group().equals("sip_1h")) {
                hour.put(rule.name(), rule.expression());
            }
        }

        assertThat(hour).isNotEmpty().isEqualTo(minutes);
    }

    @Test
    void shouldHaveTheSameAlertsInEveryLanguage() {
        List<List<String>> alerts = Stream.of("en", "de")
                .map(language -> Observability.FOLDER.resolve("prometheus/sip-alerts." + language + ".yml"))
                .map(file -> Observability.rules(file).stream()
                        .map(rule -> rule.name() + ": " + rule.expression())
                        .toList())
                .toList();

        assertThat(alerts.get(0)).hasSizeGreaterThan(10).isEqualTo(alerts.get(1));
    }

    @Test
    void shouldTestEveryAlertAndEveryRatio() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (Path file : Observability.promtoolTests()) {
            tests.append(Files.readString(file));
        }
        List<String> untested = new ArrayList<>();
        for (Observability.Rule rule : Observability.rules(Observability.RULES)) {
            if (!rule.name().contains(":increase") && tests.indexOf("expr: round(" + rule.name()) < 0) {
                untested.add(rule.name());
            }
        }
        for (Observability.Rule rule :
                Observability.rules(Observability.ruleFiles().get(1))) {
            Pattern fires = Pattern.compile("alertname: " + rule.name() + "\\n\\s+eval_time: \\w+\\n\\s+exp_alerts");
            if (!fires.matcher(tests).find()) {
                untested.add(rule.name());
            }
        }
        assertThat(untested).isEmpty();
    }

    /** The metrics as Prometheus has them, with their labels. */
    private static Map<String, Set<String>> scraped() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        for (SipMeters meter : SipMeters.values()) {
            Set<String> labels = new TreeSet<>(SCRAPED);
            for (var key : meter.getKeyNames()) {
                labels.add(key.asString());
            }
            String name = MetricsPage.prometheusName(meter);
            List<String> names = meter.getType() == Meter.Type.TIMER
                    ? List.of(name + "_bucket", name + "_count", name + "_sum", name + "_max")
                    : List.of(name);
            names.forEach(each -> metrics.put(each, labels));
        }
        return metrics;
    }

    private void promtool(String... arguments) throws IOException, InterruptedException {
        Path promtool = Path.of("/usr/bin/promtool");
        Observability.need(promtool, "rules are not checked");
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as("%s\n%s", command, Files.readString(output))
                .isZero();
    }
}
