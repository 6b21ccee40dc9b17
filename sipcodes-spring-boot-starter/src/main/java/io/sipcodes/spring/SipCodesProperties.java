package io.sipcodes.spring;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set under {@code sipcodes}.
 *
 * @param language Language of log lines, and of answers to readers who ask for no other.
 * @param jainsip How the kit meets JAIN-SIP stacks.
 * @param log The line per failed response.
 * @param metrics Meters of SIP traffic.
 * @param failures Failures that are kept for the endpoint.
 */
@ConfigurationProperties("sipcodes")
record SipCodesProperties(
        @DefaultValue("en") Locale language,
        @DefaultValue JainSip jainsip,
        @DefaultValue Log log,
        @DefaultValue Metrics metrics,
        @DefaultValue Failures failures) {

    /**
     * How the kit meets JAIN-SIP stacks.
     *
     * @param attach Whether stacks that are built in this JVM are attached to.
     */
    record JainSip(@DefaultValue("auto") Attach attach) {}

    /** When stacks are attached to. */
    enum Attach {
        /** Unless another application of the same JVM might build a stack that cannot load the kit. */
        AUTO,
        /** Even then. */
        ALWAYS,
        /** Not at all. */
        NEVER
    }

    /**
     * The line per failed response.
     *
     * @param enabled Whether failed responses are logged.
     */
    record Log(@DefaultValue("true") boolean enabled) {}

    /**
     * Meters of SIP traffic.
     *
     * @param enabled Whether SIP traffic is measured.
     */
    record Metrics(@DefaultValue("true") boolean enabled) {}

    /**
     * Failures that are kept for the endpoint.
     *
     * @param capacity How many of the latest failures are kept; none if 0.
     */
    record Failures(@DefaultValue("100") int capacity) {}
}
