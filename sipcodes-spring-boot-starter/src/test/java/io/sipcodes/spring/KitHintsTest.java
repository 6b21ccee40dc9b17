package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import gov.nist.core.StackLogger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.sipcodes.SipCode;
import io.sipcodes.jainsip.SipAttachment;
import io.sipcodes.micrometer.SipPeers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.context.request.ServletRequestAttributes;

class KitHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        new KitHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void shouldBeFoundByTheBuildOfANativeImage() {
        assertThat(AotServices.factories().load(RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(KitHints.class);
    }

    /** As the stack does it: by the no-argument constructor. */
    @Test
    void shouldLetTheStackMakeWhatItsPropertiesName() throws ReflectiveOperationException {
        assertThat(SipAttachment.stackProperties()).isNotEmpty();
        for (Object name : SipAttachment.stackProperties().values()) {
            Class<?> type = Class.forName((String) name);
            assertThat(RuntimeHintsPredicates.reflection()
                            .onConstructor(type.getConstructor())
                            .invoke())
                    .accepts(hints);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Tracer.class,
                MeterRegistry.class,
                SipPeers.class,
                HttpServletRequest.class,
                ServletRequestAttributes.class,
                ILoggingEvent.class,
                StackLogger.class,
                SipAttachment.class
            })
    void shouldLetTheStarterFindWhatItLooksFor(Class<?> type) {
        assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints);
    }

    @Test
    void shouldLetSpringConvertATextToACode() throws NoSuchMethodException {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethod(SipCode.class.getMethod("valueOf", String.class))
                        .invoke())
                .accepts(hints);
    }

    @Test
    void shouldTakeInEveryTextOfTheCatalog() throws Exception {
        List<String> files = Arrays.stream(new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:META-INF/sipcodes/*.properties"))
                .map(file -> "META-INF/sipcodes/" + file.getFilename())
                .toList();
        assertThat(files)
                .hasSizeGreaterThan(1)
                .allSatisfy(file -> assertThat(RuntimeHintsPredicates.resource().forResource(file))
                        .accepts(hints));
    }

    @Test
    void shouldDoWithoutWhatAnApplicationNeedNotHave() {
        RuntimeHints few = new RuntimeHints();
        new KitHints()
                .registerHints(
                        few,
                        new FilteredClassLoader(
                                "io.sipcodes.jainsip",
                                "gov.nist",
                                "javax.sip",
                                "io.micrometer",
                                "io.sipcodes.micrometer",
                                "jakarta.servlet",
                                "org.springframework.web",
                                "ch.qos.logback"));

        assertThat(few.reflection().typeHints())
                .extracting(TypeHint::getType)
                .containsExactly(TypeReference.of(SipCode.class));
    }
}
