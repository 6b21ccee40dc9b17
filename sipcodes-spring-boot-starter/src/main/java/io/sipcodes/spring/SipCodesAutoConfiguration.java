package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import java.time.Duration;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.GenericConverter;

/**
 * The catalog, its words as messages, codes as parameters, answers for REST callers, the latest failures, for which
 * nothing but Spring is needed. And where JAIN-SIP is there, attaches to the stacks that the application builds, and tells
 * log, meters, latest failures and application what they see. Without this, the others have nothing to do.
 *
 * <p>Here and there methods of beans are static, and a configuration is lazy where none of its beans must be there from
 * the start: Spring then makes no bean of the configuration. And all come after Boot's, whose conditions search hundreds of
 * times for beans of a type: each search looks at every bean that there is by then.
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sipcodes.enabled", matchIfMissing = true)
@EnableConfigurationProperties
public class SipCodesAutoConfiguration {

    /** Of all JAIN-SIP's classes one that takes a start little time to load. */
    static final String JAIN_SIP = "gov.nist.core.StackLogger";

    /** The bean of what is set, which is made at the start where anything is. */
    static final String PROPERTIES = "sipCodesProperties";

    /** For Spring. */
    public SipCodesAutoConfiguration() {}

    // Not named above, for Boot would read the class and all that it is made of at each start.
    @Bean(PROPERTIES)
    @Lazy
    static SipCodesProperties sipCodesProperties() {
        return new SipCodesProperties();
    }

    // A bean of the application goes before a fallback. A condition on the type would have all beans searched, while
    // their configurations are still being read.
    @Bean
    @Lazy
    @Fallback
    @ConditionalOnMissingBean(name = "sipCatalog")
    static SipCatalog sipCatalog(SipCodesProperties sipCodesProperties) {
        return sipCodesProperties.hasOverrides()
                ? SipCatalog.standard().with(Overrides.of(sipCodesProperties))
                : SipCatalog.standard();
    }

    @Bean
    @Lazy
    @Fallback
    @ConditionalOnMissingBean(name = "sipQ850Profile")
    static Q850Profile sipQ850Profile(SipCodesProperties sipCodesProperties) {
        return sipCodesProperties.getQ850Profile();
    }

    @Bean
    static AfterStart sipAfterStart() {
        return new AfterStart(Duration.ofSeconds(1));
    }

    @Bean
    static Languages sipLanguages(
            ObjectFactory<SipCatalog> catalog,
            ObjectFactory<SipCodesProperties> properties,
            ApplicationContext context,
            AfterStart sipAfterStart) {
        boolean set = SipCodesProperties.areSet(context);
        Languages languages =
                Languages.of(catalog, set ? properties.getObject().getLanguage() : SipCodesProperties.LANGUAGE);
        if (set && properties.getObject().hasOverrides()) {
            // What is set wrongly ends the start.
            languages.catalog();
        }
        // A file of words that is wrong is to be seen in the log now, and not when its first reader comes.
        sipAfterStart.later(languages);
        return languages;
    }

    // By name, which takes Spring no search: nobody else can make one. In a hierarchy of contexts the uppermost has it.
    @Bean
    @Lazy
    @ConditionalOnMissingBean(name = "sipRecentFailures")
    static RecentFailures sipRecentFailures(SipCodesProperties sipCodesProperties) {
        return new RecentFailures(sipCodesProperties.getFailures().getCapacity());
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "sipcodes.messages.enabled", matchIfMissing = true)
    static MessageFallback sipMessageFallback(
            ApplicationContext context, Languages sipLanguages, ObjectFactory<SipCodesProperties> properties) {
        return new MessageFallback(context, new CatalogMessageSource(sipLanguages, properties));
    }

    @Bean
    @Lazy
    @ConditionalOnClass(name = "org.springframework.http.ProblemDetail")
    static SipProblems sipProblems(SipCatalog sipCatalog, SipCodesProperties sipCodesProperties) {
        return new SipProblems(sipCatalog, sipCodesProperties.getProvider());
    }

    @Bean
    static GenericConverter sipCodeConverter() {
        return new SipCodeConverter();
    }

    @Bean
    @ConditionalOnClass(name = JAIN_SIP)
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    // One bean for all that is told of events, which looks for meters and listeners itself when all beans are known. In
    // a hierarchy of contexts the uppermost has it, or all would be told twice. Where a parameter has its bean's name,
    // Spring need not search by type.
    @Bean
    @ConditionalOnClass(name = JAIN_SIP)
    @ConditionalOnMissingBean(name = "sipEventFlow")
    static EventFlow sipEventFlow(
            ApplicationContext context,
            StackAttachment sipStackAttachment,
            Languages sipLanguages,
            AfterStart sipAfterStart) {
        return new EventFlow(context, sipStackAttachment, sipLanguages, sipAfterStart);
    }

    @Bean
    @ConditionalOnClass(name = {JAIN_SIP, "io.prometheus.metrics.tracer.common.SpanContext"})
    @ConditionalOnBooleanProperty(name = "sipcodes.tracing.enabled", matchIfMissing = true)
    static CountedTraceExemplars sipCountedTraceExemplars() {
        return new CountedTraceExemplars();
    }
}
