package io.sipcodes.micrometer;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which series exist from the start: what a back end meets in a normal year, so that the first of each is seen. */
final class Zeros {

    /** Final responses to a first INVITE. */
    static final List<Integer> INVITE = List.of(
            200, 300, 301, 302, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 415, 420, 422, 433, 480, 481, 482,
            483, 484, 485, 486, 487, 488, 491, 500, 501, 502, 503, 504, 580, 600, 603, 604, 606, 607, 608);

    /** Final responses to a REGISTER. */
    static final List<Integer> REGISTER =
            List.of(200, 301, 302, 400, 401, 403, 404, 405, 407, 408, 420, 423, 480, 500, 501, 503, 504, 603);

    /** Responses to one method. */
    record Responses(String method, List<Integer> codes) {}

    static final List<Responses> RESPONSES = List.of(
            new Responses("INVITE", INVITE),
            new Responses("INVITE", List.of(100, 180, 181, 182, 183)),
            new Responses("REGISTER", REGISTER),
            new Responses("BYE", List.of(200, 408, 481, 500, 503)),
            new Responses("CANCEL", List.of(200, 481)),
            new Responses("OPTIONS", List.of(200, 404, 408, 480, 503)));

    /** A series of {@code sip.attempts} or {@code sip.registrations}. */
    record Cell(int code, int outcome, int fault) {}

    private interface Circumstances extends UnaryOperator<SipDiagnosis.Builder> {}

    private static final List<Circumstances> USUAL = List.of(
            plain -> plain,
            rang -> rang.answeredBefore(true).rang(true),
            refused -> refused.challengedBefore(true).credentialsSent(true),
            gaveUp -> gaveUp.answeredBefore(true).rang(true).cancelled(true),
            early -> early.cancelled(true));

    private Zeros() {}

    /** For every known final code, since alerts read these: also the first of the rarest must be seen. */
    static Set<Cell> attempts(SipRole role) {
        return diagnosed(
                role,
                "INVITE",
                SipCode.known().stream()
                        .filter(SipCode::isFinal)
                        .map(SipCode::value)
                        .toList());
    }

    static Set<Cell> registrations(SipRole role) {
        return diagnosed(role, "REGISTER", REGISTER);
    }

    /** What the diagnosis makes of each code in the usual circumstances: its rules say themselves what can come out. */
    private static Set<Cell> diagnosed(SipRole role, String method, List<Integer> codes) {
        Set<Cell> cells = new LinkedHashSet<>();
        for (int code : codes) {
            for (Circumstances circumstances : USUAL) {
                SipDiagnosis diagnosis = circumstances
                        .apply(SipDiagnosis.about(code)
                                .method(method)
                                .role(role)
                                .source(role == SipRole.CLIENT ? SipSource.PEER : SipSource.US))
                        .build();
                cells.add(cell(diagnosis));
            }
        }
        cells.add(cell(ended(408, method, role, SipSource.TIMEOUT)));
        cells.add(cell(ended(503, method, role, SipSource.TRANSPORT)));
        return cells;
    }

    private static SipDiagnosis ended(int code, String method, SipRole role, SipSource source) {
        return SipDiagnosis.about(code).method(method).role(role).source(source).build();
    }

    private static Cell cell(SipDiagnosis diagnosis) {
        return new Cell(
                CodeTags.index(diagnosis.rawCode()),
                diagnosis.outcome().ordinal(),
                diagnosis.fault().ordinal());
    }
}
