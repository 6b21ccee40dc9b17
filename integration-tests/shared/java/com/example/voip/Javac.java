package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles what stands in a folder. */
final class Javac {

    private Javac() {}

    static void compile(
            Path sources, Predicate<Path> which, List<String> classPath, Path classes, List<String> options)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-proc:none", "-cp", String.join(File.pathSeparator, classPath), "-d", classes.toString()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> wanted = tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(which)
                    .toList();
            boolean done = compiler.getTask(messages, files, null, all, null, files.getJavaFileObjectsFromPaths(wanted))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }
}
