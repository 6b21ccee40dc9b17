package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.jainsip.SipAttachment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

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
    void shouldDoWithoutJainSip() {
        RuntimeHints few = new RuntimeHints();
        new KitHints().registerHints(few, new FilteredClassLoader("io.sipcodes.jainsip", "gov.nist", "javax.sip"));

        assertThat(few.reflection().typeHints()).isEmpty();
    }
}
