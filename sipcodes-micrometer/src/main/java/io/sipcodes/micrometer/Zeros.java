package io.sipcodes.micrometer;

import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipReason;
import io.sipcodes.SipRole;
import io.sipcodes.SipSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    /** What gateways and PBXes say for nearly every cause of the telephone network, and the causes they mostly have. */
    private static final List<Integer> GATEWAY_CODES = List.of(480, 503);

    private static final List<Integer> GATEWAY_CAUSES = List.of(1, 17, 18, 19, 20, 21, 31, 34, 38, 41, 42, 102, 127);

    private static final List<UnaryOperator<SipDiagnosis.Builder>> USUAL = List.of(
            plain -> plain,
            rang -> rang.answeredBefore(true).rang(true),
            refused -> refused.challengedBefore(true).credentialsSent(true),
            gaveUp -> gaveUp.answeredBefore(true).rang(true).cancelled(true),
            early -> early.cancelled(true));

    private Zeros() {}

    /** Every known final code, since alerts read these: also the first of the rarest must be seen. */
    static Set<Cell> attempts(SipRole role) {
        Stream<Integer> all = SipCode.known().stream().filter(SipCode::isFinal).map(SipCode::value);
        Set<Cell> cells = diagnosed(role, "INVITE", all.toList());
        for (int code : GATEWAY_CODES) {
            for (int cause : GATEWAY_CAUSES) {
                cells.add(cell(answer(code, "INVITE", role).reasons(List.of(SipReason.of("Q.850", cause)))));
            }
        }
        cells.add(cell(answer(603, "INVITE", role).phrase("Network Blocked")));
        return cells;
    }

    static Set<Cell> registrations(SipRole role) {
        return diagnosed(role, "REGISTER", REGISTER);
    }

    /** What the diagnosis makes of each code in the usual circumstances: its rules say themselves what can come out. */
    private static Set<Cell> diagnosed(SipRole role, String method, List<Integer> codes) {
        Set<Cell> cells = new LinkedHashSet<>();
        for (int code : codes) {
            for (UnaryOperator<SipDiagnosis.Builder> circumstances : USUAL) {
                cells.add(cell(circumstances.apply(answer(code, method, role))));
            }
        }
        for (boolean answered : new boolean[] {false, true}) {
            cells.add(cell(answer(408, method, role).source(SipSource.TIMEOUT).answeredBefore(answered)));
        }
        cells.add(cell(answer(503, method, role).source(SipSource.TRANSPORT)));
        return cells;
    }

    private static SipDiagnosis.Builder answer(int code, String method, SipRole role) {
        return SipDiagnosis.about(code)
                .method(method)
                .role(role)
                .source(role == SipRole.CLIENT ? SipSource.PEER : SipSource.US);
    }

    private static Cell cell(SipDiagnosis.Builder about) {
        SipDiagnosis diagnosis = about.build();
        return new Cell(
                CodeTags.index(diagnosis.rawCode()),
                diagnosis.outcome().ordinal(),
                diagnosis.fault().ordinal());
    }
}
