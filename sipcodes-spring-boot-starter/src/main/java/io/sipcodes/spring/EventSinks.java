package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import io.sipcodes.jainsip.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.context.ApplicationContext;
import org.springframework.lang.Nullable;
import org.springframework.util.ClassUtils;

/** What is told of events in an application. */
final class EventSinks {

    static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    /** A class of the kit's own that meters need in any case. */
    static final String SIP_METERS = "io.sipcodes.micrometer.SipPeers";

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private EventSinks() {}

    /**
     * All that the properties want.
     *
     * @param traces of the application; or null
     */
    static List<EventSink> of(
            ApplicationContext context,
            @Nullable Traces traces,
            Languages languages,
            AfterStart afterStart,
            SipCodesProperties properties) {
        List<EventSink> sinks = new ArrayList<>();
        if (properties.getLog().isEnabled()) {
            sinks.add(new EventSink("log", log(languages, properties)));
        }
        if (properties.getMetrics().isEnabled() && has(METER_REGISTRY, context) && has(SIP_METERS, context)) {
            add(sinks, "metrics", () -> Metering.find(context, properties.getMetrics(), traces, afterStart));
        }
        sinks.add(new EventSink("recent failures", context.getBean(RecentFailures.class)::see));
        sinks.add(new EventSink(
                "application events",
                new EventPublisher(context, properties.getEvents().getPublish())));
        add(sinks, "failure listeners", () -> FailureListeners.find(context));
        return sinks;
    }

    // What beans of the application's own spoil is their sink, and no other: nobody waits for this who could be told.
    private static void add(List<EventSink> sinks, String name, Supplier<Consumer<SipEvent>> found) {
        try {
            Consumer<SipEvent> consumer = found.get();
            if (consumer != null) {
                sinks.add(new EventSink(name, consumer));
            }
        } catch (BeansException e) {
            if (AfterStart.isEnd(e)) {
                throw e;
            }
            log.error("sipcodes goes without this output: {}", name, e);
        }
    }

    private static boolean has(String type, ApplicationContext context) {
        return ClassUtils.isPresent(type, context.getClassLoader());
    }

    private static FailureLog log(Languages languages, SipCodesProperties properties) {
        SipCodesProperties.Log log = properties.getLog();
        return FailureLog.builder()
                .catalog(languages.catalog())
                .language(languages.standard())
                .redaction(properties.getRedaction().redaction())
                .mdc(log.isMdc())
                .limit(log.getLimit())
                .window(log.getWindow())
                .build();
    }
}
