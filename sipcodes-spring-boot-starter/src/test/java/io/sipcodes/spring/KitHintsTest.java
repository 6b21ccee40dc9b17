package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.SipAttachment;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;

class KitHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        new KitHints().registerHints(hints, getClass().getClassLoader());
    }

    /** As the stack does it: by the no-argument constructor. */
    @Test
    void shouldLetTheStackMakeWhatItsPropertiesName() throws ReflectiveOperationException {
        assertThat(SipAttachment.stackProperties()).isNotEmpty();
        for (Object name : SipAttachment.stackProperties().values()) {
            Class<?> type = Class.forName((String) name);
            assertThat(RuntimeHintsPredicates.reflection()
                            .onConstructor(type.getConstructor())
                            .invoke())
                    .accepts(hints);
        }
    }

    @Test
    void shouldTakeInEveryTextOfTheCatalog() throws Exception {
        URL folder = SipCatalog.class.getResource("/META-INF/sipcodes/texts_en.properties");
        List<String> files;
        try (Stream<Path> all = Files.list(Path.of(folder.toURI()).getParent())) {
            files = all.map(file -> "META-INF/sipcodes/" + file.getFileName()).toList();
        }

        assertThat(files)
                .hasSizeGreaterThan(1)
                .allSatisfy(file -> assertThat(RuntimeHintsPredicates.resource().forResource(file))
                        .accepts(hints));
    }

    @Test
    void shouldDoWithoutJainSip() {
        RuntimeHints few = new RuntimeHints();
        new KitHints().registerHints(few, new FilteredClassLoader("io.sipcodes.jainsip", "gov.nist", "javax.sip"));

        assertThat(few.reflection().typeHints()).isEmpty();
    }
}
