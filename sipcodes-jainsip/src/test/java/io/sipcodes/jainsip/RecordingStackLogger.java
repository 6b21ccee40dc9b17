package io.sipcodes.jainsip;

import gov.nist.core.StackLogger;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stack logger as an application would write one: everything on. */
public class RecordingStackLogger implements StackLogger {

    static final List<String> LINES = new CopyOnWriteArrayList<>();
    static volatile boolean failing;

    void add(String line) {
        LINES.add(line);
        if (failing) {
            throw new IllegalStateException("the application's stack logger is broken");
        }
    }

    @Override
    public void logStackTrace() {
        add("stack trace");
    }

    @Override
    public void logStackTrace(int level) {
        add("stack trace");
    }

    @Override
    public int getLineCount() {
        return LINES.size();
    }

    @Override
    public void logException(Throwable exception) {
        add("exception " + exception);
    }

    @Override
    public void logDebug(String message) {
        add("debug " + message);
    }

    @Override
    public void logDebug(String message, Exception exception) {
        add("debug " + message);
    }

    @Override
    public void logTrace(String message) {
        add("trace " + message);
    }

    @Override
    public void logFatalError(String message) {
        add("fatal " + message);
    }

    @Override
    public void logError(String message) {
        add("error " + message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return true;
    }

    @Override
    public void logError(String message, Exception exception) {
        add("error " + message);
    }

    @Override
    public void logWarning(String message) {
        add("warning " + message);
    }

    @Override
    public void logInfo(String message) {
        add("info " + message);
    }

    @Override
    public void disableLogging() {
        add("disable");
    }

    @Override
    public void enableLogging() {
        add("enable");
    }

    @Override
    public void setBuildTimeStamp(String timeStamp) {
        add("built " + timeStamp);
    }

    @Override
    public void setStackProperties(Properties properties) {
        add("properties of " + properties.getProperty("javax.sip.STACK_NAME"));
    }

    @Override
    public String getLoggerName() {
        return "recording";
    }
}
