package io.sipcodes.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods that a tag may name: those of IANA's registry. Any token may come from the wire. */
final class Methods {

    static final List<String> ALL = List.of(
            "ACK",
            "BYE",
            "CANCEL",
            "INFO",
            "INVITE",
            "MESSAGE",
            "NOTIFY",
            "OPTIONS",
            "PRACK",
            "PUBLISH",
            "REFER",
            "REGISTER",
            "SUBSCRIBE",
            "UPDATE",
            "_OTHER");

    static final int OTHER = ALL.size() - 1;

    private static final Map<String, Integer> INDEX = new HashMap<>();

    static {
        for (String method : ALL) {
            INDEX.put(method, INDEX.size());
        }
    }

    private Methods() {}

    /** The place in {@link #ALL} of any method; methods are case-sensitive (RFC 3261 section 7.1). */
    static int index(String method) {
        return INDEX.getOrDefault(method, OTHER);
    }
}
