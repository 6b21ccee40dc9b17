package io.sipcodes;

import java.lang.System.Logger.Level;
import java.util.List;

/** Decides a {@link SipDiagnosis}. */
final class DiagnosisRules {

    private DiagnosisRules() {}

    static SipDiagnosis decide(SipDiagnosis.Builder input) {
        SipCatalog catalog = input.catalog == null ? SipCatalog.standard() : input.catalog;
        SipCode code = SipCode.find(input.rawCode).orElse(null);
        if (code == null) {
            return new SipDiagnosis(
                    catalog,
                    input.rawCode,
                    null,
                    input.phrase,
                    SipOutcome.UNKNOWN,
                    SipFault.UNKNOWN,
                    SipAdvice.NONE,
                    -1,
                    Level.WARNING,
                    List.of());
        }
        SipEntry entry = catalog.entry(code);
        return new SipDiagnosis(
                catalog,
                input.rawCode,
                entry,
                input.phrase,
                entry.outcome(),
                entry.fault(),
                entry.advice(),
                input.retryAfterSeconds,
                severity(entry.outcome()),
                List.of());
    }

    static Level severity(SipOutcome outcome) {
        return switch (outcome) {
            case PROGRESS, SUCCESS, CHALLENGED, NEGOTIATION, REDIRECTED, CANCELLED, ANSWERED_ELSEWHERE -> Level.DEBUG;
            case BUSY, NO_ANSWER, UNAVAILABLE, DECLINED, NOT_FOUND, CONFLICT -> Level.INFO;
            case OVERLOAD, SERVER_ERROR, UNREACHABLE -> Level.ERROR;
            default -> Level.WARNING;
        };
    }
}
