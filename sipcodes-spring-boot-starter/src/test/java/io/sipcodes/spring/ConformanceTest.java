package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sipcodes.SipEvent;
import io.sipcodes.SipEvent.ConformanceFinding;
import io.sipcodes.jainsip.SipTraffic;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.ToHeader;
import javax.sip.message.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A stack as a bean: whether its responses are checked, as a property says, and whether all is told. */
@ExtendWith(OutputCaptureExtension.class)
class ConformanceTest {

    private static final String MESSAGE = """
            MESSAGE sip:bob@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKconformance%1$d
            From: <sip:alice@example.org>;tag=a
            To: <sip:bob@example.org>
            Call-ID: conformance-%1$d
            CSeq: 1 MESSAGE
            Max-Forwards: 70
            Content-Length: 0

            """;

    @AfterEach
    void checkAgain() {
        SipTraffic.checkConformance(true);
    }

    @ParameterizedTest
    @CsvSource({
        "'sipcodes.events.publish=all', lacks-allow",
        "'sipcodes.conformance.enabled=true', lacks-allow",
        "'sipcodes.conformance.enabled=false', ''",
    })
    void shouldCheckResponsesAsToldAndByDefault(String property, String rules) {
        Application.runner()
                .withUserConfiguration(Refusing.class)
                .withPropertyValues("sipcodes.events.publish=all", property)
                .run(context -> {
                    Refusing.Server server = context.getBean(Refusing.Server.class);
                    send(MESSAGE.formatted(System.nanoTime()), server.point.getPort());
                    // The last that is told of the request, after what was found in its response.
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> server.seen.stream().anyMatch(SipEvent.TransactionEnded.class::isInstance));
                    assertThat(server.seen)
                            .filteredOn(ConformanceFinding.class::isInstance)
                            .extracting(event -> ((ConformanceFinding) event).rule())
                            .containsExactlyElementsOf(rules.isEmpty() ? List.of() : List.of(rules));
                });
    }

    /** Which the outputs would otherwise wait for. */
    @Test
    void shouldTellWhatHappenedWhereTheApplicationEndsBeforeItIsReady(CapturedOutput output) {
        Application.runner().withUserConfiguration(Refusing.class).run(context -> {
            long before = SipTraffic.seen();
            send(
                    MESSAGE.formatted(System.nanoTime()),
                    context.getBean(Refusing.Server.class).point.getPort());
            await().until(() -> SipTraffic.seen() == before + 2);
        });
        assertThat(output).contains("sipcodes is attached", "405 Method Not Allowed -> 127.0.0.1:9 MESSAGE");
    }

    private static void send(String message, int port) throws Exception {
        byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Refusing {

        @Bean
        Server server() throws Exception {
            return new Server();
        }

        /** Answers everything with 405 and forgets the Allow. */
        static final class Server implements SipListener, AutoCloseable {

            private final List<SipEvent> seen = new CopyOnWriteArrayList<>();
            private final SipStack stack;
            private final ListeningPoint point;
            private final SipProvider provider;

            Server() throws Exception {
                Properties properties = new Properties();
                properties.setProperty("javax.sip.STACK_NAME", "refusing-" + System.nanoTime());
                properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
                SipFactory.getInstance().setPathName("gov.nist");
                stack = SipFactory.getInstance().createSipStack(properties);
                point = stack.createListeningPoint("127.0.0.1", freePort(), "udp");
                provider = stack.createSipProvider(point);
                provider.addSipListener(this);
            }

            private static int freePort() throws Exception {
                try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
                    return probe.getLocalPort();
                }
            }

            @EventListener
            void on(SipEvent event) {
                seen.add(event);
            }

            @Override
            public void processRequest(RequestEvent event) {
                try {
                    Response response = SipFactory.getInstance()
                            .createMessageFactory()
                            .createResponse(Response.METHOD_NOT_ALLOWED, event.getRequest());
                    ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("b");
                    provider.getNewServerTransaction(event.getRequest()).sendResponse(response);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void processResponse(ResponseEvent event) {}

            @Override
            public void processTimeout(TimeoutEvent event) {}

            @Override
            public void processIOException(IOExceptionEvent event) {}

            @Override
            public void processTransactionTerminated(TransactionTerminatedEvent event) {}

            @Override
            public void processDialogTerminated(DialogTerminatedEvent event) {}

            @Override
            public void close() {
                // It frees its sockets at once and then sleeps for a second.
                Thread stopping = new Thread(stack::stop, "stop");
                stopping.setDaemon(true);
                stopping.start();
            }
        }
    }
}
