package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Tags;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipCodeClass;
import io.sipcodes.SipOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tags say of a response code: a closed set, whatever number comes from the wire.
 *
 * @param code the number, or the label of its class, or {@code other}
 * @param codeClass the label of the class, or {@code other}
 * @param meaning the phrase of what {@code code} says
 * @param outcome the code's default outcome
 */
record CodeTags(String code, String codeClass, String meaning, SipOutcome outcome) {

    static final String OTHER = "other";

    /** All there are: the known codes in ascending order, then the six classes, then {@code other}. */
    static final List<CodeTags> ALL;

    private static final int FIRST_CLASS = SipCode.known().size();
    private static final byte[] INDEX = new byte[SipCode.MAX - SipCode.MIN + 1];

    static {
        List<CodeTags> all = new ArrayList<>();
        for (SipCode code : SipCode.known()) {
            INDEX[code.value() - SipCode.MIN] = (byte) all.size();
            all.add(new CodeTags(
                    code.text(),
                    code.codeClass().label(),
                    code.phrase(),
                    SipCatalog.standard().entry(code).outcome()));
        }
        for (SipCodeClass codeClass : SipCodeClass.values()) {
            SipCode unknown = anUnknownCode(codeClass);
            all.add(new CodeTags(
                    codeClass.label(),
                    codeClass.label(),
                    codeClass.phrase(),
                    SipCatalog.standard().entry(unknown).outcome()));
        }
        for (int value = SipCode.MIN; value <= SipCode.MAX; value++) {
            SipCode code = SipCode.of(value);
            if (!code.isKnown()) {
                INDEX[value - SipCode.MIN] =
                        (byte) (FIRST_CLASS + code.codeClass().ordinal());
            }
        }
        all.add(new CodeTags(OTHER, OTHER, "No SIP response code", SipOutcome.UNKNOWN));
        if (all.size() > Byte.MAX_VALUE) {
            throw new AssertionError("codes: " + all.size() + " (expected: at most " + Byte.MAX_VALUE + ")");
        }
        ALL = List.copyOf(all);
    }

    private static SipCode anUnknownCode(SipCodeClass codeClass) {
        int value = (codeClass.ordinal() + 1) * 100;
        while (SipCode.of(value).isKnown()) {
            value++;
        }
        return SipCode.of(value);
    }

    /** The place in {@link #ALL} of any number. */
    static int index(int rawCode) {
        return rawCode < SipCode.MIN || rawCode > SipCode.MAX ? ALL.size() - 1 : INDEX[rawCode - SipCode.MIN];
    }

    static CodeTags of(int rawCode) {
        return ALL.get(index(rawCode));
    }

    Tags tags() {
        return Tags.of(
                SipMeters.Key.CODE.asString(), code,
                SipMeters.Key.CLASS.asString(), codeClass,
                SipMeters.Key.MEANING.asString(), meaning);
    }

    Tags tagsWithOutcome() {
        return tags().and(SipMeters.Key.OUTCOME.asString(), outcome.id());
    }
}
