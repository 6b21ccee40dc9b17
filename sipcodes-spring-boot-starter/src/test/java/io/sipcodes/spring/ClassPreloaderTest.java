package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sipcodes.SipCode;
import io.sipcodes.jainsip.SipTraffic;
import io.sipcodes.micrometer.SipMetrics;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

class ClassPreloaderTest {

    static final List<String> NAMES = ClassPreloader.FIRST;
    private static final String IGNORE = "spring.backgroundpreinitializer.ignore";
    private static final String PROBED = "sipcodes.test.initialized";

    @AfterEach
    void forget() {
        System.clearProperty(IGNORE);
        System.clearProperty(PROBED);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldNameOnlyClassesThatThereAre(String name) {
        assertThatCode(() ->
                        Class.forName("io.sipcodes." + name, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "false, false, false", "true, true, false"})
    void shouldWorkWhereTheKitIsOnAndBootMayDoTheLike(boolean enabled, boolean ignore, boolean expected) {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        System.setProperty(IGNORE, "" + ignore);

        assertThat(ClassPreloader.isWanted(new MockEnvironment().withProperty("sipcodes.enabled", "" + enabled)))
                .isEqualTo(expected);
    }

    @Test
    void shouldBeCalledBySpringBoot() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationListener.class))
                .hasAtLeastOneElementOfType(ClassPreloader.class);
    }

    @Test
    void shouldLoadWhatAStartNeeds() throws Exception {
        assumeTrue(ClassPreloader.isWanted(new MockEnvironment()));
        try (Kit kit = new Kit()) {
            Class<?> type = kit.loadClass(ClassPreloader.class.getName());
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);

            var listen = type.getDeclaredMethod("onApplicationEvent", ApplicationEnvironmentPreparedEvent.class);
            listen.setAccessible(true);
            listen.invoke(
                    constructor.newInstance(),
                    new ApplicationEnvironmentPreparedEvent(
                            null, new SpringApplication(), new String[0], new MockEnvironment()));

            // The last of the list, and one that only comes along.
            await().until(() -> kit.has("io.sipcodes.jainsip.Deadlines"));
            assertThat(kit.has("io.sipcodes.spring.EventFlow")).isTrue();
        }
    }

    @Test
    void shouldInitializeNothing() throws Exception {
        try (Kit kit = new Kit()) {
            String name = Probe.class.getName();

            ClassPreloader.load(name, kit);

            assertThat(kit.has(name)).isTrue();
            assertThat(System.getProperty(PROBED)).isNull();
            Class.forName(name, true, kit);
            assertThat(System.getProperty(PROBED)).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @CsvSource({"io.sipcodes.NoSuchClass", "io.sipcodes.spring.EventFlow"})
    void shouldSayNothingOfWhatIsMissing(String name) throws Exception {
        // Here EventFlow does not find Spring.
        try (URLClassLoader kit = new URLClassLoader(Kit.urls(), ClassLoader.getPlatformClassLoader())) {
            assertThatCode(() -> ClassPreloader.load(name, kit)).doesNotThrowAnyException();
        }
    }

    static final class Probe {
        static {
            System.setProperty(PROBED, "true");
        }
    }

    /** Has the kit's classes for itself, and tells which it has loaded. */
    private static final class Kit extends URLClassLoader {

        Kit() {
            super(urls(), Kit.class.getClassLoader());
        }

        static URL[] urls() {
            return Stream.of(SipCode.class, SipTraffic.class, SipMetrics.class, ClassPreloader.class, Probe.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new);
        }

        boolean has(String name) {
            return findLoadedClass(name) != null;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.sipcodes.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }
}
