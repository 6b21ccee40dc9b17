package io.sipcodes.demo;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the board to every open page, whenever it has changed but at most twice a second: the whole of it, so that a page
 * that missed something is right again with the next one.
 */
@Component
final class Feed implements SmartLifecycle {

    /** More pages than this at once are turned away. */
    static final int MOST_PAGES = 30;

    private static final long PAUSE_MILLIS = 500;
    private static final int BEATS = 30;

    private final Board board;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService clock;
    private ExecutorService senders;

    Feed(Board board) {
        this.board = board;
    }

    /** Opens a stream; empty if there are too many. */
    Optional<SseEmitter> open(Locale language) {
        if (pages.size() >= MOST_PAGES) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(0L);
        Page page = new Page(emitter, language);
        emitter.onCompletion(() -> pages.remove(page));
        emitter.onTimeout(() -> pages.remove(page));
        emitter.onError(e -> pages.remove(page));
        pages.add(page);
        return Optional.of(emitter);
    }

    private void tick() {
        for (Page page : pages) {
            // A page that is slow to read must not hold up the others, nor get a queue.
            if (page.sending.compareAndSet(false, true)) {
                senders.execute(page::send);
            }
        }
    }

    @Override
    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "feed-clock"));
        senders = Executors.newCachedThreadPool(task -> daemon(task, "feed"));
        clock.scheduleWithFixedDelay(this::tick, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void stop() {
        clock.shutdownNow();
        pages.forEach(page -> page.emitter.complete());
        senders.shutdown();
    }

    @Override
    public boolean isRunning() {
        return clock != null && !clock.isShutdown();
    }

    // Stops before the web server, which would otherwise wait half a minute for the pages to go.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private final class Page {

        private final SseEmitter emitter;
        private final Locale language;
        private final AtomicBoolean sending = new AtomicBoolean();
        private long sent = -1;
        private int quiet;

        Page(SseEmitter emitter, Locale language) {
            this.emitter = emitter;
            this.language = language;
        }

        void send() {
            try {
                long version = board.version();
                if (version != sent) {
                    emitter.send(
                            SseEmitter.event().name("board").data(board.view(language), MediaType.APPLICATION_JSON));
                    sent = version;
                    quiet = 0;
                } else if (++quiet % BEATS == 0) {
                    emitter.send(SseEmitter.event().comment("")); // finds out who is gone
                }
            } catch (IOException | IllegalStateException e) {
                pages.remove(this);
            } finally {
                sending.set(false);
            }
        }
    }
}
