package io.sipcodes.jainsip;

import gov.nist.core.StackLogger;
import java.util.Properties;

/**
 * Takes the lines that a stack writes about itself to SLF4J, under {@code gov.nist.javax.sip}, and keeps the gate open
 * behind which the stack calls its server logger. Needs no log4j. The stack makes it by its no-argument constructor; see
 * {@link SipAttachment}. It holds no state: the stack keeps the last one made in a static for all stacks of the JVM.
 */
public final class SipCodesStackLogger implements StackLogger {

    /** For the stack. */
    public SipCodesStackLogger() {}

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    // Up to 16 the answer must be yes, or the stack never calls its server logger. What it writes at 16 is text for
    // each
    // message, which is dropped below without being looked at.
    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= TRACE_MESSAGES || StackLog.debugEnabled();
    }

    @Override
    public void logDebug(String message) {
        StackLog.debug(message, null);
    }

    @Override
    public void logDebug(String message, Exception exception) {
        StackLog.debug(message, exception);
    }

    @Override
    public void logTrace(String message) {
        StackLog.trace(message);
    }

    @Override
    public void logInfo(String message) {
        StackLog.debug(message, null);
    }

    @Override
    public void logWarning(String message) {
        StackLog.warn(message);
    }

    @Override
    public void logError(String message) {
        StackLog.error(message, null);
    }

    @Override
    public void logError(String message, Exception exception) {
        StackLog.error(message, exception);
    }

    /** What newer stacks call in place of the one above. */
    public void logError(String message, Throwable exception) {
        StackLog.error(message, exception);
    }

    @Override
    public void logFatalError(String message) {
        StackLog.error(message, null);
    }

    @Override
    public void logException(Throwable exception) {
        StackLog.error("exception in the SIP stack", exception);
    }

    @Override
    public void logStackTrace() {
        logStackTrace(TRACE_DEBUG);
    }

    @Override
    public void logStackTrace(int level) {
        if (level >= TRACE_DEBUG && StackLog.debugEnabled()) {
            StackLog.debug("stack trace", new Exception("where the SIP stack asked for a stack trace"));
        }
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {
        // Levels are the logging framework's business.
    }

    @Override
    public void enableLogging() {
        // Levels are the logging framework's business.
    }

    @Override
    public void setBuildTimeStamp(String timeStamp) {
        StackLog.debug("JAIN-SIP build " + timeStamp, null);
    }

    @Override
    public void setStackProperties(Properties properties) {
        // Nothing to keep: one instance serves all stacks.
    }

    @Override
    public String getLoggerName() {
        return StackLog.NAME;
    }
}
