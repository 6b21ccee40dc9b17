package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.json.JsonParserFactory;

/** The fields of a failure in the structured formats of Spring Boot, as they really are in the file. */
class StructuredLogTest {

    /** ECS nests names with dots by itself, Logstash with the kit's help; GELF 1.1 allows no nesting. */
    @ParameterizedTest
    @CsvSource({
        "ecs, false, sip/code, sip/call_id, sip/to/uri",
        "ecs, true, sip/code, sip/call_id, sip/to/uri",
        "logstash, false, sip/code, sip/call_id, sip/to/uri",
        "logstash, true, sip/code, sip/call_id, sip/to/uri",
        "gelf, false, _sip.code, _sip.call_id, _sip.to.uri",
        "gelf, true, _sip.code, _sip.call_id, _sip.to.uri",
    })
    void shouldHaveTheFieldsOfAFailure(String format, boolean mdc, String code, String callId, String to)
            throws Exception {
        Running application = Running.start(
                Backend.class,
                "--spring.main.web-application-type=none",
                "--logging.structured.format.file=" + format,
                "--sipcodes.log.mdc=" + mdc);
        try (application;
                Caller caller = new Caller()) {
            Caller.Call call = caller.call("busy", application.context.getBean(Switchboard.class).port, "udp");

            // One by the stack that sent it, one by that which received it.
            await().untilAsserted(() -> assertThat(failures(application, call)).hasSize(2));
            assertThat(failures(application, call)).allSatisfy(line -> {
                assertThat(find(line, code)).hasToString("486");
                assertThat(find(line, callId)).isEqualTo(call.callId());
                assertThat(find(line, to)).asString().startsWith("sip:busy@");
            });
        }
    }

    private static List<Map<String, Object>> failures(Running application, Caller.Call call) {
        return application.log().stream()
                .filter(text -> text.contains("io.sipcodes.failures") && text.contains(call.callId()))
                .map(JsonParserFactory.getJsonParser()::parseMap)
                .toList();
    }

    private static Object find(Map<?, ?> line, String path) {
        Object value = line;
        for (String name : path.split("/")) {
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }
}
