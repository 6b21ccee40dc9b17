package io.sipcodes.jainsip;

import gov.nist.core.ServerLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.MergedSystemProperties;
import gov.nist.javax.sip.parser.MessageParserFactory;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Properties;

/**
 * What a stack would have if the kit were not there: the loggers that the application named, or the stock ones where it
 * set them up to write, and its parser factory. They go on being called.
 */
final class ApplicationLoggers {

    private static final String PREFIX = "gov.nist.javax.sip.";
    private static final String STOCK_STACK_LOGGER = "gov.nist.core.LogWriter";
    private static final String STOCK_SERVER_LOGGER = "gov.nist.javax.sip.stack.ServerLog";

    /** A stack that starts asks three times, once for each of its hooks. */
    private static volatile ApplicationLoggers latest;

    private final Reference<Properties> readFrom;
    private final Properties own;

    private ApplicationLoggers(Properties merged, Properties own) {
        this.readFrom = new WeakReference<>(merged);
        this.own = own;
    }

    /** What the application itself put into the properties of its stack. */
    static ApplicationLoggers of(Properties merged) {
        ApplicationLoggers known = latest;
        if (known == null || known.readFrom.get() != merged) {
            known = read(merged);
            latest = known;
        }
        return known;
    }

    // As the stack would read them: with defaults, and without values that are no text.
    private static ApplicationLoggers read(Properties merged) {
        Properties given = given(merged);
        Properties own = new Properties();
        for (String name : given.stringPropertyNames()) {
            own.setProperty(name, given.getProperty(name));
        }
        return new ApplicationLoggers(merged, own);
    }

    // The stack hands out a view in which System properties win. No method of the view gives what it stands before, but
    // its serial form has it as a part.
    private static Properties given(Properties merged) {
        if (!(merged instanceof MergedSystemProperties)) {
            return merged;
        }
        try (Wrapped wrapped = new Wrapped(merged)) {
            wrapped.writeObject(merged);
            return given(wrapped.found);
        } catch (IOException e) {
            throw new IllegalStateException("the stack's properties cannot be read", e);
        }
    }

    /** Writes nothing, and keeps the properties within a view. */
    private static final class Wrapped extends ObjectOutputStream {

        private final Properties view;
        private Properties found;

        Wrapped(Properties view) throws IOException {
            super(OutputStream.nullOutputStream());
            this.view = view;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object part) {
            if (part == view) {
                return part;
            }
            if (found == null && part instanceof Properties properties) {
                found = properties;
            }
            return null;
        }
    }

    /** The application's own value of a property without the prefix, or null. */
    String property(String name) {
        return own.getProperty(PREFIX + name);
    }

    /** The name of the stack logger in whose place the kit stands, or null if there is none or it is not to be called. */
    String stackLogger() {
        return named("STACK_LOGGER", SipCodesStackLogger.class, STOCK_STACK_LOGGER, "DEBUG_LOG");
    }

    /** The name of the server logger in whose place the kit stands, or null if there is none or it is not to be called. */
    String serverLogger() {
        return named("SERVER_LOGGER", SipCodesServerLogger.class, STOCK_SERVER_LOGGER, "SERVER_LOG");
    }

    /** The name of the parser factory in whose place the kit stands, or null for the stack's own. */
    String parserFactory() {
        return other("MESSAGE_PARSER_FACTORY", SipCodesMessageParserFactory.class);
    }

    // The stock loggers write nothing unless a level and a file are set.
    private String named(String property, Class<?> ours, String stock, String file) {
        if (!SipAttachment.callsOwnLoggers()) {
            return null;
        }
        String name = other(property, ours);
        if (name != null) {
            return name;
        }
        return property("TRACE_LEVEL") != null && property(file) != null ? stock : null;
    }

    private String other(String property, Class<?> ours) {
        String name = property(property);
        if (name == null) {
            name = SipAttachment.replaced(PREFIX + property);
        }
        return name == null || name.equals(ours.getName()) ? null : name;
    }

    static StackLogger makeStackLogger(String name) throws ReflectiveOperationException {
        return (StackLogger) make(name);
    }

    static ServerLogger makeServerLogger(String name) throws ReflectiveOperationException {
        return (ServerLogger) make(name);
    }

    static MessageParserFactory makeParserFactory(String name) throws ReflectiveOperationException {
        return (MessageParserFactory) make(name);
    }

    // As the stack would: from its own class loader.
    private static Object make(String name) throws ReflectiveOperationException {
        return Class.forName(name, true, StackLogger.class.getClassLoader())
                .getConstructor()
                .newInstance();
    }
}
