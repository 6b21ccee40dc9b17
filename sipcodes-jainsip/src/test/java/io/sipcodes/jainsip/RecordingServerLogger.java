package io.sipcodes.jainsip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.SipStack;

/** A server logger as an application would write one. */
public class RecordingServerLogger implements ServerLogger {

    static final List<String> LINES = new CopyOnWriteArrayList<>();
    static volatile boolean failing;

    private static void add(String line) {
        LINES.add(line);
        if (failing) {
            throw new NoClassDefFoundError("the application's server logger is broken");
        }
    }

    @Override
    public void closeLogFile() {}

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        add("5 " + message.getFirstLine().strip());
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        add("6 " + message.getFirstLine().strip());
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        add("6 " + message.getFirstLine().strip());
    }

    @Override
    public void logException(Exception exception) {}

    @Override
    public void setStackProperties(Properties properties) {
        add("properties of " + properties.getProperty("javax.sip.STACK_NAME"));
    }

    @Override
    public void setSipStack(SipStack sipStack) {
        add("stack " + (sipStack != null));
    }
}
