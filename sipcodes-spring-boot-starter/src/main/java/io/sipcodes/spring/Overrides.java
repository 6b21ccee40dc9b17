package io.sipcodes.spring;

import io.sipcodes.SipCode;
import io.sipcodes.SipCodeClass;
import io.sipcodes.SipOverride;
import io.sipcodes.SipText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;

/** Makes the overrides of the properties and of the files they name. */
final class Overrides {

    private static final String OVERRIDES = "sipcodes.overrides.";
    private static final String FILES = "sipcodes.override-files";

    /** As much as {@link SipOverride#read} takes. */
    private static final int MAX_FILE = 1 << 20;

    private Overrides() {}

    /** @throws PropertyException if one cannot be understood */
    static List<SipOverride> of(SipCodesProperties properties) {
        List<SipOverride> all = new ArrayList<>();
        for (Map.Entry<String, SipCodesProperties.Meaning> override :
                properties.getOverrides().entrySet()) {
            all.add(of(override.getKey(), override.getValue()));
        }
        for (Resource file : properties.getOverrideFiles()) {
            all.addAll(read(file));
        }
        return all;
    }

    private static List<SipOverride> read(Resource file) {
        byte[] content;
        try (InputStream in = file.getInputStream()) {
            content = in.readNBytes(MAX_FILE + 1);
        } catch (IOException e) {
            throw PropertyException.of(FILES, file.getDescription(), "a file that can be read, but: " + e.getMessage());
        }
        if (content.length > MAX_FILE) {
            throw PropertyException.of(FILES, file.getDescription(), "at most " + MAX_FILE + " bytes");
        }
        try {
            return SipOverride.parse(new String(content, StandardCharsets.UTF_8), String.valueOf(file.getFilename()));
        } catch (IllegalArgumentException e) {
            // The message names the line.
            throw PropertyException.of(FILES, e.getMessage(), "a file of overrides as SipOverride describes it");
        }
    }

    private static SipOverride of(String name, SipCodesProperties.Meaning from) {
        String prefix = OVERRIDES + name;
        SipOverride.Builder out = PropertyException.guard(prefix, name, () -> SipOverride.named(name));
        if (from.provider() != null) {
            PropertyException.guard(prefix + ".provider", from.provider(), () -> out.provider(from.provider()));
        }
        if (from.code() != null) {
            code(prefix + ".code", from.code().strip(), out);
        }
        if (from.phrase() != null) {
            PropertyException.guard(prefix + ".phrase", from.phrase(), () -> out.phrase(from.phrase()));
        }
        if (from.outcome() != null) {
            out.outcome(from.outcome());
        }
        if (from.fault() != null) {
            out.fault(from.fault());
        }
        if (from.advice() != null) {
            out.advice(from.advice());
        }
        for (Map.Entry<String, SipCodesProperties.Words> text : from.text().entrySet()) {
            String tag = text.getKey();
            SipCodesProperties.Words words = text.getValue();
            Locale language = Languages.find(tag).orElse(Locale.ROOT);
            PropertyException.guard(
                    prefix + ".text",
                    tag,
                    () -> out.text(new SipText(
                            language,
                            words.title(),
                            words.caller(),
                            words.meaning(),
                            words.causes(),
                            words.remedies())));
        }
        return PropertyException.guard(prefix, name, out::build);
    }

    private static void code(String property, String value, SipOverride.Builder out) {
        for (SipCodeClass codeClass : SipCodeClass.values()) {
            if (codeClass.label().equalsIgnoreCase(value)) {
                out.codeClass(codeClass);
                return;
            }
        }
        out.code(Stream.of(value)
                .filter(text -> text.matches("[0-9]{3}"))
                .flatMap(text -> SipCode.find(Integer.parseInt(text)).stream())
                .findFirst()
                .orElseThrow(() -> PropertyException.of(property, value, "100 to 699, or 1xx to 6xx")));
    }
}
