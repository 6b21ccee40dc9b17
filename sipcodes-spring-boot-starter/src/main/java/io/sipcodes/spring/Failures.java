package io.sipcodes.spring;

import io.sipcodes.SipEvent;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Tells failures from all other events. */
final class Failures {

    private Failures() {}

    /** The transaction that the event ends, if it failed: if it is louder than DEBUG, as in the log. */
    static Optional<SipEvent.TransactionEnded> find(SipEvent event) {
        return event instanceof SipEvent.TransactionEnded ended
                        && ended.diagnosis().severity().compareTo(Level.DEBUG) > 0
                ? Optional.of(ended)
                : Optional.empty();
    }
}
