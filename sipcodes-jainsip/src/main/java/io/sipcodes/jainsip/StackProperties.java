package io.sipcodes.jainsip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Properties;

/** What the application itself put into the properties of its stack. */
final class StackProperties {

    private StackProperties() {}

    /**
     * The application's own value. The stack wraps the properties it is given so that a System property of the same name
     * comes first; of all the wrapper's methods, writing to a stream is the one that still gives the whole own values.
     *
     * @param wrapped as the stack hands it on
     * @return null if the application set none
     */
    static String own(Properties wrapped, String name) {
        if (wrapped == null) {
            return null;
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            wrapped.store(out, null);
            Properties own = new Properties();
            own.load(new ByteArrayInputStream(out.toByteArray()));
            return own.getProperty(name);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }
}
