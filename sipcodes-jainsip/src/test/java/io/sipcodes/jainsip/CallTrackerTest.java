package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipFault;
import io.sipcodes.SipMessage;
import io.sipcodes.SipOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTrackerTest {

    @Nested
    class Calls {

        @Test
        void shouldTellOfAnAnsweredCallFromTheCallersSide() {
            assertThat(Flow.play("""
                    0     > INVITE b1
                    10    < 100 b1
                    200   < 180 b1 to=t1
                    1200  < 200 b1 to=t1
                    1210  > ACK b2 to=t1
                    61200 > BYE b3 to=t1 cseq=2
                    61230 < 200 b3 to=t1
                    """))
                    .containsExactly(
                            "transaction client INVITE 200 success initial 1200ms",
                            "attempt client 200 success rang 200ms",
                            "call client",
                            "transaction client BYE 200 success in-dialog 30ms",
                            "hang-up client by-us completed 60000ms delay 30ms");
        }

        @Test
        void shouldTellOfAnAnsweredCallFromTheOtherSide() {
            assertThat(Flow.play("""
                    0    < INVITE b1
                    10   > 100 b1
                    50   > 180 b1 to=t1
                    900  > 200 b1 to=t1
                    950  < ACK b2 to=t1
                    5900 < BYE b3 to=t1 cseq=2
                    5910 > 200 b3 to=t1
                    """))
                    .containsExactly(
                            "transaction server INVITE 200 success initial 900ms",
                            "attempt server 200 success rang 50ms",
                            "call server",
                            "transaction server BYE 200 success in-dialog 10ms",
                            "hang-up server by-them completed 5000ms delay 10ms");
        }

        @Test
        void shouldFindTheCallWhenTheCalledSideHangsUp() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1100 < BYE b9 from=t1 to=f1 cseq=7
                    1120 > 200 b9 from=t1 to=f1
                    """)).contains("hang-up client by-them completed 1000ms delay 20ms");
        }

        /** The stack logs a 200 after it sent it. */
        @Test
        void shouldFindTheCallWhoseHangUpIsLoggedBeforeItsAnswer() {
            assertThat(Flow.play("""
                    0   < INVITE b1
                    10  < ACK b2 to=t1
                    10  < BYE b3 to=t1 cseq=2
                    11  > 200 b1 to=t1
                    12  > 200 b3 to=t1
                    """))
                    .containsExactly(
                            "transaction server INVITE 200 success initial 11ms",
                            "attempt server 200 success 11ms",
                            "call server",
                            "transaction server BYE 200 success in-dialog 2ms",
                            "hang-up server by-them completed 0ms delay 2ms");
        }

        @Test
        void shouldKeepTheTwoLegsOfAProxyApart() {
            assertThat(Flow.play("""
                    0    < INVITE in1
                    5    > INVITE out1
                    100  < 200 out1 to=t1
                    105  > 200 in1 to=t1
                    2100 < BYE out2 from=t1 to=f1 cseq=7
                    2105 > BYE in2 from=t1 to=f1 cseq=7
                    2110 < 200 in2 from=t1 to=f1
                    2120 > 200 out2 from=t1 to=f1
                    """))
                    .contains(
                            "hang-up server by-us completed 2000ms delay 5ms",
                            "hang-up client by-them completed 2000ms delay 20ms")
                    .filteredOn(line -> line.startsWith("hang-up"))
                    .hasSize(2);
        }

        @Test
        void shouldCountASecondForkedAnswerOnce() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    100 < 180 b1 to=t1
                    110 < 180 b1 to=t2
                    200 < 200 b1 to=t1
                    210 < 200 b1 to=t2
                    220 > BYE b2 to=t2 cseq=2
                    230 < 200 b2 to=t2
                    """))
                    .containsExactly(
                            "transaction client INVITE 200 success initial 200ms",
                            "attempt client 200 success rang 100ms",
                            "call client",
                            "transaction client BYE 200 success in-dialog 10ms");
        }

        @Test
        void shouldNotCountAReInviteNorEndTheCallWhenItIsRefused() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1000 > INVITE b2 to=t1 cseq=2
                    1010 < 488 b2 to=t1
                    2000 > BYE b3 to=t1 cseq=3
                    2100 < 200 b3 to=t1
                    """))
                    .containsExactly(
                            "transaction client INVITE 200 success initial 100ms",
                            "attempt client 200 success 100ms",
                            "call client",
                            "transaction client INVITE 488 media in-dialog 10ms",
                            "transaction client BYE 200 success in-dialog 100ms",
                            "hang-up client by-us completed 1900ms delay 100ms");
        }

        @Test
        void shouldEndTheCallThatTheOtherSideHasLost() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1000 > INVITE b2 to=t1 cseq=2
                    1010 < 481 b2 to=t1
                    """))
                    .endsWith(
                            "transaction client INVITE 481 state-lost in-dialog 10ms",
                            "hang-up client by-them lost 910ms delay none");
        }

        @Test
        void shouldNotEndTheCallWhenOnlyASubscriptionInItsDialogIsLost() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1000 > NOTIFY b2 to=t1 cseq=2
                    1010 < 481 b2 to=t1
                    """)).noneMatch(line -> line.startsWith("hang-up"));
        }

        @Test
        void shouldEndTheCallAsLostWhenItsByeIsNeverAnswered() {
            assertThat(Flow.play("""
                    0     > INVITE b1
                    100   < 200 b1 to=t1
                    1100  > BYE b2 to=t1 cseq=2
                    40000
                    """))
                    .endsWith(
                            "transaction client BYE 408 unreachable in-dialog 32000ms no-response",
                            "hang-up client by-us lost 33000ms delay none");
        }

        @ParameterizedTest
        @CsvSource({
            // when it comes again, when that is answered, the delay
            "1120,   1150,   50ms",
            "300000, 310000, 308900ms",
        })
        void shouldWaitForTheByeThatComesAgainAfterAChallenge(int again, int answered, String delay) {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1100 > BYE b2 to=t1 cseq=2
                    1110 < 407 b2 to=t1
                    %d > BYE b3 to=t1 cseq=3 auth
                    %d < 200 b3 to=t1
                    """.formatted(again, answered)))
                    .endsWith("hang-up client by-us completed 1000ms delay " + delay);
        }

        @ParameterizedTest
        @CsvSource({"407, ''", "503, retry-after=20"})
        void shouldEndTheCallWhoseByeDoesNotComeAgain(int code, String more) {
            Flow flow = new Flow();
            assertThat(flow.run("""
                    0      > INVITE b1
                    100    < 200 b1 to=t1
                    1100   > BYE b2 to=t1 cseq=2
                    1110   < %d b2 to=t1 %s
                    301109
                    """.formatted(code, more))).noneMatch(line -> line.startsWith("hang-up"));
            assertThat(flow.run("301110")).containsExactly("hang-up client by-us completed 1000ms delay none");
            assertThat(flow.run("301120 > BYE b3 to=t1 cseq=3\n301130 < 200 b3 to=t1"))
                    .noneMatch(line -> line.startsWith("hang-up"));
            assertThat(flow.tracker().calls()).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "200, completed 1000ms delay 50ms",
            "403, completed 1000ms delay none",
            "481, completed 1000ms delay none",
            "500, completed 1000ms delay none",
            "408, lost 1050ms delay none",
        })
        void shouldTakeACallForCompletedWhoseByeTheOtherSideAnswered(int code, String end) {
            assertThat(Flow.play("0 > INVITE b1\n100 < 200 b1 to=t1\n1100 > BYE b2 to=t1 cseq=2\n1150 < " + code
                            + " b2 to=t1"))
                    .endsWith("hang-up client by-us " + end);
        }

        /** Both hang up: the delay is that of the BYE that is answered (RFC 6076 4.4). */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                1000 > BYE b2 to=t1 cseq=2 / 20000 < BYE b9 from=t1 to=f1 / 20005 > 200 b9      | by-us completed 900ms delay 5ms
                1000 > BYE b2 to=t1 cseq=2 / 1020 < BYE b9 from=t1 to=f1 / 1050 < 200 b2 to=t1  | by-us completed 900ms delay 50ms
                1000 < BYE b9 from=t1 to=f1 / 1020 > BYE b2 to=t1 cseq=2 / 1050 < 200 b2 to=t1  | by-them completed 900ms delay 30ms
                1000 < BYE b9 from=t1 to=f1 / 1020 > BYE b2 to=t1 cseq=2 / 1050 > 200 b9        | by-them completed 900ms delay 50ms
                1000 > BYE b2 to=t1 cseq=2 / 1010 < 407 b2 / 1100 < BYE b9 from=t1 to=f1 / 1110 > BYE b3 to=t1 cseq=3 auth / 1130 < 200 b3 | by-us completed 900ms delay 130ms
                """)
        void shouldMeasureTheDelayOfTheByeThatIsAnswered(String byes, String end) {
            assertThat(Flow.play("0 > INVITE b1\n100 < 200 b1 to=t1\n" + byes.replace('/', '\n') + "\n60000"))
                    .filteredOn(line -> line.startsWith("hang-up"))
                    .containsExactly("hang-up client " + end);
        }

        /** Requests in a call carry the credentials of its INVITE, whose nonce may be too old by then. */
        @Test
        void shouldTakeTheFirstChallengeInACallForOneAndTheSecondForRefusedCredentials() {
            assertThat(Flow.play("""
                    0     > INVITE b1 auth
                    100   < 200 b1 to=t1
                    1000  > INVITE b2 to=t1 cseq=2 auth
                    1010  < 407 b2 to=t1
                    1020  > INVITE b3 to=t1 cseq=3 auth
                    1030  < 407 b3 to=t1
                    """))
                    .endsWith(
                            "transaction client INVITE 407 challenged in-dialog 10ms",
                            "transaction client INVITE 407 credentials in-dialog 10ms");
        }

        @Test
        void shouldForgetAChallengeThatWasMetOrIsLongAgo() {
            assertThat(Flow.play("""
                    0     > INVITE b1
                    100   < 200 b1 to=t1
                    1000  > INFO b2 to=t1 cseq=2 auth
                    1010  < 407 b2 to=t1
                    1020  > INFO b3 to=t1 cseq=3 auth
                    1030  < 200 b3 to=t1
                    2000  > INFO b4 to=t1 cseq=4 auth
                    2010  < 407 b4 to=t1
                    40000 > INFO b5 to=t1 cseq=5 auth
                    40010 < 407 b5 to=t1
                    """))
                    .filteredOn(line -> line.contains("407"))
                    .hasSize(3)
                    .allMatch(line -> line.contains(" challenged "));
        }

        @Test
        void shouldSayWhyACallEndedByTheReasonOfItsBye() {
            List<SipEvent> events = new ArrayList<>();
            new Flow(events::add).run("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1100 < BYE b9 from=t1 to=f1 cseq=7 reason=Q.850;cause=102
                    1120 > 200 b9 from=t1 to=f1
                    """);
            assertThat(events)
                    .filteredOn(SipEvent.CallEnded.class::isInstance)
                    .singleElement()
                    .satisfies(event -> {
                        SipDiagnosis diagnosis = ((SipEvent.CallEnded) event).diagnosis();
                        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.TIMEOUT);
                        assertThat(diagnosis.evidence().get(0).detail()).isEqualTo("Reason: Q.850;cause=102");
                    });
            assertThat(events)
                    .filteredOn(SipEvent.TransactionEnded.class::isInstance)
                    .allMatch(event ->
                            ((SipEvent.TransactionEnded) event).diagnosis().outcome() == SipOutcome.SUCCESS);
        }

        @Test
        void shouldForgetACallThatNeverEndsAndSayThatItEnded() {
            TrackerSettings settings =
                    new TrackerSettings(100, 100, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), "");
            assertThat(new Flow(settings).run("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    3700000
                    """)).endsWith("hang-up client by-them lost 3600000ms delay none");
        }
    }

    @Nested
    class Attempts {

        @Test
        void shouldTakeAChallengedInviteAndItsSuccessorForOneAttempt() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    20  < 407 b1 to=x
                    21  > ACK b1 to=x
                    30  > INVITE b2 cseq=2 auth
                    230 < 180 b2 to=t1
                    530 < 200 b2 to=t1
                    """))
                    .containsExactly(
                            "transaction client INVITE 407 challenged initial 20ms",
                            "transaction client INVITE 200 success initial 500ms",
                            "attempt client 200 success rang 230ms",
                            "call client");
        }

        @Test
        void shouldTellOfRefusedCredentials() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    20  < 407 b1 to=x
                    30  > INVITE b2 cseq=2 auth
                    50  < 407 b2 to=y
                    """))
                    .endsWith(
                            "transaction client INVITE 407 credentials initial 20ms",
                            "attempt client 407 credentials 50ms");
        }

        @Test
        void shouldGoOnWhenOnlyTheNonceHadRunOut() {
            assertThat(Flow.play("""
                    0   > INVITE b1 auth
                    20  < 407 b1 to=x stale
                    30  > INVITE b2 cseq=2 auth
                    60  < 486 b2 to=y
                    """))
                    .containsExactly(
                            "transaction client INVITE 407 challenged initial 20ms",
                            "transaction client INVITE 486 busy initial 30ms",
                            "attempt client 486 busy 60ms");
        }

        /** A proxy and the server behind it, each with credentials of its own (RFC 3261 22.3). */
        @Test
        void shouldNotCallTheCredentialsRefusedWhenAnotherServerAsksForItsOwn() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    20  < 407 b1 to=x
                    30  > INVITE b2 cseq=2 auth
                    50  < 401 b2 to=y
                    60  > INVITE b3 cseq=3 auth
                    80  < 407 b3 to=z
                    """))
                    .containsExactly(
                            "transaction client INVITE 407 challenged initial 20ms",
                            "transaction client INVITE 401 challenged initial 20ms",
                            "transaction client INVITE 407 credentials initial 20ms",
                            "attempt client 407 credentials 80ms");
        }

        @Test
        void shouldTakeTheChallengesOfTwoBranchesForOneRequest() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    1   > INVITE b2
                    20  < 407 b1 to=x
                    30  < 407 b2 to=y
                    """))
                    .containsExactly(
                            "transaction client INVITE 407 challenged initial 20ms",
                            "transaction client INVITE 407 challenged initial 29ms");
        }

        /** A client must raise its CSeq (RFC 3261 22.2); some do not, and their second challenge is one all the same. */
        @Test
        void shouldTellRefusedCredentialsOfAClientThatDoesNotRaiseItsCseq() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    20  < 401 b1 to=x
                    30  > INVITE b2 auth
                    50  < 401 b2 to=y
                    60  > INVITE b3 auth
                    80  < 401 b3 to=z
                    """))
                    .filteredOn(line -> line.startsWith("transaction"))
                    .containsExactly(
                            "transaction client INVITE 401 challenged initial 20ms",
                            "transaction client INVITE 401 credentials initial 20ms",
                            "transaction client INVITE 401 credentials initial 20ms");
        }

        /** A proxy hands the credentials on to each of its branches. */
        @Test
        void shouldNotTakeTheBranchesOfARequestWithCredentialsForEachOthersSuccessors() {
            assertThat(Flow.play("""
                    0   > INVITE b1 auth
                    1   > INVITE b2 auth
                    20  < 401 b1 to=x
                    30  < 401 b2 to=y
                    """))
                    .filteredOn(line -> line.startsWith("transaction"))
                    .hasSize(2)
                    .allMatch(line -> line.contains(" challenged "));
        }

        @Test
        void shouldForgetTheChallengeThatAClientMetWithoutRaisingItsCseq() {
            assertThat(Flow.play("""
                    0     > REGISTER b1
                    20    < 401 b1
                    30    > REGISTER b2 auth
                    50    < 200 b2
                    2000  > REGISTER b3 cseq=2 auth
                    2020  < 401 b3
                    """)).endsWith("transaction client REGISTER 401 challenged initial 20ms");
        }

        @Test
        void shouldEndWhatCouldNotBeSent() {
            List<String> told = new ArrayList<>();
            Flow flow = new Flow();
            told.addAll(flow.run("0 > INVITE b1"));
            SipMessage invite = SipMessage.request("INVITE")
                    .branch("b1")
                    .cseq(1)
                    .callId("c1")
                    .fromTag("f1")
                    .stack("s1")
                    .timestampNanos(TimeUnit.MILLISECONDS.toNanos(40))
                    .build();
            flow.tracker().unsent(invite);
            flow.tracker().unsent(invite);
            told.addAll(flow.told());
            told.addAll(flow.run("33000"));
            assertThat(told)
                    .containsExactly(
                            "transaction client INVITE 503 unreachable initial 40ms no-response",
                            "attempt client 503 unreachable 40ms");
        }

        @Test
        void shouldTellOfAChallengeThatNobodyFollowed() {
            assertThat(Flow.play("""
                    0     < INVITE b1
                    20    > 401 b1 to=x
                    33000
                    """))
                    .containsExactly(
                            "transaction server INVITE 401 challenged initial 20ms",
                            "attempt server 401 challenged 20ms");
        }

        @Test
        void shouldTakeARedirectAndItsRecursionForOneAttempt() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    20  < 302 b1 to=x
                    30  > INVITE b2 cseq=2
                    90  < 486 b2 to=y
                    """))
                    .containsExactly(
                            "transaction client INVITE 302 redirected initial 20ms",
                            "transaction client INVITE 486 busy initial 60ms",
                            "attempt client 486 busy 90ms");
        }

        /** What a server sends is logged after it was sent: the client's next request may be here before, and its answer. */
        @ParameterizedTest
        @CsvSource({
            "INVITE,   407, 3, 403, 2, attempt server 403 credentials 2ms",
            "INVITE,   407, 2, 403, 3, attempt server 403 credentials 3ms",
            "INVITE,   407, 3, 503, 2, attempt server 503 overload 2ms",
            "INVITE,   407, 2, 503, 3, attempt server 503 overload 3ms",
            "INVITE,   302, 3, 486, 2, attempt server 486 busy 2ms",
            "INVITE,   302, 2, 486, 3, attempt server 486 busy 3ms",
            "REGISTER, 401, 3, 403, 2, registration server 403 credentials 2ms",
            "REGISTER, 401, 2, 403, 3, registration server 403 credentials 3ms"
        })
        void shouldTakeWhatFollowedAChallengeInWhateverOrderTheyCome(
                String method, int before, int beforeAt, int last, int lastAt, String expected) {
            String early = beforeAt + " > " + before + " b1 to=x method=" + method + "\n";
            String late = lastAt + " > " + last + " b2 to=y method=" + method + "\n";

            assertThat(Flow.play("0 < " + method + " b1\n1 < " + method + " b2 cseq=2 auth\n"
                            + (beforeAt < lastAt ? early + late : late + early)))
                    .endsWith(expected)
                    .filteredOn(line -> line.startsWith("attempt") || line.startsWith("registration"))
                    .hasSize(1);
        }

        @Test
        void shouldTakeTheBestAnswerOfSeveralBranches() {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    1   > INVITE b2
                    2   > INVITE b3
                    20  < 503 b1 to=x
                    30  < 486 b2 to=y
                    40  < 500 b3 to=z
                    """))
                    .endsWith("attempt client 486 busy 30ms")
                    .filteredOn(line -> line.startsWith("attempt"))
                    .hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({"407, 486", "486, 407"})
        void shouldGoOnWhenOnlyOneOfSeveralBranchesWasChallenged(int one, int other) {
            assertThat(Flow.play("""
                    0   > INVITE b1
                    1   > INVITE b2
                    20  < %d b1 to=x
                    30  < %d b2 to=y
                    40  > INVITE b3 cseq=2 auth
                    90  < 200 b3 to=z
                    """.formatted(one, other)))
                    .filteredOn(line -> line.startsWith("attempt"))
                    .containsExactly("attempt client 200 success 90ms");
        }

        @Test
        void shouldTellOfACancelledCall() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 180 b1 to=t1
                    5000 > CANCEL b1
                    5010 < 200 b1 method=CANCEL
                    5020 < 487 b1 to=t1 method=INVITE
                    """))
                    .containsExactly(
                            "transaction client CANCEL 200 success initial 10ms",
                            "transaction client INVITE 487 cancelled initial 5020ms",
                            "attempt client 487 cancelled rang 5020ms");
        }

        /** The stack logs a CANCEL after it sent it: what it brings about can be here before it. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                5010 > CANCEL b1                                             | 487 cancelled rang 5000ms
                5249 > CANCEL b1 reason=SIP;cause=200                        | 487 answered-elsewhere rang 5000ms
                5010 < 487 b1 to=t1 / 5020 < 180 b1 to=t2 / 5030 > CANCEL b1 | 487 cancelled rang 5000ms
                5010 < 486 b1 to=t2 / 5020 > CANCEL b1                       | 487 cancelled rang 5000ms
                5250 > CANCEL b1                                             | 487 no-answer rang 5000ms
                5250                                                         | 487 no-answer rang 5000ms
                5020 < 180 b1 to=t2 / 5250                                   | 487 no-answer rang 5000ms
                """)
        void shouldLetATerminatedCallWaitForItsCancel(String after, String attempt) {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 180 b1 to=t1
                    5000 < 487 b1 to=t1
                    """ + after.replace('/', '\n'))).endsWith("attempt client " + attempt);
        }

        /** What nothing is to come after that could change it does not wait. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                < INVITE b1      / 5 > 487 b1 to=t1                          | server INVITE 487 cancelled initial 5ms
                > INVITE b1      / 5 < 486 b1 to=t1                          | client INVITE 486 busy initial 5ms
                > INVITE b1 to=t / 5 < 487 b1 to=t                           | client INVITE 487 cancelled in-dialog 5ms
                > MESSAGE b1     / 5 < 487 b1 to=t1                          | client MESSAGE 487 cancelled initial 5ms
                > INVITE b1 / 1 > CANCEL b1 / 5 < 487 b1 to=t1 method=INVITE | client INVITE 487 cancelled initial 5ms
                """)
        void shouldTellAtOnceOfWhatNoCancelIsMissingFrom(String flow, String transaction) {
            assertThat(Flow.play("0 " + flow.replace('/', '\n'))).contains("transaction " + transaction);
        }

        /** The caller may hang up before the answer (RFC 3261 15), and the INVITE is then answered 487 (15.1.2). */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                > INVITE b1 / 100 < 180 b1 to=t1 / 5000 > BYE b2 to=t1 cseq=2 / 5010 < 487 b1 to=t1           | client 487 cancelled rang 5010ms
                > INVITE b1 / 100 < 183 b1 to=t1 / 5000 > BYE b2 to=t1 cseq=2 / 5010 < 487 b1 to=t1           | client 487 cancelled rang 5010ms
                > INVITE b1 / 100 < 180 b1 to=t1 / 5010 < 487 b1 to=t1 / 5011 > BYE b2 to=t1 cseq=2 / 6000    | client 487 cancelled rang 5010ms
                > INVITE b1 / 100 < 180 b1 to=t1 / 5000 > BYE b2 to=t1 cseq=2 / 5010 < 480 b1 to=t1           | client 480 no-answer rang 5010ms
                < INVITE b1 / 100 > 180 b1 to=t1 / 5000 < BYE b2 to=t1 cseq=2 / 5010 > 487 b1 to=t1           | server 487 cancelled rang 5010ms
                > INVITE b1 / 100 < 180 b1 to=t1 / 5000 < BYE b2 from=t1 to=f1 / 5010 < 487 b1 to=t1 / 6000   | client 487 no-answer rang 5010ms
                > INVITE b1 / 100 < 180 b1 to=t1 / 5000 > BYE b2 from=f2 to=t1 / 5010 < 487 b1 to=t1 / 6000   | client 487 no-answer rang 5010ms
                > INVITE b1 / 100 < 180 b1 to=t1 / 5000 > BYE b2 call=c2 to=t1 / 5010 < 487 b1 to=t1 / 6000   | client 487 no-answer rang 5010ms
                """)
        void shouldTellOfACallThatItsCallerGaveUpByABye(String flow, String attempt) {
            assertThat(Flow.play("0 " + flow.replace('/', '\n'))).endsWith("attempt " + attempt);
        }

        @Test
        void shouldBlameNobodyForACallThatItsCallerGaveUpByABye() {
            List<SipEvent> events = new ArrayList<>();
            new Flow(events::add).run("""
                    0    > INVITE b1
                    100  < 180 b1 to=t1
                    5000 > BYE b2 to=t1 cseq=2
                    5005 < 200 b2 to=t1
                    5010 < 487 b1 to=t1
                    """);
            assertThat(events)
                    .filteredOn(SipEvent.AttemptEnded.class::isInstance)
                    .singleElement()
                    .satisfies(event -> {
                        SipDiagnosis diagnosis = ((SipEvent.AttemptEnded) event).diagnosis();
                        assertThat(diagnosis.fault()).isEqualTo(SipFault.NOBODY);
                        assertThat(diagnosis.evidence())
                                .noneMatch(found -> found.detail().contains("CANCEL"));
                    });
        }

        @Test
        void shouldTellOfACallThatWasAnsweredElsewhere() {
            assertThat(Flow.play("""
                    0    < INVITE b1
                    100  > 180 b1 to=t1
                    5000 < CANCEL b1 reason=SIP;cause=200
                    5010 > 200 b1 method=CANCEL
                    5020 > 487 b1 to=t1 method=INVITE
                    """)).contains("attempt server 487 answered-elsewhere rang 5020ms");
        }

        @Test
        void shouldGiveUpACancelledCallThatIsNeverAnswered() {
            assertThat(Flow.play("""
                    0     > INVITE b1
                    100   < 180 b1 to=t1
                    5000  > CANCEL b1
                    5010  < 200 b1 method=CANCEL
                    36000
                    37000
                    """))
                    .endsWith(
                            "transaction client INVITE 408 cancelled initial 37000ms no-response",
                            "attempt client 408 cancelled rang 37000ms");
        }

        @Test
        void shouldTellOfAnInviteThatNobodyAnswers() {
            assertThat(Flow.play("""
                    0     > INVITE b1
                    500   > INVITE b1
                    1500  > INVITE b1
                    60000
                    """))
                    .containsExactly(
                            "again INVITE",
                            "again INVITE",
                            "transaction client INVITE 408 unreachable initial 32000ms no-response",
                            "attempt client 408 unreachable 32000ms");
        }

        @Test
        void shouldLetAnInviteRingAndGiveItUpAtLast() {
            assertThat(Flow.play("""
                    0       > INVITE b1
                    100     < 180 b1 to=t1
                    100000
                    250000  < 182 b1 to=t1
                    400000
                    700000
                    """))
                    .containsExactly(
                            "transaction client INVITE 408 no-answer initial 550000ms no-response",
                            "attempt client 408 no-answer rang 550000ms");
        }

        /** As queues do; a server has to, once a minute (RFC 3261 13.3.1.1). */
        @ParameterizedTest
        @CsvSource({
            // said first and again, every so many ms; what becomes of it
            "180, 280000, 200 success initial 600000ms",
            "183, 280000, 200 success initial 600000ms",
            "180, 310000, 408 no-answer initial 300100ms no-response",
            "100, 280000, 408 timeout initial 300100ms no-response",
        })
        void shouldLetAnInviteRingAsLongAsItIsSaidAgain(int code, int every, String end) {
            String again = " < " + code + " b1 to=t1\n";
            String flow = "0 > INVITE b1\n100" + again + every + again + 2 * every + again + "600000 < 200 b1 to=t1";
            assertThat(Flow.play(flow))
                    .filteredOn(line -> line.startsWith("transaction"))
                    .containsExactly("transaction client INVITE " + end);
        }

        @Test
        void shouldTellWhenOurOwnApplicationNeverAnswers() {
            assertThat(Flow.play("""
                    0     < OPTIONS b1
                    32000
                    """))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("transaction server OPTIONS 408")
                    .endsWith("initial 32000ms no-response");
        }
    }

    @Nested
    class Registrations {

        @Test
        void shouldTakeAChallengedRegisterAndItsSuccessorForOne() {
            assertThat(Flow.play("""
                    0   > REGISTER b1
                    20  < 401 b1 to=x
                    30  > REGISTER b2 cseq=2 auth
                    55  < 200 b2 to=y
                    """))
                    .containsExactly(
                            "transaction client REGISTER 401 challenged initial 20ms",
                            "transaction client REGISTER 200 success initial 25ms",
                            "registration client 200 success 55ms");
        }

        @Test
        void shouldGoOnAfterAnIntervalThatWasTooBrief() {
            assertThat(Flow.play("""
                    0   > REGISTER b1
                    20  < 423 b1 to=x
                    30  > REGISTER b2 cseq=2
                    55  < 200 b2 to=y
                    """))
                    .endsWith("registration client 200 success 55ms")
                    .filteredOn(line -> line.startsWith("registration"))
                    .hasSize(1);
        }

        @Test
        void shouldTakeEachRefreshForARegistrationOfItsOwn() {
            assertThat(Flow.play("""
                    0      > REGISTER b1
                    20     < 200 b1 to=x
                    60000  > REGISTER b2 cseq=2
                    60030  < 200 b2 to=y
                    """))
                    .filteredOn(line -> line.startsWith("registration"))
                    .containsExactly("registration client 200 success 20ms", "registration client 200 success 30ms");
        }
    }

    @Nested
    class Retransmissions {

        @Test
        void shouldTellThemApartFromFirstMessages() {
            assertThat(Flow.play("""
                    0    < INVITE b1
                    10   > 486 b1 to=t1
                    500  < INVITE b1
                    510  > 486 b1 to=t1
                    520  < ACK b1 to=t1
                    530  < ACK b1 to=t1
                    """))
                    .containsExactly(
                            "transaction server INVITE 486 busy initial 10ms",
                            "attempt server 486 busy 10ms",
                            "again INVITE",
                            "again 486",
                            "again ACK");
        }

        @Test
        void shouldTakeTheSameBranchForANewTransactionWhenTheOldOneIsLongOver() {
            assertThat(Flow.play("""
                    0      > OPTIONS b1
                    10     < 200 b1
                    40000  > OPTIONS b1
                    40010  < 200 b1
                    """))
                    .containsExactly(
                            "transaction client OPTIONS 200 success initial 10ms",
                            "transaction client OPTIONS 200 success initial 10ms");
        }

        @ParameterizedTest
        @CsvSource({
            // What comes again, and when, of an OPTIONS that was answered at 10 ms; whether it is known
            "> OPTIONS b1, 32009, true",
            "> OPTIONS b1, 32010, false",
            "< 200 b1 to=t1, 32009, true",
            "< 200 b1 to=t1, 32010, false",
            // An ACK is over when it is there.
            "> ACK b2, 32004, true",
            "> ACK b2, 32005, false",
        })
        void shouldKnowThemForHalfAMinuteFromTheEndOfTheTransaction(String message, long millis, boolean known) {
            assertThat(Flow.play("""
                    0  > OPTIONS b1
                    5  > ACK b2
                    10 < 200 b1 to=t1
                    """ + millis + " " + message))
                    .filteredOn(line -> line.startsWith("again"))
                    .hasSize(known ? 1 : 0);
        }

        /** Another fork's answer, or a server that changes its mind: new, but the matter is closed. */
        @ParameterizedTest
        @CsvSource({"200, t2", "486, t1", "180, t1", "200, ''"})
        void shouldTellAnotherAnswerThatComesAfterTheEndApart(int code, String tag) {
            List<SipEvent> events = new ArrayList<>();
            Flow flow = new Flow((SipEvent event) -> events.add(event));
            flow.run("""
                    0  > INVITE b1
                    10 < 200 b1 to=t1
                    """);
            events.clear();
            String late = " < " + code + " b1 to=" + tag;
            flow.run("20" + late + "\n30" + late + "\n40 < 200 b1 to=t1\n32019" + late);
            assertThat(events)
                    .allSatisfy(event -> assertThat(event).isInstanceOf(SipEvent.ResponseSeen.class))
                    .extracting(event -> ((SipEvent.ResponseSeen) event).retransmission())
                    // In the end it is the transaction that is forgotten.
                    .containsExactly(false, true, true, false);
        }

        @ParameterizedTest
        @CsvSource({
            // Different responses before the end, and after it: 32 count, whoever sends them.
            "2,  40,  32",
            "31, 5,   32",
            "1,  100, 32",
            // The one that ends it is always told.
            "40, 5,   33",
        })
        void shouldTakeForRetransmissionsWhatNoHonestServerSends(int before, int after, int told) {
            List<SipEvent> events = new ArrayList<>();
            Flow flow = new Flow((SipEvent event) -> events.add(event));
            flow.run("0 > INVITE b1");
            for (int i = 1; i < before; i++) {
                flow.run("1 < 180 b1 to=p" + i);
            }
            flow.run("2 < 486 b1 to=end");
            for (int i = 0; i < after; i++) {
                flow.run("3 < 486 b1 to=q" + i);
            }
            assertThat(events)
                    .filteredOn(event -> event instanceof SipEvent.ResponseSeen seen && !seen.retransmission())
                    .hasSize(told);
        }

        @Test
        void shouldHearTheAnswerOfOneAmongMorePhonesThanAreToldApart() {
            Flow flow = new Flow();
            flow.run("0 > INVITE b1");
            for (int i = 0; i < 40; i++) {
                flow.run("100 < 180 b1 to=p" + i);
            }
            assertThat(flow.run("""
                    5000 < 200 b1 to=p39
                    5000 < 200 b1 to=p39
                    """))
                    .containsExactly(
                            "transaction client INVITE 200 success initial 5000ms",
                            "attempt client 200 success rang 100ms",
                            "call client",
                            "again 200");
        }

        @Test
        void shouldTellTheSecondAckFromTheFirstThatWasAnswered() {
            assertThat(Flow.play("""
                    0 < 200 b1 to=t1 method=ACK
                    1 > ACK b1
                    2 > ACK b1
                    3 < 200 b1 to=t1
                    """)).containsExactly("again ACK", "again 200");
        }

        @Test
        void shouldKeepTwoStacksOfOneJvmApart() {
            assertThat(Flow.play("""
                    0    > OPTIONS b1 stack=caller
                    1    < OPTIONS b1 stack=callee
                    5    > 200 b1 stack=callee
                    6    < 200 b1 stack=caller
                    """))
                    .containsExactly(
                            "transaction server OPTIONS 200 success initial 4ms",
                            "transaction client OPTIONS 200 success initial 6ms");
        }
    }

    @Nested
    class Disorder {

        @Test
        void shouldMatchAnAnswerThatIsLoggedBeforeItsRequest() {
            assertThat(Flow.play("""
                    5  < 486 b1 to=t1 method=INVITE
                    6  > INVITE b1
                    """))
                    .containsExactly("transaction client INVITE 486 busy initial 0ms", "attempt client 486 busy 0ms");
        }

        @ParameterizedTest
        @CsvSource({
            // When the request comes of an answer of 5 ms, and what it was answered.
            "2004,  486 busy initial 0ms",
            "2005,  408 unreachable initial 32000ms no-response",
        })
        void shouldLetAnAnswerWaitForItsRequestForTwoSeconds(long millis, String end) {
            assertThat(Flow.play("5 < 486 b1 to=t1 method=INVITE\n" + millis + " > INVITE b1\n60000"))
                    .contains("transaction client INVITE " + end);
        }

        @ParameterizedTest
        @CsvSource({"'', 0", "6 > CANCEL b1, 1", "6 < 180 b1 to=t2, 0"})
        void shouldForgetAnAnswerWhoseRequestNeverCame(String more, int left) {
            Flow flow = new Flow();
            assertThat(flow.run("5 < 486 b1 to=t1 method=INVITE\n" + more)).isEmpty();
            assertThat(flow.tracker().transactions()).isEqualTo(left + 1);
            assertThat(flow.run("2005")).isEmpty();
            assertThat(flow.tracker().transactions()).isEqualTo(left);
            flow.run("60000\n100000");
            assertThat(flow.tracker().transactions()).isZero();
            assertThat(flow.tracker().waiting()).isZero();
        }

        @Test
        void shouldGiveARequestThatComesAfterItsAnswerItsWholeTime() {
            assertThat(Flow.play("""
                    5     < 100 b1 method=MESSAGE
                    1000  > MESSAGE b1
                    40000
                    """))
                    .containsExactly("transaction client MESSAGE 408 timeout initial 32000ms no-response");
        }

        @Test
        void shouldTakeForCancelledWhatIsCancelledBeforeItIsThere() {
            assertThat(Flow.play("""
                    5 < 487 b1 to=t1 method=INVITE
                    6 > CANCEL b1
                    7 > INVITE b1
                    """)).contains("transaction client INVITE 487 cancelled initial 0ms");
        }

        /** Of what is logged late a few are kept, and among them the one that ends it. */
        @Test
        void shouldHearTheAnswerAmongMoreThanAreKeptForARequestThatIsLate() {
            Flow flow = new Flow();
            for (int i = 0; i < 10; i++) {
                flow.run("1 < 180 b1 method=INVITE to=p" + i);
            }
            assertThat(flow.run("""
                    1 < 486 b1 to=p3 method=INVITE
                    1 < 404 b1 to=p4 method=INVITE
                    1 < 180 b1 to=p10 method=INVITE
                    2 > INVITE b1
                    """))
                    .containsExactly(
                            "transaction client INVITE 486 busy initial 0ms", "attempt client 486 busy rang 0ms");
        }

        @Test
        void shouldNotBeMisledByACodeThatIsNone() {
            assertThat(Flow.play("""
                    0   > OPTIONS b1
                    10  < 99 b1
                    20  < 200 b1
                    """)).containsExactly("transaction client OPTIONS 200 success initial 20ms");
        }
    }

    @Nested
    class Answers {

        @ParameterizedTest
        @CsvSource({
            // A response, whether it rings, and what a 480 after it then means.
            "180, no-answer",
            "183, no-answer",
            "100, unavailable",
            "181, unavailable",
            "182, unavailable",
        })
        void shouldTakeForRingingOnlyWhatRings(int provisional, String outcome) {
            assertThat(Flow.play("0 > INVITE b1\n10 < " + provisional + " b1 to=t1\n20 < 480 b1 to=t1"))
                    .filteredOn(line -> line.startsWith("attempt"))
                    .containsExactly(
                            "attempt client 480 " + outcome + (outcome.equals("no-answer") ? " rang 20ms" : " 20ms"));
        }

        @ParameterizedTest
        @CsvSource({
            // Two answers of two branches, and which of them counts (RFC 3261 16.7).
            "486, 603, 603",
            "603, 486, 603",
            "404, 503, 404",
            "503, 404, 404",
            "302, 486, 302",
            "503, 603, 603",
            "404, 486, 486",
            // Of one class what says how to ask again.
            "407, 486, 407",
            "486, 407, 407",
            "422, 404, 422",
            "407, 603, 603",
        })
        void shouldCountTheBestOfSeveralBranches(int one, int other, int best) {
            assertThat(Flow.play("0 > INVITE b1\n1 > INVITE b2\n10 < " + one + " b1 to=t1\n20 < " + other
                            + " b2 to=t2\n60000"))
                    .filteredOn(line -> line.startsWith("attempt"))
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("attempt client " + best + " "));
        }

        @Test
        void shouldReadTheReasonOfTheResponseItself() {
            assertThat(Flow.play("0 > INVITE b1\n10 < 480 b1 to=t1 reason=Q.850;cause=17"))
                    .contains("attempt client 480 busy 10ms");
        }

        @ParameterizedTest
        @CsvSource({"'>', '<', UPSTREAM", "'<', '>', OUR_SIDE"})
        void shouldPutTheFaultOnTheSideThatAnswered(String request, String response, SipFault fault) {
            List<SipFault> faults = new ArrayList<>();
            new Flow((SipEvent event) -> {
                        if (event instanceof SipEvent.AttemptEnded ended) {
                            faults.add(ended.diagnosis().fault());
                        }
                    })
                    .run("0 " + request + " INVITE b1\n10 " + response + " 500 b1 to=t1");
            assertThat(faults).containsExactly(fault);
        }

        @ParameterizedTest
        @CsvSource({
            // method, code, whether the call is over
            "INFO,    481, true",
            "INFO,    408, true",
            "UPDATE,  481, true",
            "INVITE,  481, true",
            "INFO,    480, false",
            "OPTIONS, 481, false",
            "PRACK,   481, false",
            "REFER,   408, false",
        })
        void shouldEndTheCallThatTheOtherSideHasLost(String method, int code, boolean over) {
            assertThat(Flow.play("0 > INVITE b1\n100 < 200 b1 to=t1\n1000 > " + method + " b2 to=t1 cseq=2\n1010 < "
                            + code + " b2 to=t1"))
                    .filteredOn(line -> line.startsWith("hang-up"))
                    .isEqualTo(over ? List.of("hang-up client by-them lost 910ms delay none") : List.of());
        }

        @Test
        void shouldWaitForTheByeThatComesAgainAfterARetryAfter() {
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1000 > BYE b2 to=t1 cseq=2
                    1010 < 503 b2 to=t1 retry-after=0
                    2000 > BYE b3 to=t1 cseq=3
                    2020 < 200 b3 to=t1
                    """))
                    .filteredOn(line -> line.startsWith("hang-up"))
                    .containsExactly("hang-up client by-us completed 900ms delay 1020ms");
            assertThat(Flow.play("""
                    0    > INVITE b1
                    100  < 200 b1 to=t1
                    1000 > BYE b2 to=t1 cseq=2
                    1010 < 503 b2 to=t1
                    """))
                    .filteredOn(line -> line.startsWith("hang-up"))
                    .containsExactly("hang-up client by-us completed 900ms delay none");
        }

        @ParameterizedTest
        @CsvSource({
            // first challenge, second challenge, what the second means
            "401, 401, credentials",
            "407, 407, credentials",
            "401, 407, challenged",
            "407, 401, challenged",
        })
        void shouldTellAChallengeThatComesAgainFromAnother(int first, int second, String outcome) {
            assertThat(Flow.play("0 > REGISTER b1\n10 < " + first + " b1 to=x\n20 > REGISTER b2 cseq=2 auth\n30 < "
                            + second + " b2 to=x"))
                    .contains("transaction client REGISTER " + second + " " + outcome + " initial 10ms");
        }

        @Test
        void shouldForgetAChallengeThatWasMet() {
            assertThat(Flow.play("""
                    0  > REGISTER b1
                    10 < 401 b1 to=x
                    20 > REGISTER b2 cseq=2 auth
                    30 < 200 b2 to=x
                    40 > REGISTER b3 cseq=3 auth
                    50 < 401 b3 to=x
                    """)).contains("transaction client REGISTER 401 challenged initial 10ms");
        }
    }

    @Nested
    class Findings {

        private final List<String> rules = new ArrayList<>();
        private final CallTracker tracker = new CallTracker(event -> {
            if (event instanceof SipEvent.ConformanceFinding finding) {
                rules.add(finding.rule());
            }
        });

        private Seen response() throws Exception {
            return Seen.of(
                    message(SipMessage.response(405, "x").method("OPTIONS"), SipDirection.RECEIVED, 2),
                    0,
                    ResponseConformance.suspects(
                            new MessageFactoryImpl()
                                    .createResponse(405, EnrichingMessageFactoryTest.requestWith("OPTIONS", "")),
                            false));
        }

        private Seen request(long millis) {
            return Seen.of(message(SipMessage.request("OPTIONS"), SipDirection.SENT, millis), 0, List.of());
        }

        private static SipMessage message(SipMessage.Builder builder, SipDirection direction, long millis) {
            return builder.direction(direction)
                    .branch("b")
                    .callId("c")
                    .timestampNanos(TimeUnit.MILLISECONDS.toNanos(millis))
                    .build();
        }

        @Test
        void shouldBeToldOnceOfAResponseToARequest() throws Exception {
            tracker.accept(request(1));
            tracker.accept(response());
            tracker.accept(response());
            assertThat(rules).containsExactly("lacks-allow", "lacks-to-tag");
        }

        @Test
        void shouldBeToldOfAResponseThatIsSeenBeforeItsRequest() throws Exception {
            tracker.accept(response());
            assertThat(rules).isEmpty();
            tracker.accept(request(3));
            assertThat(rules).containsExactly("lacks-allow", "lacks-to-tag");
        }

        /** A response that comes when all is over is checked against its request all the same, and once. */
        @ParameterizedTest
        @CsvSource({"Subject: none, ''", "'Record-Route: <sip:192.0.2.9;lr>', lacks-record-route"})
        void shouldBeToldOfAResponseThatComesAfterTheEnd(String ofRequest, String rule) throws Exception {
            Request invite = EnrichingMessageFactoryTest.requestWith("INVITE", ofRequest + "\r\n");
            Response ok = new MessageFactoryImpl().createResponse(200, invite);
            ok.removeHeader("Record-Route");
            ((ToHeader) ok.getHeader(ToHeader.NAME)).setTag("t");
            List<ResponseConformance.Rule> suspects = ResponseConformance.suspects(ok, true);
            tracker.accept(Seen.of(
                    message(SipMessage.request("INVITE"), SipDirection.SENT, 1),
                    ResponseConformance.conditions(invite, ResponseConformance.Fields.of(invite), false),
                    List.of()));
            tracker.accept(message(SipMessage.response(200, "").method("INVITE").toTag("s"), SipDirection.RECEIVED, 2));
            for (int millis = 3; millis < 6; millis++) {
                tracker.accept(Seen.of(
                        message(
                                SipMessage.response(200, "").method("INVITE").toTag("t"),
                                SipDirection.RECEIVED,
                                millis),
                        0,
                        suspects));
            }
            assertThat(rules)
                    .filteredOn(found -> found.equals("lacks-record-route"))
                    .isEqualTo(rule.isEmpty() ? List.of() : List.of(rule));
            assertThat(rules).doesNotHaveDuplicates();
        }

        @Test
        void shouldBeToldOfAResponseWhoseRequestNeverComes() throws Exception {
            tracker.accept(response());
            tracker.tick(TimeUnit.SECONDS.toNanos(40));
            assertThat(rules).containsExactly("lacks-allow", "lacks-to-tag");
        }

        @Test
        void shouldBeToldOfAResponseThatHasToGiveItsPlaceToARequest() throws Exception {
            tracker.use(new TrackerSettings(1, 1, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), ""));
            tracker.accept(response());
            tracker.accept(message(SipMessage.request("OPTIONS").toTag("other").cseq(7), SipDirection.SENT, 3));
            assertThat(rules).containsExactly("lacks-allow", "lacks-to-tag");
        }

        @Test
        void shouldKeepAFewOfTheResponsesWhoseRequestIsMissing() throws Exception {
            List<ResponseConformance.Rule> suspects = ResponseConformance.suspects(
                    new MessageFactoryImpl()
                            .createResponse(405, EnrichingMessageFactoryTest.requestWith("OPTIONS", "")),
                    false);
            for (int i = 0; i < 30; i++) {
                tracker.accept(Seen.of(
                        message(
                                SipMessage.response(405, "").method("OPTIONS").toTag("t" + i),
                                SipDirection.RECEIVED,
                                2),
                        0,
                        suspects));
            }
            tracker.tick(TimeUnit.SECONDS.toNanos(40));
            assertThat(rules).filteredOn("lacks-allow"::equals).hasSize(4);
        }
    }

    @Nested
    class Bounds {

        private final TrackerSettings small =
                new TrackerSettings(3, 2, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), "");

        @Test
        void shouldHaveRoomForAnotherWhenOneHasEnded() {
            Flow flow = new Flow(small);
            assertThat(flow.run("""
                    0 > OPTIONS b1
                    1 < 200 b1
                    2 > OPTIONS b2
                    3 > OPTIONS b3
                    4 > OPTIONS b4
                    5 < 200 b4
                    6 < 200 b2
                    7 > OPTIONS b5
                    """)).hasSize(3).noneMatch(line -> line.startsWith("dropped"));
            assertThat(flow.tracker().transactions()).isEqualTo(2);
        }

        /** Four fingerprints for each transaction that may be followed: here six OPTIONS with an answer each. */
        @Test
        void shouldForgetTheOldestOfThoseThatHaveEnded() {
            Flow flow = new Flow(small);
            for (int i = 1; i <= 7; i++) {
                flow.run(i + " > OPTIONS b" + i + "\n" + i + " < 200 b" + i);
            }
            assertThat(flow.tracker().ended()).isEqualTo(12);
            assertThat(flow.run("""
                    8 < 200 b2
                    8 > OPTIONS b2
                    8 < 200 b7
                    8 > OPTIONS b7
                    """)).containsExactly("again 200", "again OPTIONS", "again 200", "again OPTIONS");
            assertThat(flow.run("8 > OPTIONS b1")).isEmpty();
        }

        @Test
        void shouldTakeOverANewBound() {
            Flow flow = new Flow();
            for (int i = 1; i <= 10; i++) {
                flow.run(i + " > OPTIONS b" + i + "\n" + i + " < 200 b" + i);
            }
            assertThat(flow.tracker().ended()).isEqualTo(20);
            flow.tracker().use(small);
            flow.run("11 > OPTIONS c\n12 < 200 c");
            assertThat(flow.tracker().ended()).isEqualTo(12);
        }

        @Test
        void shouldCountWhatItHasNoRoomFor() {
            assertThat(new Flow(small).run("""
                    0 > OPTIONS b1
                    1 > OPTIONS b2
                    2 > OPTIONS b3
                    3 > OPTIONS b4
                    4 > OPTIONS b5
                    5
                    """)).containsExactly("dropped 1 tracker-full", "dropped 1 tracker-full");
        }

        /** Anybody can send them, at any rate. */
        @Test
        void shouldFindRoomForARequestAmongResponsesToNone() {
            Flow flow = new Flow(small);
            assertThat(flow.run("""
                    0 < 200 x1 method=OPTIONS
                    1 > OPTIONS b1
                    2 < 200 x2 method=OPTIONS
                    3 < 200 x3 method=OPTIONS
                    4 > OPTIONS b2
                    5 > OPTIONS b3
                    6 < 200 x4 method=OPTIONS
                    7 < 200 b1
                    8 < 200 b2
                    9 < 200 b3
                    """))
                    .containsExactly(
                            "dropped 1 tracker-full",
                            "transaction client OPTIONS 200 success initial 6ms",
                            "transaction client OPTIONS 200 success initial 4ms",
                            "transaction client OPTIONS 200 success initial 4ms");
            assertThat(flow.tracker().transactions()).isZero();
            assertThat(flow.tracker().waiting()).isEqualTo(flow.tracker().ended());
        }

        @Test
        void shouldFindRoomForALateRequestsAnswerAmongResponsesToNone() {
            Flow flow = new Flow(small);
            for (int i = 0; i < 10; i++) {
                flow.run("0 < 200 x" + i + " method=OPTIONS");
            }
            assertThat(flow.run("""
                    1 < 200 b1 method=OPTIONS
                    2 > OPTIONS b1
                    """)).containsExactly("transaction client OPTIONS 200 success initial 0ms");
        }

        /** Two letters, Aa or BB, have one hash code, and so has any row of them: the sender's choice of branch and Call-ID. */
        @Test
        @Timeout(60)
        void shouldNotBeSlowedDownByTextsOfOneHashCode() {
            int count = 1 << 16;
            List<SipEvent> events = new ArrayList<>();
            CallTracker tracker = new CallTracker(events::add);
            for (int i = 0; i < count; i++) {
                StringBuilder text = new StringBuilder();
                for (int bit = 0; bit < 16; bit++) {
                    text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                tracker.accept(SipMessage.request("INVITE")
                        .timestampNanos(1)
                        .branch(text.toString())
                        .callId(text.toString())
                        .fromTag(text.toString())
                        .cseq(1)
                        .build());
            }
            assertThat(tracker.transactions()).isEqualTo(count);
            assertThat(tracker.attempts()).isEqualTo(count);
        }

        @Test
        void shouldCountTheCallsItHasNoRoomFor() {
            assertThat(new Flow(new TrackerSettings(100, 2, TimeUnit.HOURS.toNanos(1), SipCatalog.standard(), ""))
                            .run("""
                    0  > INVITE b1 call=k1
                    1  < 200 b1 to=t call=k1
                    2  > INVITE b2 call=k2
                    3  < 200 b2 to=t call=k2
                    4  > INVITE b3 call=k3
                    5  < 200 b3 to=t call=k3
                    6
                    """))
                    .filteredOn(line -> line.startsWith("call") || line.startsWith("dropped"))
                    .containsExactly("call client", "call client", "dropped 1 tracker-full");
        }

        @Test
        void shouldEndTheOldestAttemptThatOnlyWaitsForASuccessor() {
            assertThat(new Flow(small).run("""
                    0 > INVITE b1 call=k1
                    1 < 407 b1 to=x call=k1
                    2 > INVITE b2 call=k2
                    3 < 407 b2 to=x call=k2
                    4 > INVITE b3 call=k3
                    5 < 407 b3 to=x call=k3
                    6 > INVITE b4 call=k4
                    """))
                    .filteredOn(line -> !line.startsWith("transaction"))
                    .containsExactly("attempt client 407 challenged 1ms");
        }

        @Test
        void shouldForgetACallThatLastsTooLong() {
            Flow flow = new Flow(new TrackerSettings(3, 2, TimeUnit.MINUTES.toNanos(1), SipCatalog.standard(), ""));
            flow.run("""
                    0 > INVITE b1
                    1 < 200 b1 to=t1
                    """);
            assertThat(flow.tracker().calls()).isOne();
            assertThat(flow.run("60000")).isEmpty();
            assertThat(flow.run("60001")).containsExactly("hang-up client by-them lost 60000ms delay none");
            assertThat(flow.tracker().calls()).isZero();
        }

        @Test
        void shouldSayHowMuchItHolds() {
            Flow flow = new Flow();
            flow.run("""
                    0 > INVITE b1 call=k1
                    1 > INVITE b2 call=k2
                    2 < 180 b2 to=t call=k2
                    3 > INVITE b3 call=k3
                    4 < 200 b3 to=t call=k3
                    5 > INVITE b4 call=k4
                    6 < 407 b4 to=t call=k4
                    """);
            assertThat(flow.tracker().transactions()).isEqualTo(2);
            assertThat(flow.tracker().ended()).isEqualTo(4);
            assertThat(flow.tracker().attempts()).isEqualTo(3);
            assertThat(flow.tracker().calls()).isOne();
            // One unanswered, one that rings, two that have ended and their responses, an attempt, a call and a
            // challenge.
            assertThat(flow.tracker().waiting()).isEqualTo(9);
        }

        @Test
        void shouldBeEmptyWhenAllIsOver() {
            Flow flow = new Flow();
            for (int i = 0; i < 500; i++) {
                long t = i * 10L;
                flow.run(String.join(
                        "\n",
                        List.of(
                                t + " > INVITE a" + i + " call=k" + i,
                                (t + 1) + " < 407 a" + i + " to=x call=k" + i,
                                (t + 2) + " > INVITE b" + i + " cseq=2 auth call=k" + i,
                                (t + 3) + " < 200 b" + i + " to=y call=k" + i,
                                (t + 4) + " > ACK c" + i + " to=y cseq=2 call=k" + i,
                                (t + 5) + " > BYE d" + i + " to=y cseq=3 call=k" + i,
                                (t + 6) + " < 200 d" + i + " to=y call=k" + i)));
            }
            flow.run("60000");
            assertThat(flow.tracker().transactions()).isZero();
            assertThat(flow.tracker().attempts()).isZero();
            assertThat(flow.tracker().calls()).isZero();
            assertThat(flow.tracker().waiting()).isZero();
        }

        /** A call may last a day, but nothing of it may stay for a day when it lasts a second. */
        @Test
        void shouldHoldNothingForTheTimeThatAThingCouldHaveTaken() {
            Flow flow = new Flow();
            flow.run("""
                    0    > INVITE b1
                    1    < 180 b1 to=t1
                    2    < 200 b1 to=t1
                    3    > BYE b2 to=t1 cseq=2
                    4    < 200 b2 to=t1
                    5    > REGISTER b3 call=r
                    6    < 401 b3 to=x call=r
                    7    > REGISTER b4 call=r cseq=2 auth
                    8    < 200 b4 to=x call=r
                    """);
            assertThat(flow.tracker().calls()).isZero();
            assertThat(flow.tracker().attempts()).isZero();
            assertThat(flow.tracker().transactions()).isZero();
            // Four transactions and five responses.
            assertThat(flow.tracker().waiting())
                    .isEqualTo(flow.tracker().ended())
                    .isEqualTo(9);
        }
    }
}
