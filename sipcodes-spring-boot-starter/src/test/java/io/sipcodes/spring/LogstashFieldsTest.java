package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** When names are nested; what a line looks like then is asked of real applications in the integration tests. */
class LogstashFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "logstash, , , , true",
        ", LOGSTASH, , , true",
        "logstash, logstash, , , true",
        "logstash, ecs, , , false",
        "gelf, logstash, , , false",
        "ecs, , , , false",
        "com.example.OurFormat, , , , false",
        ", , , , false",
        "logstash, , mdc, , false",
        "logstash, , , false, false",
        "logstash, , , true, true"
    })
    void shouldNestWhereLogstashIsTheOnlyFormat(
            String console, String file, String prefix, String include, boolean nests) {
        Map<String, Object> properties = new TreeMap<>();
        set(properties, "logging.structured.format.console", console);
        set(properties, "logging.structured.format.file", file);
        set(properties, "logging.structured.json.context.prefix", prefix);
        set(properties, "logging.structured.json.context.include", include);
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));

        assertThat(new LogstashFields(environment).nests()).isEqualTo(nests);
    }

    private static void set(Map<String, Object> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
