package io.sipcodes.jainsip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import io.sipcodes.SipDirection;
import java.util.Properties;
import javax.sip.SipStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every message of a stack that names this class as {@code gov.nist.javax.sip.SERVER_LOGGER}, and hands it on as
 * an event. The stack makes it by its no-argument constructor; see {@link SipAttachment}. The server logger in whose
 * place it stands is called after it.
 */
public final class SipCodesServerLogger implements ServerLogger {

    private static final String PROPERTY = "gov.nist.javax.sip.SERVER_LOGGER";

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private volatile String stack = "";
    private volatile SipStack sipStack;
    private volatile ServerLogger application;

    /** For the stack. */
    public SipCodesServerLogger() {}

    // On UDP the stack logs a received response twice, here and with a status below; on TCP only below.
    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        if (sender || !(message instanceof SIPResponse)) {
            see(message, from, to, sender);
        }
        if (application != null) {
            passOn(next -> next.logMessage(message, from, to, sender, time));
        }
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        if (!sender && message instanceof SIPResponse && "before processing".equals(status)) {
            see(message, from, to, false);
        }
        if (application != null) {
            passOn(next -> next.logMessage(message, from, to, status, sender, time));
        }
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        logMessage(message, from, to, status, sender, System.currentTimeMillis());
    }

    // An exception here would lose the message, and an error would end the thread that the stack reads with.
    private void see(SIPMessage message, String from, String to, boolean sender) {
        try {
            Hub hub = Hub.instance();
            SipDirection direction = sender ? SipDirection.SENT : SipDirection.RECEIVED;
            String peer = sender ? to : from;
            long now = Clock.nanos();
            hub.put(
                    hub.checksConformance()
                            ? Seen.checked(message, direction, stack, peer, now)
                            : Seen.unchecked(message, direction, stack, peer, now));
        } catch (Throwable e) {
            Hub.instance().lost();
        }
        StackLog.look();
        if (StackLog.messagesEnabled()) {
            showLater(message, sender, sender ? to : from);
        }
    }

    // The text is made here, since the message may change when the stack goes on; it is written by the worker.
    private void showLater(SIPMessage message, boolean sender, String peer) {
        try {
            String encoded = message.encode();
            String head = stack + (sender ? " -> " : " <- ") + peer;
            Hub.instance().later(() -> StackLog.message(head, encoded));
        } catch (Throwable e) {
            StackLog.failed("a message cannot be shown", e);
        }
    }

    private interface Call {
        void on(ServerLogger next);
    }

    private void passOn(Call call) {
        ServerLogger next = application;
        if (next != null) {
            try {
                call.on(next);
            } catch (Throwable e) {
                StackLog.failed("the application's own server logger failed", e);
            }
        }
    }

    @Override
    public void closeLogFile() {
        passOn(ServerLogger::closeLogFile);
    }

    @Override
    public void logException(Exception exception) {
        passOn(next -> next.logException(exception));
    }

    // The stack calls this first of all, before it has read its properties.
    @Override
    public void setSipStack(SipStack newStack) {
        sipStack = newStack;
        passOn(next -> next.setSipStack(newStack));
    }

    @Override
    public void setStackProperties(Properties properties) {
        try {
            stack = properties.getProperty("javax.sip.STACK_NAME", "");
            ApplicationLoggers loggers = ApplicationLoggers.of(properties);
            String name = loggers.serverLogger();
            if (name != null) {
                ServerLogger next = ApplicationLoggers.makeServerLogger(name);
                next.setSipStack(sipStack);
                next.setStackProperties(properties);
                application = next;
            }
            tell(loggers, name);
        } catch (Throwable e) {
            StackLog.failed("the server logger of stack " + stack + " cannot be called on", e);
        }
    }

    private void tell(ApplicationLoggers loggers, String serverLogger) {
        String stackLogger = loggers.stackLogger();
        log.info(
                "attached to JAIN-SIP stack {} through {}{}{}",
                stack,
                getClass().getName().equals(System.getProperty(PROPERTY)) ? "System properties" : "its own properties",
                serverLogger == null ? "" : ", calls on its " + serverLogger,
                stackLogger == null ? "" : " and its " + stackLogger);
        if (properties(loggers, "THREAD_POOL_SIZE") == null) {
            log.warn(
                    "JAIN-SIP stack {} makes a thread for each datagram and fails under load"
                            + " (set gov.nist.javax.sip.THREAD_POOL_SIZE)",
                    stack);
        }
        String level = properties(loggers, "TRACE_LEVEL");
        if (stackLogger != null && level != null && (level.equals("32") || level.equalsIgnoreCase("DEBUG"))) {
            log.warn(
                    "JAIN-SIP stack {} writes a line for each of its steps, which costs many times the call itself"
                            + " (set gov.nist.javax.sip.TRACE_LEVEL lower than 32)",
                    stack);
        }
    }

    private static String properties(ApplicationLoggers loggers, String name) {
        return System.getProperty("gov.nist.javax.sip." + name, loggers.property(name));
    }
}
