package com.example.voip;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

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

    /** Runs a program to its end. */
    static Result run(List<String> classPath, List<String> options, String main, String... arguments)
            throws IOException, InterruptedException {
        try (Program program = start(classPath, options, main, arguments)) {
            if (!program.process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(main + " did not end:\n" + program.output());
            }
            return new Result(program.process.exitValue(), program.output());
        }
    }

    /** Starts a program; closing it ends it. */
    static Program start(List<String> classPath, List<String> options, String main, String... arguments)
            throws IOException {
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
        return new Program(process, output);
    }

    /** A program that runs. */
    record Program(Process process, Path console) implements AutoCloseable {

        String output() {
            try {
                return Files.readString(console);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The number that the program writes at this place, when it has written it. */
        int await(String pattern) {
            Pattern number = Pattern.compile(pattern);
            Awaitility.await()
                    .atMost(SECONDS, TimeUnit.SECONDS)
                    .until(() -> number.matcher(output()).find() || !process.isAlive());
            Matcher matcher = number.matcher(output());
            if (!matcher.find()) {
                throw new IllegalStateException(pattern + " is not in:\n" + output());
            }
            return Integer.parseInt(matcher.group(1));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Two class paths in a row. */
    static List<String> join(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
