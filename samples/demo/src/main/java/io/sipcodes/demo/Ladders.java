package io.sipcodes.demo;

import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of the last calls, in the order in which they were seen. For one thread at a time. */
final class Ladders {

    /**
     * A message of a call.
     *
     * @param again whether it is a retransmission
     */
    record Rung(SipMessage message, boolean again) {}

    private static final int MOST_CALLS = 300;
    private static final int MOST_RUNGS = 40;

    private final Map<String, List<Rung>> byCallId = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Rung>> eldest) {
            return size() > MOST_CALLS;
        }
    };

    void add(SipMessage message, boolean again) {
        List<Rung> rungs = of(message.callId());
        if (rungs.size() < MOST_RUNGS) {
            rungs.add(new Rung(message, again));
        }
    }

    /** The messages of a call; the list grows as more come. */
    List<Rung> of(String callId) {
        return byCallId.computeIfAbsent(callId, id -> new ArrayList<>(8));
    }
}
