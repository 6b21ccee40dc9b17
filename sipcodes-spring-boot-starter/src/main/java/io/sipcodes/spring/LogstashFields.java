package io.sipcodes.spring;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sipcodes.SipField;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Nests the fields of a failure in Boot's Logstash format, <code>{"sip": {"code": 486}}</code>, as its ECS format does by
 * itself. A customizer is not told which format it customizes: where another one is in use as well, names stay flat.
 *
 * <p>Of Boot's writer it calls only what has one signature in Boot 3.5 and 4.
 */
final class LogstashFields implements StructuredLoggingJsonMembersCustomizer<Object> {

    static final String LOGBACK = "ch.qos.logback.classic.spi.ILoggingEvent";

    private static final String PREFIX = "sip.";

    private static final Set<String> NAMES =
            Arrays.stream(SipField.values()).map(SipField::key).collect(Collectors.toSet());

    private final boolean nests;

    LogstashFields(Environment environment) {
        List<String> formats = Stream.of("console", "file")
                .map(target -> environment.getProperty("logging.structured.format." + target))
                .filter(Objects::nonNull)
                .toList();
        nests = !formats.isEmpty()
                && formats.stream().allMatch("logstash"::equalsIgnoreCase)
                // The application has its own wish for the names then.
                && environment.getProperty("logging.structured.json.context.prefix") == null
                && environment.getProperty("logging.structured.json.context.include", Boolean.class, true)
                && ClassUtils.isPresent(LOGBACK, null);
    }

    boolean nests() {
        return nests;
    }

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        if (nests) {
            members.applyingPathFilter(path -> path.name() != null && NAMES.contains(path.name()));
            members.add().usingPairs((event, pairs) -> {
                Map<String, Object> fields = fields(event);
                if (!fields.isEmpty()) {
                    pairs.accept("sip", fields);
                }
            });
        }
    }

    /** The fields of a line, by the parts of their names. */
    private static Map<String, Object> fields(Object event) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (event instanceof ILoggingEvent line) {
            line.getMDCPropertyMap().forEach((name, value) -> put(out, name, value));
            if (line.getKeyValuePairs() != null) {
                for (KeyValuePair pair : line.getKeyValuePairs()) {
                    put(out, pair.key, pair.value);
                }
            }
        }
        return out;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> out, String name, Object value) {
        if (NAMES.contains(name)) {
            String[] parts = name.substring(PREFIX.length()).split("\\.");
            Map<String, Object> inner = out;
            for (int i = 0; i < parts.length - 1; i++) {
                inner = (Map<String, Object>) inner.computeIfAbsent(parts[i], part -> new LinkedHashMap<>());
            }
            inner.put(parts[parts.length - 1], value);
        }
    }
}
