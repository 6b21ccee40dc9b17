package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipAdvice;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.jainsip.FailureLog;
import io.sipcodes.jainsip.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What can be set under {@code sipcodes}.
 *
 * <p>Beans with setters, because Boot binds a record by reading the annotations of all its parameters: with nothing set
 * at all that took ten times as long, at each start.
 */
@ConfigurationProperties("sipcodes")
final class SipCodesProperties {

    /** Of an application that sets none. */
    static final String LANGUAGE = "en";

    /** Whether the kit does anything at all. */
    private boolean enabled = true;

    /** Language of log lines, and of answers to readers who ask for no other. */
    private String language = LANGUAGE;

    /** Name of the provider whose overrides apply, where all traffic goes to one. */
    private String provider = "";

    /** Files with overrides, in the format of SipOverride; those of a file that stands first decide. */
    private List<Resource> overrideFiles = new ArrayList<>();

    /** What a code or a phrase means here, by a name of one's own; these decide before those in files. */
    private Map<String, Meaning> overrides = new LinkedHashMap<>();

    /** Whose translation between response codes and the causes of the telephone network applies. */
    private Q850Profile q850Profile;

    private final JainSip jainsip = new JainSip();
    private final Conformance conformance = new Conformance();
    private final Log log = new Log();
    private final Redact redaction = new Redact();
    private final Metrics metrics = new Metrics();
    private final Tracing tracing = new Tracing();
    private final Failures failures = new Failures();
    private final Events events = new Events();
    private final Messages messages = new Messages();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public List<Resource> getOverrideFiles() {
        return overrideFiles;
    }

    public void setOverrideFiles(List<Resource> overrideFiles) {
        this.overrideFiles = overrideFiles;
    }

    public Map<String, Meaning> getOverrides() {
        return overrides;
    }

    public void setOverrides(Map<String, Meaning> overrides) {
        this.overrides = overrides;
    }

    boolean hasOverrides() {
        return !overrides.isEmpty() || !overrideFiles.isEmpty();
    }

    /**
     * Whether nothing is set that must be known before the application is ready: what may be wrong with the outputs, and
     * what a stack's threads do with its first message.
     */
    boolean isAsItComes() {
        return conformance.isEnabled() && redaction.isAll() && metrics.isAsItComes();
    }

    public Q850Profile getQ850Profile() {
        // Not named above: its classes are loaded only where somebody asks for it.
        return q850Profile == null ? Q850Profile.RFC3398 : q850Profile;
    }

    public void setQ850Profile(Q850Profile q850Profile) {
        this.q850Profile = q850Profile;
    }

    public JainSip getJainsip() {
        return jainsip;
    }

    public Conformance getConformance() {
        return conformance;
    }

    public Log getLog() {
        return log;
    }

    public Redact getRedaction() {
        return redaction;
    }

    public Metrics getMetrics() {
        return metrics;
    }

    public Tracing getTracing() {
        return tracing;
    }

    public Failures getFailures() {
        return failures;
    }

    public Events getEvents() {
        return events;
    }

    public Messages getMessages() {
        return messages;
    }

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

    /** How the kit meets JAIN-SIP stacks. */
    static final class JainSip {

        /** Whether stacks that are built in this JVM are attached to. */
        private boolean attach = true;

        /** Whether loggers that the application gave its stacks itself go on being called. */
        private boolean ownLoggers = true;

        /** How many transactions that have not ended are followed at one time; what finds no room is counted. */
        private int maxTransactions = 65_536;

        /** How many calls are followed at one time; what finds no room is counted. */
        private int maxCalls = 65_536;

        public boolean isAttach() {
            return attach;
        }

        public void setAttach(boolean attach) {
            this.attach = attach;
        }

        public boolean isOwnLoggers() {
            return ownLoggers;
        }

        public void setOwnLoggers(boolean ownLoggers) {
            this.ownLoggers = ownLoggers;
        }

        public int getMaxTransactions() {
            return maxTransactions;
        }

        public void setMaxTransactions(int maxTransactions) {
            this.maxTransactions = atLeastOne("max-transactions", maxTransactions);
        }

        public int getMaxCalls() {
            return maxCalls;
        }

