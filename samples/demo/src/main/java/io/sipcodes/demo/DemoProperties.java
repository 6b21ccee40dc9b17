package io.sipcodes.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the demo, under {@code demo}. A port of 0 is any free one.
 *
 * @param sip where the exchange listens
 * @param caller who places calls
 */
@ConfigurationProperties("demo")
record DemoProperties(@DefaultValue Sip sip, @DefaultValue Calls caller) {

    /**
     * The exchange.
     *
     * @param host address to listen on; with another than loopback anybody who reaches it can call
     * @param port for UDP and TCP
     * @param ringOut after which a phone that nobody picks up stops to ring
     * @param longestCall after which the exchange hangs up
     */
    record Sip(
            @DefaultValue("127.0.0.1") String host,
            @DefaultValue("5060") int port,
            @DefaultValue("6s") Duration ringOut,
            @DefaultValue("2m") Duration longestCall) {

        Sip {
            // It goes into Contact and Via, where everybody else has to be able to use it.
            if (host.equals("0.0.0.0") || host.equals("::")) {
                throw new IllegalArgumentException(
                        "demo.sip.host: " + host + " (expected: the address at which others reach this machine)");
            }
        }
    }

    /**
     * The caller.
     *
     * @param enabled whether there is one
     * @param port of its own stack, for UDP
     * @param interval from one call to the next
     */
    record Calls(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5062") int port,
            @DefaultValue("1s") Duration interval) {}
}
