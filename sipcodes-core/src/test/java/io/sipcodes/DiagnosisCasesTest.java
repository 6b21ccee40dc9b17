package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipDiagnosis.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Works through {@code diagnosis-cases.csv}, which explains its own format. */
class DiagnosisCasesTest {

    private static final String FILE = "diagnosis-cases.csv";

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldDiagnose(Row row) {
        SipDiagnosis diagnosis = row.builder().build();

        assertThat(row.describe(diagnosis)).isEqualTo(row.expected());
    }

    @Test
    void shouldHaveACaseForEveryRule() throws IOException {
        Set<String> deciding = new HashSet<>();
        for (Row row : cases().toList()) {
            for (String rule : row.cells[8].split(" ")) {
                if (!rule.startsWith("-") || rule.equals("-remark")) {
                    deciding.add(rule.replace("-remark", "remark"));
                }
            }
        }

        assertThat(deciding)
                .containsAll(Arrays.stream(DiagnosisRules.Rule.values())
                        .map(rule -> rule.id)
                        .toList());
    }

    @Test
    void shouldHaveAtLeast120Cases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
    }

    static Stream<Row> cases() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = DiagnosisCasesTest.class.getResourceAsStream(FILE)) {
            int number = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                number++;
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("status ")) {
                    rows.add(new Row(number, line));
                }
            }
        }
        return rows.stream();
    }

    static final class Row {

        private final String line;
        final String[] cells;

        Row(int number, String line) {
            this.line = FILE + ":" + number + ": " + line;
            this.cells = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            assertThat(cells).as(this.line).hasSize(10);
        }

        SipDiagnosis.Builder builder() {
            int blank = cells[0].indexOf(' ');
            String number = blank < 0 ? cells[0] : cells[0].substring(0, blank);
            SipDiagnosis.Builder builder = SipDiagnosis.about(Integer.parseInt(number))
                    .phrase(blank < 0 ? "" : cells[0].substring(blank + 1))
                    .method(cells[1]);
            for (String known : cells[2].split(" ")) {
                know(builder, known);
            }
            for (String header : cells[3].isEmpty() ? new String[0] : cells[3].split(" / ")) {
                header(builder, header);
            }
            return builder;
        }

        private static void know(SipDiagnosis.Builder builder, String known) {
            switch (known) {
                case "" -> {}
                case "dialog" -> builder.inDialog(true);
                case "rang" -> builder.rang(true);
                case "!rang" -> builder.rang(false);
                case "answered" -> builder.answeredBefore(true);
                case "!answered" -> builder.answeredBefore(false);
                case "challenged" -> builder.challengedBefore(true);
                case "provider=acme" -> builder.provider("acme");
                case "!credentials" -> builder.credentialsSent(false);
                case "credentials" -> builder.credentialsSent(true);
                case "stale" -> builder.staleChallenge(true);
                case "cancelled" -> builder.cancelled(true);
                case "!cancelled" -> builder.cancelled(false);
                case "server" -> builder.role(SipRole.SERVER);
                case "us" -> builder.source(SipSource.US);
                case "timeout" -> builder.source(SipSource.TIMEOUT);
                case "transport" -> builder.source(SipSource.TRANSPORT);
                default -> throw new IllegalArgumentException("known: " + known);
            }
        }

        private static void header(SipDiagnosis.Builder builder, String header) {
            String value = header.substring(header.indexOf(':') + 1).strip();
            switch (header.substring(0, header.indexOf(':'))) {
                case "Reason" -> builder.reasons(SipReason.parse(value));
                case "Warning" -> builder.warnings(SipWarning.parse(value));
                case "Retry-After" -> builder.retryAfterSeconds(Integer.parseInt(value));
                default -> throw new IllegalArgumentException("header: " + header);
            }
        }

        String expected() {
            return line + "\n" + String.join(" | ", Arrays.asList(cells).subList(4, 9));
        }

        String describe(SipDiagnosis diagnosis) {
            String advice = diagnosis.advice().id();
            return line + "\n"
                    + String.join(
                            " | ",
                            diagnosis.outcome().id(),
                            diagnosis.fault().id(),
                            diagnosis.severity().toString(),
                            diagnosis.retryAfterSeconds() < 0 ? advice : advice + " " + diagnosis.retryAfterSeconds(),
                            diagnosis.evidence().stream().map(Row::describe).collect(Collectors.joining(" ")));
        }

        private static String describe(Evidence evidence) {
            return evidence.decisive() ? evidence.rule() : "-" + evidence.rule();
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
