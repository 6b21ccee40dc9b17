package com.example.gateway;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the first line of each message, as somebody once wanted it. */
public class GatewayServerLogger implements ServerLogger {

    private static final Logger log = LoggerFactory.getLogger(GatewayServerLogger.class);

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        log.info("{} {}", sender ? "sent" : "received", message.getFirstLine().strip());
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {}

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {}

    @Override
    public void logException(Exception exception) {
        log.error("exception", exception);
    }

    @Override
    public void closeLogFile() {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public void setSipStack(SipStack stack) {}
}
