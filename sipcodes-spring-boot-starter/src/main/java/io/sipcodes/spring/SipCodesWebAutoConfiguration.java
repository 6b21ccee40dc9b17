package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.ProblemDetail;

/** Answers for REST callers. */
@Lazy
@AutoConfiguration(after = SipCodesAutoConfiguration.class)
@ConditionalOnClass(ProblemDetail.class)
@ConditionalOnBean(name = "sipState")
public class SipCodesWebAutoConfiguration {

    /** For Spring. */
    public SipCodesWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static SipProblems sipProblems(SipCatalog catalog) {
        return new SipProblems(catalog);
    }
}
