package io.sipcodes.benchmarks;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import io.sipcodes.jainsip.FailureLog;
import io.sipcodes.jainsip.SipMessages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sip.SipFactory;
import javax.sip.SipStack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.slf4j.LoggerFactory;

/**
 * A failed call's line in the log against what the stock stack writes of one message at level 16. Nothing is lost on the
 * way: where the appender's queue is full, the line waits for the file.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineBenchmark {

    private static final String REST = """
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-524287-1-0\r
            From: sipp <sip:sipp@127.0.0.1:5070>;tag=1\r
            To: service <sip:service@127.0.0.1:5060>;tag=2\r
            Call-ID: 1-524287@127.0.0.1\r
            CSeq: 1 INVITE\r
            Contact: <sip:load@127.0.0.1:5060>\r
            Content-Length: 0\r
            \r
            """;

    private Path folder;
    private FailureLog log;
    private SipEvent ended;
    private LoggerContext context;
    private SipStack stack;
    private ServerLogger stock;
    private SIPMessage response;

    /** Both write to a file in a new folder. */
    @Setup
    public void open() throws Exception {
        folder = Files.createTempDirectory("sipcodes-lines");
        context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d %-5level %logger{36} - %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setContext(context);
        file.setFile(folder.resolve("kit.log").toString());
        file.setEncoder(encoder);
        file.start();
        AsyncAppender asynchronous = new AsyncAppender();
        asynchronous.setContext(context);
        asynchronous.setDiscardingThreshold(0);
        asynchronous.addAppender(file);
        asynchronous.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(asynchronous);

        // The stock log, where it is written in production.
        System.setProperty(
                "log4j2.configurationFile", Path.of("load", "log4j2.xml").toString());
        System.setProperty("sipcodes.load.folder", folder.toString());
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "lines");
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "16");
        properties.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "true");
        properties.setProperty(
                "gov.nist.javax.sip.SERVER_LOG", folder.resolve("server.log").toString());
        properties.setProperty(
                "gov.nist.javax.sip.DEBUG_LOG", folder.resolve("debug.log").toString());
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        stack = factory.createSipStack(properties);
        stock = ((SIPTransactionStack) stack).getServerLogger();

        SIPMessage request = parse("INVITE sip:service@127.0.0.1:5060 SIP/2.0\r\n" + REST);
        response = parse("SIP/2.0 486 Busy Here\r\n" + REST);
        SipMessage asked = SipMessages.read(request, SipDirection.RECEIVED);
        SipMessage answered = SipMessages.read(response, SipDirection.SENT);
        ended = new SipEvent.TransactionEnded(
                SipRole.SERVER,
                asked,
                Optional.of(answered),
                true,
                TimeUnit.SECONDS.toNanos(3),
                SipDiagnosis.of(answered),
                answered.timestampNanos());
        log = FailureLog.builder()
                .language(Locale.ENGLISH)
                .limit(Integer.MAX_VALUE)
                .build();
    }

    private static SIPMessage parse(String text) throws Exception {
        return new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null);
    }

    /** Ends both and deletes the files. */
    @TearDown
    public void close() throws Exception {
        context.stop();
        stack.stop();
        long kit = Files.size(folder.resolve("kit.log"));
        long server = Files.size(folder.resolve("server.log"));
        System.out.println("written: kit " + kit + " bytes, stock " + server + " bytes");
        for (String name : new String[] {"kit.log", "server.log", "debug.log"}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /** The kit's line, made whole from its event, through an asynchronous appender. */
    @Benchmark
    public void enrichedLine() {
        log.accept(ended);
    }

    /** What the stack writes of the same response. */
    @Benchmark
    public void stockLevel16() {
        stock.logMessage(response, "127.0.0.1:5060", "127.0.0.1:5070", true, 1_700_000_000_000L);
    }
}
