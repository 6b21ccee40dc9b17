package io.sipcodes.spring;

import gov.nist.core.ServerLogger;
import io.sipcodes.jainsip.FailureLog;
import javax.sip.SipStack;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Attaches to the JAIN-SIP stacks that the application builds, and logs their failed responses. */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({SipStack.class, ServerLogger.class})
public class SipCodesJainSipAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "sipcodes.log.enabled", matchIfMissing = true)
    EventSink sipFailureLogSink(SipCodesProperties properties) {
        return new EventSink(new FailureLog(properties.language()));
    }

    @Bean
    @ConditionalOnMissingBean
    EventFlow sipEventFlow(ObjectProvider<EventSink> sinks) {
        return new EventFlow(sinks);
    }
}
