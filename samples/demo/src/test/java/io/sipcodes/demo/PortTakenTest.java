package io.sipcodes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class PortTakenTest {

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @ValueSource(strings = {"demo.sip.port", "demo.caller.port"})
    void shouldSayWhichUdpPortIsTakenAndWhatMovesIt(String property) throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, loopback)) {
            assertExplained(property, taken.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo.sip.port", "server.port"})
    void shouldSayWhichTcpPortIsTakenAndWhatMovesIt(String property) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            assertExplained(property, taken.getLocalPort());
        }
    }

    @Test
    void shouldRefuseAnAddressThatNobodyCouldAnswerTo() {
        assertThat(catchThrowable(() -> new RunningDemo("--demo.sip.host=0.0.0.0")))
                .rootCause()
                .hasMessage("demo.sip.host: 0.0.0.0 (expected: the address at which others reach this machine)");
    }

    private static void assertExplained(String property, int port) {
        Throwable failure = catchThrowable(() -> new RunningDemo("--" + property + "=" + port));
        FailureAnalysis analysis = new PortTakenAnalyzer().analyze(failure);

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains(String.valueOf(port));
        assertThat(analysis.getAction()).contains("--" + property + "=" + (port + 10));
    }
}
