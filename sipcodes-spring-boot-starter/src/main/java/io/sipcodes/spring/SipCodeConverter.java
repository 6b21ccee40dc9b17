package io.sipcodes.spring;

import io.sipcodes.SipCode;
import org.springframework.core.convert.converter.Converter;

/**
 * Makes a code of a request parameter or a path variable, as {@code 486}, and null of an empty one, as Spring does with its
 * own types. Elsewhere Spring finds {@link SipCode#valueOf}.
 */
final class SipCodeConverter implements Converter<String, SipCode> {

    @Override
    public SipCode convert(String source) {
        return source.isBlank() ? null : SipCode.valueOf(source);
    }
}
