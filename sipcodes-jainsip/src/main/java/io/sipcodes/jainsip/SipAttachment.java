package io.sipcodes.jainsip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches the kit to every JAIN-SIP stack that is built from now on in this JVM, with no change of the code that builds
 * it. The stack asks the System properties for its loggers before it asks the properties it was given; this sets them,
 * and {@link #close()} puts back what was there.
 *
 * <p>Safe for use by any number of threads; several attachments may be open at once, and the last to close restores.
 */
public final class SipAttachment implements AutoCloseable {

    static final String STACK_LOGGER = "gov.nist.javax.sip.STACK_LOGGER";
    static final String SERVER_LOGGER = "gov.nist.javax.sip.SERVER_LOGGER";

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private static final Map<String, String> REPLACED = new LinkedHashMap<>();
    private static int open;

    private boolean closed;

    private SipAttachment() {}

    /** Attaches to the stacks to come. */
    public static SipAttachment attach() {
        synchronized (REPLACED) {
            if (open++ == 0) {
                set(STACK_LOGGER, SipCodesStackLogger.class);
                set(SERVER_LOGGER, SipCodesServerLogger.class);
            }
        }
        return new SipAttachment();
    }

    private static void set(String property, Class<?> logger) {
        REPLACED.put(property, System.getProperty(property));
        System.setProperty(property, logger.getName());
        log.debug("{} is {}", property, logger.getName());
    }

    /** Ends the attachment for stacks to come; those that are attached stay so. Calling it again does nothing. */
    @Override
    public void close() {
        synchronized (REPLACED) {
            if (closed) {
                return;
            }
            closed = true;
            if (--open == 0) {
                REPLACED.forEach((property, value) -> {
                    if (value == null) {
                        System.clearProperty(property);
                    } else {
                        System.setProperty(property, value);
                    }
                });
                REPLACED.clear();
            }
        }
    }
}
