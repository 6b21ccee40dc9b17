package io.sipcodes.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains what JAIN-SIP and Spring say when the stack misses log4j 1.x, which is never that. */
final class Log4jFailureAnalyzer extends AbstractFailureAnalyzer<NoClassDefFoundError> {

    private static final String BRIDGE = "add a log4j 1.x API to the class path, such as org.slf4j:log4j-over-slf4j"
            + " (or org.apache.logging.log4j:log4j-1.2-api, never both).";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoClassDefFoundError cause) {
        String missing = String.valueOf(cause.getMessage());
        if (!missing.startsWith("org/apache/log4j/")) {
            return null;
        }
        for (Throwable e = rootFailure; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("Failed to introspect Class [gov.nist.javax.sip.")) {
                return new FailureAnalysis(
                        "A JAIN-SIP stack is a bean. Spring looks at all methods of a bean's class, some of the stack's"
                                + " have log4j 1.x types, and log4j 1.x is not on the class path.",
                        "Make the bean a " + SipStackHolder.class.getName() + " around the stack, or " + BRIDGE,
                        rootFailure);
            }
            if (message.contains("Ensure the Path Name has been set")) {
                return new FailureAnalysis(
                        "JAIN-SIP could not build its stack. The path name is not the reason: the stack's own logger"
                                + " needs log4j 1.x, which is not on the class path.",
                        "Let sipcodes attach to the stack (sipcodes.jainsip.attach=true), or name its logger in"
                                + " the properties of the stack:"
                                + " gov.nist.javax.sip.STACK_LOGGER=io.sipcodes.jainsip.SipCodesStackLogger, or "
                                + BRIDGE,
                        rootFailure);
            }
        }
        return null;
    }
}
