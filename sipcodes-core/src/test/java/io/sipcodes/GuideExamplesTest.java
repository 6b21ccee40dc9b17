package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the README and the guide show of this module; a test holds them to it. */
class GuideExamplesTest {

    @Test
    void shouldLookUp() {
        // tag::look-up
        SipEntry busy = SipCatalog.standard().entry(SipCode.of(486));
        busy.code().phrase(); // Busy Here
        busy.text(Locale.ENGLISH).title(); // Line busy
        busy.text(Locale.GERMAN).caller(); // Der Anschluss ist besetzt. Bitte versuchen Sie es später noch einmal.

        SipDiagnosis diagnosis = SipDiagnosis.of("SIP/2.0 480 Error");
        diagnosis.outcome(); // UNAVAILABLE
        diagnosis.fault(); // CALLEE
        diagnosis.advice(); // RETRY_LATER
        diagnosis.operatorText(Locale.ENGLISH);
        // end::look-up
        assertThat(busy.code().phrase()).isEqualTo("Busy Here");
        assertThat(busy.text(Locale.ENGLISH).title()).isEqualTo("Line busy");
        assertThat(busy.text(Locale.GERMAN).caller())
                .isEqualTo("Der Anschluss ist besetzt. Bitte versuchen Sie es später noch einmal.");
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.UNAVAILABLE);
        assertThat(diagnosis.fault()).isEqualTo(SipFault.CALLEE);
        assertThat(diagnosis.advice()).isEqualTo(SipAdvice.RETRY_LATER);
        assertThat(diagnosis.operatorText(Locale.ENGLISH)).isNotBlank();
    }

    @Test
    void shouldDiagnose() {
        // tag::diagnose
        SipDiagnosis diagnosis = SipDiagnosis.about(480)
                .method("INVITE")
                .rang(false)
                .reasons(SipReason.parse("Q.850;cause=21;text=\"Call rejected\""))
                .build();

        diagnosis.outcome(); // DECLINED, and not "temporarily unavailable"
        diagnosis.evidence(); // what decided, and what was overruled
        // end::diagnose
        assertThat(diagnosis.outcome()).isEqualTo(SipOutcome.DECLINED);
        assertThat(diagnosis.evidence()).hasSizeGreaterThan(1);
    }

    @Test
    void shouldDiagnoseFromMuchOrLittle() {
        // tag::about
        SipDiagnosis.of("SIP/2.0 480 Error"); // a line of a log, a mail, a table
        SipDiagnosis.of(603, "Network Blocked"); // a number and a phrase
        SipDiagnosis.about(480) // all that is known
                .method("INVITE")
                .rang(true)
                .reasons(SipReason.parse("Q.850;cause=19"))
                .build();
        // end::about
        assertThat(SipDiagnosis.of(603, "Network Blocked").outcome()).isEqualTo(SipOutcome.BLOCKED);
        assertThat(SipDiagnosis.about(480)
                        .method("INVITE")
                        .rang(true)
                        .reasons(SipReason.parse("Q.850;cause=19"))
                        .build()
                        .outcome())
                .isEqualTo(SipOutcome.NO_ANSWER);
    }

    @Test
    void shouldOverride() {
        // tag::override
        SipCatalog catalog = SipCatalog.standard()
                .with(List.of(SipOverride.named("acme-credit")
                        .provider("acme")
                        .code(SipCode.FORBIDDEN_403)
                        .phrase("*negative balance*")
                        .outcome(SipOutcome.FORBIDDEN)
                        .fault(SipFault.CALLER)
                        .advice(SipAdvice.ASK_PERSON)
                        .build()));

        catalog.entry(SipCode.FORBIDDEN_403, "Negative balance", "acme").fault(); // CALLER
        // end::override
        assertThat(catalog.entry(SipCode.FORBIDDEN_403, "Negative balance", "acme")
                        .fault())
                .isEqualTo(SipFault.CALLER);
        assertThat(catalog.entry(SipCode.FORBIDDEN_403).fault()).isNotEqualTo(SipFault.CALLER);
    }

    @Test
    void shouldTranslateCauses() {
        // tag::q850
        Q850Profile.RFC3398.toSip(17); // 486
        Q850Profile.RFC3398.toCause(SipCode.TEMPORARILY_UNAVAILABLE_480); // 18, no user responding
        Q850Profile.ASTERISK.toCause(SipCode.TEMPORARILY_UNAVAILABLE_480); // 19, no answer from user

        SipReason rejected = SipReason.parse("Q.850;cause=21;location=U").get(0);
        Q850Profile.RFC3398.toSip(rejected); // 603, since the user did it; from elsewhere 403
        SipCatalog.standard().words(Q850Cause.CALL_REJECTED_21, Locale.GERMAN).meaning();
        // end::q850
        assertThat(Q850Profile.RFC3398.toSip(17)).contains(SipCode.BUSY_HERE_486);
        assertThat(Q850Profile.RFC3398.toCause(SipCode.TEMPORARILY_UNAVAILABLE_480))
                .hasValue(18);
        assertThat(Q850Profile.ASTERISK.toCause(SipCode.TEMPORARILY_UNAVAILABLE_480))
                .hasValue(19);
        assertThat(Q850Profile.RFC3398.toSip(rejected)).contains(SipCode.DECLINE_603);
        assertThat(Q850Profile.RFC3398.toSip(21)).contains(SipCode.FORBIDDEN_403);
        assertThat(SipCatalog.standard()
                        .words(Q850Cause.CALL_REJECTED_21, Locale.GERMAN)
                        .meaning())
                .isNotBlank();
    }
}
