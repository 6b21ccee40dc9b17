package io.sipcodes.spring;

import gov.nist.core.ServerLogger;
import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.FailureLog;
import javax.sip.SipStack;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Attaches to the JAIN-SIP stacks that the application builds, and tells log, ring and application what they see. */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({SipStack.class, ServerLogger.class})
@ConditionalOnBean(State.class)
public class SipCodesJainSipAutoConfiguration {

    /** For Spring. */
    public SipCodesJainSipAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    @Bean
    @ConditionalOnMissingBean
    EventFlow sipEventFlow(
            ObjectProvider<EventSink> sinks,
            ObjectProvider<TraceSource> traces,
            Attachment attachment,
            SipCatalog catalog,
            SipCodesProperties properties) {
        return new EventFlow(sinks, traces, attachment, catalog, properties);
    }

    @Bean
    @Order(1)
    @ConditionalOnBooleanProperty(name = "sipcodes.log.enabled", matchIfMissing = true)
    EventSink sipFailureLogSink(SipCatalog catalog, Languages languages, SipCodesProperties properties) {
        SipCodesProperties.Log log = properties.getLog();
        FailureLog.Builder builder = FailureLog.builder()
                .catalog(catalog)
                .language(languages.standard())
                .redaction(properties.getRedaction().redaction())
                .mdc(log.isMdc());
        PropertyException.guard("sipcodes.log.limit", log.getLimit(), () -> builder.limit(log.getLimit()));
        PropertyException.guard("sipcodes.log.window", log.getWindow(), () -> builder.window(log.getWindow()));
        return new EventSink("log", builder.build());
    }

    @Bean
    @Order(3)
    EventSink sipRecentFailuresSink(RecentFailures failures) {
        return new EventSink("recent failures", failures::see);
    }

    @Bean
    @Order(4)
    EventSink sipEventPublisherSink(ApplicationEventPublisher publisher, SipCodesProperties properties) {
        return new EventSink(
                "application events",
                new EventPublisher(publisher, properties.getEvents().getPublish()));
    }

    @Bean
    @Order(5)
    @ConditionalOnBean(SipFailureListener.class)
    EventSink sipFailureListenerSink(ObjectProvider<SipFailureListener> listeners) {
        return new EventSink(
                "failure listeners",
                new FailureListeners(listeners.orderedStream().toList()));
    }
}
