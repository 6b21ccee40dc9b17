package io.sipcodes.jainsip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others that some tests talk to. */
final class Peers {

    private Peers() {}

    /** Skips the test where a program is missing; with SIPCODES_PEERS=required, as CI has it, it fails there. */
    static Path require(String program, String debianPackage) {
        Optional<Path> found = Stream.of(
                        (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String message = program + " is missing (Debian, Ubuntu: apt install " + debianPackage + ")";
            if ("required".equals(System.getenv("SIPCODES_PEERS"))) {
                throw new AssertionError(message);
            }
            assumeTrue(false, message);
        }
        return found.orElseThrow();
    }
}
