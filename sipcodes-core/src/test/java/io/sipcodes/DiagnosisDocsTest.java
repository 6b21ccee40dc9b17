package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/diagnosis.md} and the code together. */
class DiagnosisDocsTest {

    private final List<String> lines = Files.readAllLines(Path.of("../docs/diagnosis.md"));

    DiagnosisDocsTest() throws IOException {}

    @Test
    void shouldExplainEveryRuleInItsOrder() {
        List<String> documented =
                table("| rule |").map(cells -> cells[1] + " " + cells[5]).toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(DiagnosisRules.Rule.values())
                        .map(rule -> "`" + rule.id + "` " + (rule.source.isEmpty() ? "of the code" : rule.source))
                        .toList());
    }

    @Test
    void shouldListEveryOutcomeWithItsSeverity() {
        List<String> documented =
                table("| outcome |").map(cells -> cells[1] + " " + cells[3]).toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(SipOutcome.values())
                        .map(outcome -> "`" + outcome.id() + "` "
                                + DiagnosisRules.severity(false, outcome, SipFault.UNKNOWN, System.Logger.Level.ERROR))
                        .toList());
    }

    @Test
    void shouldListEveryFaultAndAdvice() {
        assertThat(String.join(" ", lines))
                .contains(Arrays.stream(SipFault.values())
                        .map(fault -> "`" + fault.id() + "`")
                        .toList())
                .contains(Arrays.stream(SipAdvice.values())
                        .map(advice -> "`" + advice.id() + "`")
                        .toList());
    }

    @Test
    void shouldListWhatEveryQ850CauseMeans() {
        List<String> documented = table("| cause |")
                .flatMap(cells -> causes(cells[1]).map(cause -> cause + " " + cells[2] + " " + cells[3]))
                .sorted()
                .toList();
        List<String> decided = Stream.iterate(1, cause -> cause < 128, cause -> cause + 1)
                .map(cause -> {
                    SipDiagnosis diagnosis = SipDiagnosis.about(cause == 26 ? 487 : 480)
                            .reasons(List.of(SipReason.of("Q.850", cause)))
                            .build();
                    return diagnosis.evidence().get(0).rule().equals("code")
                            ? ""
                            : cause + " " + diagnosis.outcome().id() + " "
                                    + diagnosis.fault().id();
                })
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();

        assertThat(documented).isEqualTo(decided);
    }

    private static Stream<String> causes(String cell) {
        return Stream.of(cell.split(", ")).flatMap(part -> {
            String[] ends = part.split(" to ");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            return Stream.iterate(first, cause -> cause <= last, cause -> cause + 1)
                    .map(String::valueOf);
        });
    }

    private Stream<String[]> table(String header) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new));
    }
}
