package io.sipcodes.spring;

import java.util.function.Supplier;

/** A property has a value that cannot be used. The failure analysis makes of it what the user reads. */
final class PropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String expected;

    private PropertyException(String property, Object value, String expected) {
        super(property + ": " + value + " (expected: " + expected + ")");
        this.property = property;
        this.value = String.valueOf(value);
        this.expected = expected;
    }

    /**
     * A wrong value, as an error of a class that the JVM knows: whoever throws it can be verified without loading this one.
     *
     * @param property the full name of the property
     * @param value what it is
     * @param expected what it may be
     */
    static IllegalArgumentException of(String property, Object value, String expected) {
        return new PropertyException(property, value, expected);
    }

    /**
     * What a builder makes of a value of a property.
     *
     * @throws PropertyException if the builder refuses the value; its message is what was expected
     */
    static <T> T guard(String property, Object value, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw of(property, value, expected(e.getMessage()));
        }
    }

    // Messages of the kit read "what: found (expected: ...)".
    private static String expected(String message) {
        int start = message.indexOf("(expected: ");
        return start < 0 ? message : message.substring(start + "(expected: ".length(), message.length() - 1);
    }

    String property() {
        return property;
    }

    String value() {
        return value;
    }

    String expected() {
        return expected;
    }
}
