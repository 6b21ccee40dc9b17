package io.sipcodes.spring;

import io.sipcodes.jainsip.SipTraffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** What the kit is doing in this application. */
record State(ObjectProvider<Attachment> attachment, ObjectProvider<EventSink> sinks, Languages languages) {

    Map<String, Object> view() {
        String obstacle = Optional.ofNullable(attachment.getIfAvailable())
                .map(Attachment::obstacle)
                .orElse("JAIN-SIP is not on the class path");
        List<String> outputs = sinks.orderedStream().map(EventSink::name).toList();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("attached", obstacle.isEmpty());
        out.put("obstacle", obstacle.isEmpty() ? null : obstacle);
        out.put("language", languages.standard().toLanguageTag());
        out.put("outputs", outputs);
        out.put("messagesSeen", SipTraffic.seen());
        out.put("messagesDropped", SipTraffic.dropped());
        return out;
    }
}
