package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLaddersTest {

    private final CallLadders ladders = new CallLadders(Redaction.standard(), Locale.ENGLISH);
    private final CallTracker tracker = new CallTracker(ladders);

    private static final String LEFT = "192.0.2.1:5060";
    private static final String RIGHT = "192.0.2.2:5060";

    private void request(long millis, SipDirection direction, String peer, String method, String branch) {
        tracker.accept(fill(SipMessage.request(method), millis, direction, peer, method, branch)
                .requestUri("sip:+4930123456@example.org")
                .fromUri("sip:+49301111111@example.org")
                .toUri("sip:+4930123456@example.org")
                .build());
    }

    private void response(long millis, SipDirection direction, String peer, int code, String phrase, String branch) {
        tracker.accept(fill(SipMessage.response(code, phrase), millis, direction, peer, "INVITE", branch)
                .toTag("to")
                .build());
    }

    private static SipMessage.Builder fill(
            SipMessage.Builder message,
            long millis,
            SipDirection direction,
            String peer,
            String method,
            String branch) {
        return message.method(method)
                .direction(direction)
                .peer(peer)
                .stack("pbx")
                .callId("call-1")
                .cseq(1)
                .branch(branch)
                .fromTag("from")
                .timestampNanos(TimeUnit.MILLISECONDS.toNanos(1_795_422_316_244L + millis));
    }

    private void busyCallThroughAProxy() {
        request(0, SipDirection.RECEIVED, LEFT, "INVITE", "in");
        response(1, SipDirection.SENT, LEFT, 100, "Trying", "in");
        request(3, SipDirection.SENT, RIGHT, "INVITE", "out");
        request(503, SipDirection.SENT, RIGHT, "INVITE", "out");
        response(520, SipDirection.RECEIVED, RIGHT, 486, "Busy +49301234567", "out");
        response(521, SipDirection.SENT, LEFT, 486, "Busy Here", "in");
    }

    @Test
    void shouldDrawACallAsText() {
        busyCallThroughAProxy();
        assertThat(ladders.ladders()).hasSize(1);
        List<String> lines = ladders.ladders().get(0).text().lines().toList();
        assertThat(lines.stream().filter(line -> !isNote(line)).toList())
                .containsExactly(
                        "2026-11-23T08:25:16.244Z  Call-ID call-1  sip:+49*******11@example.org -> sip:+49******56@example.org",
                        "",
                        "               192.0.2.1:5060                                pbx                               192.0.2.2:5060",
                        "    +0.000            |-- INVITE sip:+49******56@example.o… ->|                                       |",
                        "    +0.001            |<------------ 100 Trying --------------|                                       |",
                        "    +0.003            |                                       |-- INVITE sip:+49******56@exam… (2x) ->|",
                        "    +0.520            |                                       |<------- 486 Busy +49*******67 --------|",
                        "    +0.521            |<----------- 486 Busy Here ------------|                                       |");
        assertThat(lines.stream().filter(line -> isNote(line)).toList())
                .allMatch(line -> line.length() <= 120)
                .filteredOn(line -> line.startsWith("            = "))
                .hasSize(2)
                .allMatch(line -> line.contains(" [busy]: "));
    }

    private static boolean isNote(String line) {
        return line.startsWith("            = ") || line.startsWith("              ") && !line.contains("5060");
    }

    /** The names are those of the stack and of whatever a log gives for the other end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // our stack | the other end | the name of ours, and of the other one
                "pbx | pbx | pbx | pbx",
                "''  | *   | *   | *",
                "pbx | *   | pbx | *",
            })
    void shouldKeepThePeerApartWhateverItIsCalled(String stack, String peer, String left, String right) {
        for (SipMessage message : List.of(
                fill(SipMessage.request("OPTIONS"), 0, SipDirection.SENT, peer, "OPTIONS", "b")
                        .stack(stack)
                        .requestUri("sip:example.org")
                        .build(),
                fill(SipMessage.response(200, "OK"), 20, SipDirection.RECEIVED, peer, "OPTIONS", "b")
                        .stack(stack)
                        .build())) {
            tracker.accept(message);
        }
        CallLadders.CallLadder ladder = ladders.ladders().get(0);
        List<String> lines = ladder.text().lines().toList();
        assertThat(lines.get(2).strip().split(" +")).containsExactly(left, right);
        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "    +0.000            |------- OPTIONS sip:example.org ------>|",
                        "    +0.020            |<-------------- 200 OK ----------------|");
        assertThat(ladder.mermaid().lines())
                .containsExactly(
                        "sequenceDiagram",
                        "    participant P0 as " + CallLadders.quoted(left),
                        "    participant P1 as " + CallLadders.quoted(right),
                        "    P0->>P1: OPTIONS sip#58;example.org",
                        "    P1-->>P0: 200 OK");
    }

    @Test
    void shouldExplainInTheLanguageAsked() {
        CallLadders german = new CallLadders(Redaction.none(), Locale.GERMAN);
        CallTracker tracker = new CallTracker(german);
        SipMessage invite = fill(SipMessage.request("INVITE"), 0, SipDirection.SENT, RIGHT, "INVITE", "b")
                .requestUri("sip:+4930123456@example.org")
                .build();
        tracker.accept(invite);
        tracker.tick(invite.timestampNanos() + TimeUnit.SECONDS.toNanos(33));
        String title =
                SipCatalog.standard().entry(SipCode.of(408)).text(Locale.GERMAN).title();
        assertThat(german.ladders().get(0).text()).contains("sip:+4930123456", "= 408 " + title);
    }

    @Test
    void shouldKeepTheViewsOfTwoStacksApart() {
        request(0, SipDirection.SENT, RIGHT, "INVITE", "a");
        tracker.accept(fill(SipMessage.request("INVITE"), 1, SipDirection.RECEIVED, LEFT, "INVITE", "a")
                .stack("other")
                .build());
        assertThat(ladders.ladders()).hasSize(2);
    }

    @Test
    void shouldHoldABoundedNumberOfCallsAndMessages() {
        for (int i = 0; i < CallLadders.MAX_CALLS + 5; i++) {
            ladders.accept(new SipEvent.RequestSeen(
                    fill(SipMessage.request("OPTIONS"), i, SipDirection.SENT, RIGHT, "OPTIONS", "b" + i)
                            .callId("call-" + i)
                            .build(),
                    false));
        }
        assertThat(ladders.ladders()).hasSize(CallLadders.MAX_CALLS);
        assertThat(ladders.ladders().get(0).callId()).isEqualTo("call-5");
        assertThat(ladders.dropped()).isEqualTo(5);
        // The end of a call that was dropped must not push out the next one.
        SipMessage dropped = fill(SipMessage.request("OPTIONS"), 0, SipDirection.SENT, RIGHT, "OPTIONS", "b0")
                .callId("call-0")
                .build();
        ladders.accept(new SipEvent.TransactionEnded(
                SipRole.CLIENT, dropped, Optional.empty(), true, 0, SipDiagnosis.of(408, ""), 0));
        assertThat(ladders.ladders().get(0).callId()).isEqualTo("call-5");
        assertThat(ladders.dropped()).isEqualTo(5);
        CallLadders one = new CallLadders(Redaction.none(), Locale.ENGLISH);
        for (int i = 0; i < CallLadders.MAX_STEPS + 7; i++) {
            one.accept(new SipEvent.RequestSeen(
                    fill(SipMessage.request("OPTIONS"), i, SipDirection.SENT, "192.0.2." + i % 20, "OPTIONS", "b" + i)
                            .build(),
                    false));
        }
        String text = one.ladders().get(0).text();
        assertThat(text.lines().count()).isLessThan(CallLadders.MAX_STEPS + 10);
        assertThat(text.lines().skip(2).findFirst().orElseThrow()).doesNotContain("192.0.2.19");
        assertThat(text).containsPattern("\\+ [0-9]+\n$");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "486 Busy Here           | 486 Busy Here",
                "a;b                     | a#59;b",
                "a:b                     | a#58;b",
                "#quot;                  | #35;quot#59;",
                "<img src=x onerror=y>   | #60;img src=x onerror=y#62;",
                "%%{init}%%              | #37;#37;#123;init#125;#37;#37;",
                "end                     | #101;nd",
                "Besetzt: später         | Besetzt#58; später",
            })
    void shouldLeaveNothingForMermaidOrABrowserToRead(String text, String expected) {
        assertThat(CallLadders.quoted(text)).isEqualTo(expected);
    }

    @Test
    void shouldKeepEachStepOnALineWhateverThePeerSent() {
        response(0, SipDirection.RECEIVED, "evil\nNote over P0: x", 486, "Busy\r\n    P0->>P1: forged\u2028x", "b");
        String mermaid = ladders.ladders().get(0).mermaid();
        assertThat(mermaid.lines())
                .hasSize(4)
                .noneMatch(line -> line.strip().startsWith("Note") || line.contains("forged") && !line.contains("486"));
        assertThat(ladders.ladders().get(0).text().lines()).hasSize(4);
    }

    @Test
    void shouldDrawACallAsMermaid() {
        busyCallThroughAProxy();
        String mermaid = ladders.ladders().get(0).mermaid();
        assertThat(mermaid.lines().filter(line -> !line.contains("Note")).toList())
                .containsExactly(
                        "sequenceDiagram",
                        "    participant P0 as 192.0.2.1#58;5060",
                        "    participant P1 as pbx",
                        "    participant P2 as 192.0.2.2#58;5060",
                        "    P0->>P1: INVITE sip#58;+49******56@example.org",
                        "    P1-->>P0: 100 Trying",
                        "    P1->>P2: INVITE sip#58;+49******56@example.org (2x)",
                        "    P2-->>P1: 486 Busy +49*******67",
                        "    P1-->>P0: 486 Busy Here");
        assertThat(mermaid.lines().filter(line -> line.contains("Note")).toList())
                .hasSize(2)
                .allMatch(line -> line.startsWith("    Note over P1,P2: ") || line.startsWith("    Note over P0,P1: "));
    }
}
