package io.sipcodes.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import gov.nist.core.StackLogger;
import io.sipcodes.jainsip.SipCodesStackLogger;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.slf4j.LoggerFactory;

/** A debug line of the stack that is off, at a shallow and at a deep stack. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StackLoggerBenchmark {

    /** How many frames lie below the call. */
    @Param({"1", "100"})
    public int depth;

    private final StackLogger logger = new SipCodesStackLogger();

    /** Without a configuration Logback shows everything. */
    @Setup
    public void switchOff() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }

    /** The kit's. */
    @Benchmark
    public boolean lineThatIsOff() {
        return at(depth);
    }

    private boolean at(int frames) {
        if (frames > 1) {
            return at(frames - 1);
        }
        logger.logDebug("a line that nobody wants");
        return logger.isLoggingEnabled(StackLogger.TRACE_DEBUG);
    }

    /** The same depth without a logger. */
    @Benchmark
    public boolean depthAlone() {
        return nothing(depth);
    }

    private boolean nothing(int frames) {
        return frames > 1 ? nothing(frames - 1) : logger == null;
    }

    /** Loggers that look for their caller do this at each line. */
    @Benchmark
    public Object lookForTheCaller() {
        return caller(depth);
    }

    private Object caller(int frames) {
        return frames > 1 ? caller(frames - 1) : new Throwable().getStackTrace()[0];
    }
}
