package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import java.time.Duration;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.lang.Nullable;

/**
 * The catalog, its words as messages, codes as parameters, answers for REST callers, the latest failures, for which
 * nothing but Spring is needed. And where JAIN-SIP is there, attaches to the stacks that the application builds, and tells
 * log, meters, latest failures and application what they see. Without this, the others have nothing to do.
 *
 * <p>Here and there methods of beans are static and the configuration is lazy, so that Spring makes no bean of the
 * configuration; what must be there from the start says that it is not lazy. And all come after Boot's, whose conditions
 * search hundreds of times for beans of a type: each search looks at every bean that there is by then.
 */
@Lazy
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sipcodes.enabled", matchIfMissing = true)
@EnableConfigurationProperties
public class SipCodesAutoConfiguration {

    /** Of all JAIN-SIP's classes one that takes a start little time to load. */
    static final String JAIN_SIP = "gov.nist.core.StackLogger";

    /** The bean of what is set, which is made at the start where anything is. */
    static final String PROPERTIES = "sipCodesProperties";

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("sipcodes");

    /** For Spring. */
    public SipCodesAutoConfiguration() {}

    // Not named above, for Boot would read the class and all that it is made of at each start.
    @Bean(PROPERTIES)
    static SipCodesProperties sipCodesProperties() {
        return new SipCodesProperties();
    }

    // A bean of the application goes before a fallback. A condition on the type would have all beans searched, while
    // their configurations are still being read.
    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "sipCatalog")
    static SipCatalog sipCatalog(SipCodesProperties sipCodesProperties) {
        return sipCodesProperties.hasOverrides()
                ? SipCatalog.standard().with(Overrides.of(sipCodesProperties))
                : SipCatalog.standard();
    }

    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "sipQ850Profile")
    static Q850Profile sipQ850Profile(SipCodesProperties sipCodesProperties) {
        return sipCodesProperties.getQ850Profile();
    }

    @Bean
    @Lazy(false)
    static AfterStart sipAfterStart() {
        return new AfterStart(Duration.ofSeconds(1));
    }

    @Bean
    @Lazy(false)
    static Languages sipLanguages(ApplicationContext context, AfterStart sipAfterStart) {
        SipCodesProperties set = isAnySet(context) ? context.getBean(SipCodesProperties.class) : null;
        Languages languages = Languages.of(
                context.getBeanProvider(SipCatalog.class),
                set == null ? SipCodesProperties.LANGUAGE : set.getLanguage());
        if (set != null && set.hasOverrides()) {
            // What is set wrongly ends the start.
            languages.catalog();
        }
        // A file of words that is wrong is to be seen in the log now, and not when its first reader comes.
        sipAfterStart.later(languages);
        return languages;
    }

    // By name, which takes Spring no search: nobody else can make one. In a hierarchy of contexts the uppermost has it.
    @Bean
    @ConditionalOnMissingBean(name = "sipRecentFailures")
    static RecentFailures sipRecentFailures(SipCodesProperties sipCodesProperties) {
        return new RecentFailures(sipCodesProperties.getFailures().getCapacity());
    }

    @Bean
    @Lazy(false)
    @ConditionalOnBooleanProperty(name = "sipcodes.messages.enabled", matchIfMissing = true)
    static MessageFallback sipMessageFallback(ApplicationContext context, Languages sipLanguages) {
        return new MessageFallback(
                context, new CatalogMessageSource(sipLanguages, context.getBeanProvider(SipCodesProperties.class)));
    }

    @Bean
    @ConditionalOnClass(name = "org.springframework.http.ProblemDetail")
    static SipProblems sipProblems(SipCatalog sipCatalog, SipCodesProperties sipCodesProperties) {
        return new SipProblems(sipCatalog, sipCodesProperties.getProvider());
    }

    @Bean
    @Lazy(false)
    static GenericConverter sipCodeConverter() {
        return new SipCodeConverter();
    }

    @Bean
    @Lazy(false)
    @ConditionalOnClass(name = JAIN_SIP)
    static StackAttachment sipStackAttachment() {
        return new StackAttachment();
    }

    // One bean for all that is told of events, which looks for meters and listeners itself when all beans are known. In
    // a hierarchy of contexts the uppermost has it, or all would be told twice. Where a parameter has its bean's name,
    // Spring need not search by type.
    @Bean
    @Lazy(false)
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
    @Lazy(false)
    @ConditionalOnClass(name = {JAIN_SIP, "io.prometheus.metrics.tracer.common.SpanContext"})
    @ConditionalOnBooleanProperty(name = "sipcodes.tracing.enabled", matchIfMissing = true)
    static CountedTraceExemplars sipCountedTraceExemplars() {
        return new CountedTraceExemplars();
    }

    /**
     * Whether any property of the kit's is set, or may be, where Boot looks for it. If not, nothing can be wrong, and the
     * start need not wait until all of them have been read.
     */
    static boolean isAnySet(ApplicationContext context) {
        Environment environment = context.getEnvironment();
        // Boot has attached them, and has read them already.
        ConfigurationPropertySources.attach(environment);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (mayHave(source)) {
                return true;
            }
        }
        // A configurer of placeholders may have files of its own, from which Boot binds too. It is there by now, and
        // going through what is there takes less than having all beans searched by their type.
        SingletonBeanRegistry beans = (SingletonBeanRegistry) context.getAutowireCapableBeanFactory();
        for (String name : beans.getSingletonNames()) {
            // A name is there from when its bean is being made.
            if (beans.containsSingleton(name)
                    && beans.getSingleton(name) instanceof PropertySourcesPlaceholderConfigurer configurer
                    && mayHave(configurer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHave(PropertySourcesPlaceholderConfigurer configurer) {
        for (PropertySource<?> source : configurer.getAppliedPropertySources()) {
            boolean known = source.getName()
                    .equals(PropertySourcesPlaceholderConfigurer.ENVIRONMENT_PROPERTIES_PROPERTY_SOURCE_NAME);
            if (!known && mayHave(ConfigurationPropertySource.from(source))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHave(@Nullable ConfigurationPropertySource source) {
        return source == null || source.containsDescendantOf(PREFIX) != ConfigurationPropertyState.ABSENT;
    }
}
