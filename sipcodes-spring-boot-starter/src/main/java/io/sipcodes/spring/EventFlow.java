package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipEvent;
import io.sipcodes.SipTrace;
import io.sipcodes.jainsip.SipTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.lang.Nullable;

/**
 * Connects the sinks of this context to the SIP traffic when all singletons are there, and until the context closes.
 * What a stack that was built earlier has seen by then waits for this moment.
 */
final class EventFlow implements Traffic, SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final List<EventSink> sinks;
    private final Supplier<SipTrace> trace;
    private final StackAttachment attachment;
    private final SipCatalog catalog;
    private final SipCodesProperties properties;
    private SipTraffic.Subscription subscription;
    private SipTraffic.Subscription tracing;

    EventFlow(
            List<EventSink> sinks,
            @Nullable Supplier<SipTrace> trace,
            StackAttachment attachment,
            SipCatalog catalog,
            SipCodesProperties properties) {
        this.sinks = sinks;
        this.trace = trace;
        this.attachment = attachment;
        this.catalog = catalog;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        SipTraffic.diagnoseWith(catalog, properties.getProvider());
        SipTraffic.redactWith(properties.getRedaction().redaction());
        SipTraffic.checkConformance(properties.getConformance().isEnabled());
        SipTraffic.limit(
                properties.getJainsip().getMaxTransactions(),
                properties.getJainsip().getMaxCalls());
        if (trace != null) {
            tracing = SipTraffic.traceWith(trace);
        }
        List<Consumer<? super SipEvent>> consumers = new ArrayList<>();
        for (EventSink sink : sinks) {
            consumers.add(sink.consumer());
        }
        subscription = SipTraffic.subscribe(consumers);
        if (log.isInfoEnabled()) {
            String obstacle = obstacle();
            log.info(
                    "sipcodes is {} JAIN-SIP{}; language: {}; outputs: {}; redaction: {}",
                    obstacle.isEmpty() ? "attached to" : "not attached to",
                    obstacle.isEmpty() ? "" : " (" + obstacle + ")",
                    properties.getLanguage(),
                    String.join(", ", outputs()),
                    properties.getRedaction().inWords());
        }
    }

    List<EventSink> sinks() {
        return sinks;
    }

    @Override
    public String obstacle() {
        return attachment.obstacle();
    }

    @Override
    public List<String> outputs() {
        List<String> names = new ArrayList<>();
        for (EventSink sink : sinks) {
            names.add(sink.name());
        }
        return names;
    }

    @Override
    public void destroy() {
        if (tracing != null) {
            tracing.close();
        }
        if (subscription != null) {
            subscription.close();
        }
    }
}
