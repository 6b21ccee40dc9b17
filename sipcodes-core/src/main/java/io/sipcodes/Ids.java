package io.sipcodes;

import java.util.Locale;

/** One rule for how a constant is written outside of Java: {@code NO_ANSWER} is {@code no-answer}. */
final class Ids {

    private Ids() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
