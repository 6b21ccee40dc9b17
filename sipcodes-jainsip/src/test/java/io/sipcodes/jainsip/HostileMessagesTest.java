package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.jainsip.TestMessages.Named;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Masses of messages that no honest peer sends, through the stack's parser with and without the kit and then through all
 * that the kit does with a message. The verdict of the parser stays, the message stays, nothing throws, what comes out is
 * clean and redacted, and nothing grows.
 */
@Timeout(600)
class HostileMessagesTest {

    /** How many made messages; a million takes some minutes. */
    private static final int MADE = Integer.getInteger("sipcodes.hostile.messages", 20_000);

    private static final long SEED = Long.getLong("sipcodes.hostile.seed", 4475);

    private static final int TRACKED = 256;
    private static final int LONGEST_LINE = 4_096;

    private static final Set<Class<?>> MANDATORY =
            Set.of(From.class, To.class, CSeq.class, Via.class, CallID.class, RequestLine.class, StatusLine.class);

    /** What the stack's channel for UDP does with a header that cannot be read. */
    @SuppressWarnings("rawtypes") // as the interface has it
    private static final ParseExceptionListener CHANNEL = (cause, message, header, text, whole) -> {
        if (header != null && MANDATORY.contains((Class<?>) header)) {
            throw cause;
        }
        message.addUnparsed(text);
    };

    private final MessageParser stock = new StringMsgParser();
    private final MessageParser attached = new SipCodesMessageParserFactory().createMessageParser(null);

    private final CapturedLog failures = new CapturedLog(FailureLog.LOGGER, Level.DEBUG);
    private final CapturedLog stackLines = new CapturedLog(StackLog.NAME, Level.DEBUG);
    private final CapturedLog messages = new CapturedLog(StackLog.MESSAGES, Level.TRACE);

    private final AtomicLong rejected = new AtomicLong();
    private final AtomicReference<AssertionError> unclean = new AtomicReference<>();
    private final Hub.Subscription rejections = Hub.instance().subscribe(event -> {
        if (event instanceof SipEvent.MessageRejected rejection) {
            rejected.incrementAndGet();
            try {
                SafeText.assertClean(rejection.toString());
                assertThat(rejection.detail()).hasSizeLessThanOrEqualTo(256);
            } catch (AssertionError e) {
                unclean.compareAndSet(null, e);
            }
        }
    });

