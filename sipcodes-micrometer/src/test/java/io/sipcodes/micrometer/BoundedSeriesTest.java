package io.sipcodes.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the number of series stays what it was. */
class BoundedSeriesTest {

    private static final int HOSTILE = 100_000;

    private static final int DIRECTIONS = 2;
    private static final int METHODS = 15;
    private static final int CODES = SipCode.known().size() + 7;
    private static final int PEERS = 3;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SipMetrics metrics = SipMetrics.builder(registry)
            .peers(SipPeers.of(Map.of("north", List.of("203.0.113.0/24"), "south", List.of("198.51.100.7"))))
            .build();

    @Test
    void shouldNotGrowUnderHostileResponses() {
        everyResponseThereIs();
        int before = registry.getMeters().size();
        double countedBefore = counted();

        Random random = new Random(6076);
        for (int i = 0; i < HOSTILE; i++) {
            metrics.accept(new SipEvent.ResponseSeen(hostile(random), random.nextInt(10) == 0));
        }

        int after = registry.getMeters().size();
        System.out.println("series before " + HOSTILE + " hostile responses: " + before + ", after: " + after);
        assertThat(after).isEqualTo(before);
        assertThat(registry.find("sip.responses").meters()).hasSize(PEERS * DIRECTIONS * METHODS * CODES);
        assertThat(counted() - countedBefore).as("each is counted, once").isEqualTo(HOSTILE);
    }

    private double counted() {
        return Stream.of("sip.responses", "sip.retransmissions")
                .flatMap(name -> registry.find(name).counters().stream())
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void shouldStayFarBelowAllCombinationsWhateverIsDiagnosed() {
        Random random = new Random(3261);
        for (int i = 0; i < HOSTILE; i++) {
            SipMessage response = hostile(random);
            SipDiagnosis diagnosis = SipDiagnosis.about(response)
                    .rang(random.nextBoolean())
                    .challengedBefore(random.nextBoolean())
                    .credentialsSent(random.nextBoolean())
                    .cancelled(random.nextBoolean())
                    .inDialog(random.nextBoolean())
                    .source(SipSource.values()[random.nextInt(SipSource.values().length)])
                    .build();
            metrics.accept(
                    new SipEvent.AttemptEnded(SipRole.CLIENT, response, Optional.of(response), false, i, diagnosis, i));
        }

        int series = registry.find("sip.attempts").meters().size();
        System.out.println("series of sip.attempts after " + HOSTILE + " hostile attempts: " + series);
        // A code has a handful of outcomes, not all of them.
        assertThat(series).isLessThan(PEERS * 2 * CODES * 8);
    }

    private void everyResponseThereIs() {
        List<String> methods = new ArrayList<>(Methods.ALL);
        for (String peer : List.of("203.0.113.1:5060", "198.51.100.7:5060", "192.0.2.1:5060")) {
            for (SipDirection direction : SipDirection.values()) {
                for (String method : methods) {
                    for (int code = 99; code <= 700; code++) {
                        SipMessage response = SipMessage.response(code, "")
                                .direction(direction)
                                .method(method)
                                .peer(peer)
                                .build();
                        metrics.accept(new SipEvent.ResponseSeen(response, false));
                    }
                    metrics.accept(new SipEvent.ResponseSeen(
                            SipMessage.response(200, "")
                                    .direction(direction)
                                    .method(method)
                                    .peer(peer)
                                    .build(),
                            true));
                }
            }
            for (String protocol : List.of("Q.850", "SIP", "STIR", "Preemption", "RELEASE_CAUSE", "else")) {
                for (int cause = -1; cause <= 700; cause++) {
                    metrics.accept(new SipEvent.RequestSeen(
                            SipMessage.request("BYE")
                                    .peer(peer)
                                    .reasons(List.of(SipReason.of(protocol, cause)))
                                    .build(),
                            false));
                }
            }
        }
    }

    private static SipMessage hostile(Random random) {
        String[] protocols = {"Q.850", "SIP", "STIR", "q.850", "X-" + text(random)};
        return SipMessage.response(random.nextBoolean() ? random.nextInt(800) : random.nextInt(), text(random))
                .direction(SipDirection.values()[random.nextInt(2)])
                .method(random.nextBoolean() ? Methods.ALL.get(random.nextInt(METHODS)) : text(random))
                .peer(peer(random))
                .callId(text(random))
                .reasons(List.of(SipReason.of(protocols[random.nextInt(protocols.length)], random.nextInt(900) - 100)))
                .build();
    }

    private static String peer(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "203.0.113." + random.nextInt(256) + ":" + random.nextInt(65536);
            case 1 -> random.nextInt(256) + "." + random.nextInt(256) + ".0.1:5060";
            case 2 -> "[" + Integer.toHexString(random.nextInt(65536)) + "::" + random.nextInt(10000) + "]:5061";
            default -> text(random);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append((char) random.nextInt(0x3000));
        }
        return text.toString();
    }
}
