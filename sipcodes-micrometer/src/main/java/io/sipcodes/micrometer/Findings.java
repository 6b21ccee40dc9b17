package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.sipcodes.micrometer.SipMeters.Key;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The counters of conformance findings. The rules are named by whoever checks, so they are bounded here by number. */
final class Findings {

    private static final int MAX_RULES = 64;
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private record Cell(int peer, String rule, boolean mandatory) {}

    private final Function<Tags, Counter> register;
    private final List<Tags> peers;
    private final Map<Cell, Counter> held = new ConcurrentHashMap<>();
    private final Map<String, String> rules = new ConcurrentHashMap<>();

    Findings(Function<Tags, Counter> register, List<Tags> peers) {
        this.register = register;
        this.peers = peers;
    }

    Counter at(int peer, String rule, boolean mandatory) {
        Cell cell = new Cell(peer, bounded(rule), mandatory);
        // An application lacks the same in all its responses: looked up first, since a function would be made each
        // time.
        Counter known = held.get(cell);
        return known != null ? known : held.computeIfAbsent(cell, this::register);
    }

    private Counter register(Cell cell) {
        return register.apply(peers.get(cell.peer)
                .and(Key.RULE.asString(), cell.rule)
                .and(Key.SEVERITY.asString(), cell.mandatory ? "must" : "should"));
    }

    private String bounded(String rule) {
        String known = rules.get(rule);
        if (known != null) {
            return known;
        }
        synchronized (rules) {
            if (rules.size() >= MAX_RULES || !RULE.matcher(rule).matches()) {
                return CodeTags.OTHER;
            }
            rules.put(rule, rule);
            return rule;
        }
    }
}
