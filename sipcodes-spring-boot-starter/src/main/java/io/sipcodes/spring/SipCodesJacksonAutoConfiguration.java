package io.sipcodes.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Codes in JSON: Boot registers a module bean of Jackson 2 or 3 with its mapper, whichever the application has. */
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnBean(name = "sipState")
public class SipCodesJacksonAutoConfiguration {

    /** For Spring. */
    public SipCodesJacksonAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(com.fasterxml.jackson.databind.Module.class)
    static class OfJackson2 {

        @Bean
        static com.fasterxml.jackson.databind.Module sipCodeJackson2Module() {
            return new SipCodeJackson2();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(tools.jackson.databind.JacksonModule.class)
    static class OfJackson3 {

        @Bean
        static tools.jackson.databind.JacksonModule sipCodeJackson3Module() {
            return new SipCodeJackson3();
        }
    }
}
