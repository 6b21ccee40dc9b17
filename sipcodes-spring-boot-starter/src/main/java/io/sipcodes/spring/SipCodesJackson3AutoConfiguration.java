package io.sipcodes.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.JacksonModule;

/** Codes in JSON by Jackson 3, where the application has it: Boot registers a bean that is a module with its mapper. */
@Lazy
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass(JacksonModule.class)
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesJackson3AutoConfiguration {

    /** For Spring. */
    public SipCodesJackson3AutoConfiguration() {}

    @Bean
    static JacksonModule sipCodeJackson3Module() {
        return new SipCodeJackson3();
    }
}
