/**
 * What a SIP response means, for people and for programs.
 *
 * <p>A response says {@code SIP/2.0 480 Temporarily Unavailable} and leaves the reader alone with it. This package knows
 * what each code means by the RFCs, what it usually is in practice, what can be done, who would have to do it, and how to
 * tell it to the person who phoned; in English and German, and in any language that a file on the class path adds. It
 * needs nothing but the JDK, reads nothing before it is asked, and does not throw at input from the wire.
 *
 * <p>Where to start:
 *
 * <ul>
 *   <li>{@link io.sipcodes.SipCode} is a response code: a number with a phrase and a class, cheap enough for any hot path.
 *   <li>{@link io.sipcodes.SipCatalog} tells what it means. {@code SipCatalog.standard().entry(SipCode.of(486))} gives a
 *       {@link io.sipcodes.SipEntry}: facts with the section that each is from, and {@link io.sipcodes.SipText words}.
 *       {@link io.sipcodes.SipOverride} teaches it what a provider means.
 *   <li>{@link io.sipcodes.SipDiagnosis} tells why a request ended as it did, from all that is known besides the code:
 *       Reason and Warning, whether it rang, whether credentials were sent. It gives a
 *       {@linkplain io.sipcodes.SipOutcome result}, {@linkplain io.sipcodes.SipFault who has to act} and
 *       {@linkplain io.sipcodes.SipAdvice what to do next}, and what decided.
 *   <li>{@link io.sipcodes.SipEvent} is what adapters for SIP stacks make and what logs, meters and applications consume;
 *       {@link io.sipcodes.SipMessage} is the message in it, whatever stack it went through.
 *   <li>{@link io.sipcodes.SipStatusLine}, {@link io.sipcodes.SipReason} and {@link io.sipcodes.SipWarning} read what is on
 *       the wire; {@link io.sipcodes.Q850Profile} translates between SIP and the telephone network.
 * </ul>
 *
 * <p>Everything here but builders is immutable and safe for use by any number of threads. No parameter or result is null
 * unless it says so.
 */
package io.sipcodes;
