package io.sipcodes.spring;

import java.util.Objects;
import javax.sip.SipStack;

/**
 * Holds a JAIN-SIP stack as a bean, and stops it when the context closes. A stack that is a bean itself cannot be used
 * without log4j 1.x on the class path: Spring looks at all methods of the class, and some have log4j types.
 *
 * <pre>{@code
 * @Bean
 * SipStackHolder sipStack() throws Exception {
 *     return new SipStackHolder(SipFactory.getInstance().createSipStack(properties));
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class SipStackHolder implements AutoCloseable {

    private final SipStack stack;

    /**
     * Holds a stack.
     *
     * @param stack running or not; {@link #close()} stops it
     */
    public SipStackHolder(SipStack stack) {
        this.stack = Objects.requireNonNull(stack, "stack");
    }

    /** {@return the stack} */
    public SipStack stack() {
        return stack;
    }

    /** Stops the stack. */
    @Override
    public void close() {
        stack.stop();
    }
}