    private final FailureLog failureLog = FailureLog.builder()
            .language(Locale.ENGLISH)
            .limit(Integer.MAX_VALUE)
            .build();
    private final CallTracker tracker = new CallTracker(
            this::event, new TrackerSettings(TRACKED, TRACKED, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), ""));

    private long clock = 1;
    private long passed;
    private long accepted;
    private long refused;

    @AfterEach
    void close() {
        rejections.close();
        failures.close();
        stackLines.close();
        messages.close();
    }

    private void event(SipEvent event) {
        SafeText.assertClean(event.toString());
        failureLog.accept(event);
    }

    // ---- one message

    private void pass(Named message) {
        pass(message, true);
    }

    /** @param redacted whether the message is whole enough that its secrets can be found */
    private void pass(Named message, boolean redacted) {
        try {
            SIPMessage read = parse(message.bytes());
            if (read != null) {
                accepted++;
                use(read);
            } else {
                refused++;
            }
            // The stack writes what it drops into a line of its own.
            StackLog.error("Rejecting message ! " + text(message.bytes()), null);
            check(redacted);
        } catch (Throwable e) {
            throw new AssertionError(
                    message.name() + " (seed " + SEED + "): " + e + "\n" + SafeText.visible(text(message.bytes())), e);
        }
        if (++passed % 4_096 == 0) {
            Hub.instance().settle();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private SIPMessage parse(byte[] bytes) throws ParseException {
        SIPMessage expected = null;
        Throwable refusal = null;
        try {
            expected = stock.parseSIPMessage(bytes.clone(), true, false, CHANNEL);
        } catch (Throwable e) {
            refusal = e;
        }
        SIPMessage read;
        try {
            read = attached.parseSIPMessage(bytes.clone(), true, false, CHANNEL);
        } catch (ParseException e) {
            assertThat(refusal).as("the stock parser's exception").isNotNull();
            SafeText.assertClean(e.getMessage());
            return null;
        }
        assertThat(refusal).isNull();
        assertThat(read == null).isEqualTo(expected == null);
        if (read != null) {
            assertThat(read.encode()).isEqualTo(expected.encode());
        }
        return read;
    }

    private void use(SIPMessage read) {
        String before = read.encode();
        clock += TimeUnit.MILLISECONDS.toNanos(50);
        SipMessage message = SipMessages.read(read, SipDirection.RECEIVED, "s", "192.0.2.7:5060", clock);
        if (read instanceof SIPResponse response) {
            tracker.accept(SipMessage.request(message.method())
                    .direction(SipDirection.SENT)
                    .peer(message.peer())
                    .stack("s")
                    .branch(message.branch())
                    .callId(message.callId())
                    .cseq(message.cseq())
                    .fromTag(message.fromTag())
                    .toUri(String.valueOf(
                            response.getTo() == null
                                    ? ""
                                    : response.getTo().getAddress().getURI()))
                    .timestampNanos(clock)
                    .build());
            tracker.accept(message);
            ResponseConformance.check(response, SipDirection.RECEIVED).forEach(this::event);
        } else {
            tracker.accept(message);
            tracker.accept(SipMessage.response(486, "Busy Here")
                    .direction(SipDirection.SENT)
                    .method(message.method())
                    .peer(message.peer())
                    .stack("s")
                    .branch(message.branch())
                    .callId(message.callId())
                    .cseq(message.cseq())
                    .fromTag(message.fromTag())
                    .timestampNanos(clock)
                    .build());
        }
        StackLog.message("s <- 192.0.2.7:5060", before);
        assertThat(read.encode()).as("the message after it was read").isEqualTo(before);
        assertThat(message.reasons()).hasSizeLessThanOrEqualTo(8);
        assertThat(message.warnings()).hasSizeLessThanOrEqualTo(8);
        assertThat(tracker.transactions()).isLessThanOrEqualTo(TRACKED);
        assertThat(tracker.attempts()).isLessThanOrEqualTo(TRACKED);
        assertThat(tracker.calls()).isLessThanOrEqualTo(TRACKED);
    }

    private void check(boolean redacted) {
        for (CapturedLog log : List.of(failures, stackLines)) {
            for (String line : log.take()) {
                assertThat(line.length()).isLessThanOrEqualTo(LONGEST_LINE);
                SafeText.assertClean(line);
                if (redacted) {
                    SafeText.assertRedacted(line);
                }
            }
        }
        for (String text : messages.take()) {
            SafeText.assertCleanLines(text);
            if (redacted) {
                SafeText.assertRedacted(text);
            }
        }
    }

    private void finish() {
        Hub.instance().settle();
        if (unclean.get() != null) {
            fail(unclean.get());
        }
    }

    // ---- the masses

    @Test
    void shouldStandTheMessagesOfTheStandards() {
        assertThat(TestMessages.rfc4475()).hasSize(49);
        assertThat(TestMessages.rfc5118()).hasSize(12);
        TestMessages.all().forEach(this::pass);
        finish();
        assertThat(accepted).isGreaterThan(50);
        // The parser refuses these, and what is left lacks a header or is none of SIP's codes.
        assertThat(refused).isEqualTo(REFUSED_BY_THE_PARSER);
        assertThat(rejected.get()).isGreaterThanOrEqualTo(refused);
    }

    private static final int REFUSED_BY_THE_PARSER = 9;

    @Test
    void shouldStandEveryMessageWithAnyByteChanged() {
        TestMessages.honest().forEach(message -> TestMessages.flips(message, this::pass));
        finish();
        assertThat(accepted).isGreaterThan(passed / 2);
        assertThat(refused).isPositive();
    }

    @Test
    void shouldStandEveryMessageCutOffAnywhere() {
        TestMessages.honest().forEach(message -> TestMessages.truncations(message, this::pass));
        finish();
        assertThat(passed).isGreaterThan(2_000);
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void shouldStandAnyMixtureOfWhatIsHostile() {
        Random random = new Random(SEED);
        for (int i = 0; i < MADE; i++) {
            boolean broken = i % 2 == 0;
            pass(new Named("made message " + i, TestMessages.made(random, broken)), !broken);
        }
        finish();
        assertThat(accepted).isGreaterThan(MADE / 4);
        assertThat(refused).isGreaterThan(MADE / 10);
    }

    @Test
    void shouldStandMessagesOfAnySize() {
        TestMessages.huge().forEach(this::pass);
        finish();
        assertThat(passed).isEqualTo(TestMessages.huge().size());
        assertThat(accepted).isPositive();
    }

    @Test
    void shouldMakeTheSameMessagesOfTheSameSeed() {
        assertThat(Arrays.toString(TestMessages.made(new Random(1), true)))
                .isEqualTo(Arrays.toString(TestMessages.made(new Random(1), true)));
    }
}
