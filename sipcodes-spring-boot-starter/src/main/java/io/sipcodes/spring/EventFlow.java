package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.SipTraffic;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Connects the sinks of this context to the SIP traffic when all singletons are there, and until the context closes.
 * What a stack that was built earlier has seen by then waits for this moment.
 */
final class EventFlow implements SmartInitializingSingleton, DisposableBean {

    private final ObjectProvider<EventSink> sinks;
    private SipTraffic.Subscription subscription;

    EventFlow(ObjectProvider<EventSink> sinks) {
        this.sinks = sinks;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<EventSink> all = sinks.orderedStream().toList();
        if (!all.isEmpty()) {
            // One subscription for all: what waited goes to whoever subscribes first, and to nobody else.
            subscription = SipTraffic.subscribe(new All(all));
        }
    }

    @Override
    public void destroy() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Calls each sink, whatever the others do. */
    record All(List<EventSink> sinks) implements Consumer<SipEvent> {
        @Override
        public void accept(SipEvent event) {
            Throwable failure = null;
            for (EventSink sink : sinks) {
                try {
                    sink.consumer().accept(event);
                } catch (Throwable e) {
                    failure = e;
                }
            }
            if (failure != null) {
                // Whoever calls this says so in the log, once a minute.
                throw new IllegalStateException("a consumer of SIP events failed", failure);
            }
        }
    }
}
