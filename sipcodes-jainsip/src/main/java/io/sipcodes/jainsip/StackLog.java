package io.sipcodes.jainsip;

import io.sipcodes.WireText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the stack's own lines, and never lets a logging framework's failure through to the stack. */
final class StackLog {

    static final String NAME = "gov.nist.javax.sip";

    static final String MESSAGES = "io.sipcodes.messages";

    private static final Logger log = LoggerFactory.getLogger(NAME);
    private static final Logger messages = LoggerFactory.getLogger(MESSAGES);

    private static final int MAX_LINE = 4_096;
    private static final int MAX_MESSAGE = 65_536;
    private static final int MAX_CAUSES = 8;
    private static final long FAILURE_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicLong LAST_FAILURE = new AtomicLong(System.nanoTime() - FAILURE_PAUSE_NANOS);

    /**
     * Logback's filters that may let through what a level does not, for some threads only: where there are none, levels
     * alone decide. Null where another framework writes, of which that is not known.
     */
    private static final List<?> FILTERS = turboFilters(LoggerFactory.getILoggerFactory());

    /** Whether debug lines were off, for whichever thread, when somebody looked last. */
    private static volatile boolean quiet;

    private StackLog() {}

    // The stack puts what a peer sent into its lines, whole messages at times.
    private static String clean(String message) {
        if (message == null) {
            return null;
        }
        String bounded = message.length() > MAX_LINE ? message.substring(0, MAX_LINE) : message;
        String redacted = bounded.indexOf('\n') < 0
                ? SipTraffic.redaction().text(bounded)
                : SipTraffic.redaction().message(bounded);
        return WireText.clean(redacted, MAX_LINE);
    }

    // A parser's exception quotes what it could not read.
    private static Throwable clean(Throwable exception) {
        return exception == null || isClean(exception, 0) ? exception : new CleanedException(exception, 0);
    }

    private static boolean isClean(Throwable exception, int depth) {
        if (exception == null) {
            return true;
        }
        String message = exception.getMessage();
        if (depth > MAX_CAUSES || message != null && !message.equals(clean(message))) {
            return false;
        }
        for (Throwable suppressed : exception.getSuppressed()) {
            if (!isClean(suppressed, depth + 1)) {
                return false;
            }
        }
        return isClean(exception.getCause(), depth + 1);
    }

    /** Stands for an exception whose message must not be written as it is. */
    private static final class CleanedException extends Exception {

        private static final long serialVersionUID = 1L;

        CleanedException(Throwable exception, int depth) {
            super(exception.getClass().getName() + ": " + clean(exception.getMessage()), causeOf(exception, depth));
            setStackTrace(exception.getStackTrace());
        }

        private static Throwable causeOf(Throwable exception, int depth) {
            return exception.getCause() == null || depth >= MAX_CAUSES
                    ? null
                    : new CleanedException(exception.getCause(), depth + 1);
        }
    }

    /** Whether whole messages are wanted. */
    static boolean messagesEnabled() {
        try {
            return messages.isTraceEnabled();
        } catch (Throwable e) {
            return false;
        }
    }

    /** Writes a whole message, on the worker: redacted, and each line cleaned by itself. */
    static void message(String head, String encoded) {
        String bounded = encoded.length() > MAX_MESSAGE ? encoded.substring(0, MAX_MESSAGE) : encoded;
        StringBuilder out = new StringBuilder(bounded.length() + 64).append(WireText.clean(head, MAX_LINE));
        SipTraffic.redaction()
                .message(bounded)
                .lines()
                .forEach(line -> out.append("\n  ").append(WireText.clean(line, MAX_LINE)));
        messages.trace("{}", out);
    }

    private static List<?> turboFilters(ILoggerFactory factory) {
        try {
            return (List<?>) factory.getClass().getMethod("getTurboFilterList").invoke(factory);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Whether the stack should make debug lines. It asks this some 200 times a call: while they are off, the answer is that
     * of the last {@link #look()}, a field in place of a way through the logging framework at each place.
     */
    static boolean debugWanted() {
        return !quiet && debugEnabled();
    }

    /** Sees whether debug lines are wanted by now: with each message, and by the worker where none comes. */
    static void look() {
        boolean off = FILTERS != null && FILTERS.isEmpty() && !debugEnabled();
        // A field that is written is in no other processor's cache.
        if (quiet != off) {
            quiet = off;
        }
    }

    static boolean debugEnabled() {
        try {
            return log.isDebugEnabled();
        } catch (Throwable e) {
            return false;
        }
    }

    static void trace(String message) {
        try {
            if (log.isTraceEnabled()) {
                log.trace("{}", clean(message));
            }
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void debug(String message, Throwable cause) {
        try {
            if (log.isDebugEnabled()) {
                log.debug("{}", clean(message), clean(cause));
            }
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    // Every stack warns five times of TLS settings that it was not given, also one that has no TLS.
    private static final List<String> NO_WARNINGS = List.of(
            "using default tls security policy",
            "Using default keystore type",
            "Using default truststore type",
            "TLS server settings will be inactive",
            "TLS trust settings will be inactive");

    static void warn(String message) {
        if (message != null && NO_WARNINGS.stream().anyMatch(message::startsWith)) {
            debug(message, null);
            return;
        }
        try {
            log.warn("{}", clean(message));
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void error(String message, Throwable cause) {
        try {
            log.error("{}", clean(message), clean(cause));
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    /** Something of the application's failed inside a hook: said once a minute, since a hook is called per message. */
    static void failed(String what, Throwable cause) {
        long now = System.nanoTime();
        long last = LAST_FAILURE.get();
        if (now - last >= FAILURE_PAUSE_NANOS && LAST_FAILURE.compareAndSet(last, now)) {
            try {
                log.warn("{} (said once a minute)", what, clean(cause));
            } catch (Throwable e) {
                // There is nowhere left to tell it.
            }
        }
    }
}
