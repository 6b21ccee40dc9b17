package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import javax.sip.PeerUnavailableException;
import javax.sip.SipFactory;
import javax.sip.SipStack;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A stack as a bean, without log4j 1.x on the class path. */
class StackBeanTest {

    private static SipStack stack(String name) throws PeerUnavailableException {
        Properties properties = new Properties();
        // The factory keeps stacks by their name, so each needs one of its own.
        properties.setProperty("javax.sip.STACK_NAME", name);
        SipFactory.getInstance().setPathName("gov.nist");
        return SipFactory.getInstance().createSipStack(properties);
    }

    @Configuration(proxyBeanMethods = false)
    static class Held {
        @Bean
        SipStackHolder sipStack() throws PeerUnavailableException {
            return new SipStackHolder(stack("held"));
        }
    }

    @Test
    void shouldHoldAStackAsABean() {
        Application.runner().withUserConfiguration(Held.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(SipStackHolder.class).stack().getStackName())
                    .isEqualTo("held");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Bare {
        @Bean
        SipStack sipStack() throws PeerUnavailableException {
            return stack("bare");
        }
    }

    @Test
    void shouldExplainWhyABareStackIsNoBean() {
        Application.runner().withUserConfiguration(Bare.class).run(context -> {
            FailureAnalysis analysis = new Log4jFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("A JAIN-SIP stack is a bean", "log4j");
            assertThat(analysis.getAction()).contains("io.sipcodes.spring.SipStackHolder", "log4j-over-slf4j");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Unattached {
        @Bean
        SipStackHolder sipStack() throws PeerUnavailableException {
            return new SipStackHolder(stack("unattached"));
        }
    }

    @Test
    void shouldExplainWhyAStackCannotBeBuiltWithoutTheKit() {
        Application.runner()
                .withUserConfiguration(Unattached.class)
                .withPropertyValues("sipcodes.jainsip.attach=false")
                .run(context -> {
                    FailureAnalysis analysis = new Log4jFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("The path name is not the reason", "log4j");
                    assertThat(analysis.getAction())
                            .contains("sipcodes.jainsip.attach", "io.sipcodes.jainsip.SipCodesStackLogger");
                });
    }

    @Test
    void shouldSayNothingOfOtherMissingClasses() {
        assertThat(new Log4jFailureAnalyzer()
                        .analyze(new IllegalStateException(
                                "Failed to introspect Class [gov.nist.javax.sip.SipStackImpl]",
                                new NoClassDefFoundError("com/example/Missing"))))
                .isNull();
        assertThat(new Log4jFailureAnalyzer()
                        .analyze(new IllegalStateException(
                                "something else", new NoClassDefFoundError("org/apache/log4j/Logger"))))
                .isNull();
    }
}
