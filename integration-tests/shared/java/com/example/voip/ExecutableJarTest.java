package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** The application as it goes into production: one jar with all others in it, and Boot's own class loader. */
class ExecutableJarTest {

    @TempDir
    private Path folder;

    @Test
    void shouldAttachAndFindItsTextsInJarsWithinAJar() throws Exception {
        File executable = folder.resolve("executable.jar").toFile();
        List<Library> libraries = new ArrayList<>();
        Path application = null;
        for (String entry : Jvm.classPathWithout("junit|assertj|surefire|opentest4j|loader-tools")) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path.resolve("com/example"))) {
                application = jar(path, "application.jar");
            } else if (Files.isDirectory(path)) {
                libraries.add(library(jar(path, path.getParent().getParent().getFileName() + ".jar")));
            } else if (entry.endsWith(".jar")) {
                libraries.add(library(path));
            }
        }
        Repackager repackager = new Repackager(application.toFile());
        repackager.setMainClass(SmallApplication.class.getName());
        repackager.repackage(executable, callback -> {
            for (Library library : libraries) {
                callback.library(library);
            }
        });

        Jvm.Result result = Jvm.run(
                List.of(executable.toString()),
                List.of("-Dfile.encoding=UTF-8"),
                "org.springframework.boot.loader.launch.JarLauncher",
                "--server.port=0",
                "--server.address=127.0.0.1");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("title: Anschluss besetzt", "sipcodes is attached to JAIN-SIP;", "ended")
                .doesNotContain("not eligible for getting processed")
                .doesNotContainIgnoringCase("deprecat");
        assertThat(result.output().lines().filter(line -> line.contains("io.sipcodes.failures")))
                .hasSize(2);
    }

    private static Library library(Path jar) {
        return new Library(jar.toFile(), LibraryScope.COMPILE);
    }

    private Path jar(Path classes, String name) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(classes)) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
            }
        }
        return jar;
    }
}
