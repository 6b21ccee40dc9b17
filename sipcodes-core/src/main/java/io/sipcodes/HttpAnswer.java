package io.sipcodes;

/** What a REST back end answers for a SIP result: one constant a reason, whose words are under {@code http.<id>}. */
enum HttpAnswer {
    SUCCESS(200),
    ACCEPTED(202),
    REFUSED(403),
    NO_SUCH_NUMBER(404),
    OTHER_PERSON_OR_STATE(409),
    ELSEWHERE(409),
    GONE(410),
    TOO_LARGE(413),
    INPUT_INCOMPLETE(422),
    OWN_SIDE(500),
    NOT_OFFERED(501),
    UPSTREAM(502),
    OVERLOAD(503),
    TIMEOUT(504);

    final String id = Ids.of(this);
    final int status;

    HttpAnswer(int status) {
        this.status = status;
    }

    /** What an outcome is answered with, unless the code says more. */
    static HttpAnswer of(SipOutcome outcome) {
        return switch (outcome) {
            case SUCCESS -> SUCCESS;
            case PROGRESS -> ACCEPTED;
            case REDIRECTED -> ELSEWHERE;
            case BUSY, NO_ANSWER, UNAVAILABLE, CANCELLED, ANSWERED_ELSEWHERE, CONFLICT -> OTHER_PERSON_OR_STATE;
            case DECLINED, BLOCKED, FORBIDDEN, IDENTITY -> REFUSED;
            case NOT_FOUND -> NO_SUCH_NUMBER;
            case STATE_LOST -> GONE;
            case CHALLENGED, NEGOTIATION, CREDENTIALS, MEDIA, MALFORMED -> OWN_SIDE;
            case UNSUPPORTED -> NOT_OFFERED;
            case OVERLOAD -> OVERLOAD;
            case TIMEOUT -> TIMEOUT;
            case UNREACHABLE, ROUTING, SERVER_ERROR, UNKNOWN -> UPSTREAM;
        };
    }
}
