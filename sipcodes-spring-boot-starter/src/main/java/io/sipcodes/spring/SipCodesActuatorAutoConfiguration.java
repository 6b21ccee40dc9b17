package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The Actuator endpoint {@code sipcodes}, where the application exposes it, and a few words in {@code info}. */
@AutoConfiguration(after = SipCodesJainSipAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(State.class)
public class SipCodesActuatorAutoConfiguration {

    /** For Spring. */
    public SipCodesActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "management.info.sipcodes.enabled", matchIfMissing = true)
    SipCodesInfo sipCodesInfo(State state) {
        return new SipCodesInfo(state);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = SipCodesEndpoint.class)
    SipCodesEndpoint sipCodesEndpoint(
            SipCatalog catalog,
            Q850Profile profile,
            Languages languages,
            RecentFailures failures,
            State state,
            SipCodesProperties properties) {
        return new SipCodesEndpoint(
                catalog,
                profile,
                languages,
                failures,
                state,
                properties.getRedaction().redaction());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = SipCodesEndpoint.class)
    SipCodesEndpointWebExtension sipCodesEndpointWebExtension(
            SipCodesEndpoint endpoint, ObjectProvider<AcceptLanguage> acceptLanguage) {
        return new SipCodesEndpointWebExtension(endpoint, acceptLanguage.getIfAvailable(() -> () -> null));
    }

    /** Endpoints get no header from Boot. In a servlet application the thread knows its request; elsewhere nothing does. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({HttpServletRequest.class, RequestContextHolder.class})
    static class OfServletRequest {

        @Bean
        AcceptLanguage sipAcceptLanguage() {
            return () -> RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                    ? request.getRequest().getHeader("Accept-Language")
                    : null;
        }
    }
}
