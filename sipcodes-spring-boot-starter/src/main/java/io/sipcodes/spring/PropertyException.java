package io.sipcodes.spring;

/** A property has a value that cannot be used. The failure analysis makes of it what the user reads. */
final class PropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String expected;

    /**
     * A wrong value.
     *
     * @param property the full name of the property
     * @param value what it is
     * @param expected what it may be
     */
    PropertyException(String property, Object value, String expected) {
        super(property + ": " + value + " (expected: " + expected + ")");
        this.property = property;
        this.value = String.valueOf(value);
        this.expected = expected;
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
