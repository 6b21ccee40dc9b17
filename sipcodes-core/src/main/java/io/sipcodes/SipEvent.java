package io.sipcodes;

import java.util.Optional;

/**
 * What happened in the SIP traffic of a stack, in the order in which it happened: the one thing that adapters make and
 * outputs consume. Consumers are called on one thread, one event after the other, never on a thread of the stack.
 *
 * <p>All events are immutable. Times are those of {@link SipMessage#timestampNanos()}.
 */
public sealed interface SipEvent {

    /** {@return when it happened, in nanoseconds since 1970} */
    long timestampNanos();

    /**
     * {@return the trace that the event belongs to: that of its request, or else of its response; of a call or an
     * attempt, that of its INVITE} Empty if there was none.
     */
    default Optional<SipTrace> trace() {
        return Optional.empty();
    }

    private static Optional<SipTrace> trace(SipMessage request, Optional<SipMessage> response) {
        return request.trace().or(() -> response.flatMap(SipMessage::trace));
    }

    /**
     * A request went out or came in.
     *
     * @param message the request
     * @param retransmission whether the same request went the same way before (RFC 3261 section 17)
     */
    record RequestSeen(SipMessage message, boolean retransmission) implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return message.trace();
        }

        @Override
        public long timestampNanos() {
            return message.timestampNanos();
        }
    }

    /**
     * A response went out or came in.
     *
     * @param message the response
     * @param retransmission whether the same response went the same way before (RFC 3261 section 17)
     */
    record ResponseSeen(SipMessage message, boolean retransmission) implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return message.trace();
        }

        @Override
        public long timestampNanos() {
            return message.timestampNanos();
        }
    }

    /**
     * A request began a transaction; an ACK does not.
     *
     * @param role our side of it
     * @param request the request
     */
    record TransactionStarted(SipRole role, SipMessage request) implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return request.trace();
        }

        @Override
        public long timestampNanos() {
            return request.timestampNanos();
        }
    }

    /**
     * A transaction got its final response, or none in time.
     *
     * @param role our side of it
     * @param request the request that began it
     * @param response the final response; empty after a timeout or a transport error
     * @param initial whether the request stood outside of a dialog
     * @param durationNanos from the first request to the final response or the timeout, in nanoseconds
     * @param diagnosis what it means
     * @param timestampNanos when it ended
     */
    record TransactionEnded(
            SipRole role,
            SipMessage request,
            Optional<SipMessage> response,
            boolean initial,
            long durationNanos,
            SipDiagnosis diagnosis,
            long timestampNanos)
            implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return SipEvent.trace(request, response);
        }
    }

    /**
     * An attempt to set up a call ended: answered or not. A challenged INVITE and its successor are one attempt, so are
     * forked answers and the recursion on a 3xx; a re-INVITE is none.
     *
     * @param role our side of it
     * @param request the first INVITE
     * @param response the final response that decided; empty after a timeout or a transport error
     * @param rang whether a 180 or 183 came before
     * @param requestDelayNanos the session request delay of RFC 6076 section 4.3 in nanoseconds, or -1 if undefined
     * @param diagnosis what it means
     * @param timestampNanos when it ended
     */
    record AttemptEnded(
            SipRole role,
            SipMessage request,
            Optional<SipMessage> response,
            boolean rang,
            long requestDelayNanos,
            SipDiagnosis diagnosis,
            long timestampNanos)
            implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return SipEvent.trace(request, response);
        }
    }

    /**
     * A call was answered.
     *
     * @param role our side of the INVITE
     * @param request the INVITE that was answered
     * @param response the 2xx
     */
    record CallStarted(SipRole role, SipMessage request, SipMessage response) implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return SipEvent.trace(request, Optional.of(response));
        }

        @Override
        public long timestampNanos() {
            return response.timestampNanos();
        }
    }

    /**
     * An answered call ended.
     *
     * @param role our side of the INVITE
     * @param request the INVITE that was answered
     * @param endedByUs whether our stack sent the BYE
     * @param completed whether it ended without a lack of a response (RFC 6076 section 4.9)
     * @param durationNanos the session duration time of RFC 6076 section 4.5 in nanoseconds
     * @param disconnectDelayNanos the session disconnect delay of RFC 6076 section 4.4 in nanoseconds, or -1 if the BYE
     *     was never answered by a 2xx
     * @param diagnosis what the end means
     * @param timestampNanos when it ended
     */
    record CallEnded(
            SipRole role,
            SipMessage request,
            boolean endedByUs,
            boolean completed,
            long durationNanos,
            long disconnectDelayNanos,
            SipDiagnosis diagnosis,
            long timestampNanos)
            implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return request.trace();
        }
    }

    /**
     * A registration ended: a REGISTER with its challenges, if there were any.
     *
     * @param role our side of it
     * @param request the first REGISTER
     * @param response the final response that decided; empty after a timeout or a transport error
     * @param requestDelayNanos the registration request delay of RFC 6076 section 4.1 in nanoseconds
     * @param diagnosis what it means
     * @param timestampNanos when it ended
     */
    record RegistrationEnded(
            SipRole role,
            SipMessage request,
            Optional<SipMessage> response,
            long requestDelayNanos,
            SipDiagnosis diagnosis,
            long timestampNanos)
            implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return SipEvent.trace(request, response);
        }
    }

    /**
     * A message that could not be read, or that the stack threw away.
     *
     * @param stack the name of the stack, or empty
     * @param direction which way it went
     * @param cause why
     * @param detail what was found, cleaned and bounded; for people, not for tags
     * @param timestampNanos when
     */
    record MessageRejected(String stack, SipDirection direction, Cause cause, String detail, long timestampNanos)
            implements SipEvent {

        /** Why a message was rejected: a closed set, so that it can be a metric tag. */
        public enum Cause {
            /** The message does not follow the grammar. */
            MALFORMED,
            /** Call-ID, From, To, CSeq or Via is missing (RFC 3261 section 8.1.1). */
            HEADER_MISSING,
            /** The status code is outside 100..699. */
            NO_SIP_CODE,
            /** The message is larger than the stack takes. */
            TOO_LARGE,
            /** Reading it failed in a way that should not happen. */
            INTERNAL;

            private final String id = Ids.of(this);

            /** {@return the name in lower case with hyphens} */
            public String id() {
                return id;
            }
        }

        /**
         * Cleans and bounds the text.
         *
         * @param stack the name of the stack, or empty
         * @param direction which way it went
         * @param cause why
         * @param detail what was found
         * @param timestampNanos when
         */
        public MessageRejected {
            stack = WireText.clean(stack, WireText.SHORT);
            detail = WireText.clean(detail, WireText.LONG);
        }
    }

    /**
     * A response lacks what an RFC demands, or carries what it forbids. The message goes on as it is.
     *
     * @param message the response
     * @param rule which rule, a short identifier from a closed set
     * @param mandatory whether the RFC says MUST; otherwise SHOULD
     * @param reference the RFC and section, as {@code RFC 3261 21.4.6}
     */
    record ConformanceFinding(SipMessage message, String rule, boolean mandatory, String reference)
            implements SipEvent {
        @Override
        public Optional<SipTrace> trace() {
            return message.trace();
        }

        @Override
        public long timestampNanos() {
            return message.timestampNanos();
        }
    }

    /**
     * Some messages or transactions are missing from all events, because there was no room for them.
     *
     * @param count how many since the last event of this kind and cause
     * @param cause where there was no room
     * @param timestampNanos when it was noticed
     */
    record EventsDropped(long count, Cause cause, long timestampNanos) implements SipEvent {

        /** Where there was no room: a closed set, so that it can be a metric tag. */
        public enum Cause {
            /** The queue between the stack's threads and the worker was full. */
            QUEUE_FULL,
            /** More transactions or calls at once than the tracker may hold. */
            TRACKER_FULL,
            /** Reading a message failed. */
            INTERNAL;

            private final String id = Ids.of(this);

            /** {@return the name in lower case with hyphens} */
            public String id() {
                return id;
            }
        }
    }
}
