package io.sipcodes.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of the kit's jars in which packages, classes, beans and properties have names of their own, so that an application
 * starts with several kits: what they add together is to be seen where single starts are further apart than what one adds.
 */
final class KitCopies {

    private KitCopies() {}

    /**
     * Copies one jar. Each name is as long as before, which keeps class files whole.
     *
     * @param copy from 1 to 9, and in the place of a letter in the names
     * @param directory where to, under a name of its own as well
     */
    static Path of(Path jar, int copy, Path directory) throws IOException {
        Path target = directory.resolve(renamed(jar.getFileName().toString(), copy));
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(target);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] bytes = renamed(
                                new String(from.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1),
                                copy)
                        .getBytes(StandardCharsets.ISO_8859_1);
                ZipEntry made = new ZipEntry(renamed(entry.getName(), copy));
                // Stored where the kit's is, for what is deflated takes a start longer to read.
                made.setMethod(entry.getMethod());
                if (entry.getMethod() == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    made.setSize(bytes.length);
                    made.setCrc(crc.getValue());
                }
                to.putNextEntry(made);
                to.write(bytes);
                to.closeEntry();
            }
        }
        return target;
    }

    // Beans are named sip and something.
    private static String renamed(String text, int copy) {
        return text.replaceAll("sip(?=[A-Z])", "si" + copy).replaceAll("(s|S)ip(c|C)odes", "$1ip$2ode" + copy);
    }
}
