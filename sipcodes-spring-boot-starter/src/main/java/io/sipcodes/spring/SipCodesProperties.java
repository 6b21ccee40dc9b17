package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipAdvice;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.jainsip.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What can be set under {@code sipcodes}.
 *
 * @param enabled Whether the kit does anything at all.
 * @param language Language of log lines, and of answers to readers who ask for no other.
 * @param provider Name of the provider whose overrides apply, where all traffic goes to one.
 * @param overrideFiles Files with overrides, in the format of SipOverride; those of a file that stands first decide.
 * @param overrides What a code or a phrase means here, by a name of one's own; these decide before those in files.
 * @param q850Profile Whose translation between response codes and the causes of the telephone network applies.
 * @param jainsip How the kit meets JAIN-SIP stacks.
 * @param conformance Check of responses against the RFCs' rules.
 * @param log Lines for failed transactions.
 * @param redaction What is taken out of log lines and of the endpoint.
 * @param metrics Meters of SIP traffic.
 * @param tracing Traces of the application.
 * @param failures Failures that are kept for the endpoint.
 * @param events SIP events as application events.
 * @param messages Words of the catalog as messages for templates.
 */
@ConfigurationProperties("sipcodes")
record SipCodesProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("en") String language,
        @DefaultValue("") String provider,
        @DefaultValue List<Resource> overrideFiles,
        @DefaultValue Map<String, Meaning> overrides,
        @DefaultValue("rfc3398") Q850Profile q850Profile,
        @DefaultValue JainSip jainsip,
        @DefaultValue Conformance conformance,
        @DefaultValue Log log,
        @DefaultValue Redact redaction,
        @DefaultValue Metrics metrics,
        @DefaultValue Tracing tracing,
        @DefaultValue Failures failures,
        @DefaultValue Events events,
        @DefaultValue Messages messages) {

    /**
     * What a code or a phrase means here. What is left open stays as in the catalog.
     *
     * @param provider Name of the provider whose responses are meant; everybody's if not set.
     * @param code Number from 100 to 699, or a class as 4xx; any code if not set.
     * @param phrase Pattern of the whole reason phrase, in which * stands for anything; any phrase if not set.
     * @param outcome What became of the request.
     * @param fault Who has to act.
     * @param advice What to do next.
     * @param text Words by language, as en or de.
     */
    record Meaning(
            String provider,
            String code,
            String phrase,
            SipOutcome outcome,
            SipFault fault,
            SipAdvice advice,
            @DefaultValue Map<String, Words> text) {}

    /**
     * Words of an override in one language.
     *
     * @param title Heading of a few words.
     * @param caller Sentence for the person who phoned.
     * @param meaning Sentence for developers and operators.
     * @param causes What it usually is, most likely first.
     * @param remedies What one can do, in the order to try it.
     */
    record Words(
            @DefaultValue("") String title,
            @DefaultValue("") String caller,
            @DefaultValue("") String meaning,
            @DefaultValue List<String> causes,
            @DefaultValue List<String> remedies) {}

    /**
     * How the kit meets JAIN-SIP stacks.
     *
     * @param attach Whether stacks that are built in this JVM are attached to.
     * @param ownLoggers Whether loggers that the application gave its stacks itself go on being called.
     * @param maxTransactions How many transactions that have not ended are followed at one time; what finds no room is
     *     counted.
     * @param maxCalls How many calls are followed at one time; what finds no room is counted.
     */
    record JainSip(
            @DefaultValue("true") boolean attach,
            @DefaultValue("true") boolean ownLoggers,
            @DefaultValue("65536") int maxTransactions,
            @DefaultValue("65536") int maxCalls) {

        JainSip {
            atLeastOne("max-transactions", maxTransactions);
            atLeastOne("max-calls", maxCalls);
        }

        private static void atLeastOne(String name, int value) {
            if (value < 1) {
                throw new PropertyException("sipcodes.jainsip." + name, value, "at least 1");
            }
        }
    }

    /**
     * Check of responses against the RFCs' rules.
     *
     * @param enabled Whether responses, sent and received, are checked for header fields that they lack or must not carry.
     */
    record Conformance(@DefaultValue("true") boolean enabled) {}

    /**
     * What is taken out of log lines and of the endpoint.
     *
     * @param credentials Whether nonces, digest responses, passwords and signed identities are hidden.
     * @param keys Whether the keys of media are hidden.
     * @param bodies Whether bodies are hidden.
     * @param numbers Whether the digits of telephone numbers are hidden, but for the country's prefix and the last two.
     */
    record Redact(
            @DefaultValue("true") boolean credentials,
            @DefaultValue("true") boolean keys,
            @DefaultValue("true") boolean bodies,
            @DefaultValue("true") boolean numbers) {

        Redaction redaction() {
            return Redaction.standard()
                    .credentials(credentials)
                    .keys(keys)
                    .bodies(bodies)
                    .numbers(numbers);
        }

        /** For the line at start. */
        String inWords() {
            List<String> off = new ArrayList<>();
            if (!credentials) {
                off.add("credentials");
            }
            if (!keys) {
                off.add("keys");
            }
            if (!bodies) {
                off.add("bodies");
            }
            if (!numbers) {
                off.add("numbers");
            }
            return off.isEmpty() ? "on" : "off for " + String.join(", ", off);
        }
    }

    /**
     * Lines for failed transactions.
     *
     * @param enabled Whether failed transactions are logged.
     * @param limit How many lines the same failure with the same peer may have in a window; the rest is counted.
     * @param window Time after which the same failure is logged again, with the count of what was not.
     * @param mdc Whether the fields of a line are in the MDC while it is written, in place of its key-values.
     */
    record Log(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20") int limit,
            @DefaultValue("1m") Duration window,
            @DefaultValue("false") boolean mdc) {}

    /**
     * Meters of SIP traffic.
     *
     * @param enabled Whether SIP traffic is measured.
     * @param zeros Whether the series that rules and dashboards need exist at zero from the start.
     * @param peers Peers that are told apart, by name, each with its hosts, addresses or networks as 203.0.113.0/24;
     *     any other peer is "other".
     * @param exclude Names of meters to leave out, as sip.causes.
     * @param delayBuckets Upper bounds of the histograms of call set-up, registration and disconnect delay.
     * @param durationBuckets Upper bounds of the histogram of call duration.
     */
    record Metrics(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean zeros,
            @DefaultValue Map<String, List<String>> peers,
            @DefaultValue Set<String> exclude,
            List<Duration> delayBuckets,
            List<Duration> durationBuckets) {}

    /**
     * Traces of the application.
     *
     * @param enabled Whether log lines and exemplars name the trace in which a message was sent or received.
     */
    record Tracing(@DefaultValue("true") boolean enabled) {}

    /**
     * Failures that are kept for the endpoint.
     *
     * @param capacity How many of the latest failures are kept; none if 0.
     */
    record Failures(@DefaultValue("100") int capacity) {

        private static final int MAX = 10_000;

        Failures {
            if (capacity < 0 || capacity > MAX) {
                throw new PropertyException("sipcodes.failures.capacity", capacity, "0 to " + MAX);
            }
        }
    }

    /**
     * SIP events as application events.
     *
     * @param publish Which events are published to listeners of the application.
     */
    record Events(@DefaultValue("calls") Publish publish) {}

    /** Which events are published. */
    enum Publish {
        /** No event at all. */
        NONE,
        /** What began or ended as a whole: call attempts, calls, registrations; and what was rejected or lost. */
        CALLS,
        /** Those for each message and transaction too. */
        ALL
    }

    /**
     * Words of the catalog as messages for templates.
     *
     * @param enabled Whether keys as sip.486.caller are found in the messages of the application.
     */
    record Messages(@DefaultValue("true") boolean enabled) {}
}
