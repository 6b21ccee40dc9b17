/**
 * The SIP traffic of JAIN-SIP stacks as events, log lines and diagnoses, with no change of the code that builds them.
 *
 * <p>Where to start:
 *
 * <ul>
 *   <li>{@link io.sipcodes.jainsip.SipAttachment} attaches to every stack that is built from then on in this JVM, and
 *       {@link io.sipcodes.jainsip.SipTraffic} hands what they see to consumers of {@link io.sipcodes.SipEvent}: messages,
 *       transactions, call attempts, calls, registrations. {@link io.sipcodes.jainsip.FailureLog} is such a consumer: a
 *       line of the log for each failure.
 *   <li>{@link io.sipcodes.jainsip.SipMessages} reads one message, and {@link io.sipcodes.jainsip.SipDiagnoses} diagnoses
 *       one response, timeout or transport error, for code that has it in its hands.
 *       {@link io.sipcodes.jainsip.ExplainingSipListener} does so around a listener.
 *   <li>{@link io.sipcodes.jainsip.EnrichingMessageFactory} makes responses with the registry's phrase and, where asked to
 *       by a {@link io.sipcodes.jainsip.ResponseEnrichment}, with headers they lack;
 *       {@link io.sipcodes.jainsip.ResponseConformance} only says what they lack.
 *   <li>{@link io.sipcodes.jainsip.ServerLogReader} makes events of a log that a stack wrote itself, and
 *       {@link io.sipcodes.jainsip.CallLadders} draws a call as a ladder.
 *   <li>{@link io.sipcodes.jainsip.Redaction} takes out of any text what is nobody's business.
 * </ul>
 *
 * <p>The classes whose names begin with {@code SipCodes} are made by the stack itself, by their names in its properties.
 *
 * <p>Nothing here changes what a call does, unless an application asks for it: by the message factory, or by
 * {@link io.sipcodes.jainsip.ExplainingSipListener#answerFailures}. Besides, the parser factory cleans the phrase of the
 * stack's automatic 400, and an error in a parser no longer ends a thread of the stack. On a thread of the stack a
 * message is read and put into a bounded queue, and whatever fails there is caught; all else is done on one thread of the
 * kit. log4j is not needed. No parameter or result is null unless it says so.
 */
package io.sipcodes.jainsip;
