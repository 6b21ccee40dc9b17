package io.sipcodes.spring;

import io.sipcodes.jainsip.SipTraffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** What the kit is doing in this application. */
record State(ObjectProvider<EventFlow> flow, Languages languages) {

    Map<String, Object> view() {
        EventFlow known = flow.getIfAvailable();
        String obstacle = known == null ? "JAIN-SIP is not on the class path" : known.obstacle();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("attached", obstacle.isEmpty());
        out.put("obstacle", obstacle.isEmpty() ? null : obstacle);
        out.put("language", languages.standard().toLanguageTag());
        out.put("outputs", known == null ? List.of() : known.outputs());
        out.put("messagesSeen", SipTraffic.seen());
        out.put("messagesDropped", SipTraffic.dropped());
        return out;
    }
}
