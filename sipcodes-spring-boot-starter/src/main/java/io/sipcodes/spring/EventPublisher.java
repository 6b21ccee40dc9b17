package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import io.sipcodes.spring.SipCodesProperties.Publish;
import java.util.function.Consumer;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes SIP events as application events, so that an {@code @EventListener} can take them. */
record EventPublisher(ApplicationEventPublisher publisher, Publish which) implements Consumer<SipEvent> {

    @Override
    public void accept(SipEvent event) {
        if (which == Publish.ALL || which == Publish.CALLS && isAboutAWhole(event)) {
            publisher.publishEvent(event);
        }
    }

    private static boolean isAboutAWhole(SipEvent event) {
        return event instanceof SipEvent.AttemptEnded
                || event instanceof SipEvent.CallStarted
                || event instanceof SipEvent.CallEnded
                || event instanceof SipEvent.RegistrationEnded
                || event instanceof SipEvent.MessageRejected
                || event instanceof SipEvent.EventsDropped;
    }
}
