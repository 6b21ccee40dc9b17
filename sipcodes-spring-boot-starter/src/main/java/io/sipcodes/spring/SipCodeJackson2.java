package io.sipcodes.spring;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.sipcodes.SipCode;
import java.io.IOException;
import java.util.Optional;

/** A code in JSON is its number, for Jackson 2; {@link SipCodeJackson3} is the same for Jackson 3. */
final class SipCodeJackson2 extends SimpleModule {

    private static final long serialVersionUID = 1L;

    SipCodeJackson2() {
        super("sipcodes");
        addSerializer(SipCode.class, new Writer());
        addDeserializer(SipCode.class, new Reader());
    }

    private static final class Writer extends StdScalarSerializer<SipCode> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(SipCode.class);
        }

        @Override
        public void serialize(SipCode code, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(code.value());
        }
    }

    private static final class Reader extends StdScalarDeserializer<SipCode> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(SipCode.class);
        }

        @Override
        public SipCode deserialize(JsonParser in, DeserializationContext context) throws IOException {
            int number = in.getValueAsInt();
            Optional<SipCode> code = SipCode.find(number);
            return code.isPresent()
                    ? code.get()
                    : (SipCode) context.handleWeirdNumberValue(SipCode.class, number, "expected: 100..699");
        }
    }
}
