package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.SipTraffic;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Connects the sinks of this context to the SIP traffic when all singletons are there, and until the context closes.
 * What a stack that was built earlier has seen by then waits for this moment.
 */
final class EventFlow implements SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final ObjectProvider<EventSink> sinks;
    private final ObjectProvider<TraceSource> traces;
    private final Attachment attachment;
    private final SipCatalog catalog;
    private final SipCodesProperties properties;
    private SipTraffic.Subscription subscription;
    private SipTraffic.Subscription tracing;

    EventFlow(
            ObjectProvider<EventSink> sinks,
            ObjectProvider<TraceSource> traces,
            Attachment attachment,
            SipCatalog catalog,
            SipCodesProperties properties) {
        this.sinks = sinks;
        this.traces = traces;
        this.attachment = attachment;
        this.catalog = catalog;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<EventSink> all = sinks.orderedStream().toList();
        SipTraffic.diagnoseWith(catalog, properties.getProvider());
        SipTraffic.redactWith(properties.getRedaction().redaction());
        SipTraffic.checkConformance(properties.getConformance().isEnabled());
        SipTraffic.limit(
                properties.getJainsip().getMaxTransactions(),
                properties.getJainsip().getMaxCalls());
        traces.ifAvailable(source -> tracing = SipTraffic.traceWith(source.current()));
        subscription =
                SipTraffic.subscribe(all.stream().map(EventSink::consumer).toList());
        if (log.isInfoEnabled()) {
            String obstacle = attachment.obstacle();
            log.info(
                    "sipcodes is {} JAIN-SIP{}; language: {}; outputs: {}; redaction: {}",
                    obstacle.isEmpty() ? "attached to" : "not attached to",
                    obstacle.isEmpty() ? "" : " (" + obstacle + ")",
                    properties.getLanguage(),
                    String.join(", ", all.stream().map(EventSink::name).toList()),
                    properties.getRedaction().inWords());
        }
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
