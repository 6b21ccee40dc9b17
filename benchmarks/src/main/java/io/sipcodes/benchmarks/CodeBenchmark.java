package io.sipcodes.benchmarks;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import io.sipcodes.SipText;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Looking up a code, its entry and its words, against a bare array read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodeBenchmark {

    private static final int[] NUMBERS = {180, 200, 401, 404, 407, 480, 486, 487, 499, 500, 503, 603};
    private static final Locale AUSTRIA = Locale.forLanguageTag("de-AT");

    private final Object[] array = new Object[600];
    private final SipCatalog catalog = SipCatalog.standard();
    private int next;

    /** Fills the array. */
    @Setup
    public void fill() {
        for (int i = 0; i < array.length; i++) {
            array[i] = new Object();
        }
    }

    private int number() {
        next = next + 1 == NUMBERS.length ? 0 : next + 1;
        return NUMBERS[next];
    }

    /** What all else is compared to. */
    @Benchmark
    public Object bareArrayRead() {
        return array[number() - 100];
    }

    /** {@link SipCode#of}. */
    @Benchmark
    public SipCode codeOf() {
        return SipCode.of(number());
    }

    /** {@link SipCatalog#entry}. */
    @Benchmark
    public SipEntry entry() {
        return catalog.entry(SipCode.of(number()));
    }

    /** {@link SipEntry#text}, in a language that has to fall back once. */
    @Benchmark
    public SipText text() {
        return catalog.entry(SipCode.of(number())).text(AUSTRIA);
    }
}
