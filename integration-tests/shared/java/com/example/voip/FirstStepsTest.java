package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.first.FirstApplication;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first ten minutes as the guide tells them: its application, its settings, and its call from a shell. */
class FirstStepsTest {

    private static final Pattern CALL = Pattern.compile("```sh\\n(printf .*?/dev/udp/127\\.0\\.0\\.1/5070)\\n```", Pattern.DOTALL);

    /** How long the answer took, which may be seconds for the first one of a machine that is busy. */
    private static final Pattern TOOK = Pattern.compile(" (\\d+ ms|\\d+\\.\\d s) \\|");

    @Test
    void shouldSeeTheFirstCallFailAsTheGuideSays() throws Exception {
        String guide = Files.readString(Path.of("../../docs/guide.md"));
        Matcher call = CALL.matcher(guide);
        assertThat(call.find()).as("a call from a shell in the guide").isTrue();
        int port = Ports.free();
        try (Running application = Running.start(FirstApplication.class, "--sip.port=" + port)) {
            Process shell = new ProcessBuilder("bash", "-c", call.group(1).replace("5070", String.valueOf(port)))
                    .inheritIO()
                    .start();
            assertThat(shell.waitFor()).isZero();

            await().until(() -> !failures(application).isEmpty());
            String line = failures(application).get(0);
            String text = line.substring(line.indexOf("486 Busy Here"));
            assertThat(guide.lines().map(String::strip).filter(said -> said.startsWith("486 Busy Here ->")))
                    .as("the line in the guide")
                    .contains(TOOK.matcher(text.replace(String.valueOf(port), "5070")).replaceFirst(" 3 ms |"));
            assertThat(application.log())
                    .anyMatch(said -> said.contains("sipcodes is attached to JAIN-SIP; language: en"))
                    .anyMatch(said -> said.endsWith("attached to JAIN-SIP stack busy-line through System properties"));
            assertThat(Scrape.of(application.get("/actuator/prometheus").body())
                            .sum("sip_attempts_total", Map.of("role", "server", "code", "486")))
                    .isEqualTo(1);
            assertThat(application.get("/actuator/sipcodes/486?lang=de").json())
                    .containsEntry(
                            "title",
                            SipCatalog.standard()
                                    .entry(SipCode.BUSY_HERE_486)
                                    .text(Locale.GERMAN)
                                    .title());
            assertThat((List<?>) application.get("/actuator/sipcodes/failures").json().get("failures"))
                    .hasSize(1);
        }
    }

    private static List<String> failures(Running application) {
        return application.log().stream()
                .filter(line -> line.contains("io.sipcodes.failures"))
                .toList();
    }
}
