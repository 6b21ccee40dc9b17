package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class AfterStartTest {

    private final AfterStart afterStart = new AfterStart();
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
