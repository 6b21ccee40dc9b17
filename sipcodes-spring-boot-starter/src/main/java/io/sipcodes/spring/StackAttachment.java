package io.sipcodes.spring;

import io.sipcodes.jainsip.SipAttachment;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Attaches to JAIN-SIP before any bean exists, and so before any stack that a bean builds, be it in a constructor; until
 * the context closes.
 */
final class StackAttachment implements BeanDefinitionRegistryPostProcessor, Ordered, EnvironmentAware, DisposableBean {

    private static final String PROPERTY = "sipcodes.jainsip.attach";
    private static final String OWN_LOGGERS = "sipcodes.jainsip.own-loggers";

    /** How the classes begin that define the kit's beans. */
    private static final String CONFIGURATIONS = "io.sipcodes.spring.SipCodes";

    private boolean wanted;
    private boolean ownLoggers;
    private SipAttachment attachment;

    // The properties bean does not exist yet, and making it now would be too early for its own processors.
    @Override
    public void setEnvironment(Environment environment) {
        wanted = environment.getProperty(PROPERTY, Boolean.class, true);
        ownLoggers = environment.getProperty(OWN_LOGGERS, Boolean.class, true);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        // The build that prepares an application for a native image comes here too, and builds no stack.
        if (wanted && !Boolean.getBoolean("spring.aot.processing")) {
            SipAttachment.callOwnLoggers(ownLoggers);
            attachment = SipAttachment.attach();
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // None of the kit's beans listens by an annotation. Spring, told of a plain object in their place, does not go
        // through their methods at each start, which would load all classes that these name.
        for (String name : beanFactory.getBeanDefinitionNames()) {
            BeanDefinition definition = beanFactory.getBeanDefinition(name);
            String type = definition.getBeanClassName();
            if (type != null && type.startsWith(CONFIGURATIONS)) {
                definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Object.class);
            }
        }
    }

    /** Why stacks that are built now are not attached to; empty if they are. */
    String obstacle() {
        return attachment == null
                ? PROPERTY + " is false"
                : attachment.obstacle().orElse("");
    }

    @Override
    public void destroy() {
        if (attachment != null) {
            attachment.close();
        }
    }
}
