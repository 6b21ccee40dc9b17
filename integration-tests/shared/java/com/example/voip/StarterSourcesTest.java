package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.spring.SipCodesAutoConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter is built against the older generation; its sources compile against this one to the same classes. */
class StarterSourcesTest {

    private static final Path SOURCES = Path.of("../../sipcodes-spring-boot-starter/src/main/java");

    @TempDir
    private Path classes;

    @Test
    void shouldCompileToTheSameClassesAgainstThisGeneration() throws IOException {
        // What is deprecated in the newer generation only is what serves both; and each has but one Jackson.
        Javac.compile(
                SOURCES,
                file -> !file.toString().contains("Jackson"),
                Jvm.classPath(),
                classes,
                List.of(
                        "--release",
                        "17",
                        "-g",
                        "-parameters",
                        "-Xlint:all,-processing,-deprecation,-removal,-classfile",
                        "-Werror"));

        List<Path> compiled;
        try (Stream<Path> all = Files.walk(classes)) {
            compiled = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertThat(compiled).hasSizeGreaterThan(20);
        for (Path file : compiled) {
            String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
            try (InputStream shipped =
                    SipCodesAutoConfiguration.class.getClassLoader().getResourceAsStream(name)) {
                assertThat(shipped).as(name).isNotNull();
                assertThat(Files.readAllBytes(file)).as(name).isEqualTo(shipped.readAllBytes());
            }
        }
    }
}
