package io.sipcodes.spring;

import gov.nist.core.ServerLogger;
import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.FailureLog;
import java.util.ArrayList;
import java.util.List;
import javax.sip.SipStack;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Attaches to the JAIN-SIP stacks that the application builds, and tells log, ring and application what they see. */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({SipStack.class, ServerLogger.class})
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesJainSipAutoConfiguration {

    /** For Spring. */
    public SipCodesJainSipAutoConfiguration() {}

    @Bean
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    // One bean for all that is told of events, for each bean makes every start a little longer. In a hierarchy of
    // contexts the uppermost has it, or all would be told twice.
    @Bean
    @ConditionalOnMissingBean(name = "sipEventFlow")
    static EventFlow sipEventFlow(
            SipCatalog catalog,
            Languages languages,
            RecentFailures failures,
            ApplicationEventPublisher publisher,
            ObjectProvider<SipFailureListener> listeners,
            ObjectProvider<EventSink> metrics,
            ObjectProvider<TraceSource> trace,
            StackAttachment attachment,
            SipCodesProperties properties) {
        List<EventSink> sinks = new ArrayList<>();
        if (properties.getLog().isEnabled()) {
            sinks.add(new EventSink("log", log(catalog, languages, properties)));
        }
        EventSink meters = metrics.getIfAvailable();
        if (meters != null) {
            sinks.add(meters);
        }
        sinks.add(new EventSink("recent failures", failures::see));
        sinks.add(new EventSink(
                "application events",
                new EventPublisher(publisher, properties.getEvents().getPublish())));
        List<SipFailureListener> own = listeners.orderedStream().toList();
        if (!own.isEmpty()) {
            sinks.add(new EventSink("failure listeners", new FailureListeners(own)));
        }
        return new EventFlow(sinks, trace.getIfAvailable(), attachment, catalog, properties);
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
