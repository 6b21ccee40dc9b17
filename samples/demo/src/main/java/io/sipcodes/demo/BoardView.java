package io.sipcodes.demo;

import java.util.List;
import java.util.Map;

/**
 * The board at one moment, in one language, as the page gets it.
 *
 * @param calls answered and not yet ended
 * @param attempts to set up a call, since the start
 * @param classes how many responses of each class were sent since the start, by its label
 * @param failures the last ones, the newest first
 * @param results the last requests of any outcome, the newest first
 */
record BoardView(long calls, long attempts, Map<String, Long> classes, List<Failure> failures, List<Result> results) {

    /** Something that did not succeed, in short. */
    record Failure(
            long id,
            long millis,
            String method,
            int code,
            String phrase,
            String from,
            String to,
            String outcome,
            String outcomeTitle,
            String severity,
            String title,
            String meaning) {}

    /** What became of a request. */
    record Result(String callId, int code, String phrase, String outcome) {}
}
