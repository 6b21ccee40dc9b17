package io.sipcodes.jainsip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

class StackLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(StackLog.NAME);
    private final Thread here = Thread.currentThread();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            // Stacks of other tests may still have something to say.
            if (Thread.currentThread() == here) {
                super.append(line);
            }
        }
    };
    private final SipCodesStackLogger stackLogger = new SipCodesStackLogger();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void shouldGiveEachLineItsLevel() {
        stackLogger.logTrace("t");
        stackLogger.logDebug("d");
        stackLogger.logInfo("i");
        stackLogger.logWarning("w");
        stackLogger.logError("e");
        stackLogger.logFatalError("f");
        stackLogger.logException(new IllegalStateException("x"));
        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly(
                        "TRACE t",
                        "DEBUG d",
                        "DEBUG i",
                        "WARN w",
                        "ERROR e",
                        "ERROR f",
                        "ERROR exception in the SIP stack");
    }

    @Test
    void shouldNeverTakeALineForAFormat() {
        stackLogger.logError("{} %s ${jndi:ldap://x}");
        assertThat(lines.list.get(0).getFormattedMessage()).isEqualTo("{} %s ${jndi:ldap://x}");
    }

    @Test
    void shouldCleanAndBoundWhatAPeerSent() {
        stackLogger.logError("Dropping \u001b[31m" + "x\r\nForged: line".repeat(10_000));
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith("Dropping \uFFFD[31mx\uFFFD\uFFFDForged: line")
                .hasSize(4_096)
                .doesNotContain("\n", "\r", "\u001b");
    }

    @Test
    void shouldTakeSecretsAndNumbersOutOfItsLines() {
        stackLogger.logError("dropped:\r\nREGISTER sip:example.org SIP/2.0\r\nFrom: <sip:+4930123456@example.org>\r\n"
                + "Authorization: Digest username=\"x\", nonce=\"n0nce\", response=\"s3cret\"\r\n\r\n");
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains("REGISTER sip:example.org")
                .doesNotContain("n0nce", "s3cret", "123456");
    }

    @Test
    void shouldCleanWhatAnExceptionQuotes() {
        RuntimeException cause = new IllegalStateException("sip:+4930123456@example.org");
        ParseException quoting = new ParseException("\u001b[31m\n nonce=\"n0nce\"", 1);
        quoting.initCause(cause);
        stackLogger.logException(quoting);
        stackLogger.logError("e", new IllegalArgumentException(quoting));
        StackLog.failed("f", quoting);
        for (ILoggingEvent line : lines.list) {
            for (IThrowableProxy shown = line.getThrowableProxy(); shown != null; shown = shown.getCause()) {
                assertThat(shown.getMessage()).doesNotContain("\u001b", "\n", "n0nce", "4930123456");
            }
        }
        assertThat(lines.list.get(0).getThrowableProxy().getMessage())
                .isEqualTo("java.text.ParseException: \uFFFD[31m\uFFFD nonce=\"***\"");
        assertThat(lines.list.get(0).getThrowableProxy().getCause().getMessage())
                .isEqualTo("java.lang.IllegalStateException: sip:+49******56@example.org");
        assertThat(lines.list.get(0).getThrowableProxy().getStackTraceElementProxyArray())
                .isNotEmpty();
    }

    @Test
    void shouldCleanWhatASuppressedExceptionQuotes() {
        Exception exception = new Exception("harmless");
        exception.addSuppressed(new Exception("\u001b[31m"));
        stackLogger.logException(exception);
        assertThat(lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("java.lang.Exception: harmless");
        assertThat(lines.list.get(0).getThrowableProxy().getSuppressed()).isEmpty();
    }

    @Test
    void shouldShowAnExceptionAsItIsIfItIsHarmless() {
        Exception exception = new Exception("harmless", new Exception());
        stackLogger.logException(exception);
        assertThat(((ThrowableProxy) lines.list.get(0).getThrowableProxy()).getThrowable())
                .isSameAs(exception);
    }

    @Test
    void shouldStandExceptionsThatCauseEachOther() {
        Exception one = new Exception("\u001b");
        Exception other = new Exception("x", one);
        one.initCause(other);
        stackLogger.logException(one);
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void shouldShowWholeMessagesLineByLine() {
        Logger messages = (Logger) LoggerFactory.getLogger(StackLog.MESSAGES);
        messages.addAppender(lines);
        messages.setLevel(Level.TRACE);
        try {
            StackLog.message("trunk <- 192.0.2.7:5060", "SIP/2.0 200 OK\r\nX: \u001b[31m\r\n\r\na=crypto:1 k3y");
        } finally {
            messages.detachAppender(lines);
            messages.setLevel(null);
        }
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith("trunk <- 192.0.2.7:5060\n  SIP/2.0 200 OK\n  X: \uFFFD[31m\n")
                .doesNotContain("k3y", "\u001b");
    }

    @Test
    void shouldNotWarnOfTlsSettingsThatNobodyNeeds() {
        stackLogger.logWarning("TLS server settings will be inactive - TLS key store will use JVM defaults");
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
    }

    @ParameterizedTest
    @CsvSource({
        "INFO,  0, true",
        "INFO, 16, true",
        "INFO, 17, false",
        "INFO, 32, false",
        "DEBUG, 32, true",
        "OFF, 16, true",
    })
    void shouldKeepTheGateOpenBehindWhichMessagesAreSeen(String level, int asked, boolean open) {
        logger.setLevel(Level.toLevel(level));
        StackLog.look();
        assertThat(stackLogger.isLoggingEnabled(asked)).isEqualTo(open);
        assertThat(stackLogger.isLoggingEnabled()).isTrue();
        assertThat(StackLogger.TRACE_MESSAGES).isEqualTo(16);
    }

    @Test
    void shouldMakeDebugLinesFromTheNextMessageOnAndNoneAsSoonAsTheyAreOff() throws Exception {
        SIPMessage options = new StringMsgParser()
                .parseSIPMessage("OPTIONS sip:a@192.0.2.1 SIP/2.0\r\n\r\n".getBytes(US_ASCII), true, false, null);
        SipCodesServerLogger serverLogger = new SipCodesServerLogger();
        logger.setLevel(Level.INFO);
        serverLogger.logMessage(options, "192.0.2.7:5060", "192.0.2.1:5060", false, 0);
        assertThat(stackLogger.isLoggingEnabled(StackLogger.TRACE_DEBUG)).isFalse();
        logger.setLevel(Level.DEBUG);
        serverLogger.logMessage(options, "192.0.2.7:5060", "192.0.2.1:5060", false, 0);
        assertThat(stackLogger.isLoggingEnabled(StackLogger.TRACE_DEBUG)).isTrue();
        logger.setLevel(Level.INFO);
        assertThat(stackLogger.isLoggingEnabled(StackLogger.TRACE_DEBUG)).isFalse();
    }

    @Test
    void shouldHearFiltersThatGoByTheThread() throws InterruptedException {
        logger.setLevel(Level.INFO);
        logger.getLoggerContext().addTurboFilter(new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker, Logger of, Level level, String format, Object[] values, Throwable thrown) {
                return Thread.currentThread() == here ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
            }
        });
        try {
            Thread other = new Thread(StackLog::look);
            other.start();
            other.join();
            assertThat(stackLogger.isLoggingEnabled(StackLogger.TRACE_DEBUG)).isTrue();
        } finally {
            logger.getLoggerContext().resetTurboFilterList();
        }
    }

    @Test
    void shouldMakeDebugLinesWhereNoMessageComes() {
        logger.setLevel(Level.INFO);
        StackLog.look();
        logger.setLevel(Level.DEBUG);
        try (Hub.Subscription subscription = new Hub(16).subscribe(event -> {})) {
            await().until(() -> stackLogger.isLoggingEnabled(StackLogger.TRACE_DEBUG));
        }
    }

    /** One that says no and leaves it to others what is written. */
    public static class UnaskedStackLogger extends SameVerdictTest.SilentStackLogger {

        private final List<String> lines = new ArrayList<>();
        private static UnaskedStackLogger latest;

        public UnaskedStackLogger() {
            latest = this;
        }

        @Override
        void add(String line) {
            lines.add(line);
            throw new IllegalStateException("broken");
        }
    }

    /** What the stack may call without asking first, and what only the kit's open gate lets through. */
    @Test
    void shouldAskTheApplicationsStackLoggerOnlyWhereTheStackDoes() {
        Properties properties = new Properties();
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", UnaskedStackLogger.class.getName());
        stackLogger.setStackProperties(properties);
        stackLogger.setBuildTimeStamp("b");
        stackLogger.logTrace("t");
        stackLogger.logDebug("d");
        stackLogger.logDebug("d", new Exception());
        stackLogger.logInfo("i");
        stackLogger.logStackTrace();
        stackLogger.logStackTrace(StackLogger.TRACE_INFO);
        stackLogger.logWarning("w");
        stackLogger.logError("e");
        stackLogger.logError("e", new Exception());
        stackLogger.logError("e", new Error("x"));
        stackLogger.logFatalError("f");
        stackLogger.logException(new Exception("of a listener"));
        stackLogger.disableLogging();
        stackLogger.enableLogging();
        assertThat(UnaskedStackLogger.latest.lines)
                .containsExactly(
                        "built b",
                        "warning w",
                        "error e",
                        "error e",
                        "error e: java.lang.Error: x",
                        "fatal f",
                        "exception java.lang.Exception: of a listener",
                        "disable",
                        "enable");
    }

    @Test
    void shouldNotLetAnAppenderThatFailsThroughToTheStack() {
        lines.stop();
        logger.addAppender(new ch.qos.logback.core.AppenderBase<>() {
            {
                setName("broken");
                start();
            }

            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                throw new IllegalStateException("broken appender");
            }

            @Override
            protected void append(ILoggingEvent event) {}
        });
        try {
            stackLogger.logError("e");
            stackLogger.logDebug("d");
            stackLogger.logWarning("w");
            stackLogger.logTrace("t");
            StackLog.failed("f", new IllegalStateException());
        } finally {
            logger.detachAppender("broken");
        }
    }
}
