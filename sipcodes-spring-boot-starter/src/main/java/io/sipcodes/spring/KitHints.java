package io.sipcodes.spring;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must know: the texts, and the loggers that the stack makes by their names. */
final class KitHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/sipcodes/*");
        for (String logger : new String[] {"SipCodesStackLogger", "SipCodesServerLogger"}) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader, "io.sipcodes.jainsip." + logger, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
    }
}
