package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanReporter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Import;

/** From a failed call to its trace: by the exemplar of the metric, and by the log line. */
class TracingTest {

    @ParameterizedTest
    @CsvSource({"1.0, true, true, true", "0.0, true, true, false", "1.0, false, false, false"})
    void shouldLeadToTheTraceInWhichACallWasPlaced(
            String sampled, boolean enabled, boolean inLogLine, boolean asExemplar) throws Exception {
        Running application = Running.start(
                Backend.class,
                "--management.tracing.sampling.probability=" + sampled,
                "--sipcodes.tracing.enabled=" + enabled);
        try (application;
                Caller caller = new Caller()) {
            Tracer tracer = application.context.getBean(Tracer.class);
            int port = application.context.getBean(Switchboard.class).port;
            Span span = tracer.nextSpan().name("call").start();
            Caller.Call call;
            try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
                call = caller.call("busy", port, "udp");
            } finally {
                span.end();
            }
            String traceId = span.context().traceId();

            await().until(() -> counted(scrape(application)).size() == 1);
            assertThat(counted(scrape(application)))
                    .allMatch(line -> line.contains("# {") == asExemplar)
                    .allMatch(line -> line.contains("trace_id=\"" + traceId + "\"") == asExemplar);
            // The line of the stack that placed the call; that which answered it had no trace.
            await().untilAsserted(() -> assertThat(application.log().stream()
                            .filter(line -> line.contains(call.callId()) && line.contains(" <- ")))
                    .hasSize(1)
                    .allMatch(line -> line.contains(traceId) == inLogLine)
                    .allMatch(line -> line.contains(span.context().spanId()) == inLogLine));
        }
    }

    /** The kit begins no span and ends none. */
    @Test
    void shouldAddNoSpanToTheApplicationsOwn() throws Exception {
        Running application =
                Running.start(TracedBackend.class, "--management.tracing.sampling.probability=1.0");
        try (application;
                Caller caller = new Caller()) {
            Tracer tracer = application.context.getBean(Tracer.class);
            SpansReported reported = application.context.getBean(SpansReported.class);
            int port = application.context.getBean(Switchboard.class).port;
            Span span = tracer.nextSpan().name("call").start();
            Caller.Call call;
            try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
                call = caller.call("busy", port, "udp");
            } finally {
                span.end();
            }
            String traceId = span.context().traceId();
            assertThat(call.callId()).isNotEmpty();
            await().until(() -> counted(scrape(application)).stream().anyMatch(line -> line.contains(traceId)));
            tracer.nextSpan().name("mark").start().end();
            await().until(() -> reported.names.contains("mark"));
            assertThat(reported.names).containsOnlyOnce("call");
            assertThat(reported.ofTrace(traceId)).containsExactly("call");
        }
    }

    /** The back end with what an exporter of spans would get. */
    @Import({Backend.class, SpansReported.class})
    static class TracedBackend {}

    static class SpansReported implements SpanReporter {

        private final List<FinishedSpan> spans = new CopyOnWriteArrayList<>();
        final List<String> names = new CopyOnWriteArrayList<>();

        @Override
        public void report(FinishedSpan span) {
            spans.add(span);
            names.add(String.valueOf(span.getName()));
        }

        @Override
        public void close() {}

        List<String> ofTrace(String traceId) {
            return spans.stream()
                    .filter(span -> span.getTraceId().equals(traceId))
                    .map(FinishedSpan::getName)
                    .toList();
        }
    }

    private static String scrape(Running application) {
        return application
                .get("/actuator/prometheus", "Accept", "application/openmetrics-text; version=1.0.0")
                .body();
    }

    /** The attempts that were placed and found the line busy. */
    private static List<String> counted(String scrape) {
        return scrape.lines()
                .filter(line -> line.startsWith("sip_attempts_total{")
                        && line.contains("code=\"486\"")
                        && line.contains("role=\"client\"")
                        && line.contains("} 1.0"))
                .toList();
    }
}
