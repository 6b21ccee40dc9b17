package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import io.sipcodes.micrometer.SipMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From messages to the numbers a manager reads: whole call flows go through the tracker and the meters, and Prometheus's
 * own rule engine computes the ratios of observability/prometheus/sip-rules.yml over what is scraped before and after.
 */
class KpiTest {

    private static final String UNDEFINED = "-";

    /**
     * A line of a flow: milliseconds, {@code >} sent or {@code <} received, method or code, branch, more. A response has
     * the method of the request of its branch. A line with a time only lets time pass.
     *
     * <p>A line of values: role, reading, then SER SEER ISA ASR NER SCR. Per RFC 6076 a redirection leaves the denominator
     * of SER and SEER only. NER counts 200 480 486 487 600 603 607, which is our choice.
     */
    enum CallFlow {
        // One INVITE, one attempt, answered, ended by an answered BYE: 1/1 everywhere, ISA 0/1.
        CLEAN("""
                0     > INVITE b1
                5     < 100 b1
                20    < 180 b1 to=t1
                3000  < 200 b1 to=t1
                3001  > ACK b2 to=t1
                63000 > BYE b3 to=t1
                63015 < 200 b3 to=t1
                """, """
                client literal 1 1 0 1 1 1
                client session 1 1 0 1 1 1
                """),
        // The same call as the called side sees it.
        CLEAN_FOR_THE_CALLED("""
                0     < INVITE b1
                20    > 180 b1 to=t1
                3000  > 200 b1 to=t1
                3001  < ACK b2 to=t1
                63000 < BYE b3 to=t1
                63015 > 200 b3 to=t1
                """, """
                server literal 1 1 0 1 1 1
                server session 1 1 0 1 1 1
                """),
        // Busy reached somebody (SEER, NER 1/1), but nobody answered (SER, ASR, SCR 0/1).
        BUSY("""
                0   > INVITE b1
                5   < 100 b1
                90  < 486 b1 to=t1
                91  > ACK b1 to=t1
                """, """
                client literal 0 1 0 0 1 0
                client session 0 1 0 0 1 0
                """),
        // Rang out at the called side, which says 480.
        NO_ANSWER("""
                0     > INVITE b1
                20    < 180 b1 to=t1
                40000 < 480 b1 to=t1
                40001 > ACK b1 to=t1
                """, """
                client literal 0 1 0 0 1 0
                client session 0 1 0 0 1 0
                """),
        // Two INVITEs, one of them answered: 1/2 literally. One attempt, answered: 1/1.
        CHALLENGED("""
                0     > INVITE b1
                10    < 407 b1 to=x1
                11    > ACK b1 to=x1
                12    > INVITE b2 auth
                40    < 180 b2 to=t1
                2000  < 200 b2 to=t1
                2001  > ACK b3 to=t1
                9000  > BYE b4 to=t1
                9010  < 200 b4 to=t1
                """, """
                client literal 0.5 0.5 0 0.5 0.5 0.5
                client session 1 1 0 1 1 1
                """),
        // Two INVITEs, one 200 and one 302. Literally SER and SEER are 1/(2-1), ASR, NER and SCR 1/2.
        REDIRECTED("""
                0     > INVITE b1
                10    < 302 b1 to=x1
                11    > ACK b1 to=x1
                12    > INVITE b2
                2000  < 200 b2 to=t1
                2001  > ACK b3 to=t1
                9000  < BYE b4 from=t1 to=f1
                9010  > 200 b4 from=t1 to=f1
                """, """
                client literal 1 1 0 0.5 0.5 0.5
                client session 1 1 0 1 1 1
                """),
        // One INVITE, a 302, and nobody follows it: 0/(1-1) is undefined; the others are 0/1.
        REDIRECTED_ONLY("""
                0     > INVITE b1
                10    < 302 b1 to=x1
                11    > ACK b1 to=x1
                60000
                """, """
                client literal - - 0 0 0 0
                client session - - 0 0 0 0
                """),
        // A proxy on the way forks; two telephones answer at the same time. One INVITE, one attempt, counted once; the
        // second answer gets its ACK and BYE and is no call (RFC 6076 5.4).
        FORKED_ON_THE_WAY("""
                0     > INVITE b1
                20    < 180 b1 to=t1
                25    < 180 b1 to=t2
                3000  < 200 b1 to=t1
                3001  > ACK b2 to=t1
                3005  < 200 b1 to=t2
                3006  > ACK b3 to=t2
                3007  > BYE b4 to=t2
                3020  < 200 b4 to=t2
                9000  > BYE b5 to=t1
                9010  < 200 b5 to=t1
                """, """
                client literal 1 1 0 1 1 1
                client session 1 1 0 1 1 1
                """),
        // We fork ourselves: two INVITEs, a 486 and a 200. Literally 1/2, for SEER and NER 2/2; one attempt.
        FORKED_BY_US("""
                0     > INVITE b1
                1     > INVITE b2
                20    < 180 b1 to=t1
                30    < 486 b2 to=t2
                31    > ACK b2 to=t2
                3000  < 200 b1 to=t1
                3001  > ACK b3 to=t1
                9000  > BYE b5 to=t1
                9010  < 200 b5 to=t1
                """, """
                client literal 0.5 1 0 0.5 1 0.5
                client session 1 1 0 1 1 1
                """),
        // 487 is in none of RFC 6076's sets; NER counts it, since the network did its work.
        CANCELLED("""
                0     > INVITE b1
                20    < 180 b1 to=t1
                8000  > CANCEL b1
                8010  < 200 b1 method=CANCEL
                8012  < 487 b1 to=t1
                8013  > ACK b1 to=t1
                """, """
                client literal 0 0 0 0 1 0
                client session 0 0 0 0 1 0
                """),
        // A re-INVITE is no new session: its 488 counts nowhere.
        REINVITE_REFUSED("""
                0     > INVITE b1
                20    < 180 b1 to=t1
                3000  < 200 b1 to=t1
                3001  > ACK b2 to=t1
                5000  > INVITE b3 to=t1
                5010  < 488 b3 to=t1
                5011  > ACK b3 to=t1
                9000  > BYE b4 to=t1
                9010  < 200 b4 to=t1
                """, """
                client literal 1 1 0 1 1 1
                client session 1 1 0 1 1 1
                """),
        // The INVITE goes twice, the 200 comes three times: still one of each.
        RETRANSMITTED("""
                0     > INVITE b1
                500   > INVITE b1
                510   < 180 b1 to=t1
                3000  < 200 b1 to=t1
                3500  < 200 b1 to=t1
                3501  > ACK b2 to=t1
                4500  < 200 b1 to=t1
                4501  > ACK b2 to=t1
                9000  > BYE b4 to=t1
                9500  > BYE b4 to=t1
                9510  < 200 b4 to=t1
                """, """
                client literal 1 1 0 1 1 1
                client session 1 1 0 1 1 1
                """),
        // Nothing comes back; after 32 s that is a 408, which ISA counts.
        TIMED_OUT("""
                0     > INVITE b1
                500   > INVITE b1
                1500  > INVITE b1
                60000
                """, """
                client literal 0 0 1 0 0 0
                client session 0 0 1 0 0 0
                """),
        // We are a proxy: the 503 of the next hop becomes our 500 (RFC 3261 16.7). Each side has its own numbers, and
        // both codes are in ISA.
        TWO_HOPS("""
                0     < INVITE b1
                5     > INVITE b2
                30    < 503 b2 to=t1
                31    > ACK b2 to=t1
                32    > 500 b1 to=t2
                33    < ACK b1 to=t2
                """, """
                client literal 0 0 1 0 0 0
                client session 0 0 1 0 0 0
                server literal 0 0 1 0 0 0
                server session 0 0 1 0 0 0
                """),
        // Answered, but the BYE never is: established (SER 1/1), not completed (SCR 0/1).
        BYE_UNANSWERED("""
                0     > INVITE b1
                3000  < 200 b1 to=t1
                3001  > ACK b2 to=t1
                9000  > BYE b4 to=t1
                60000
                """, """
                client literal 1 1 0 1 1 0
                client session 1 1 0 1 1 0
                """);

