package io.sipcodes.jainsip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import io.sipcodes.SipDirection;
import java.util.Properties;
import javax.sip.SipStack;

/**
 * Sees every message of a stack that names this class as {@code gov.nist.javax.sip.SERVER_LOGGER}, and hands it on as
 * an event. The stack makes it by its no-argument constructor; see {@link SipAttachment}.
 */
public final class SipCodesServerLogger implements ServerLogger {

    private volatile String stack = "";
    private volatile ServerLogger application;

    /** For the stack. */
    public SipCodesServerLogger() {}

    // On UDP the stack logs a received response twice, here and with a status below; on TCP only below.
    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        try {
            if (sender || !(message instanceof SIPResponse)) {
                see(message, from, to, sender);
            }
            if (application != null) {
                application.logMessage(message, from, to, sender, time);
            }
        } catch (Throwable e) {
            // An exception would lose the message, an error would end the stack's thread.
            Hub.instance().lost();
        }
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        try {
            if (!sender && message instanceof SIPResponse && "before processing".equals(status)) {
                see(message, from, to, false);
            }
            if (application != null) {
                application.logMessage(message, from, to, status, sender, time);
            }
        } catch (Throwable e) {
            Hub.instance().lost();
        }
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        logMessage(message, from, to, status, sender, System.currentTimeMillis());
    }

    private void see(SIPMessage message, String from, String to, boolean sender) {
        Hub.instance()
                .put(SipMessages.read(
                        message,
                        sender ? SipDirection.SENT : SipDirection.RECEIVED,
                        stack,
                        sender ? to : from,
                        Clock.nanos()));
    }

    @Override
    public void closeLogFile() {
        try {
            if (application != null) {
                application.closeLogFile();
            }
        } catch (Throwable e) {
            StackLog.failed(e);
        }
    }

    @Override
    public void logException(Exception exception) {
        try {
            if (application != null) {
                application.logException(exception);
            }
        } catch (Throwable e) {
            StackLog.failed(e);
        }
    }

    @Override
    public void setStackProperties(Properties properties) {
        try {
            stack = properties.getProperty("javax.sip.STACK_NAME", "");
        } catch (Throwable e) {
            StackLog.failed(e);
        }
    }

    @Override
    public void setSipStack(SipStack sipStack) {
        try {
            if (sipStack.getStackName() != null) {
                stack = sipStack.getStackName();
            }
            if (application != null) {
                application.setSipStack(sipStack);
            }
        } catch (Throwable e) {
            StackLog.failed(e);
        }
    }
}
