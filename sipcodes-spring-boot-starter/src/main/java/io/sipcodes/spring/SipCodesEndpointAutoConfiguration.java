package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint {@code sipcodes}, where the application exposes it. */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(endpoint = SipCodesEndpoint.class)
public class SipCodesEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SipCodesEndpoint sipCodesEndpoint(SipCatalog catalog, RecentFailures failures, SipCodesProperties properties) {
        return new SipCodesEndpoint(catalog, failures, properties.language());
    }

    @Bean
    @ConditionalOnMissingBean
    SipCodesEndpointWebExtension sipCodesEndpointWebExtension(SipCodesEndpoint endpoint) {
        return new SipCodesEndpointWebExtension(endpoint);
    }
}
