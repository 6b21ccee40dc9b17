package io.sipcodes.spring;

import com.fasterxml.jackson.databind.Module;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;

/** Codes in JSON by Jackson 2, where the application has it: Boot registers a bean that is a module with its mapper. */
@Lazy
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass(Module.class)
@ConditionalOnBean(name = "sipLanguages")
public class SipCodesJackson2AutoConfiguration {

    /** For Spring. */
    public SipCodesJackson2AutoConfiguration() {}

    @Bean
    static Module sipCodeJackson2Module() {
        return new SipCodeJackson2();
    }
}
