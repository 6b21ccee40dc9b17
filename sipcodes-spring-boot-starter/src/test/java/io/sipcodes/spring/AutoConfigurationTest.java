package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOverride;
import io.sipcodes.SipText;
import io.sipcodes.SipTrace;
import io.sipcodes.micrometer.SipPeers;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sip.SipFactory;
import javax.sip.SipStack;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class AutoConfigurationTest {

    private static final String SERVER_LOGGER = "gov.nist.javax.sip.SERVER_LOGGER";
    private static final String STACK_LOGGER = "gov.nist.javax.sip.STACK_LOGGER";

    private final ApplicationContextRunner application = Application.runner();

    @AfterEach
    void shouldLeaveNothingBehind() {
        assertThat(System.getProperty(SERVER_LOGGER)).isNull();
        assertThat(System.getProperty(STACK_LOGGER)).isNull();
    }

    @Test
    void shouldOfferTheStandardCatalog() {
        application.run(context -> assertThat(context.getBean(SipCatalog.class)).isSameAs(SipCatalog.standard()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "sipCatalog"})
    void shouldLeaveTheCatalogToTheApplication(String name) {
        SipOverride override = SipOverride.named("mine")
                .code(SipCode.BUSY_HERE_486)
                .text(new SipText(Locale.ENGLISH, "Mine", "Mine.", "", List.of(), List.of()))
                .build();
        SipCatalog mine = SipCatalog.standard().with(List.of(override));
        application
                .withBean(name, SipCatalog.class, () -> mine)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> {
                    assertThat(context.getBean(SipCatalog.class)).isSameAs(mine);
                    assertThat(context.getBean(SipCodesEndpoint.class).one("486", "en"))
                            .containsEntry("title", "Mine");
                    assertThat(context.getBean(SipProblems.class)
                                    .of(SipCode.BUSY_HERE_486, Locale.ENGLISH)
                                    .getDetail())
                            .isEqualTo("Mine.");
                    assertThat(context.getMessage("sip.486.title", null, Locale.ENGLISH))
                            .isEqualTo("Mine");
                    assertThat(context.getBeanFactory().containsSingleton("sipCatalog"))
                            .isEqualTo(name.equals("sipCatalog"));
                });
    }

    @Test
    void shouldAttachBeforeAStackIsBuiltInAConstructor() {
        application.withUserConfiguration(Eager.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(StackInConstructor.class).serverLogger)
                    .isEqualTo("io.sipcodes.jainsip.SipCodesServerLogger");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Eager {
        @Bean
        StackInConstructor stack() {
            return new StackInConstructor();
        }
    }

    static final class StackInConstructor implements AutoCloseable {

        private final SipStack stack;
        private final String serverLogger;

        StackInConstructor() {
            try {
                Properties properties = new Properties();
                properties.setProperty("javax.sip.STACK_NAME", "constructed");
                SipFactory.getInstance().setPathName("gov.nist");
                stack = SipFactory.getInstance().createSipStack(properties);
                serverLogger = System.getProperty(SERVER_LOGGER);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            stack.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void shouldAttachAsToldAndOnlyWhileTheContextLives(String attach, boolean attached) {
        application.withPropertyValues("sipcodes.jainsip.attach=" + attach).run(context -> {
            assertThat(context.getBean(StackAttachment.class).obstacle().isEmpty())
                    .isEqualTo(attached);
            assertThat(System.getProperty(SERVER_LOGGER) != null).isEqualTo(attached);
        });
    }

    @Test
    void shouldDetachWhenTheApplicationFailsToStart() {
        application
                .withBean("broken", Object.class, () -> {
                    throw new IllegalStateException("broken");
                })
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void shouldDoWithoutJainSip() {
        application
                .withClassLoader(new FilteredClassLoader("javax.sip", "gov.nist"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SipCatalog.class)
                        .doesNotHaveBean(EventFlow.class)
                        .doesNotHaveBean(StackAttachment.class));
    }

    @Test
    void shouldDoWithoutTheWeb() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.http", "org.springframework.web"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SipCatalog.class)
                        .doesNotHaveBean("sipProblems"));
    }

    @Test
    void shouldDoWithoutActuator() {
        application
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(EventFlow.class)
                        .doesNotHaveBean(SipCodesEndpoint.class));
    }

    @Test
    void shouldMeasureWhereThereIsARegistry() {
        application.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            // Soon after the start, which does not wait for it.
            await().untilAsserted(() -> assertThat(registry.find("sip.responses")
                            .tags("code", "486", "direction", "received", "method", "INVITE")
                            .counter())
                    .isNotNull()
                    .extracting(Counter::count)
                    .isEqualTo(0.0));
        });
    }

    /** As without the Actuator, which would make one for all of them. */
    @Test
    void shouldMeasureInEachOfSeveralRegistries() {
        application
                .withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("another", MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> await().untilAsserted(() -> assertThat(
                                context.getBeansOfType(MeterRegistry.class).values())
                        .hasSize(2)
                        .allSatisfy(registry -> assertThat(registry.find("sip.responses")
                                        .tags("code", "486")
                                        .counter())
                                .isNotNull())));
    }

    @Test
    void shouldNotMeasureWhereThereIsNoRegistry() {
        application.run(context -> assertThat(context.getBean(EventFlow.class).outputs())
                .containsExactly("log", "recent failures", "application events"));
    }

    @Test
    void shouldNotMeasureIfSwitchedOff() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("sipcodes.metrics.enabled=false")
                .run(context -> {
                    assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
                    assertThat(context.getBean(EventFlow.class).outputs()).doesNotContain("metrics");
                });
    }

    @Test
    void shouldDoWithoutMicrometer() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(EventFlow.class)
                        .extracting(EventFlow::outputs)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .doesNotContain("metrics"));
    }

    @Test
    void shouldTellTracesWhereThereIsATracer() {
        application.withBean(Tracer.class, () -> Tracer.NOOP).run(context -> {
            Traces traces = Traces.find(context);
            assertThat(traces).isNotNull();
            assertThat(traces.get())
                    .as("a tracer that does nothing has no trace")
                    .isNull();
        });
        application.run(context -> assertThat(Traces.find(context)).isNull());
    }

    /** A tracer that is asked for its current span may make one where there is none any more. */
    @Test
    void shouldTellPrometheusTheTraceOfWhatIsCountedWithoutAskingTheTracer() {
        AtomicInteger asked = new AtomicInteger();
        SpanContext ofTheTracer = (SpanContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SpanContext.class}, (proxy, method, args) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(asked, args);
                    }
                    asked.incrementAndGet();
                    return method.getReturnType() == boolean.class ? false : null;
                });
        application
                .withBean(Tracer.class, () -> Tracer.NOOP)
                .withBean("ofTheTracer", SpanContext.class, () -> ofTheTracer)
                .run(context -> {
                    asked.set(0);
                    SpanContext told = context.getBean(SpanContext.class);
                    SipMessage response = SipMessage.response(486, "")
                            .trace(new SipTrace("t1", "s1", true))
                            .build();
                    try (AutoCloseable open = Traces.find(context).open(new SipEvent.ResponseSeen(response, false))) {
                        assertThat(told.getCurrentTraceId()).isEqualTo("t1");
                        assertThat(told.getCurrentSpanId()).isEqualTo("s1");
                        assertThat(told.isCurrentSpanSampled()).isTrue();
                        told.markCurrentSpanAsExemplar();
                        assertThat(asked).hasValue(0);
                    }
                    assertThat(told.getCurrentTraceId()).isNull();
                    assertThat(told.getCurrentSpanId()).isNull();
                    assertThat(told.isCurrentSpanSampled()).isFalse();
                    told.markCurrentSpanAsExemplar();
                    assertThat(asked).hasValue(4);
                });
    }

    @Test
    void shouldGoWithoutAnOutputWhoseBeansDoNotFit(CapturedOutput output) {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("one", SipPeers.class, () -> SipPeers.of(Map.of()))
                .withBean("other", SipPeers.class, () -> SipPeers.of(Map.of()))
                .withBean(
                        SipFailureListener.class,
                        () -> {
                            throw new IllegalStateException("no database");
                        },
                        definition -> definition.setLazyInit(true))
                .run(context -> assertThat(context.getBean(EventFlow.class).outputs())
                        .containsExactly("log", "recent failures", "application events"));

        assertThat(output)
                .contains(
                        "sipcodes goes without this output: metrics",
                        "expected single matching bean but found 2: one,other",
                        "sipcodes goes without this output: failure listeners",
                        "no database");
    }

    @Test
    void shouldLeaveTheProfileOfCausesToTheApplication() {
        application
                .withBean("mine", Q850Profile.class, () -> Q850Profile.ASTERISK)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> {
                    assertThat(context.getBean(Q850Profile.class)).isEqualTo(Q850Profile.ASTERISK);
                    assertThat(context.getBean(SipCodesEndpoint.class).one("480", "en"))
                            .extractingByKey("q850", InstanceOfAssertFactories.MAP)
                            .containsEntry("profile", "asterisk");
                });
    }

    @ParameterizedTest
    @CsvSource({"sipcodes, true", "'*', true", "health, false"})
    void shouldOfferTheEndpointWhereItIsExposed(String exposed, boolean there) {
        application
                .withPropertyValues("management.endpoints.web.exposure.include=" + exposed)
                .run(context -> assertThat(context.getBeansOfType(SipCodesEndpoint.class))
                        .hasSize(there ? 1 : 0));
    }

    @Test
    void shouldNotExposeTheEndpointUnasked() {
        application.run(context -> assertThat(context).doesNotHaveBean(SipCodesEndpoint.class));
    }

    @Test
    void shouldNameEachAutoConfigurationForBoot() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
                        .getCandidates())
                .filteredOn(name -> name.startsWith("io.sipcodes."))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Application.ALL).map(Class::getName).toList());
    }

    @Test
    void shouldLeaveNothingOfItselfIfSwitchedOff() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("sipcodes.enabled=false", "management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(Arrays.stream(context.getBeanDefinitionNames())
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains("sip")))
                        .isEmpty());
    }

    static Stream<Arguments> each() {
        return Arrays.stream(Application.ALL).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("each")
    void shouldStartWithoutAnyOneOfItsParts(Class<?> excluded) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(Arrays.stream(Application.ALL)
                        .filter(part -> part != excluded)
                        .toArray(Class<?>[]::new)))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldHaveSpringLookForListenersInNoneButTheBeansOfTheApplication() {
        application
                .withBean("mine", StringBuilder.class)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> {
                    ConfigurableListableBeanFactory beans =
                            context.getSourceApplicationContext().getBeanFactory();
                    assertThat(beans.getBeanDefinitionNames())
                            .filteredOn(name -> name.startsWith("sip") && !name.equals("sipStackAttachment"))
                            .hasSizeGreaterThan(10)
                            .allSatisfy(name -> assertThat(AutoProxyUtils.determineTargetClass(beans, name))
                                    .as(name)
                                    .isEqualTo(Object.class));
                    assertThat(AutoProxyUtils.determineTargetClass(beans, "mine"))
                            .isEqualTo(StringBuilder.class);
                });
    }

    /** Or each failure would be logged and counted twice. */
    @Test
    void shouldListenOnceInAHierarchyOfContexts() {
        application.run(parent -> application.withParent(parent).run(child -> {
            assertThat(child).hasNotFailed();
            assertThat(child.getBeanFactory().getBeanNamesForType(EventFlow.class))
                    .isEmpty();
            assertThat(child.getBean(EventFlow.class)).isSameAs(parent.getBean(EventFlow.class));
        }));
    }
}
