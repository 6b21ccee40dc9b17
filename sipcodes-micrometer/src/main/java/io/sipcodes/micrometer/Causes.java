package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Tags;
import io.sipcodes.SipReason;
import java.util.ArrayList;
import java.util.List;

/** The values of Reason header fields that tags may name: a closed set. */
final class Causes {

    /** All there are: for each protocol its causes and then {@code other}; last of all {@code other, other}. */
    static final List<Tags> ALL;

    private static final int MAX_Q850 = 127;
    private static final int MAX_PREEMPTION = 5;
    private static final int MAX_RELEASE = 7;

    private static final int Q850;
    private static final int SIP;
    private static final int STIR;
    private static final int PREEMPTION;
    private static final int RELEASE;

    static {
        List<Tags> all = new ArrayList<>();
        Q850 = all.size();
        numbers(all, "Q.850", 0, MAX_Q850);
        SIP = all.size();
        codes(all, "SIP");
        STIR = all.size();
        codes(all, "STIR");
        PREEMPTION = all.size();
        numbers(all, "Preemption", 1, MAX_PREEMPTION);
        RELEASE = all.size();
        numbers(all, "RELEASE_CAUSE", 1, MAX_RELEASE);
        all.add(tags(CodeTags.OTHER, CodeTags.OTHER));
        ALL = List.copyOf(all);
    }

    private Causes() {}

    private static void numbers(List<Tags> all, String protocol, int min, int max) {
        for (int cause = min; cause <= max; cause++) {
            all.add(tags(protocol, Integer.toString(cause)));
        }
        all.add(tags(protocol, CodeTags.OTHER));
    }

    private static void codes(List<Tags> all, String protocol) {
        for (CodeTags code : CodeTags.ALL) {
            all.add(tags(protocol, code.code()));
        }
    }

    private static Tags tags(String protocol, String cause) {
        return Tags.of(SipMeters.Key.PROTOCOL.asString(), protocol, SipMeters.Key.CAUSE.asString(), cause);
    }

    /** The place in {@link #ALL} of any value; protocols are compared without regard to case. */
    static int index(SipReason reason) {
        int cause = reason.cause();
        if (reason.isQ850()) {
            return Q850 + within(cause, 0, MAX_Q850);
        }
        if (reason.isSip()) {
            return SIP + CodeTags.index(cause);
        }
        String protocol = reason.protocol();
        if (protocol.equalsIgnoreCase("STIR")) {
            return STIR + CodeTags.index(cause);
        }
        if (protocol.equalsIgnoreCase("Preemption")) {
            return PREEMPTION + within(cause, 1, MAX_PREEMPTION);
        }
        if (protocol.equalsIgnoreCase("RELEASE_CAUSE")) {
            return RELEASE + within(cause, 1, MAX_RELEASE);
        }
        return ALL.size() - 1;
    }

    private static int within(int cause, int min, int max) {
        return cause < min || cause > max ? max - min + 1 : cause - min;
    }
}
