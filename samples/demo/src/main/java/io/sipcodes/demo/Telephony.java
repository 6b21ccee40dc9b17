package io.sipcodes.demo;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts and stops the exchange and the caller together with the application. */
@Component
final class Telephony implements SmartLifecycle {

    private final DemoProperties settings;
    private volatile Exchange exchange;
    private volatile Caller caller;
    private volatile boolean running;

    Telephony(DemoProperties settings) {
        this.settings = settings;
    }

    @Override
    public void start() {
        exchange = new Exchange(settings.sip());
        running = true;
        if (settings.caller().enabled()) {
            try {
                caller = new Caller(settings, exchange);
            } catch (RuntimeException e) {
                stop();
                throw e;
            }
            caller.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        // At the same time, since a stack sleeps for a second when it stops.
        CompletableFuture<Void> exchangeStops = CompletableFuture.runAsync(exchange::stop);
        if (caller != null) {
            caller.stop();
        }
        exchangeStops.join();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    // Before the web server: a port that is taken should be told before the page is there.
    @Override
    public int getPhase() {
        return 0;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Whether this is the name of the exchange's stack. */
    boolean owns(String stack) {
        return exchange != null && exchange.stackName().equals(stack);
    }

    /** The caller; empty if it is switched off. */
    Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }
}
