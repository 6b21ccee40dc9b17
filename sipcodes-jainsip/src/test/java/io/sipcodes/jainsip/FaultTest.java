package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.AttemptEnded;
import io.sipcodes.SipEvent.CallEnded;
import io.sipcodes.SipEvent.EventsDropped;
import io.sipcodes.SipEvent.RequestSeen;
import io.sipcodes.SipEvent.ResponseSeen;
import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.RequestEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What goes wrong around the kit: the call goes on, the loss is counted, and the totals add up. */
@Timeout(120)
class FaultTest {

    private static void call(TestStack uac, TestStack uas, int code) throws Exception {
        assertThat(uac.awaitFinal(uac.send(uac.request("OPTIONS", uas)))
                        .getResponse()
                        .getStatusCode())
                .isEqualTo(code);
    }

    // ---- consumers and appenders

    @Test
    void shouldCountWhatASlowConsumerMakesItDrop() {
        Hub hub = new Hub(64);
        Semaphore permits = new Semaphore(0);
        AtomicLong requests = new AtomicLong();
        AtomicLong dropped = new AtomicLong();
        try (Hub.Subscription slow = hub.subscribe(event -> {
            permits.acquireUninterruptibly();
            if (event instanceof RequestSeen) {
                requests.incrementAndGet();
            } else if (event instanceof EventsDropped lost) {
                dropped.addAndGet(lost.count());
            }
        })) {
            for (int i = 0; i < 5_000; i++) {
                hub.put(Seen.of(SipMessage.request("OPTIONS")
                        .branch("b" + i)
                        .timestampNanos(i)
                        .build()));
                if (i % 10 == 0) {
                    permits.release(5);
                }
            }
            permits.release(100_000);
            await().until(() -> requests.get() + dropped.get() == 5_000);
        }
        assertThat(dropped.get()).isPositive().isEqualTo(hub.dropped());
        assertThat(hub.delivered() + hub.dropped()).isEqualTo(hub.seen()).isEqualTo(5_000);
    }

