package io.sipcodes.jainsip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches the kit to every JAIN-SIP stack that is built from now on in this JVM, with no change of the code that builds
 * it. The stack asks the System properties before it asks the properties it was given; this sets them,
 * and {@link #close()} puts back what was there. Loggers that an application named itself go on being called, {@linkplain #callOwnLoggers
 * unless switched off}.
 *
 * <p>System properties hold for the whole JVM, and a stack loads the classes they name by its own class loader. So the kit
 * attaches only where that must work: where JAIN-SIP can load the kit, and its class loader belongs to one application. In
 * a servlet container that holds several, put these into the properties of your stack instead: {@link #stackProperties()}.
 *
 * <p>Safe for use by any number of threads; several attachments may be open at once, and the last to close restores.
 */
public final class SipAttachment implements AutoCloseable {

    private static final String PREFIX = "gov.nist.javax.sip.";
    /** A small class beside the stack: this is in every start of an application, and the stack itself is large. */
    private static final String STACK_CLASS = "gov.nist.core.StackLogger";

    // By name: each start of an application would wait until these are loaded, and the stack's interfaces with them.
    private static final String OWN = "io.sipcodes.jainsip";
    private static final String STACK_LOGGER = OWN + ".SipCodesStackLogger";
    private static final String SERVER_LOGGER = OWN + ".SipCodesServerLogger";
    private static final String PARSER_FACTORY = OWN + ".SipCodesMessageParserFactory";

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private static final Map<String, String> REPLACED = new LinkedHashMap<>();
    private static int open;
    private static volatile boolean callsOwnLoggers = true;

    private final String obstacle;
    private boolean closed;

    private SipAttachment(String obstacle) {
        this.obstacle = obstacle;
    }

    /**
     * Attaches to the stacks to come, if that is safe here; {@link #obstacle()} tells why not.
     *
     * @return closes the attachment
     */
    public static SipAttachment attach() {
        String obstacle = findObstacle(SipAttachment.class.getClassLoader());
        if (obstacle != null) {
            log.warn("not attached to JAIN-SIP: {}", obstacle);
            return new SipAttachment(obstacle);
        }
        synchronized (REPLACED) {
            if (open++ == 0) {
                Properties properties = stackProperties();
                for (String name : properties.stringPropertyNames()) {
                    REPLACED.put(name, System.getProperty(name));
                    System.setProperty(name, properties.getProperty(name));
                }
            }
        }
        return new SipAttachment(null);
    }

    /**
     * {@return the properties that name the kit's classes, to be put into the properties of one stack where
     * {@link #attach()} for the whole JVM is not wanted or not possible}
     */
    public static Properties stackProperties() {
        Properties properties = new Properties();
        properties.setProperty(PREFIX + "STACK_LOGGER", STACK_LOGGER);
        properties.setProperty(PREFIX + "SERVER_LOGGER", SERVER_LOGGER);
        properties.setProperty(SipCodesMessageParserFactory.PROPERTY, PARSER_FACTORY);
        return properties;
    }

    /**
     * Whether loggers that an application named itself go on being called, after the kit's: by stacks that are built from
     * now on in this JVM. They are if this is not set. Its parser factory is asked in any case, since it decides what a
     * message is.
     *
     * @param call false to leave them out
     */
    public static void callOwnLoggers(boolean call) {
        callsOwnLoggers = call;
    }

    static boolean callsOwnLoggers() {
        return callsOwnLoggers;
    }

    /** {@return why the kit is not attached, in a sentence for a log; empty if it is} */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** What stood in a System property before the kit's name did, or null. */
    static String replaced(String property) {
        synchronized (REPLACED) {
            return REPLACED.get(property);
        }
    }

    static String findObstacle(ClassLoader own) {
        ClassLoader stack;
        try {
            stack = Class.forName(STACK_CLASS, false, own).getClassLoader();
        } catch (ClassNotFoundException | LinkageError e) {
            return "there is no JAIN-SIP on the class path";
        }
        try {
            Class<?> seen = Class.forName(SipAttachment.class.getName(), false, stack);
            if (seen.getClassLoader() != own) {
                return "JAIN-SIP would load another copy of sipcodes, from " + seen.getClassLoader();
            }
        } catch (ClassNotFoundException | LinkageError e) {
            return "JAIN-SIP was loaded by " + stack + ", which cannot load sipcodes";
        }
        if (!isAlone(stack)) {
            return "other applications may share this JVM, and their stacks would look for sipcodes too; put"
                    + " SipAttachment.stackProperties() into the properties of your stack instead";
        }
        return null;
    }

    // The class path of a JVM, or a Boot executable jar, has one application. A loader below them, as a servlet
    // container makes one for each application, may have neighbours.
    private static boolean isAlone(ClassLoader loader) {
        for (ClassLoader of = ClassLoader.getSystemClassLoader(); of != null; of = of.getParent()) {
            if (of == loader) {
                return true;
            }
        }
        return Objects.requireNonNullElse(loader.getClass().getPackageName(), "")
                .startsWith("org.springframework.boot.loader");
    }

    /** Ends the attachment for stacks to come; those that are attached stay so. Calling it again does nothing. */
    @Override
    public void close() {
        synchronized (REPLACED) {
            if (closed || obstacle != null) {
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
