package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class AfterStartTest {

    // An application that is never ready, and for which nobody waits.
    private AfterStart afterStart = new AfterStart(Duration.ZERO);
    private final List<String> done = new CopyOnWriteArrayList<>();

    private Supplier<String> later(String what) {
        return afterStart.later(() -> {
            done.add(what + " on " + Thread.currentThread().getName());
            return what;
        });
    }

    private void contextIsThere() {
        afterStart.onApplicationEvent(new ContextRefreshedEvent(new GenericApplicationContext()));
    }

    @Test
    void shouldDoAllInOrderOnAThreadOfItsOwnWhenTheContextIsThere() {
        later("first");
        later("second");
        assertThat(done).isEmpty();

        contextIsThere();

        await().until(() -> done.size() == 2);
        assertThat(done).containsExactly("first on sipcodes-start", "second on sipcodes-start");
    }

    @Test
    void shouldWaitForTheApplicationToBeReady() {
        afterStart = new AfterStart(Duration.ofMinutes(1));
        later("first");

        contextIsThere();
        assertThat(done).isEmpty();
        afterStart.onApplicationEvent(new ApplicationReadyEvent(
                new SpringApplication(), new String[0], new GenericApplicationContext(), Duration.ZERO));

        await().until(() -> done.size() == 1);
    }

    @Test
    void shouldDoNothingMoreWhenTheContextIsClosed() throws Exception {
        afterStart = new AfterStart(Duration.ofMinutes(1));
        later("first");
        contextIsThere();
        List<Thread> waiting = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sipcodes-start"))
                .toList();

        afterStart.destroy();

        assertThat(waiting).isNotEmpty();
        for (Thread thread : waiting) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "org.springframework.context.event.ContextRefreshedEvent, true",
        "org.springframework.boot.context.event.ApplicationReadyEvent, true",
        "org.springframework.context.event.ContextClosedEvent, false",
        "org.springframework.boot.context.event.ApplicationStartedEvent, false"
    })
    void shouldListenToNothingElse(Class<? extends ApplicationEvent> event, boolean listens) {
        assertThat(afterStart.supportsEventType(event)).isEqualTo(listens);
    }

    @Test
    void shouldDoItAtOnceForWhoNeedsItEarlierAndNeverTwice() {
        Supplier<String> early = later("early");

        assertThat(early.get()).isEqualTo("early");
        contextIsThere();
        later("last");

        await().until(() -> done.size() == 2);
        assertThat(early.get()).isEqualTo("early");
        assertThat(done).containsExactly("early on " + Thread.currentThread().getName(), "last on sipcodes-start");
    }

    @Test
    void shouldDoWhatComesAfterTheStart() {
        contextIsThere();

        later("late");

        await().until(() -> done.contains("late on sipcodes-start"));
    }

    @Test
    void shouldDoNothingAgainWhenAnotherContextIsThere() {
        AtomicInteger times = new AtomicInteger();
        afterStart.later(times::incrementAndGet);
        contextIsThere();
        contextIsThere();
        later("last");

        await().until(() -> !done.isEmpty() && times.get() > 0);
        assertThat(times).hasValue(1);
    }

    /** A short program may close its context while this is still at work. */
    @Test
    void shouldTellOfNoFailureThatTheEndOfTheApplicationBrings(CapturedOutput output) {
        afterStart.later(() -> {
            throw new BeanCreationException("sipCatalog", "no", new BeanCreationNotAllowedException("other", "no"));
        });
        later("next");
        afterStart.later(() -> {
            afterStart.destroy();
            throw new IllegalStateException("closed already");
        });
        later("never");

        contextIsThere();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("sipcodes-start")));
        assertThat(done).containsExactly("next on sipcodes-start");
        assertThat(output).doesNotContain("sipcodes could not do all");
    }

    @Test
    void shouldGoOnAndTellWhenSomethingFails(CapturedOutput output) {
        afterStart.later(() -> {
            throw new IllegalStateException("texts_fr.properties:3: nothing (expected: key=text)");
        });
        later("next");

        contextIsThere();

        await().until(() -> !done.isEmpty());
        assertThat(output).contains("sipcodes could not do all", "texts_fr.properties:3");
    }
}
