package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.sipcodes.micrometer.SipMeters.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Tells on meters that somebody already has what their response code means: adds {@code class}, {@code meaning} and
 * {@code outcome} by the tag that holds the code. It runs once for each series, not for each call, and adds no series,
 * since all three follow from the code.
 *
 * <p>To be added to the registry before the meters exist. Immutable and safe for use by any number of threads.
 */
public final class SipMeterFilter implements MeterFilter {

    private static final Map<String, CodeTags> BY_CODE = new HashMap<>();

    static {
        for (CodeTags code : CodeTags.ALL) {
            BY_CODE.put(code.code(), code);
        }
    }

    private final String codeTag;
    private final Predicate<String> names;

    private SipMeterFilter(String codeTag, Predicate<String> names) {
        this.codeTag = Objects.requireNonNull(codeTag, "codeTag");
        this.names = Objects.requireNonNull(names, "names");
    }

    /**
     * For the meters with such names, by this tag. Each of them gets all three tags, so that their keys stay the same:
     * what is no response code says {@code other}. A tag of that key that a meter already has stays as it is.
     *
     * @param codeTag the key of the tag that holds the code, as {@code 486}, {@code 486 Busy Here} or {@code 4xx}
     * @param names picks the meters by name, as {@code Set.of("voip.calls")::contains}; asked for every meter of the
     *     registry
     * @return the filter
     */
    public static SipMeterFilter byTag(String codeTag, Predicate<String> names) {
        return new SipMeterFilter(codeTag, names);
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!names.test(id.getName())) {
            return id;
        }
        CodeTags code = read(id.getTag(codeTag));
        List<Tag> added = new ArrayList<>(3);
        addMissing(id, Key.CLASS, code.codeClass(), added);
        addMissing(id, Key.MEANING, code.meaning(), added);
        addMissing(id, Key.OUTCOME, code.outcome().id(), added);
        return id.withTags(added);
    }

    private static void addMissing(Meter.Id id, Key key, String value, List<Tag> added) {
        if (id.getTag(key.asString()) == null) {
            added.add(Tag.of(key.asString(), value));
        }
    }

    private static CodeTags read(String value) {
        if (value != null && value.matches("[1-6][0-9]{2}(\\D.*)?")) {
            return CodeTags.of(Integer.parseInt(value.substring(0, 3)));
        }
        return BY_CODE.getOrDefault(value, CodeTags.of(0));
    }
}
