package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipCode;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several applications in one JVM, each with a class loader and a JAIN-SIP of its own, as a servlet container has them,
 * and some without the kit: their stacks talk to each other, and each kit hears its own.
 */
@Timeout(60)
class ClassLoadersTest {

    private static final String LOGGERS = "gov.nist.javax.sip.";

    /** What is on the class path of this test, with or without the kit, and nothing else but the JDK. */
    private static URLClassLoader loader(boolean withKit) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            URL url = Path.of(entry).toUri().toURL();
            if (withKit || !url.equals(home(SipAttachment.class)) && !url.equals(home(SipCode.class))) {
                urls.add(url);
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** One application. */
    private static final class Application implements AutoCloseable {

        private final URLClassLoader loader;
        private final Object application;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Application(String name, boolean withKit) throws Exception {
            loader = loader(withKit);
            Properties properties = new Properties();
            properties.setProperty("javax.sip.STACK_NAME", name);
            properties.setProperty(LOGGERS + "THREAD_POOL_SIZE", "1");
            if (withKit) {
                Method kit = loader.loadClass(SipAttachment.class.getName()).getMethod("stackProperties");
                properties.putAll((Properties) kit.invoke(null));
                Consumer<Object> listener = this::hear;
                loader.loadClass(SipTraffic.class.getName())
                        .getMethod("subscribe", Consumer.class)
                        .invoke(null, listener);
            } else {
                properties.setProperty(LOGGERS + "STACK_LOGGER", RecordingStackLogger.class.getName());
            }
            application = loader.loadClass(ForeignApplication.class.getName())
                    .getConstructor(Properties.class)
                    .newInstance(properties);
        }

        // The event is of another class loader than the one that this test knows.
        private void hear(Object event) {
            try {
                if (event.getClass().getSimpleName().equals("ResponseSeen")) {
                    Object message = event.getClass().getMethod("message").invoke(event);
                    heard.add((String) message.getClass().getMethod("stack").invoke(message));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        int call(Application other) {
            return ((IntUnaryOperator) application).applyAsInt(((IntSupplier) other.application).getAsInt());
        }

        /** How many responses of a stack its kit told of. */
        long responses(String stack) {
            return heard.stream().filter(stack::equals).count();
        }

        @Override
        public void close() throws Exception {
            ((AutoCloseable) application).close();
        }
    }

    @Test
    void shouldWorkBesideAnApplicationWithoutTheKit() throws Exception {
        try (Application with = new Application("with-kit", true);
                Application without = new Application("without-kit", false)) {
            assertThatThrownBy(() -> without.loader.loadClass(SipCodesServerLogger.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            for (int i = 0; i < 2; i++) {
                assertThat(with.call(without)).isEqualTo(486);
                assertThat(without.call(with)).isEqualTo(486);
            }
            await().untilAsserted(() -> assertThat(with.responses("with-kit")).isEqualTo(4));
            assertThat(with.responses("without-kit")).isZero();
        }
        assertThat(System.getProperty(LOGGERS + "SERVER_LOGGER")).isNull();
    }

    @Test
    void shouldHearItsOwnStackWhereTwoApplicationsHaveTheKit() throws Exception {
        try (Application one = new Application("stack-one", true);
                Application other = new Application("stack-other", true)) {
            assertThat(one.call(other)).isEqualTo(486);
            assertThat(other.call(one)).isEqualTo(486);
            await().untilAsserted(() -> {
                assertThat(one.responses("stack-one")).isEqualTo(2);
                assertThat(other.responses("stack-other")).isEqualTo(2);
            });
            assertThat(one.responses("stack-other")).isZero();
            assertThat(other.responses("stack-one")).isZero();
        }
    }

    /** The System properties of one would reach the stacks of all. */
    @Test
    void shouldNotAttachTheWholeJvmFromOneOfThem() throws Exception {
        try (URLClassLoader loader = loader(true)) {
            Object attachment = loader.loadClass(SipAttachment.class.getName())
                    .getMethod("attach")
                    .invoke(null);
            assertThat(attachment
                            .getClass()
                            .getMethod("obstacle")
                            .invoke(attachment)
                            .toString())
                    .contains("other applications may share this JVM");
            assertThat(System.getProperty(LOGGERS + "SERVER_LOGGER")).isNull();
        }
    }
}
