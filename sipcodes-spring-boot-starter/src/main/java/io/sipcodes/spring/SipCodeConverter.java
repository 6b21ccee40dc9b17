package io.sipcodes.spring;

import io.sipcodes.SipCode;
import java.util.Set;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/**
 * Makes a code of a request parameter or a path variable, as {@code 486}, and null of an empty one, as Spring does with its
 * own types. Elsewhere Spring finds {@link SipCode#valueOf}.
 *
 * <p>It tells its types itself: Boot would look for those of a Converter in the bean's definition, at each start.
 */
final class SipCodeConverter implements GenericConverter {

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, SipCode.class));
    }

    @Override
    public Object convert(Object source, TypeDescriptor from, TypeDescriptor to) {
        String text = (String) source;
        return text == null || text.isBlank() ? null : SipCode.valueOf(text);
    }
}