        private final String flow;
        private final List<String> values;

        CallFlow(String flow, String values) {
            this.flow = flow;
            this.values = values.lines().toList();
        }
    }

    /** The same for registrations; a line of values is role, reading, IRA. */
    enum RegisterFlow {
        // Two REGISTERs, of which the 401 is no failure: 0/2. One registration: 0/1.
        CHALLENGED("""
                0   > REGISTER b1
                10  < 401 b1 to=t1
                11  > REGISTER b2 auth
                30  < 200 b2 to=t1
                """, """
                client literal 0
                client session 0
                """),
        // A second 401 means that the credentials are wrong. By the letter, 401 is no failure: 0/2; by session it is:
        // 1/1.
        REFUSED_BY_401("""
                0   > REGISTER b1
                10  < 401 b1 to=t1
                11  > REGISTER b2 auth
                30  < 401 b2 to=t1
                60000
                """, """
                client literal 0
                client session 1
                """),
        // 1/2 and 1/1.
        REFUSED_BY_403("""
                0   > REGISTER b1
                10  < 401 b1 to=t1
                11  > REGISTER b2 auth
                30  < 403 b2 to=t1
                """, """
                client literal 0.5
                client session 1
                """),
        // Retransmissions leave both terms alone: 1/1.
        TIMED_OUT("""
                0     > REGISTER b1
                500   > REGISTER b1
                1500  > REGISTER b1
                60000
                """, """
                client literal 1
                client session 1
                """),
        // We are the registrar.
        AT_THE_REGISTRAR("""
                0   < REGISTER b1
                10  > 401 b1 to=t1
                11  < REGISTER b2 auth
                30  > 503 b2 to=t1
                """, """
                server literal 0.5
                server session 1
                """);

