package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code process-aot} makes of an application with the starter compiles, and starts. */
class AotTest {

    private static final String APPLICATION = SmallApplication.class.getName();

    @TempDir
    private Path folder;

    @Test
    void shouldStartFromWhatWasPreparedAtBuildTime() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Path resources = Files.createDirectory(folder.resolve("resources"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path settings = Files.createDirectory(folder.resolve("settings"));
        Files.writeString(
                settings.resolve("application.properties"),
                "server.port=0\nserver.address=127.0.0.1\nmanagement.endpoints.web.exposure.include=sipcodes\n");
        List<String> classPath = Jvm.join(List.of(settings.toString()), Jvm.classPath());

        Jvm.Result prepared = Jvm.run(
                classPath,
                List.of(),
                "org.springframework.boot.SpringApplicationAotProcessor",
                APPLICATION,
                sources.toString(),
                resources.toString(),
                classes.toString(),
                "com.example",
                "voip");
        assertThat(prepared.exitCode()).as(prepared.output()).isZero();
        // No stack is built then, and the properties of the JVM are none of the build's business.
        assertThat(prepared.output()).doesNotContain("attached to JAIN-SIP");
        Javac.compile(
                sources, file -> true, Jvm.join(List.of(classes.toString()), classPath), classes, List.of("-nowarn"));

        Jvm.Result result = Jvm.run(
                Jvm.join(List.of(classes.toString(), resources.toString()), classPath),
                List.of("-Dspring.aot.enabled=true", "-Dfile.encoding=UTF-8"),
                APPLICATION);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("Starting AOT-processed SmallApplication", "sipcodes is attached");
        assertThat(result.output().lines().filter(line -> line.contains("io.sipcodes.failures")))
                .hasSize(2);
        assertThat(hints(resources)).contains("META-INF/sipcodes/", "io.sipcodes.jainsip.SipCodesServerLogger");
    }

    private static String hints(Path resources) throws IOException {
        try (Stream<Path> files = Files.walk(resources)) {
            StringBuilder out = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.append(Files.readString(file));
            }
            // Slashes are escaped in it.
            return out.toString().replace("\\", "");
        }
    }
}
