package io.sipcodes.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sipcodes.Q850Cause;
import io.sipcodes.Q850Profile;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.SipRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SipCodesEndpointTest {

    private static final ApplicationContextRunner APPLICATION =
            Application.runner().withPropertyValues("management.endpoints.web.exposure.include=sipcodes");

    private static void run(Consumer<SipCodesEndpoint> test) {
        APPLICATION.run(context -> test.accept(context.getBean(SipCodesEndpoint.class)));
    }

    private static SipCodesEndpointWebExtension web(AssertableApplicationContext context) {
        return context.getBean(SipCodesEndpointWebExtension.class);
    }

    @Test
    void shouldListWhatTheCatalogKnows() {
        run(endpoint -> {
            Map<String, Object> list = endpoint.list(null, null);
            assertThat(list).containsEntry("count", SipCode.known().size());
            assertThat(codes(list))
                    .containsExactlyElementsOf(
                            SipCode.known().stream().map(SipCode::value).toList());
        });
    }

    @ParameterizedTest
    @CsvSource({"486, 486", "besetzt, 486", "busy here, 486", "BUSY EVERYWHERE, 600"})
    void shouldFindByWordsOfEitherLanguage(String query, int best) {
        run(endpoint -> assertThat(codes(endpoint.list(query, null))).first().isEqualTo(best));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nothing of this kind"})
    void shouldFindNothingForNothing(String query) {
        run(endpoint -> assertThat(endpoint.list(query, null)).containsEntry("count", 0));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> codes(Map<String, Object> list) {
        return ((List<Map<String, Object>>) list.get("codes"))
                .stream().map(code -> code.get("code")).toList();
    }

    /** The names are a promise: what reads the endpoint reads them. */
    @Test
    void shouldKeepItsNames() {
        run(endpoint -> {
            assertThat(endpoint.list("486", null)).containsOnlyKeys("count", "codes");
            assertThat(endpoint.one("486", null))
                    .containsOnlyKeys(
                            "code",
                            "phrase",
                            "class",
                            "status",
                            "language",
                            "title",
                            "caller",
                            "meaning",
                            "causes",
                            "remedies",
                            "outcome",
                            "fault",
                            "advice",
                            "adviceText",
                            "effect",
                            "httpStatus",
                            "reference",
                            "link",
                            "fallback",
                            "methods",
                            "headers",
                            "aliases",
                            "q850");
            assertThat(endpoint.one("failures", null)).containsOnlyKeys("capacity", "dropped", "failures");
            assertThat(endpoint.one("attachment", null))
                    .containsOnlyKeys("attached", "obstacle", "language", "outputs", "messagesSeen", "messagesDropped");
        });
    }

    /** FreeSWITCH has 819 for 607, which is no cause of Q.850; RFC 3398 releases no call because of a 487. */
    @ParameterizedTest
    @CsvSource({
        "rfc3398, 480, 18, No user responding",
        "asterisk, 480, 19, No answer from user (user alerted)",
        "freeswitch, 607, 819, ",
        "RFC4497, 487, 31, 'Normal, unspecified'",
        "rfc3398, 487, , "
    })
    void shouldNameTheCauseOfTheTelephoneNetwork(String profile, String code, Integer cause, String phrase) {
        Application.runner()
                .withPropertyValues("management.endpoints.web.exposure.include=*", "sipcodes.q850-profile=" + profile)
                .run(context -> {
                    Map<?, ?> q850 = (Map<?, ?>) context.getBean(SipCodesEndpoint.class)
                            .one(code, "en")
                            .get("q850");
                    assertThat(context.getBean(Q850Profile.class).name()).isEqualToIgnoringCase(profile);
                    if (cause == null) {
                        assertThat(q850).isNull();
                        return;
                    }
                    assertThat(q850.get("profile")).isEqualTo(profile.toLowerCase(Locale.ROOT));
                    assertThat(q850.get("cause")).isEqualTo(cause);
                    assertThat(Q850Cause.find(cause).map(Q850Cause::phrase).orElse(null))
                            .isEqualTo(phrase);
                    assertThat(q850.get("title").toString().isEmpty()).isEqualTo(phrase == null);
                });
    }

    @Test
    void shouldHaveAnAnswerForEveryCode() {
        run(endpoint -> {
            for (int code = SipCode.MIN; code <= SipCode.MAX; code++) {
                assertThat(endpoint.one(String.valueOf(code), "de")).containsEntry("code", code);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "700", "4860", "999999999", "000486"})
    void shouldAnswer404ForANumberThatIsNoCode(String number) {
        APPLICATION.run(context ->
                assertThat(web(context).one(number, null).getStatus()).isEqualTo(number.equals("000486") ? 200 : 404));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "busy", "-486", "4 86", "9999999999", "４８６", "Failures", "<script>"})
    void shouldAnswer400ForNonsense(String nonsense) {
        APPLICATION.run(context -> {
            WebEndpointResponse<Map<String, Object>> answer = web(context).one(nonsense, null);
            assertThat(answer.getStatus()).isEqualTo(400);
            assertThat(answer.getBody().get("error")).asString().contains("(expected: a number from 100 to 699");
        });
        run(endpoint -> assertThatThrownBy(() -> endpoint.one(nonsense, null)).hasMessageContaining("(expected: "));
    }

    @Test
    void shouldRepeatNoMoreOfNonsenseThanAMessageNeeds() {
        APPLICATION.run(context -> assertThat(web(context)
                        .one("\u001b[31m" + "x".repeat(5000), null)
                        .getBody()
                        .get("error"))
                .asString()
                .doesNotContain("\u001b")
                .hasSizeLessThan(150));
    }

    @Test
    void shouldSayWhyItIsNotAttached() {
        APPLICATION
                .withPropertyValues("sipcodes.jainsip.attach=false")
                .run(context -> assertThat(
                                context.getBean(SipCodesEndpoint.class).one("attachment", null))
                        .containsEntry("attached", false)
                        .containsEntry("obstacle", "sipcodes.jainsip.attach is false"));
        APPLICATION
                .withClassLoader(new FilteredClassLoader("javax.sip", "gov.nist"))
                .run(context -> assertThat(
                                context.getBean(SipCodesEndpoint.class).one("attachment", null))
                        .containsEntry("attached", false)
                        .containsEntry("obstacle", "JAIN-SIP is not on the class path"));
    }

    @Test
    void shouldContributeToInfoUnlessSwitchedOff() {
        APPLICATION.run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean(SipCodesInfo.class).contribute(info);
            assertThat(info.build().getDetails()).containsOnlyKeys("sipcodes");
        });
        for (String off : List.of("management.info.sipcodes.enabled=false", "management.info.defaults.enabled=false")) {
            APPLICATION
                    .withPropertyValues(off)
                    .run(context -> assertThat(context).doesNotHaveBean(SipCodesInfo.class));
        }
        APPLICATION
                .withPropertyValues("management.info.defaults.enabled=false", "management.info.sipcodes.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(SipCodesInfo.class));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void shouldShowNumbersOnlyIfToldSo(boolean hidden, boolean shown) {
        APPLICATION.withPropertyValues("sipcodes.redaction.numbers=" + hidden).run(context -> {
            SipMessage response = SipMessage.response(404, "No such number +4930123456789")
                    .method("INVITE")
                    .callId("call-1")
                    .build();
            context.getBean(RecentFailures.class)
                    .see(new SipEvent.TransactionEnded(
                            SipRole.SERVER, response, Optional.of(response), true, 1, SipDiagnosis.of(response), 1));

            Map<String, Object> body = context.getBean(SipCodesEndpoint.class).one("failures", null);

            assertThat(body.toString()).contains("call-1", "No such number");
            assertThat(body.toString().contains("30123456789")).isEqualTo(shown);
        });
    }

    /** They hold nothing of a peer's: a number in them is that of a standard. */
    @Test
    void shouldLeaveTheCatalogsOwnWordsAsTheyAre() {
        APPLICATION.run(context -> {
            SipMessage response =
                    SipMessage.response(603, "Decline").method("INVITE").build();
            SipDiagnosis diagnosis = SipDiagnosis.of(response);
            context.getBean(RecentFailures.class)
                    .see(new SipEvent.TransactionEnded(
                            SipRole.SERVER, response, Optional.of(response), true, 1, diagnosis, 1));

            assertThat(diagnosis.operatorText(Locale.ENGLISH)).contains("1000099");
            assertThat(context.getBean(SipCodesEndpoint.class)
                            .one("failures", "en")
                            .toString())
                    .contains(diagnosis.operatorText(Locale.ENGLISH));
        });
    }
}
