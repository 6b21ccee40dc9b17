package io.sipcodes.spring;

import java.util.List;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must know: the texts, and what the stack makes by its name. */
final class KitHints implements RuntimeHintsRegistrar {

    private static final List<String> LOADED_BY_NAME =
            List.of("SipCodesStackLogger", "SipCodesServerLogger", "SipCodesMessageParserFactory");

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/sipcodes/*");
        for (String type : LOADED_BY_NAME) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader, "io.sipcodes.jainsip." + type, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
    }
}
