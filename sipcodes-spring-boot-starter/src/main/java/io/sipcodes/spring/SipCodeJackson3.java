package io.sipcodes.spring;

import io.sipcodes.SipCode;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** A code in JSON is its number, for Jackson 3; {@link SipCodeJackson2} is the same for Jackson 2. */
public final class SipCodeJackson3 extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** For Jackson. */
    public SipCodeJackson3() {
        super("sipcodes");
        addSerializer(SipCode.class, new Writer());
        addDeserializer(SipCode.class, new Reader());
    }

    private static final class Writer extends StdScalarSerializer<SipCode> {

        Writer() {
            super(SipCode.class);
        }

        @Override
        public void serialize(SipCode code, JsonGenerator out, SerializationContext context) {
            out.writeNumber(code.value());
        }
    }

    private static final class Reader extends StdScalarDeserializer<SipCode> {

        Reader() {
            super(SipCode.class);
        }

        @Override
        public SipCode deserialize(JsonParser in, DeserializationContext context) {
            int number = in.getValueAsInt();
            Optional<SipCode> code = SipCode.find(number);
            return code.isPresent()
                    ? code.get()
                    : (SipCode) context.handleWeirdNumberValue(SipCode.class, number, "expected: 100..699");
        }
    }
}