        private final String flow;
        private final List<String> values;

        RegisterFlow(String flow, String values) {
            this.flow = flow;
            this.values = values.lines().toList();
        }
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    private Path folder;

    @Test
    void shouldComeToTheRatiosWorkedOutByHand() throws Exception {
        StringBuilder tests = new StringBuilder("rule_files: ['"
                + Path.of("../observability/prometheus/sip-rules.yml")
                        .toRealPath()
                        .toString()
                        .replace("'", "''")
                + "']\ngroup_eval_order: [sip_5m, sip_1h, sip_delays, sip_1d]\nevaluation_interval: 1m\ntests:\n");
        for (CallFlow flow : CallFlow.values()) {
            tests.append(
                    promtoolTest("call_" + flow, flow.flow, flow.values, "ser", "seer", "isa", "asr", "ner", "scr"));
        }
        for (RegisterFlow flow : RegisterFlow.values()) {
            tests.append(promtoolTest("register_" + flow, flow.flow, flow.values, "ira"));
        }

        promtool(
                "test",
                "rules",
                Files.writeString(folder.resolve("kpi.yml"), tests).toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = CallFlow.class,
            names = {"CLEAN", "CHALLENGED", "REDIRECTED", "RETRANSMITTED", "BUSY", "BYE_UNANSWERED"})
    void shouldComeToTheDelaysWorkedOutByHand(CallFlow flow) {
        SipMetrics metrics = SipMetrics.builder(registry).build();
        play(flow.flow, new CallTracker(metrics));

        // SRD, SDD and SDT in milliseconds, of success and of failure.
        Map<String, String> expected = switch (flow) {
            // INVITE to 180; BYE to 200; 200 to BYE.
            case CLEAN -> Map.of("SRD success", "20", "SDD success", "15", "SDT success", "60000");
            // From the first INVITE on, the challenge included (RFC 6076 5.3).
            case CHALLENGED -> Map.of("SRD success", "40", "SDD success", "10", "SDT success", "7000");
            // No provisional: to the 200. A 3xx does not end it (4.3.1).
            case REDIRECTED -> Map.of("SRD success", "2000", "SDD success", "10", "SDT success", "7000");
            // Retransmissions reset neither start nor end (4, 4.5).
            case RETRANSMITTED -> Map.of("SRD success", "510", "SDD success", "510", "SDT success", "6000");
            case BUSY -> Map.of("SRD failure", "90");
            // To the expiry of Timer F, 32 s after the BYE (4.5.2); no SDD (4.4).
            case BYE_UNANSWERED -> Map.of("SRD success", "3000", "SDT failure", "38000");
            default -> throw new AssertionError(flow);
        };
        assertThat(delays()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private Map<String, String> delays() {
        Map<String, String> delays = new HashMap<>();
        Map.of(
                        "SRD", "sip.session.request.delay",
                        "SDD", "sip.session.disconnect.delay",
                        "SDT", "sip.session.duration")
                .forEach((name, meter) -> {
                    for (Timer timer : registry.get(meter).timers()) {
                        if (timer.count() > 0) {
                            String before = delays.put(
                                    name + " " + timer.getId().getTag("result"),
                                    Long.toString(Math.round(timer.totalTime(TimeUnit.MILLISECONDS))));
                            assertThat(before).isNull();
                            assertThat(timer.count()).isEqualTo(1);
                        }
                    }
                });
        return delays;
    }

    /** What promtool is to compute from the scrapes before and after a flow, and the values it is to come to. */
    private static String promtoolTest(String name, String flow, List<String> values, String... ratios) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SipMetrics metrics = SipMetrics.builder(registry).build();
        Map<String, String> before = scrape(registry);
        play(flow, new CallTracker(metrics));
        Map<String, String> after = scrape(registry);

        StringBuilder out = new StringBuilder("  - name: " + name + "\n    interval: 1m\n    input_series:\n");
        after.forEach((series, value) -> out.append("      - {series: '")
                .append(series.replace("'", "''"))
                .append("', values: '")
                // A series that is born with its first event shows no increase: then this test fails.
                .append(before.getOrDefault(series, "_"))
                .append(' ')
                .append(value)
                .append("x9'}\n"));
        out.append("    promql_expr_test:\n");
        for (String line : values) {
            String[] cells = line.split(" ");
            assertThat(cells).hasSize(2 + ratios.length);
            for (int i = 0; i < ratios.length; i++) {
                String window = ratios[i].equals("scr") ? "1d" : "5m";
                String value = cells[i + 2];
                out.append(
                        "      - {expr: 'round(sip:%s_%s:ratio%s{role=\"%s\"}, 0.001)', eval_time: 5m, exp_samples: [%s]}\n"
                                .formatted(
                                        ratios[i],
                                        cells[1],
                                        window,
                                        cells[0],
                                        value.equals(UNDEFINED)
                                                ? ""
                                                : "{labels: '{role=\"" + cells[0] + "\"}', value: " + value + "}"));
            }
        }
        // The other side saw nothing, so it has no ratio.
        String roles =
                values.stream().map(line -> line.split(" ")[0]).distinct().collect(Collectors.joining("|"));
        out.append(
                "      - {expr: 'sip:%s_session:ratio5m{role!~\"%s\"}', eval_time: 5m}\n".formatted(ratios[0], roles));
        return out.toString();
    }

    private static Map<String, String> scrape(PrometheusMeterRegistry registry) {
        return registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> line.substring(line.lastIndexOf(' ') + 1)));
    }

