package io.sipcodes.jainsip;

import gov.nist.core.StackLogger;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Takes the lines that a stack writes about itself to SLF4J, under {@code gov.nist.javax.sip}, and keeps the gate open
 * behind which the stack calls its server logger. Needs no log4j. The stack makes it by its no-argument constructor; see
 * {@link SipAttachment}. Where the application named a stack logger of its own, the lines go there and not to SLF4J.
 *
 * <p>JAIN-SIP keeps one stack logger for all stacks of a JVM, the one of the stack that was made last.
 */
public final class SipCodesStackLogger implements StackLogger {

    private volatile StackLogger application;

    /** For the stack. */
    public SipCodesStackLogger() {}

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    // Up to 16 the answer must be yes, or the stack never calls its server logger. The text that it then makes for each
    // message at 16 is dropped below without being looked at.
    @Override
    public boolean isLoggingEnabled(int level) {
        if (level <= TRACE_MESSAGES) {
            return true;
        }
        return application == null ? StackLog.debugWanted() : wants(level);
    }

    private boolean wants(int level) {
        StackLogger next = application;
        try {
            return next != null && next.isLoggingEnabled(level);
        } catch (Throwable e) {
            StackLog.failed("the application's own stack logger failed", e);
            return false;
        }
    }

    // What the stack wrote only because the gate is open: the application's logger has not been asked yet.
    private void passOn(int level, Consumer<StackLogger> call) {
        if (wants(level)) {
            passOn(call);
        }
    }

    // A logger may write warnings and errors whatever it says when asked, and the stack does not ask before each.
    private void passOn(Consumer<StackLogger> call) {
        StackLogger next = application;
        if (next == null) {
            return;
        }
        try {
            call.accept(next);
        } catch (Throwable e) {
            StackLog.failed("the application's own stack logger failed", e);
        }
    }

    @Override
    public void logDebug(String message) {
        if (application == null) {
            StackLog.debug(message, null);
        } else {
            passOn(TRACE_DEBUG, next -> next.logDebug(message));
        }
    }

    @Override
    public void logDebug(String message, Exception exception) {
        if (application == null) {
            StackLog.debug(message, exception);
        } else {
            passOn(TRACE_DEBUG, next -> next.logDebug(message, exception));
        }
    }

    @Override
    public void logTrace(String message) {
        if (application == null) {
            StackLog.trace(message);
        } else {
            passOn(TRACE_TRACE, next -> next.logTrace(message));
        }
    }

    @Override
    public void logInfo(String message) {
        if (application == null) {
            StackLog.debug(message, null);
        } else {
            passOn(TRACE_INFO, next -> next.logInfo(message));
        }
    }

    @Override
    public void logWarning(String message) {
        if (application == null) {
            StackLog.warn(message);
        } else {
            passOn(next -> next.logWarning(message));
        }
    }

    @Override
    public void logError(String message) {
        if (application == null) {
            StackLog.error(message, null);
        } else {
            passOn(next -> next.logError(message));
        }
    }

    @Override
    public void logError(String message, Exception exception) {
        if (application == null) {
            StackLog.error(message, exception);
        } else {
            passOn(next -> next.logError(message, exception));
        }
    }

    /**
     * What newer stacks call in place of the one above.
     *
     * @param message the line
     * @param exception what was thrown
     */
    public void logError(String message, Throwable exception) {
        if (application == null) {
            StackLog.error(message, exception);
        } else {
            passOn(next -> next.logError(message + ": " + exception));
        }
    }

    @Override
    public void logFatalError(String message) {
        if (application == null) {
            StackLog.error(message, null);
        } else {
            passOn(next -> next.logFatalError(message));
        }
    }

    @Override
    public void logException(Throwable exception) {
        if (application == null) {
            StackLog.error("exception in the SIP stack", exception);
        } else {
            passOn(next -> next.logException(exception));
        }
    }

    @Override
    public void logStackTrace() {
        logStackTrace(TRACE_DEBUG);
    }

    @Override
    public void logStackTrace(int level) {
        if (application != null) {
            passOn(level, next -> next.logStackTrace(level));
        } else if (level >= TRACE_DEBUG && StackLog.debugEnabled()) {
            StackLog.debug("stack trace", new Exception("where the SIP stack asked for a stack trace"));
        }
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    // The stack calls this when it stops; levels are otherwise the logging framework's business.
    @Override
    public void disableLogging() {
        passOn(StackLogger::disableLogging);
    }

    @Override
    public void enableLogging() {
        passOn(StackLogger::enableLogging);
    }

    @Override
    public void setBuildTimeStamp(String timeStamp) {
        if (application == null) {
            StackLog.debug("JAIN-SIP build " + timeStamp, null);
        } else {
            passOn(next -> next.setBuildTimeStamp(timeStamp));
        }
    }

    @Override
    public void setStackProperties(Properties properties) {
        try {
            String name = ApplicationLoggers.of(properties).stackLogger();
            if (name != null) {
                StackLogger next = ApplicationLoggers.makeStackLogger(name);
                next.setStackProperties(properties);
                application = next;
            }
        } catch (Throwable e) {
            StackLog.failed("the stack logger that the application named cannot be called on", e);
        }
    }

    @Override
    public String getLoggerName() {
        return StackLog.NAME;
    }
}
