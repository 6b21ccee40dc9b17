package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;

/** The Actuator endpoint {@code sipcodes}, where the application exposes it, and a few words in {@code info}. */
@Lazy
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesActuatorAutoConfiguration {

    /** For Spring. */
    public SipCodesActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledInfoContributor("sipcodes")
    static SipCodesInfo sipCodesInfo(ObjectProvider<EventFlow> flow, Languages sipLanguages) {
        return new SipCodesInfo(new State(flow, sipLanguages));
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = SipCodesEndpoint.class)
    static SipCodesEndpoint sipCodesEndpoint(
            SipCatalog sipCatalog,
            Q850Profile sipQ850Profile,
            Languages sipLanguages,
            RecentFailures sipRecentFailures,
            ObjectProvider<EventFlow> flow,
            SipCodesProperties sipCodesProperties) {
        return new SipCodesEndpoint(
                sipCatalog,
                sipQ850Profile,
                sipLanguages,
                sipRecentFailures,
                new State(flow, sipLanguages),
                sipCodesProperties.getRedaction().redaction(),
                sipCodesProperties.getProvider());
    }

    @Bean
    @ConditionalOnBean(name = "sipCodesEndpoint")
    static SipCodesEndpointWebExtension sipCodesEndpointWebExtension(SipCodesEndpoint sipCodesEndpoint) {
        return new SipCodesEndpointWebExtension(sipCodesEndpoint);
    }
}
