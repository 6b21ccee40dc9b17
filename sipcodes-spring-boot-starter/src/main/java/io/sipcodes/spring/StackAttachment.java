package io.sipcodes.spring;

import gov.nist.core.ServerLogger;
import io.sipcodes.jainsip.SipAttachment;
import io.sipcodes.jainsip.SipCodesServerLogger;
import io.sipcodes.jainsip.SipCodesStackLogger;
import io.sipcodes.spring.SipCodesProperties.Attach;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Attaches to JAIN-SIP before any bean exists, and so before any stack that a bean builds, be it in a constructor; until
 * the context closes.
 */
final class StackAttachment implements BeanDefinitionRegistryPostProcessor, Ordered, EnvironmentAware, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private Attach mode = Attach.AUTO;
    private SipAttachment attachment;
    private String obstacle = "";

    @Override
    public void setEnvironment(Environment environment) {
        // The properties bean does not exist yet, and making it now would be too early for its own processors.
        mode = Binder.get(environment)
                .bind("sipcodes.jainsip.attach", Attach.class)
                .orElse(Attach.AUTO);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (mode == Attach.NEVER || Boolean.getBoolean("spring.aot.processing")) {
            obstacle = "switched off";
            return;
        }
        obstacle = obstacle(mode).orElse("");
        if (obstacle.isEmpty()) {
            attachment = SipAttachment.attach();
        } else {
            log.warn(
                    "Not attached to JAIN-SIP: {}. To attach a stack by hand, put into its own properties"
                            + " gov.nist.javax.sip.STACK_LOGGER={} and gov.nist.javax.sip.SERVER_LOGGER={}",
                    obstacle,
                    SipCodesStackLogger.class.getName(),
                    SipCodesServerLogger.class.getName());
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // All is done above.
    }

    /** Whether stacks are attached to. */
    boolean attached() {
        return attachment != null;
    }

    /** Why not, or empty. */
    String obstacle() {
        return obstacle;
    }

    @Override
    public void destroy() {
        if (attachment != null) {
            attachment.close();
        }
    }

    // Every stack of the JVM will look for our classes by name, and cannot be built where it does not find them.
    private static Optional<String> obstacle(Attach mode) {
        ClassLoader kit = SipCodesServerLogger.class.getClassLoader();
        if (!sees(ServerLogger.class.getClassLoader(), SipCodesServerLogger.class)) {
            return Optional.of("its class loader cannot load the kit's classes, which are in another one");
        }
        if (mode == Attach.AUTO && !isOfWholeJvm(kit)) {
            return Optional.of("other applications in this JVM might build stacks that cannot load the kit's classes"
                    + " (set sipcodes.jainsip.attach=always if there are none)");
        }
        return Optional.empty();
    }

    private static boolean sees(ClassLoader stack, Class<?> logger) {
        try {
            return Class.forName(logger.getName(), false, stack) == logger;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean isOfWholeJvm(ClassLoader kit) {
        return kit == ClassLoader.getSystemClassLoader()
                || kit.getClass().getName().startsWith("org.springframework.boot.loader.");
    }
}