    private static void play(String flow, CallTracker tracker) {
        Map<String, String> methods = new HashMap<>();
        for (String line : flow.lines().toList()) {
            String[] words = line.split(" +");
            long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[0]));
            if (words.length == 1) {
                tracker.tick(nanos);
            } else {
                tracker.accept(message(words, nanos, methods));
            }
        }
    }

    private static SipMessage message(String[] words, long nanos, Map<String, String> methods) {
        Map<String, String> more = Stream.of(words)
                .skip(4)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 2 ? pair[1] : ""));
        String branch = words[3];
        SipMessage.Builder out;
        if (Character.isDigit(words[2].charAt(0))) {
            out = SipMessage.response(Integer.parseInt(words[2]), "")
                    .method(more.getOrDefault("method", methods.get(branch)));
        } else {
            // An ACK and a CANCEL share the branch of their INVITE.
            methods.putIfAbsent(branch, words[2]);
            out = SipMessage.request(words[2]).hasCredentials(more.containsKey("auth"));
        }
        return out.timestampNanos(nanos)
                .direction(words[1].equals(">") ? SipDirection.SENT : SipDirection.RECEIVED)
                .stack("s1")
                .branch(branch)
                // The successor of a challenged request has a higher number, as its branch has here (RFC 3261 22.2).
                .cseq(Long.parseLong(branch.replaceAll("\\D", "")))
                .callId("c1")
                .fromTag(more.getOrDefault("from", "f1"))
                .toTag(more.getOrDefault("to", ""))
                .build();
    }

    private void promtool(String... arguments) throws IOException, InterruptedException {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeTrue(
                Files.isExecutable(promtool) || "required".equals(System.getenv("SIPCODES_PEERS")),
                promtool + " is missing: ratios are not computed (Debian: apt-get install prometheus)");
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
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
