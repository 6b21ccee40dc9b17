package io.sipcodes.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application that has nothing but the starter's auto-configurations. */
final class Application {

    static final Class<?>[] ALL = {
        SipCodesAutoConfiguration.class,
        SipCodesActuatorAutoConfiguration.class,
        SipCodesJackson2AutoConfiguration.class
    };

    private Application() {}

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ALL));
    }

    /** What events are told to in such an application, for tests that have no stack. */
    static List<EventSink> sinks(ApplicationContext context) {
        return EventSinks.of(
                context,
                Traces.find(context),
                context.getBean(Languages.class),
                context.getBean(AfterStart.class),
                context.getBean(SipCodesProperties.class));
    }
}
