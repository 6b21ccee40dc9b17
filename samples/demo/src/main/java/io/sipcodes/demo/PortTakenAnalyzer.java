package io.sipcodes.demo;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which port is taken and which property moves it, for SIP and, more plainly than Boot, for the page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortTakenAnalyzer implements FailureAnalyzer {

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortTakenException taken) {
                return analysis(
                        "SIP port " + taken.port() + " of " + taken.host() + " cannot be used: "
                                + taken.getCause().getMessage() + ".",
                        taken.property(),
                        taken.port(),
                        failure);
            }
            if (cause instanceof PortInUseException taken) {
                return analysis(
                        "Port " + taken.getPort() + " for the page is taken.", "server.port", taken.getPort(), failure);
            }
        }
        return null;
    }

    private static FailureAnalysis analysis(String what, String property, int port, Throwable failure) {
        return new FailureAnalysis(
                what,
                "Stop the program that has it, or move the demo: --" + property + "=" + (port + 10)
                        + " (0 takes any free port). With Maven: -Dspring-boot.run.arguments=--" + property + "="
                        + (port + 10),
                failure);
    }
}
