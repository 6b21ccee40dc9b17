package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.SipTraffic;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.lang.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Connects the sinks of this context to the SIP traffic when all singletons are there, and until the context closes.
 * What a stack that was built earlier has seen by then waits for this moment. The sinks themselves are made with the first
 * message, or when the application is ready, so that its start need not wait for them.
 */
final class EventFlow implements Traffic, SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final ApplicationContext context;
    private final StackAttachment attachment;
    private final SipCatalog catalog;
    private final Languages languages;
    private final RecentFailures recent;
    private final AfterStart afterStart;
    private final SipCodesProperties properties;

    private final Traces traces;
    private final Supplier<List<EventSink>> sinks;
    private SipTraffic.Subscription subscription;
    private SipTraffic.Subscription tracing;

    EventFlow(
            ApplicationContext context,
            StackAttachment attachment,
            SipCatalog catalog,
            Languages languages,
            RecentFailures recent,
            AfterStart afterStart,
            SipCodesProperties properties) {
        this.context = context;
        this.attachment = attachment;
        this.catalog = catalog;
        this.languages = languages;
        this.recent = recent;
        this.afterStart = afterStart;
        this.properties = properties;
        this.traces = traces(context, properties);
        this.sinks = afterStart.later(this::makeSinks);
        if (!properties.getMetrics().isAsItComes()) {
            // What is set wrongly ends the start.
            sinks.get();
        }
    }

    /** The tracer's traces; null where there is none, or nobody wants them. */
    @Nullable
    private static Traces traces(ApplicationContext context, SipCodesProperties properties) {
        boolean wanted =
                properties.getTracing().isEnabled() && ClassUtils.isPresent(Traces.TRACER, context.getClassLoader());
        return wanted ? Traces.find(context) : null;
    }

    @Override
    public void afterSingletonsInstantiated() {
        SipTraffic.diagnoseWith(catalog, properties.getProvider());
        SipTraffic.redactWith(properties.getRedaction().redaction());
        SipTraffic.checkConformance(properties.getConformance().isEnabled());
        SipTraffic.limit(
                properties.getJainsip().getMaxTransactions(),
                properties.getJainsip().getMaxCalls());
        if (traces != null) {
            tracing = SipTraffic.traceWith(traces);
        }
        subscription = SipTraffic.subscribe(this::consumers);
    }

    private List<? extends Consumer<? super SipEvent>> consumers() {
        return sinks().stream().map(EventSink::consumer).toList();
    }

    private List<EventSink> makeSinks() {
        List<EventSink> made = EventSinks.of(context, traces, catalog, languages, recent, afterStart, properties);
        if (log.isInfoEnabled()) {
            String obstacle = obstacle();
            log.info(
                    "sipcodes is {} JAIN-SIP{}; language: {}; outputs: {}; redaction: {}",
                    obstacle.isEmpty() ? "attached to" : "not attached to",
                    obstacle.isEmpty() ? "" : " (" + obstacle + ")",
                    properties.getLanguage(),
                    String.join(", ", names(made)),
                    properties.getRedaction().inWords());
        }
        return made;
    }

    List<EventSink> sinks() {
        return sinks.get();
    }

    @Override
    public String obstacle() {
        return attachment.obstacle();
    }

    @Override
    public List<String> outputs() {
        return names(sinks());
    }

    private static List<String> names(List<EventSink> sinks) {
        return sinks.stream().map(EventSink::name).toList();
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
