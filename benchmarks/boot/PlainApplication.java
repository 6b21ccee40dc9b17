import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

/**
 * A web application that has nothing of its own but one post-processor of each kind, which come before the kit's: what
 * Spring needs for the first of a kind falls on whoever is first. When it has started it says how long Spring was busy
 * with beans and post-processors of the kit, in ms, how much of it the thread was running, how long that ran in all, and
 * how long in parts that know nothing of the kit: up to the context, and making Tomcat. And it ends.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainApplication {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(PlainApplication.class);
        KitShare share = new KitShare();
        application.setApplicationStartup(share);
        application.run(arguments);
        System.out.println("kit=" + share.nanos / 1e6);
        System.out.println("kit-cpu=" + share.cpuNanos / 1e6);
        System.out.println("all-cpu=" + share.threads.getCurrentThreadCpuTime() / 1e6);
        System.out.println("other-cpu=" + share.otherCpuNanos / 1e6);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    @Bean
    static First first() {
        return new First();
    }

    @Bean
    static BeanPostProcessor second() {
        return new BeanPostProcessor() {};
    }

    private static final class First implements BeanDefinitionRegistryPostProcessor, Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {}
    }

    /** Adds up the steps that are the kit's, each with all that it needed; for the one thread that starts. */
    private static final class KitShare implements ApplicationStartup {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long nanos;
        private long cpuNanos;
        private Step outermost;
        private long cpuBefore;
        private long otherCpuNanos;

        @Override
        public StartupStep start(String name) {
            if (name.equals("spring.boot.application.context-prepared")) {
                otherCpuNanos += threads.getCurrentThreadCpuTime();
            }
            return new Step(name);
        }

        private final class Step implements StartupStep {

            private final String name;
            private final long start = System.nanoTime();
            private final long cpuStart = threads.getCurrentThreadCpuTime();

            Step(String name) {
                this.name = name;
            }

            @Override
            public StartupStep tag(String key, String value) {
                boolean kits = key.equals("beanName") && (value.startsWith("sip") || value.startsWith("io.sipcodes"))
                        || key.equals("postProcessor") && value.startsWith("io.sipcodes");
                if (kits && outermost == null) {
                    outermost = this;
                    cpuBefore = threads.getCurrentThreadCpuTime();
                }
                return this;
            }

            @Override
            public StartupStep tag(String key, Supplier<String> value) {
                return tag(key, value.get());
            }

            @Override
            public void end() {
                if (name.equals("spring.boot.webserver.create")) {
                    otherCpuNanos += threads.getCurrentThreadCpuTime() - cpuStart;
                }
                if (outermost == this) {
                    nanos += System.nanoTime() - start;
                    cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
                    outermost = null;
                }
            }

            @Override
            public String getName() {
                return name;
            }

            @Override
            public long getId() {
                return 0;
            }

            @Override
            public Long getParentId() {
                return null;
            }

            @Override
            public Tags getTags() {
                return java.util.Collections::emptyIterator;
            }
        }
    }
}
