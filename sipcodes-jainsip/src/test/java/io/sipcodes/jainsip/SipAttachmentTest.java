package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import gov.nist.javax.sip.MergedSystemProperties;
import gov.nist.javax.sip.SipStackImpl;
import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.SipStack;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SipAttachmentTest {

    private static final String STACK_LOGGER = "gov.nist.javax.sip.STACK_LOGGER";
    private static final String SERVER_LOGGER = "gov.nist.javax.sip.SERVER_LOGGER";
    private static final String THREADS = "gov.nist.javax.sip.THREAD_POOL_SIZE";

    @BeforeEach
    @AfterEach
    void clean() {
        RecordingStackLogger.LINES.clear();
        RecordingServerLogger.LINES.clear();
        RecordingStackLogger.failing = false;
        RecordingServerLogger.failing = false;
        System.clearProperty(STACK_LOGGER);
        System.clearProperty(SERVER_LOGGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldReachAStackThatNamesNoLoggers(String transport) throws Exception {
        try (EventRecorder events = new EventRecorder();
                SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withoutLoggers("uas", transport).answer(486);
                TestStack uac = withoutLoggers("uac", transport)) {
            assertThat(attachment.obstacle()).isEmpty();
            uac.send(uac.request("OPTIONS", uas));
            uac.awaitFinal();
            assertSeen(events, uas, SipDirection.SENT);
            assertSeen(events, uac, SipDirection.RECEIVED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void shouldCallOnTheLoggersThatTheApplicationNamed(String transport) throws Exception {
        try (EventRecorder events = new EventRecorder();
                SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withRecordingLoggers("uas", transport).answer(486);
                TestStack uac = withoutLoggers("uac", transport)) {
            assertThat(attachment.obstacle()).isEmpty();
            uac.send(uac.request("OPTIONS", uas));
            uac.awaitFinal();
            assertSeen(events, uas, SipDirection.SENT);
            assertThat(RecordingServerLogger.LINES)
                    .contains("stack true", "properties of " + uas.name(), "5 SIP/2.0 486 Busy here")
                    .anyMatch(line -> line.startsWith("5 OPTIONS "));
            assertThat(RecordingStackLogger.LINES).contains("properties of " + uas.name());
        }
    }

    /** The stack reads what is named among defaults, and takes a value that is no text for none. */
    @ParameterizedTest
    @CsvSource({
        "false, false, false",
        "false, true, false",
        "true, false, false",
        "true, true, false",
        "true, true, true"
    })
    void shouldFindWhatTheApplicationNamedAsTheStackWould(boolean inDefaults, boolean noText, boolean ofAnotherStack) {
        Properties named = new Properties();
        nameRecordingLoggers(named);
        named.setProperty(SipCodesMessageParserFactory.PROPERTY, "of.the.Application");
        Properties own = inDefaults ? new Properties(named) : named;
        if (noText) {
            own.put("gov.nist.javax.sip.MAX_MESSAGE_SIZE", 65_536);
        }
        if (ofAnotherStack) {
            own = new MergedSystemProperties(own);
        }
        try (SipAttachment attachment = SipAttachment.attach()) {
            assertThat(attachment.obstacle()).isEmpty();
            ApplicationLoggers loggers = ApplicationLoggers.of(new MergedSystemProperties(own));
            assertThat(List.of(loggers.stackLogger(), loggers.serverLogger(), loggers.parserFactory()))
                    .containsExactly(
                            RecordingStackLogger.class.getName(),
                            RecordingServerLogger.class.getName(),
                            "of.the.Application");
        }
    }

    @Test
    void shouldNotCallOnThemWhereThatIsSwitchedOff() throws Exception {
        SipAttachment.callOwnLoggers(false);
        try (EventRecorder events = new EventRecorder();
                SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withRecordingLoggers("uas", "udp").answer(486);
                TestStack uac = withoutLoggers("uac", "udp")) {
            assertThat(attachment.obstacle()).isEmpty();
            uac.send(uac.request("OPTIONS", uas));
            uac.awaitFinal();
            assertSeen(events, uas, SipDirection.SENT);
            assertThat(RecordingServerLogger.LINES).isEmpty();
            // Not empty: a thread of a stack that was stopped before may still write.
            assertThat(RecordingStackLogger.LINES).doesNotContain("properties of " + uas.name());
        } finally {
            SipAttachment.callOwnLoggers(true);
        }
    }

    @Test
    void shouldLeaveStacksAloneThatAreBuiltAfterItIsClosed() throws Exception {
        SipAttachment.attach().close();
        try (EventRecorder events = new EventRecorder();
                TestStack uas = withRecordingLoggers("uas", "udp").answer(486);
                RawPeer peer = RawPeer.start("udp")) {
            peer.send(peer.request("OPTIONS", "udp", "detached"), uas.port());
            assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
            assertThat(RecordingServerLogger.LINES).isNotEmpty();
            events.settle();
            assertThat(events.messages(message -> message.stack().equals(uas.name())))
                    .isEmpty();
        }
    }

    /** What a stack's properties are, and what is said of it at its start. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "system | 4 | 16    | no  | INFO attached to JAIN-SIP stack %s through System properties",
                "own    | 4 | 16    | no  | INFO attached to JAIN-SIP stack %s through its own properties",
                "system | 4 | 16    | yes | INFO attached to JAIN-SIP stack %s through System properties, calls on its <server> and its <stack>",
                "own    | - | -     | no  | WARN JAIN-SIP stack %s makes a thread for each datagram",
                "system | 4 | 32    | yes | WARN JAIN-SIP stack %s writes a line for each of its steps",
                "system | 4 | DEBUG | yes | WARN JAIN-SIP stack %s writes a line for each of its steps",
            })
    void shouldSayOnceHowItIsAttachedAndWhatWillFailUnderLoad(
            String through, String threads, String level, String ownLoggers, String line) {
        try (CapturedLog log = new CapturedLog("io.sipcodes", Level.INFO);
                SipAttachment attachment = through.equals("system") ? SipAttachment.attach() : null;
                TestStack stack = TestStack.start("said", "udp", properties -> {
                    if (through.equals("system")) {
                        properties.remove(STACK_LOGGER);
                        properties.remove(SERVER_LOGGER);
                    }
                    if (ownLoggers.equals("yes")) {
                        nameRecordingLoggers(properties);
                    }
                    properties.remove(THREADS);
                    if (threads != null) {
                        properties.setProperty(THREADS, threads);
                    }
                    if (level != null) {
                        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", level);
                    }
                })) {
            String expected = String.format(line.substring(line.indexOf(' ') + 1), stack.name())
                    .replace("<server>", RecordingServerLogger.class.getName())
                    .replace("<stack>", RecordingStackLogger.class.getName());
            List<String> said = log.take().stream()
                    .filter(text -> text.contains(stack.name()))
                    .toList();
            assertThat(said).filteredOn(text -> text.startsWith(expected)).hasSize(1);
            assertThat(said).filteredOn(text -> text.contains("attached to")).hasSize(1);
            assertThat(said).hasSize(line.startsWith("WARN") ? 2 : 1);
        }
    }

    @Test
    void shouldLetTheCallGoOnWhenTheApplicationsLoggersFail() throws Exception {
        try (SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withRecordingLoggers("uas", "udp").answer(486);
                TestStack uac = withRecordingLoggers("uac", "udp")) {
            assertThat(attachment.obstacle()).isEmpty();
            RecordingServerLogger.failing = true;
            RecordingStackLogger.failing = true;
            for (int i = 0; i < 3; i++) {
                assertThat(uac.awaitFinal(uac.send(uac.request("OPTIONS", uas)))
                                .getResponse()
                                .getStatusCode())
                        .isEqualTo(486);
            }
            assertThat(RecordingServerLogger.LINES).isNotEmpty();
        }
    }

    @Test
    void shouldCallOnTheLoggersThatASystemPropertyNamed() throws Exception {
        System.setProperty(SERVER_LOGGER, RecordingServerLogger.class.getName());
        try (SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withoutLoggers("uas", "udp").answer(486);
                TestStack uac = withoutLoggers("uac", "udp")) {
            assertThat(attachment.obstacle()).isEmpty();
            uac.send(uac.request("OPTIONS", uas));
            uac.awaitFinal();
            assertThat(RecordingServerLogger.LINES).contains("5 SIP/2.0 486 Busy here");
        }
        assertThat(System.getProperty(SERVER_LOGGER)).isEqualTo(RecordingServerLogger.class.getName());
    }

    @Test
    void shouldPutBackWhatWasThereWhenTheLastOneCloses() {
        System.setProperty(STACK_LOGGER, "of.the.Application");
        SipAttachment first = SipAttachment.attach();
        SipAttachment second = SipAttachment.attach();
        assertThat(System.getProperty(STACK_LOGGER)).isEqualTo(SipCodesStackLogger.class.getName());
        assertThat(System.getProperty(SERVER_LOGGER)).isEqualTo(SipCodesServerLogger.class.getName());
        first.close();
        first.close();
        assertThat(System.getProperty(SERVER_LOGGER)).isEqualTo(SipCodesServerLogger.class.getName());
        second.close();
        assertThat(System.getProperty(STACK_LOGGER)).isEqualTo("of.the.Application");
        assertThat(System.getProperty(SERVER_LOGGER)).isNull();
    }

    @Test
    void shouldGiveThePropertiesOfOneStack() {
        assertThat(SipAttachment.stackProperties())
                .containsEntry(STACK_LOGGER, SipCodesStackLogger.class.getName())
                .containsEntry(SERVER_LOGGER, SipCodesServerLogger.class.getName())
                .containsEntry(
                        "gov.nist.javax.sip.MESSAGE_PARSER_FACTORY", SipCodesMessageParserFactory.class.getName());
    }

    @Test
    void shouldShowWholeMessagesAtTrace() throws Exception {
        Logger messages = (Logger) LoggerFactory.getLogger(StackLog.MESSAGES);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        messages.addAppender(lines);
        messages.setAdditive(false);
        messages.setLevel(Level.TRACE);
        try (EventRecorder events = new EventRecorder();
                TestStack uas = TestStack.start("uas", "udp").answer(486);
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.send(uac.request("OPTIONS", uas));
            uac.awaitFinal();
            Awaitility.await()
                    .until(() -> lines.list.stream()
                            .map(ILoggingEvent::getFormattedMessage)
                            .anyMatch(text ->
                                    text.startsWith(uas.name() + " -> 127.0.0.1:" + uac.port() + "\n  SIP/2.0 486 ")));
        } finally {
            messages.detachAppender(lines);
            messages.setLevel(null);
            messages.setAdditive(true);
        }
    }

    @Test
    void shouldTellOfAMessageThatCannotBeRead() throws Exception {
        try (EventRecorder events = new EventRecorder();
                SipAttachment attachment = SipAttachment.attach();
                TestStack uas = withoutLoggers("uas", "udp");
                RawPeer peer = RawPeer.start("udp")) {
            assertThat(attachment.obstacle()).isEmpty();
            peer.send("OPTIONS sip:x SIP/2.0\r\nVia: nonsense\r\n\r\n", uas.port());
            events.await(
                    SipEvent.MessageRejected.class, rejected -> rejected.stack().equals(uas.name()));
        }
    }

    @Test
    void shouldNotAttachWhereTheStackCannotLoadTheKit() throws Exception {
        try (URLClassLoader stack =
                        new URLClassLoader(new URL[] {stackJar(), apiJar()}, ClassLoader.getPlatformClassLoader());
                URLClassLoader kit = new URLClassLoader(new URL[] {kitClasses(), coreClasses()}, stack)) {
            assertThat(SipAttachment.findObstacle(kit)).contains("which cannot load sipcodes");
        }
    }

    @Test
    void shouldNotAttachWhereOtherApplicationsMayBeInTheJvm() throws Exception {
        try (URLClassLoader webApplication = new URLClassLoader(
                new URL[] {stackJar(), apiJar(), kitClasses(), coreClasses()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(SipAttachment.findObstacle(webApplication)).startsWith("other applications may share this JVM");
        }
    }

    @Test
    void shouldSayThatThereIsNoStack() throws Exception {
        try (URLClassLoader kit = new URLClassLoader(new URL[] {kitClasses()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(SipAttachment.findObstacle(kit)).isEqualTo("there is no JAIN-SIP on the class path");
        }
    }

    private static URL stackJar() {
        return SipStackImpl.class.getProtectionDomain().getCodeSource().getLocation();
    }

    // The same jar, but in Jitsi's fork.
    private static URL apiJar() {
        return SipStack.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL kitClasses() {
        return SipAttachment.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL coreClasses() {
        return SipCode.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static TestStack withoutLoggers(String name, String transport) {
        return TestStack.start(name, transport, properties -> {
            properties.remove(STACK_LOGGER);
            properties.remove(SERVER_LOGGER);
        });
    }

    private static TestStack withRecordingLoggers(String name, String transport) {
        return TestStack.start(name, transport, SipAttachmentTest::nameRecordingLoggers);
    }

    private static void nameRecordingLoggers(Properties properties) {
        properties.setProperty(STACK_LOGGER, RecordingStackLogger.class.getName());
        properties.setProperty(SERVER_LOGGER, RecordingServerLogger.class.getName());
    }

    private static void assertSeen(EventRecorder events, TestStack stack, SipDirection direction) {
        events.await(
                SipEvent.ResponseSeen.class,
                seen -> seen.message().stack().equals(stack.name())
                        && seen.message().direction() == direction
                        && seen.message().rawCode() == 486);
    }
}
