package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.SipCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.support.DefaultConversionService;

/** Codes as JSON by Jackson 2 and 3, and as text. */
class JsonTest {

    record Body(SipCode code) {}

    private final com.fasterxml.jackson.databind.ObjectMapper jackson2 =
            new com.fasterxml.jackson.databind.ObjectMapper().registerModule(new SipCodeJackson2());
    private final tools.jackson.databind.ObjectMapper jackson3 = tools.jackson.databind.json.JsonMapper.builder()
            .addModule(new SipCodeJackson3())
            .build();

    @Test
    void shouldWriteACodeAsItsNumber() throws Exception {
        Body body = new Body(SipCode.BUSY_HERE_486);

        assertThat(jackson2.writeValueAsString(body)).isEqualTo("{\"code\":486}");
        assertThat(jackson3.writeValueAsString(body)).isEqualTo("{\"code\":486}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"486", "\"486\""})
    void shouldReadACodeFromANumberOrItsText(String code) throws Exception {
        String json = "{\"code\":" + code + "}";

        assertThat(jackson2.readValue(json, Body.class).code()).isSameAs(SipCode.BUSY_HERE_486);
        assertThat(jackson3.readValue(json, Body.class).code()).isSameAs(SipCode.BUSY_HERE_486);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "700", "\"busy\"", "{}"})
    void shouldRefuseWhatIsNoCode(String code) {
        String json = "{\"code\":" + code + "}";

        assertThatThrownBy(() -> jackson2.readValue(json, Body.class)).hasMessageContaining("100..699");
        assertThatThrownBy(() -> jackson3.readValue(json, Body.class)).hasMessageContaining("100..699");
    }

    @ParameterizedTest
    @CsvSource({"486, 486", "' 486 ', 486", "'', ", "' ', "})
    void shouldConvertText(String text, Integer code) {
        assertThat(convert(text)).isSameAs(code == null ? null : SipCode.of(code));
    }

    @Test
    void shouldRefuseTextThatIsNoCode() {
        assertThatThrownBy(() -> convert("busy"))
                .isInstanceOf(ConversionFailedException.class)
                .rootCause()
                .hasMessageContaining("(expected: 100..699)");
    }

    // As Boot does it with what is in the context.
    private static SipCode convert(String text) {
        DefaultConversionService conversion = new DefaultConversionService();
        conversion.addConverter(new SipCodeConverter());
        return conversion.convert(text, SipCode.class);
    }

    /** What binds properties and {@code @Value}. */
    @ParameterizedTest
    @CsvSource({"486", "' 486 '"})
    void shouldBeFoundByEachConversionServiceOfSpring(String text) {
        assertThat(new DefaultConversionService().convert(text, SipCode.class)).isSameAs(SipCode.BUSY_HERE_486);
    }

    @Test
    void shouldGiveEachGenerationOfJacksonItsModule() {
        Application.runner()
                .run(context -> assertThat(context.getBean(com.fasterxml.jackson.databind.Module.class))
                        .isInstanceOf(SipCodeJackson2.class));
        // As Boot 4 looks for modules.
        assertThat(tools.jackson.databind.json.JsonMapper.builder()
                        .findAndAddModules()
                        .build()
                        .writeValueAsString(new Body(SipCode.BUSY_HERE_486)))
                .isEqualTo("{\"code\":486}");
    }
}
