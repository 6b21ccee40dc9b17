package io.sipcodes.jainsip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the stack's own lines, and never lets a logging framework's failure through to the stack. */
final class StackLog {

    static final String NAME = "gov.nist.javax.sip";

    private static final Logger log = LoggerFactory.getLogger(NAME);

    private StackLog() {}

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
                log.trace("{}", message);
            }
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void debug(String message, Throwable cause) {
        try {
            if (log.isDebugEnabled()) {
                log.debug("{}", message, cause);
            }
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void warn(String message) {
        try {
            log.warn("{}", message);
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void error(String message, Throwable cause) {
        try {
            log.error("{}", message, cause);
        } catch (Throwable e) {
            // There is nowhere left to tell it.
        }
    }

    static void failed(Throwable cause) {
        debug("sipcodes could not follow a call of the stack", cause);
    }
}