    /** Holds whoever writes until released. */
    private static final class BlockingAppender extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.LOGGER);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final List<String> lines = new CopyOnWriteArrayList<>();

        BlockingAppender() {
            logger.setLevel(Level.INFO);
            logger.setAdditive(false);
            start();
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            reached.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(event.getFormattedMessage());
        }

        @Override
        public void close() {
            release.countDown();
            logger.detachAppender(this);
            logger.setLevel(null);
            logger.setAdditive(true);
        }
    }

    @Test
    void shouldLetCallsGoOnWhileAnAppenderBlocks() throws Exception {
        try (TestStack uas = TestStack.start("uas", "udp").answer(503);
                TestStack uac = TestStack.start("uac", "udp");
                BlockingAppender appender = new BlockingAppender();
                SipTraffic.Subscription log = SipTraffic.subscribe(new FailureLog(Locale.ENGLISH))) {
            call(uac, uas, 503);
            appender.reached.await();
            for (int i = 0; i < 5; i++) {
                call(uac, uas, 503);
            }
            assertThat(appender.lines).isEmpty();
            appender.release.countDown();
            // By its port: what stacks before these have seen while nobody listened comes here too.
            String line = "503 Service Unavailable <- " + TestStack.LOOPBACK + ":" + uas.port() + " ";
            await().until(() -> appender.lines.stream()
                            .filter(each -> each.startsWith(line))
                            .count()
                    == 6);
        }
    }

    // ---- stacks that go

    @Test
    void shouldStandStacksThatAreClosedWhileTrafficRuns() throws Exception {
        long droppedBefore = SipTraffic.dropped();
        AtomicLong seen = new AtomicLong();
        long seenBefore = SipTraffic.seen();
        try (EventRecorder events = new EventRecorder();
                SipTraffic.Subscription counting = SipTraffic.subscribe(event -> {
                    if (event instanceof RequestSeen || event instanceof ResponseSeen) {
                        seen.incrementAndGet();
                    }
                });
                TestStack staying = TestStack.start("staying", "udp");
                TestStack caller = TestStack.start("caller", "udp");
                CapturedLog log = new CapturedLog("io.sipcodes", Level.WARN)) {
            TestStack one = TestStack.start("one", "udp");
            TestStack other = TestStack.start("other", "udp");
            CountDownLatch running = new CountDownLatch(200);
            Thread traffic = new Thread(() -> {
                try (RawPeer peer = RawPeer.start("udp")) {
                    for (int i = 0; i < 2_000; i++) {
                        peer.send(peer.request("OPTIONS", "udp", "one" + i), one.port());
                        peer.send(peer.request("INVITE", "udp", "other" + i), other.port());
                        running.countDown();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            traffic.start();
            running.await();
            closeWithoutComplaint(one);
            closeWithoutComplaint(other);
            traffic.join();
            call(caller, staying, 200);
            staying.await(RequestEvent.class, event -> true);
            events.settle();
            assertThat(events.requests(staying, SipDirection.RECEIVED)).hasSize(1);
            assertThat(events.responses(caller, SipDirection.RECEIVED)).hasSize(1);
            await().until(() -> seen.get() + SipTraffic.dropped() - droppedBefore == messagesSince(seenBefore, events));
            assertThat(log.take()).noneMatch(line -> line.contains("failed"));
        }
    }

    // What is no message but an event of its own passes the hub too, as does the recorder's mark.
    private static long messagesSince(long seenBefore, EventRecorder events) {
        return SipTraffic.seen()
                - seenBefore
                - 2
                - events.all(SipEvent.MessageRejected.class).size();
    }

    private static void closeWithoutComplaint(TestStack stack) {
        try {
            stack.close();
        } catch (AssertionError e) {
            // Its handler could not answer any more, which is what this is about.
        }
    }

    // ---- totals

    @Test
    void shouldLoseNoCallOfManyThreads() throws Exception {
        Hub hub = new Hub(200_000);
        int threads = 4;
        int each = 5_000;
        Map<String, Long> counts = new HashMap<>();
        AtomicLong hangUps = new AtomicLong();
        try (Hub.Subscription subscription = hub.subscribe(event -> {
            if (event instanceof AttemptEnded ended) {
                counts.merge("attempt " + ended.diagnosis().rawCode(), 1L, Long::sum);
            } else if (event instanceof CallEnded) {
                hangUps.incrementAndGet();
            }
        })) {
            List<Thread> senders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "t" + t;
                senders.add(new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        calls(hub, name + "-" + i, i % 2 == 0);
                    }
                }));
            }
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
            await().until(() -> hub.delivered() + hub.dropped() == hub.seen() && hangUps.get() == threads * each / 2);
            hub.settle();
        }
        assertThat(hub.dropped()).isZero();
        assertThat(counts).isEqualTo(Map.of("attempt 200", threads * each / 2L, "attempt 486", threads * each / 2L));
    }

    private static void calls(Hub hub, String call, boolean answered) {
        long now = Clock.nanos();
        hub.put(message(SipMessage.request("INVITE"), call, "i", "", now, SipDirection.SENT));
        hub.put(message(SipMessage.response(180, "").method("INVITE"), call, "i", "t", now, SipDirection.RECEIVED));
        hub.put(message(
                SipMessage.response(answered ? 200 : 486, "").method("INVITE"),
                call,
                "i",
                "t",
                now,
                SipDirection.RECEIVED));
        if (answered) {
            hub.put(message(SipMessage.request("BYE"), call, "b", "t", now, SipDirection.SENT));
            hub.put(message(SipMessage.response(200, "").method("BYE"), call, "b", "t", now, SipDirection.RECEIVED));
        }
    }

    private static Seen message(
            SipMessage.Builder out, String call, String branch, String toTag, long now, SipDirection direction) {
        return Seen.of(out.direction(direction)
                .callId(call)
                .branch(branch + call)
                .fromTag("f")
                .toTag(toTag)
                .timestampNanos(now)
                .build());
    }
}
