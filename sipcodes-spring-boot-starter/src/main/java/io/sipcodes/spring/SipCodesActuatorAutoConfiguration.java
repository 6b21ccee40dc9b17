package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The Actuator endpoint {@code sipcodes}, where the application exposes it, and a few words in {@code info}. */
@Lazy
@AutoConfiguration(after = SipCodesJainSipAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesActuatorAutoConfiguration {

    /** For Spring. */
    public SipCodesActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnBooleanProperty(name = "management.info.sipcodes.enabled", matchIfMissing = true)
    static SipCodesInfo sipCodesInfo(ObjectProvider<Traffic> traffic, Languages languages) {
        return new SipCodesInfo(new State(traffic, languages));
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = SipCodesEndpoint.class)
    static SipCodesEndpoint sipCodesEndpoint(
            SipCatalog catalog,
            Q850Profile profile,
            Languages languages,
            RecentFailures failures,
            ObjectProvider<Traffic> traffic,
            SipCodesProperties properties) {
        return new SipCodesEndpoint(
                catalog,
                profile,
                languages,
                failures,
                new State(traffic, languages),
                properties.getRedaction().redaction());
    }

    @Bean
    @ConditionalOnBean(name = "sipCodesEndpoint")
    static SipCodesEndpointWebExtension sipCodesEndpointWebExtension(SipCodesEndpoint endpoint) {
        return new SipCodesEndpointWebExtension(endpoint);
    }
}
