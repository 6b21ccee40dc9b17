package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.spring.SipCodesMetricsAutoConfiguration;
import io.sipcodes.spring.SipCodesTracingAutoConfiguration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** What the starter says by name, because the class has another name in the other generation, must be true in this one. */
class GenerationTest {

    @Test
    void shouldNameTheMeterRegistryOfThisGeneration() {
        List<String> names = Arrays.asList(SipCodesMetricsAutoConfiguration.class
                .getAnnotation(AutoConfiguration.class)
                .afterName());

        assertThat(names).hasSize(2);
        assertThat(names.stream().filter(GenerationTest::exists)).hasSize(1);
    }

    @Test
    void shouldNameTheTracersOfThisGeneration() {
        List<String> names = Arrays.asList(SipCodesTracingAutoConfiguration.class
                .getAnnotation(AutoConfiguration.class)
                .afterName());

        assertThat(names.stream().filter(GenerationTest::exists)).isNotEmpty();
    }

    private static boolean exists(String name) {
        return GenerationTest.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }
}
