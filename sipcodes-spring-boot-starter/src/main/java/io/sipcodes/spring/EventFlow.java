package io.sipcodes.spring;

import io.sipcodes.jainsip.SipTraffic;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.util.ClassUtils;

/**
 * Connects the sinks of this context to the SIP traffic when the application is ready, and until the context closes. What a
 * stack has seen by then waits for this moment, so that a start need not wait for the sinks and all that they need. What a
 * stack must know of its first message, and what may be set wrongly, does not wait.
 */
final class EventFlow
        implements Supplier<List<String>>, SmartInitializingSingleton, SmartApplicationListener, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.sipcodes");

    private final ApplicationContext context;
    private final StackAttachment attachment;
    private final Languages languages;
    private final AfterStart afterStart;
    private final Supplier<List<String>> outputs;
    private Traces traces;
    private SipTraffic.Subscription tracing;
    private SipTraffic.Subscription subscription;
    private boolean closed;

    EventFlow(ApplicationContext context, StackAttachment attachment, Languages languages, AfterStart afterStart) {
        this.context = context;
        this.attachment = attachment;
        this.languages = languages;
        this.afterStart = afterStart;
        this.outputs = afterStart.later(this);
    }

    @Override
    public void afterSingletonsInstantiated() {
        // Where nothing is set, they have not been read yet, and need not be.
        boolean read = ((SingletonBeanRegistry) context.getAutowireCapableBeanFactory())
                .containsSingleton(SipCodesAutoConfiguration.PROPERTIES);
        SipCodesProperties set = read ? properties() : null;
        if ((set == null || set.getTracing().isEnabled())
                && ClassUtils.isPresent(Traces.TRACER, context.getClassLoader())) {
            traces = Traces.find(context);
            if (traces != null) {
                tracing = SipTraffic.traceWith(traces);
            }
        }
        if (set != null && !set.isAsItComes()) {
            outputs();
        }
    }

    private SipCodesProperties properties() {
        return context.getBean(SipCodesProperties.class);
    }

    /** The names of what is told of the traffic, after all of it has been made and connected. */
    List<String> outputs() {
        return outputs.get();
    }

    /** Makes the sinks and connects them; {@link #outputs()} has it done once. */
    @Override
    public List<String> get() {
        SipCodesProperties properties = properties();
        List<EventSink> made = EventSinks.of(context, traces, languages, afterStart, properties);
        SipTraffic.diagnoseWith(languages.catalog(), properties.getProvider());
        SipTraffic.redactWith(properties.getRedaction().redaction());
        SipTraffic.checkConformance(properties.getConformance().isEnabled());
        SipTraffic.limit(
                properties.getJainsip().getMaxTransactions(),
                properties.getJainsip().getMaxCalls());
        List<String> names = made.stream().map(EventSink::name).toList();
        connect(made);
        if (log.isInfoEnabled()) {
            String obstacle = obstacle();
            log.info(
                    "sipcodes is {} JAIN-SIP{}; language: {}; outputs: {}; redaction: {}",
                    obstacle.isEmpty() ? "attached to" : "not attached to",
                    obstacle.isEmpty() ? "" : " (" + obstacle + ")",
                    properties.getLanguage(),
                    String.join(", ", names),
                    properties.getRedaction().inWords());
        }
        return names;
    }

    private synchronized void connect(List<EventSink> made) {
        if (!closed) {
            subscription =
                    SipTraffic.subscribe(made.stream().map(EventSink::consumer).toList());
        }
    }

    /** Why stacks that are built now are not attached to; empty if they are. */
    String obstacle() {
        return attachment.obstacle();
    }

    @Override
    public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
        return ContextClosedEvent.class.isAssignableFrom(type);
    }

    // An application may be over before it has been ready for long; what it did is told all the same. While beans are
    // being destroyed none can be made any more.
    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (SipTraffic.seen() > 0) {
            outputs();
        }
    }

    @Override
    public synchronized void destroy() {
        closed = true;
        if (tracing != null) {
            tracing.close();
        }
        if (subscription != null) {
            subscription.close();
        }
    }
}
