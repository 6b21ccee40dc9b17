package io.sipcodes.spring;

import io.sipcodes.SipCode;
import org.springframework.core.convert.converter.Converter;

/** Makes a code of a request parameter, a path variable or a property, as {@code 486}. */
final class SipCodeConverter implements Converter<String, SipCode> {

    @Override
    public SipCode convert(String source) {
        String text = source.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{3}")) {
            throw new IllegalArgumentException("code: " + Views.quote(text) + " (expected: 100..699)");
        }
        return SipCode.of(Integer.parseInt(text));
    }
}
