package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What registries make of the meters: the names and tags that docs/metrics.md promises. */
class RegistriesTest {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final SipPeers PEERS = SipPeers.of(Map.of("trunk", List.of("203.0.113.0/24")));

    private record Sample(String name, Map<String, String> labels, double value) {}

    private static void countOneOfEach(SipMetrics metrics) {
        metrics.accept(Events.received("INVITE", 486));
        metrics.accept(Events.received("X-MADE-UP", 777));
        metrics.accept(new SipEvent.RequestSeen(Events.request("INVITE"), true));
        metrics.accept(Events.transaction(SipRole.CLIENT, "INVITE", true, 486, Duration.ofMillis(70)));
        metrics.accept(Events.attempt(SipRole.CLIENT, 486, Duration.ofMillis(70)));
        metrics.accept(Events.registration(SipRole.CLIENT, 200, Duration.ofMillis(3)));
        metrics.accept(Events.callStarted(SipRole.SERVER));
        metrics.accept(Events.callEnded(SipRole.SERVER, true, Duration.ofSeconds(3), Duration.ofMillis(1)));
        metrics.accept(Events.reasons("BYE", SipReason.of("Q.850", 16), SipReason.of("X-MADE-UP", 16)));
        metrics.accept(new SipEvent.MessageRejected(
                "", SipDirection.RECEIVED, SipEvent.MessageRejected.Cause.TOO_LARGE, "", 0));
        metrics.accept(new SipEvent.ConformanceFinding(
                Events.response(SipDirection.RECEIVED, "INVITE", 405), "allow-missing", true, "RFC 3261 21.4.6"));
        metrics.accept(new SipEvent.EventsDropped(1, SipEvent.EventsDropped.Cause.QUEUE_FULL, 0));
    }

    @Test
    void shouldScrapeAsThePagePromises() throws IOException {
        Page page = Page.read(Path.of("../docs/metrics.md"));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        countOneOfEach(SipMetrics.builder(registry).peers(PEERS).build());

        Map<String, Set<String>> keysByName = new TreeMap<>();
        for (Sample sample : samples(registry.scrape())) {
            String meter = sample.name.replaceAll("_seconds_(bucket|count|sum|max)$", "_seconds");
            assertThat(page.keys).containsKey(meter);
            Set<String> keys = new TreeSet<>(sample.labels.keySet());
            keys.remove("le");
            assertThat(keys).as(sample.name).isEqualTo(page.keys.get(meter));
            assertThat(keysByName.computeIfAbsent(sample.name, name -> keys))
                    .as("the same keys for every series of %s", sample.name)
                    .isEqualTo(keys);
            sample.labels.forEach((key, value) -> page.check(meter, key, value));
            page.checkCode(sample.name, sample.labels);
            keysByName.put(meter, keys);
        }

        assertThat(keysByName.keySet())
                .as("every meter of the page is in the scrape")
                .containsAll(page.keys.keySet());
    }

    @Test
    void shouldHaveNoPeerWhereNoneAreNamed() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        countOneOfEach(SipMetrics.builder(registry).build());

