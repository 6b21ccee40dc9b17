package io.sipcodes.spring;

import io.sipcodes.SipCode;
import java.util.List;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must know: the texts, what the stack makes by its name, and what is looked for by its name. */
final class KitHints implements RuntimeHintsRegistrar {

    private static final List<String> LOADED_BY_NAME =
            List.of("SipCodesStackLogger", "SipCodesServerLogger", "SipCodesMessageParserFactory");

    private static final List<String> LOOKED_FOR = List.of(
            Traces.TRACER,
            EventSinks.METER_REGISTRY,
            EventSinks.SIP_METERS,
            ServletAcceptLanguage.REQUEST,
            ServletAcceptLanguage.ATTRIBUTES,
            LogstashFields.LOGBACK,
            // Whether the kit is attached, it finds out by these two.
            SipCodesAutoConfiguration.JAIN_SIP,
            "io.sipcodes.jainsip.SipAttachment");

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/sipcodes/*");
        for (String type : LOADED_BY_NAME) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader, "io.sipcodes.jainsip." + type, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
        for (String type : LOOKED_FOR) {
            hints.reflection().registerTypeIfPresent(classLoader, type);
        }
        // As Spring converts a text to a code.
        hints.reflection().registerType(SipCode.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
}