        public void setMaxCalls(int maxCalls) {
            this.maxCalls = atLeastOne("max-calls", maxCalls);
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw PropertyException.of("sipcodes.jainsip." + name, value, "at least 1");
            }
            return value;
        }
    }

    /** Check of responses against the RFCs' rules. */
    static final class Conformance {

        /** Whether responses, sent and received, are checked for header fields that they lack or must not carry. */
        private boolean enabled = true;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }
    }

    /** Lines for failed transactions. */
    static final class Log {

        /** Whether failed transactions are logged. */
        private boolean enabled = true;

        /** How many lines the same failure with the same peer may have in a window; the rest is counted. */
        private int limit = 20;

        /** Time after which the same failure is logged again, with the count of what was not. */
        private Duration window = Duration.ofMinutes(1);

        /** Whether the fields of a line are in the MDC while it is written, in place of its key-values. */
        private boolean mdc = false;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public int getLimit() {
            return limit;
        }

        public void setLimit(int limit) {
            // The log itself says what it takes.
            PropertyException.guard(
                    "sipcodes.log.limit", limit, () -> FailureLog.builder().limit(limit));
            this.limit = limit;
        }

        public Duration getWindow() {
            return window;
        }

        public void setWindow(Duration window) {
            PropertyException.guard(
                    "sipcodes.log.window", window, () -> FailureLog.builder().window(window));
            this.window = window;
        }

        public boolean isMdc() {
            return mdc;
        }

        public void setMdc(boolean mdc) {
            this.mdc = mdc;
        }
    }

    /** What is taken out of log lines and of the endpoint. */
    static final class Redact {

        /** Whether nonces, digest responses, passwords and signed identities are hidden. */
        private boolean credentials = true;

        /** Whether the keys of media are hidden. */
        private boolean keys = true;

        /** Whether bodies are hidden. */
        private boolean bodies = true;

        /** Whether the digits of telephone numbers are hidden, but for the country's prefix and the last two. */
        private boolean numbers = true;

        public boolean isCredentials() {
            return credentials;
        }

        public void setCredentials(boolean credentials) {
            this.credentials = credentials;
        }

        public boolean isKeys() {
            return keys;
        }

        public void setKeys(boolean keys) {
            this.keys = keys;
        }

        public boolean isBodies() {
            return bodies;
        }

        public void setBodies(boolean bodies) {
            this.bodies = bodies;
        }

        public boolean isNumbers() {
            return numbers;
        }

        public void setNumbers(boolean numbers) {
            this.numbers = numbers;
        }

        boolean isAll() {
            return off().isEmpty();
        }

        Redaction redaction() {
            return Redaction.standard()
                    .credentials(credentials)
                    .keys(keys)
                    .bodies(bodies)
                    .numbers(numbers);
        }

        /** For the line at start. */
        String inWords() {
            return isAll() ? "on" : "off for " + String.join(", ", off());
        }

        private List<String> off() {
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
            return off;
        }
    }

    /** Meters of SIP traffic. */
    static final class Metrics {

        /** Whether SIP traffic is measured. */
        private boolean enabled = true;

        /** Whether the series that rules and dashboards need exist at zero from the start. */
        private boolean zeros = true;

        /** Peers that are told apart, by name, each with its hosts, addresses or networks as 203.0.113.0/24; any other peer is "other". */
        private Map<String, List<String>> peers = new LinkedHashMap<>();

        /** Names of meters to leave out, as sip.causes. */
        private Set<String> exclude = new LinkedHashSet<>();

        /** Upper bounds of the histograms of call set-up, registration and disconnect delay. */
        private List<Duration> delayBuckets;

        /** Upper bounds of the histogram of call duration. */
        private List<Duration> durationBuckets;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public boolean isZeros() {
            return zeros;
        }

        public void setZeros(boolean zeros) {
            this.zeros = zeros;
        }

        public Map<String, List<String>> getPeers() {
            return peers;
        }

        public void setPeers(Map<String, List<String>> peers) {
            this.peers = peers;
        }

        public Set<String> getExclude() {
            return exclude;
        }

        public void setExclude(Set<String> exclude) {
            this.exclude = exclude;
        }

        /** Whether nothing is set that could be wrong. */
        boolean isAsItComes() {
            return peers.isEmpty() && exclude.isEmpty() && delayBuckets == null && durationBuckets == null;
        }

        public List<Duration> getDelayBuckets() {
            return delayBuckets;
        }

        public void setDelayBuckets(List<Duration> delayBuckets) {
            this.delayBuckets = delayBuckets;
        }

        public List<Duration> getDurationBuckets() {
            return durationBuckets;
        }

        public void setDurationBuckets(List<Duration> durationBuckets) {
            this.durationBuckets = durationBuckets;
        }
    }

    /** Traces of the application. */
    static final class Tracing {

        /** Whether log lines and exemplars name the trace in which a message was sent or received. */
        private boolean enabled = true;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }
    }

    /** Failures that are kept for the endpoint. */
    static final class Failures {

        private static final int MAX = 10_000;

        /** How many of the latest failures are kept; none if 0. */
        private int capacity = 100;

        public int getCapacity() {
            return capacity;
        }

        public void setCapacity(int capacity) {
            if (capacity < 0 || capacity > MAX) {
                throw PropertyException.of("sipcodes.failures.capacity", capacity, "0 to " + MAX);
            }
            this.capacity = capacity;
        }
    }

    /** SIP events as application events. */
    static final class Events {

        /** Which events are published to listeners of the application. */
        private Publish publish = Publish.CALLS;

        public Publish getPublish() {
            return publish;
        }

        public void setPublish(Publish publish) {
            this.publish = publish;
        }
    }

    /** Which events are published. */
    enum Publish {
        /** No event at all. */
        NONE,
        /** What began or ended as a whole: call attempts, calls, registrations; and what was rejected or lost. */
        CALLS,
        /** Those for each message and transaction too. */
        ALL
    }

    /** Words of the catalog as messages for templates. */
    static final class Messages {

        /** Whether keys as sip.486.caller are found in the messages of the application. */
        private boolean enabled = true;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }
    }
}
