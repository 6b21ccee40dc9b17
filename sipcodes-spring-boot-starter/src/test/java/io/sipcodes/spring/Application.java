package io.sipcodes.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

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
}
