package com.example.voip;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program in a JVM of its own, with the class path of this test or with less. */
final class Jvm {

    private static final int SECONDS = 120;

    /** How it ended, and what it wrote to the console. */
    record Result(int exitCode, String output) {}

    private Jvm() {}

    /** The class path of this test. */
    static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** The class path of this test without the jars whose names fit. */
    static List<String> classPathWithout(String jars) {
        Pattern pattern = Pattern.compile(jars);
        return classPath().stream()
                .filter(entry ->
                        !pattern.matcher(Path.of(entry).getFileName().toString()).find())
                .toList();
    }

    static Result run(List<String> classPath, List<String> options, String main, String... arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(Path.of("target/logs")), "program", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(main + " did not end:\n" + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** Two class paths in a row. */
    static List<String> join(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
