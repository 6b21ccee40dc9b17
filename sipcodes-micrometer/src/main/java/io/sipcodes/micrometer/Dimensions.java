package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Tags;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipRole;
import io.sipcodes.micrometer.SipMeters.Key;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All values of all tags, in the order in which {@link MeterTable} numbers them; enums go by ordinal. */
final class Dimensions {

    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int INITIAL = 0;
    static final int IN_DIALOG = 1;

    static final List<Tags> DIRECTIONS = of(Key.DIRECTION, SipDirection.values(), SipDirection::id);
    static final List<Tags> ROLES = of(Key.ROLE, SipRole.values(), SipRole::id);
    static final List<Tags> METHODS = of(Key.METHOD, Methods.ALL);
    static final List<Tags> INITIALS = of(Key.INITIAL, List.of("true", "false"));
    static final List<Tags> CODES = CodeTags.ALL.stream().map(CodeTags::tags).toList();
    static final List<Tags> CODES_WITH_OUTCOME =
            CodeTags.ALL.stream().map(CodeTags::tagsWithOutcome).toList();
    static final List<Tags> OUTCOMES = of(Key.OUTCOME, SipOutcome.values(), SipOutcome::id);
    static final List<Tags> FAULTS = of(Key.FAULT, SipFault.values(), SipFault::id);
    static final List<Tags> RESULTS = of(Key.RESULT, List.of("success", "failure"));
    static final List<Tags> REJECTIONS =
            of(Key.REASON, SipEvent.MessageRejected.Cause.values(), SipEvent.MessageRejected.Cause::id);
    static final List<Tags> DROPS =
            of(Key.REASON, SipEvent.EventsDropped.Cause.values(), SipEvent.EventsDropped.Cause::id);

    private Dimensions() {}

    /** One value without a tag where no peers are named. */
    static List<Tags> peers(SipPeers peers) {
        return peers == null ? List.of(Tags.empty()) : of(Key.PEER, peers.names());
    }

    private static <E> List<Tags> of(Key key, E[] values, Function<E, String> id) {
        return of(key, Stream.of(values).map(id).toList());
    }

    private static List<Tags> of(Key key, List<String> values) {
        return values.stream().map(value -> Tags.of(key.asString(), value)).toList();
    }
}
