package io.sipcodes.demo;

import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of the last calls, in the order in which they were seen. For one thread at a time. */
final class Ladders {

    private static final int MOST_CALLS = 300;
    private static final int MOST_MESSAGES = 40;

    private final Map<String, List<SipMessage>> byCallId = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<SipMessage>> eldest) {
            return size() > MOST_CALLS;
        }
    };

    void add(SipMessage message) {
        List<SipMessage> messages = of(message.callId());
        if (messages.size() < MOST_MESSAGES) {
            messages.add(message);
        }
    }

    /** The messages of a call, which grow as more come. */
    List<SipMessage> of(String callId) {
        return byCallId.computeIfAbsent(callId, id -> new ArrayList<>(8));
    }
}
