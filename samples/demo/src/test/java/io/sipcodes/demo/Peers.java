package io.sipcodes.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others that some tests want. */
final class Peers {

    private Peers() {}

    static Optional<Path> find(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the test where a program is missing; CI sets SIPCODES_PEERS=required, and there it fails. */
    static Path require(String debianPackage, String... names) {
        Optional<Path> found = find(names);
        if (found.isEmpty()) {
            String message = names[0] + " is missing (Debian, Ubuntu: apt install " + debianPackage + ")";
            if ("required".equals(System.getenv("SIPCODES_PEERS"))) {
                throw new AssertionError(message);
            }
            assumeTrue(false, message);
        }
        return found.orElseThrow();
    }
}