        assertThat(samples(registry.scrape())).noneMatch(sample -> sample.labels.containsKey("peer"));
    }

    @Test
    void shouldBeginWithZerosThatTheFirstEventOnlyAddsTo() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SipMetrics metrics = SipMetrics.builder(registry).build();
        List<Sample> before = samples(registry.scrape());

        for (int code : Zeros.INVITE) {
            metrics.accept(Events.received("INVITE", code));
            metrics.accept(Events.transaction(SipRole.CLIENT, "INVITE", true, code, Duration.ofMillis(70)));
            metrics.accept(Events.attempt(SipRole.CLIENT, code, Duration.ofMillis(70)));
            metrics.accept(Events.attempt(SipRole.SERVER, code, Duration.ofMillis(70)));
        }
        for (SipDiagnosis.Builder diagnosed : List.of(
                SipDiagnosis.about(480).rang(true),
                SipDiagnosis.about(480).reasons(List.of(SipReason.of("Q.850", 21))),
                SipDiagnosis.about(503).reasons(List.of(SipReason.of("Q.850", 34))),
                SipDiagnosis.about(603).phrase("Network Blocked"),
                SipDiagnosis.about(403).challengedBefore(true).credentialsSent(true),
                SipDiagnosis.about(408).source(SipSource.TIMEOUT),
                SipDiagnosis.about(408).source(SipSource.TIMEOUT).answeredBefore(true),
                SipDiagnosis.about(503).source(SipSource.TRANSPORT))) {
            metrics.accept(
                    Events.attempt(SipRole.CLIENT, diagnosed.method("INVITE").build(), Duration.ofMillis(70)));
        }
        for (int code : Zeros.REGISTER) {
            metrics.accept(Events.received("REGISTER", code));
            metrics.accept(Events.transaction(SipRole.SERVER, "REGISTER", true, code, Duration.ofMillis(70)));
            metrics.accept(Events.registration(SipRole.SERVER, code, Duration.ofMillis(70)));
        }
        metrics.accept(Events.callEnded(SipRole.CLIENT, true, Duration.ofSeconds(3), Duration.ofMillis(1)));
        metrics.accept(Events.callEnded(SipRole.CLIENT, false, Duration.ofSeconds(3), null));

        System.out.println("lines of a scrape before the first message: " + before.size());
        assertThat(before).isNotEmpty().allMatch(sample -> sample.value == 0);
        assertThat(samples(registry.scrape())).hasSameSizeAs(before);
        // docs/metrics.md says what a scrape costs.
        assertThat(before.size()).isLessThan(1250);
    }

    @Test
    void shouldHaveTheBucketsAskedFor() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SipMetrics metrics = SipMetrics.builder(registry)
                .delayBuckets(Duration.ofMillis(20), Duration.ofSeconds(2))
                .durationBuckets()
                .build();
        metrics.accept(Events.attempt(SipRole.CLIENT, 200, Duration.ofMillis(100)));

        assertThat(samples(registry.scrape()))
                .noneMatch(sample -> sample.name.equals("sip_session_duration_seconds_bucket"))
                .filteredOn(sample -> sample.name.equals("sip_session_request_delay_seconds_bucket")
                        && sample.labels.get("role").equals("client")
                        && sample.labels.get("result").equals("success"))
                .extracting(sample -> sample.labels.get("le") + " " + sample.value)
                .containsExactly("0.02 0.0", "2.0 1.0", "+Inf 1.0");
    }

    @Test
    void shouldCarryTheTraceThatIsInScope() {
        AtomicReference<String> trace = new AtomicReference<>();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, spanOf(trace));
        SipMetrics metrics = SipMetrics.builder(registry)
                .scope(event -> {
                    trace.set("4bf92f3577b34da6a3ce929d0e0e4736");
                    return () -> trace.set(null);
                })
                .build();

        metrics.accept(Events.received("INVITE", 486));
        metrics.accept(Events.attempt(SipRole.CLIENT, 486, Duration.ofMillis(70)));

        assertThat(trace).as("the scope is closed").hasNullValue();
        String scrape = registry.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
        for (String series :
                List.of("sip_responses_total{", "sip_attempts_total{", "sip_session_request_delay_seconds_bucket{")) {
            assertThat(scrape.lines().filter(line -> line.startsWith(series)))
                    .as(series)
                    .anyMatch(line -> line.contains("trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\""));
        }
    }

    @Test
    void shouldCountWhateverTheScopeDoes() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicInteger turn = new AtomicInteger();
        SipMetrics metrics = SipMetrics.builder(registry)
                .scope(event -> switch (turn.getAndIncrement()) {
                    case 0 -> throw new IllegalStateException("opening fails");
                    case 1 ->
                        () -> {
                            throw new IOException("closing fails");
                        };
                    default -> null;
                })
                .build();

        for (int i = 0; i < 3; i++) {
            metrics.accept(Events.received("INVITE", 486));
        }

        assertThat(registry.get("sip.responses")
                        .tags("direction", "received", "method", "INVITE", "code", "486")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    private static SpanContext spanOf(AtomicReference<String> trace) {
        return new SpanContext() {
            @Override
            public String getCurrentTraceId() {
                return trace.get();
            }

            @Override
            public String getCurrentSpanId() {
                return trace.get() == null ? null : "00f067aa0ba902b7";
            }

            @Override
            public boolean isCurrentSpanSampled() {
                return trace.get() != null;
            }

            @Override
            public void markCurrentSpanAsExemplar() {}
        };
    }

    @Test
    void shouldGoOutByOtlp() throws Exception {
        List<byte[]> sent = new ArrayList<>();
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(new OtlpConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }
                })
                .metricsSender(request -> sent.add(request.getMetricsData()))
                .build();
        countOneOfEach(SipMetrics.builder(registry).zeros(false).peers(PEERS).build());
        registry.close();

        Map<String, Set<String>> keysByName = new TreeMap<>();
        for (Metric metric : ExportMetricsServiceRequest.parseFrom(sent.get(0))
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList()) {
            Set<String> keys = new TreeSet<>();
            List<KeyValue> attributes = switch (metric.getDataCase()) {
                case SUM -> metric.getSum().getDataPoints(0).getAttributesList();
                case GAUGE -> metric.getGauge().getDataPoints(0).getAttributesList();
                case HISTOGRAM -> metric.getHistogram().getDataPoints(0).getAttributesList();
                case SUMMARY -> metric.getSummary().getDataPoints(0).getAttributesList();
                default -> throw new AssertionError(metric.getDataCase());
            };
            attributes.forEach(attribute -> keys.add(attribute.getKey()));
            keysByName.put(metric.getName(), keys);
        }
        for (SipMeters meter : SipMeters.values()) {
            Set<String> keys = new TreeSet<>();
            for (var key : meter.getKeyNames()) {
                keys.add(key.asString());
            }
            assertThat(keysByName).containsEntry(meter.getName(), keys);
        }
    }

    private static List<Sample> samples(String scrape) {
        List<Sample> samples = new ArrayList<>();
        for (String line : scrape.lines().filter(line -> !line.startsWith("#")).toList()) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Map<String, String> labels = new TreeMap<>();
            if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
            }
            samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
        }
        return samples;
    }

    /** The tables of docs/metrics.md as a reader has them: nothing here knows the code. */
    private static final class Page {

        private final Map<String, Set<String>> keys = new TreeMap<>();
        private final Map<String, Set<String>> values = new TreeMap<>();
        private final Map<String, List<String>> codes = new TreeMap<>();

        static Page read(Path file) throws IOException {
            Page page = new Page();
            String table = "";
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith("|")) {
                    table = "";
                    continue;
                }
                List<String> cells =
                        List.of(line.substring(2, line.length() - 2).split(" \\| "));
                if (table.isEmpty()) {
                    table = cells.get(0);
                } else if (!line.startsWith("|---")) {
                    page.row(table, cells);
                }
            }
            return page;
        }

        private void row(String table, List<String> cells) {
            switch (table) {
                case "meter" -> keys.put(bare(cells.get(1)).iterator().next(), new TreeSet<>(bare(cells.get(3))));
                case "tag" -> values.put(cells.get(0).replace("`", ""), bare(cells.get(1)));
                case "`code`" ->
                    codes.put(
                            cells.get(0).replace("`", ""),
                            List.of(
                                    cells.get(1).replace("`", ""),
                                    cells.get(2),
                                    cells.get(3).replace("`", "")));
                default -> {}
            }
        }

        private static Set<String> bare(String cell) {
            Set<String> words = new LinkedHashSet<>();
            Matcher word = Pattern.compile("`([^`]*)`").matcher(cell);
            while (word.find()) {
                words.add(word.group(1));
            }
            return words;
        }

        void check(String meter, String key, String value) {
            switch (key) {
                case "reason" ->
                    assertThat(values.get(
                                    "reason of " + meter.replace("_total", "").replace('_', '.')))
                            .contains(value);
                case "code" -> assertThat(codes).containsKey(value);
                case "peer" -> assertThat(value).isIn("trunk", "other");
                case "rule" -> assertThat(value).isEqualTo("allow-missing");
                case "cause" -> assertThat(value).matches("[0-9]{1,3}|[1-6]xx|other");
                case "meaning", "le" -> {}
                default -> assertThat(values.get(key)).as("values of %s", key).contains(value);
            }
        }

        void checkCode(String name, Map<String, String> labels) {
            if (labels.containsKey("code")) {
                List<String> code = codes.get(labels.get("code"));
                assertThat(labels.get("class")).isEqualTo(code.get(0));
                assertThat(labels.get("meaning")).isEqualTo(code.get(1));
                if (name.equals("sip_responses_total")) {
                    assertThat(labels.get("outcome")).isEqualTo(code.get(2));
                }
            }
        }
    }
}
