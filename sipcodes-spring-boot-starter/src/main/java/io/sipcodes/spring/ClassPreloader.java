package io.sipcodes.spring;

import java.util.List;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/**
 * Loads the kit's classes beside the start of the application, which would otherwise wait for each of them: to find and
 * check a hundred of them is half of what the kit adds to a start. Where Spring Boot must not do the like, this does not
 * either.
 *
 * <p>Classes are loaded and verified here, never initialized: two threads that initialize classes may wait for each other
 * for ever.
 */
final class ClassPreloader implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** In the order in which a start needs them. The other classes come along: their methods name them. */
    static final List<String> FIRST = List.of(
            "spring.SipCodesAutoConfiguration",
            "spring.SipCodesJackson2AutoConfiguration",
            "spring.SipCodesJainSipAutoConfiguration",
            "spring.SipCodesActuatorAutoConfiguration",
            "jainsip.SipAttachment",
            "jainsip.SipCodesServerLogger",
            "spring.CountedTraceExemplars$Told",
            "spring.SipCodeConverter",
            "spring.SipCodeJackson3",
            "spring.SipCodeJackson2",
            "spring.SipCodesProperties",
            "spring.SipCodesProperties$Meaning",
            "Q850Profile",
            "SipCatalog",
            "Ids",
            "Texts",
            "spring.AfterStart$Once",
            "spring.RecentFailures",
            "spring.MessageFallback",
            "spring.Traces",
            "spring.Metering",
            "jainsip.StackLog",
            "spring.EventPublisher",
            "spring.SipFailureListener",
            "spring.CountedTrace",
            "jainsip.SipTraffic",
            "jainsip.Hub",
            "jainsip.Inbox",
            "jainsip.Clock",
            "spring.SipCodesInfo",
            // What the thread needs first that makes events of messages.
            "jainsip.Fingerprints",
            "jainsip.Fingerprints$Key",
            "jainsip.CallTracker",
            "jainsip.FingerprintMap",
            "jainsip.EndedTransactions",
            "jainsip.Deadlines");

    private static final String PACKAGE = "io.sipcodes.";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (isWanted(event.getEnvironment())) {
            Thread thread = new Thread(ClassPreloader::loadFirst, "sipcodes-classes");
            thread.setDaemon(true);
            thread.start();
        }
    }

    static boolean isWanted(Environment environment) {
        return Runtime.getRuntime().availableProcessors() > 1
                && !NativeDetector.inNativeImage()
                && !Boolean.getBoolean("spring.backgroundpreinitializer.ignore")
                // A value that is none is told later, by whoever asks first what it means.
                && !"false".equalsIgnoreCase(environment.getProperty("sipcodes.enabled"));
    }

    private static void loadFirst() {
        for (String name : FIRST) {
            load(PACKAGE + name, ClassPreloader.class.getClassLoader());
        }
    }

    static void load(String name, ClassLoader loader) {
        try {
            // To ask for its methods has a class verified, and their types loaded.
            Class.forName(name, false, loader).getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError e) {
            // A library is missing. Who needs it says so; here nobody does.
        }
    }
}
