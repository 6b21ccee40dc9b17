package io.sipcodes.demo;

import java.util.List;
import java.util.Map;

/**
 * The board at one moment, in one language, as the page gets it.
 *
 * @param exchange where the exchange listens
 * @param caller whether the demo's own caller is there to place calls
 * @param calls answered and not yet ended
 * @param attempts to set up a call, in the last five minutes
 * @param total attempts since the start
 * @param ser session establishment ratio of these five minutes
 * @param seer session establishment effectiveness ratio of these five minutes
 * @param isa ineffective session attempts of these five minutes
 * @param timeline attempts answered, not answered and failed, for each five seconds, the oldest first
 * @param outcomes what became of the attempts of these five minutes, the most frequent first
 * @param codes the codes that ended most of the unsuccessful ones
 * @param classes how many responses of each class were sent since the start, by its label
 * @param failures the last ones, the newest first
 * @param results the last requests of any outcome, the newest first
 */
record BoardView(
        String exchange,
        boolean caller,
        long calls,
        long attempts,
        long total,
        Window.Ratio ser,
        Window.Ratio seer,
        Window.Ratio isa,
        List<long[]> timeline,
        List<Outcome> outcomes,
        List<Code> codes,
        Map<String, Long> classes,
        List<Failure> failures,
        List<Result> results) {

    /** What became of some attempts. */
    record Outcome(String id, String title, String meaning, long count) {}

    /** A code that ended attempts. */
    record Code(int code, String phrase, String title, String meaning, String remedy, long count) {}

    /**
     * Something that did not succeed, in short.
     *
     * @param kind of {@link Window.Kind}
     */
    record Failure(
            long id,
            long millis,
            String method,
            int code,
            String phrase,
            String from,
            String to,
            String outcome,
            Window.Kind kind,
            String title) {}

    /** What became of a request. */
    record Result(String callId, int code, String phrase, String title, Window.Kind kind) {}

    /** A failure with all that is known of it. */
    record Detail(
            String callId,
            String peer,
            String meaning,
            String caller,
            String outcome,
            String fault,
            String advice,
            int retryAfter,
            List<String> causes,
            List<String> remedies,
            List<Evidence> evidence,
            List<Step> ladder) {}

    /** What was considered for a diagnosis. */
    record Evidence(boolean decisive, String title, String detail, String source) {}

    /**
     * A message of the call.
     *
     * @param millis after the first one
     * @param received whether it came to the exchange
     * @param again whether it is a retransmission
     * @param code 0 for a request
     * @param label method, or code and phrase
     * @param notes header fields that explain
     */
    record Step(long millis, boolean received, boolean again, int code, String label, List<String> notes) {}
}
