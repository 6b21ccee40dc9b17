package io.sipcodes.jainsip;

import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line per failed response, at its severity, to the SLF4J logger {@value #LOGGER}; provisional and successful
 * ones at DEBUG. For one thread, as {@link SipTraffic} calls it.
 */
public final class FailureLog implements Consumer<SipEvent> {

    /** The name of the logger. */
    public static final String LOGGER = "io.sipcodes.responses";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final Locale language;

    /**
     * A log in one language.
     *
     * @param language of the words in the line
     */
    public FailureLog(Locale language) {
        this.language = Objects.requireNonNull(language, "language");
    }

    @Override
    public void accept(SipEvent event) {
        if (event instanceof SipEvent.ResponseSeen seen && !seen.retransmission()) {
            write(seen.message());
        }
    }

    private void write(SipMessage response) {
        SipDiagnosis diagnosis = SipDiagnosis.of(response);
        LoggingEventBuilder line = log.atLevel(level(diagnosis.severity()));
        if (line.getClass() == org.slf4j.spi.NOPLoggingEventBuilder.class) {
            return;
        }
        String title =
                diagnosis.entry().map(entry -> entry.text(language).title()).orElse("no SIP code");
        String text = response.rawCode() + " " + title + " - " + diagnosis.operatorText(language)
                + (response.direction() == SipDirection.SENT ? " (sent to " : " (from ") + response.peer() + ", "
                + response.method() + ", Call-ID " + response.callId() + ")";
        line.setMessage("{}")
                .addArgument(text)
                .addKeyValue("sip.code", response.rawCode())
                .addKeyValue("sip.call_id", response.callId())
                .log();
    }

    private static Level level(System.Logger.Level severity) {
        return switch (severity) {
            case ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
