package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.FailureLog;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.lang.Nullable;
import org.springframework.util.ClassUtils;

/** What is told of events in an application. */
final class EventSinks {

    static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    /** A class of the kit's own that meters need in any case. */
    static final String SIP_METERS = "io.sipcodes.micrometer.SipPeers";

    private EventSinks() {}

    /**
     * All that the properties want.
     *
     * @param traces of the application; or null
     */
    static List<EventSink> of(
            ApplicationContext context,
            @Nullable Traces traces,
            SipCatalog catalog,
            Languages languages,
            RecentFailures recent,
            AfterStart afterStart,
            SipCodesProperties properties) {
        List<EventSink> sinks = new ArrayList<>();
        if (properties.getLog().isEnabled()) {
            sinks.add(new EventSink("log", log(catalog, languages, properties)));
        }
        if (properties.getMetrics().isEnabled() && has(METER_REGISTRY, context) && has(SIP_METERS, context)) {
            EventSink meters = Metering.find(context, properties.getMetrics(), traces, afterStart);
            if (meters != null) {
                sinks.add(meters);
            }
        }
        sinks.add(new EventSink("recent failures", recent::see));
        sinks.add(new EventSink(
                "application events",
                new EventPublisher(context, properties.getEvents().getPublish())));
        List<SipFailureListener> own = context.getBeanProvider(SipFailureListener.class)
                .orderedStream()
                .toList();
        if (!own.isEmpty()) {
            sinks.add(new EventSink("failure listeners", new FailureListeners(own)));
        }
        return sinks;
    }

    private static boolean has(String type, ApplicationContext context) {
        return ClassUtils.isPresent(type, context.getClassLoader());
    }

    private static FailureLog log(SipCatalog catalog, Languages languages, SipCodesProperties properties) {
        SipCodesProperties.Log log = properties.getLog();
        return FailureLog.builder()
                .catalog(catalog)
                .language(languages.standard())
                .redaction(properties.getRedaction().redaction())
                .mdc(log.isMdc())
                .limit(log.getLimit())
                .window(log.getWindow())
                .build();
    }
}
