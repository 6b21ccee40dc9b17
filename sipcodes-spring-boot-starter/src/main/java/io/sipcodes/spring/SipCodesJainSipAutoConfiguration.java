package io.sipcodes.spring;

import gov.nist.core.ServerLogger;
import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.FailureLog;
import java.util.ArrayList;
import java.util.List;
import javax.sip.SipStack;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Attaches to the JAIN-SIP stacks that the application builds, and tells log, meters, ring and application what they see;
 * meters where there is a meter registry, with the traces of a tracer if there is one.
 */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({SipStack.class, ServerLogger.class})
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesJainSipAutoConfiguration {

    static final String TRACER = "io.micrometer.tracing.Tracer";
    static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";
    static final String SIP_METRICS = "io.sipcodes.micrometer.SipMetrics";

    /** For Spring. */
    public SipCodesJainSipAutoConfiguration() {}

    @Bean
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    // One bean for all that is told of events, and no condition on the type of a bean: each makes every start a little
    // longer, and by now all beans are known. In a hierarchy of contexts the uppermost has it, or all would be told
    // twice. Where a parameter has its bean's name, Spring need not search by type.
    @Bean
    @ConditionalOnMissingBean(name = "sipEventFlow")
    static EventFlow sipEventFlow(
            ApplicationContext context,
            SipCatalog sipCatalog,
            Languages sipLanguages,
            RecentFailures sipRecentFailures,
            AfterStart sipAfterStart,
            StackAttachment sipStackAttachment,
            SipCodesProperties properties) {
        List<EventSink> sinks = new ArrayList<>();
        if (properties.getLog().isEnabled()) {
            sinks.add(new EventSink("log", log(sipCatalog, sipLanguages, properties)));
        }
        Traces traces = properties.getTracing().isEnabled() && has(TRACER, context) ? Traces.find(context) : null;
        if (properties.getMetrics().isEnabled() && has(METER_REGISTRY, context) && has(SIP_METRICS, context)) {
            EventSink meters = Metering.find(context, properties.getMetrics(), traces, sipAfterStart);
            if (meters != null) {
                sinks.add(meters);
            }
        }
        sinks.add(new EventSink("recent failures", sipRecentFailures::see));
        sinks.add(new EventSink(
                "application events",
                new EventPublisher(context, properties.getEvents().getPublish())));
        List<SipFailureListener> own = context.getBeanProvider(SipFailureListener.class)
                .orderedStream()
                .toList();
        if (!own.isEmpty()) {
            sinks.add(new EventSink("failure listeners", new FailureListeners(own)));
        }
        return new EventFlow(
                sinks, traces == null ? null : traces::current, sipStackAttachment, sipCatalog, properties);
    }

    private static boolean has(String type, ResourceLoader context) {
        return ClassUtils.isPresent(type, context.getClassLoader());
    }

    @Bean
    @ConditionalOnClass(name = "io.prometheus.metrics.tracer.common.SpanContext")
    @ConditionalOnBooleanProperty(name = "sipcodes.tracing.enabled", matchIfMissing = true)
    static CountedTraceExemplars sipCountedTraceExemplars() {
        return new CountedTraceExemplars();
    }

    private static FailureLog log(SipCatalog catalog, Languages languages, SipCodesProperties properties) {
        SipCodesProperties.Log log = properties.getLog();
        FailureLog.Builder builder = FailureLog.builder()
                .catalog(catalog)
                .language(languages.standard())
                .redaction(properties.getRedaction().redaction())
                .mdc(log.isMdc());
        PropertyException.guard("sipcodes.log.limit", log.getLimit(), () -> builder.limit(log.getLimit()));
        PropertyException.guard("sipcodes.log.window", log.getWindow(), () -> builder.window(log.getWindow()));
        return builder.build();
    }
}
