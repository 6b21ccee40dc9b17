package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What needs nothing but Spring Boot: the catalog, and the latest failures. */
@AutoConfiguration
@EnableConfigurationProperties(SipCodesProperties.class)
public class SipCodesAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SipCatalog sipCatalog() {
        return SipCatalog.standard();
    }

    @Bean
    @ConditionalOnMissingBean
    RecentFailures sipRecentFailures(SipCodesProperties properties) {
        return new RecentFailures(properties.failures().capacity());
    }

    @Bean
    EventSink sipRecentFailuresSink(RecentFailures failures) {
        return new EventSink(failures::see);
    }
}
