/**
 * SIP events as meters of Micrometer, bounded whatever arrives, and counted as RFC 6076 says.
 *
 * <p>Where to start:
 *
 * <ul>
 *   <li>{@link io.sipcodes.micrometer.SipMetrics} counts events in a registry. It takes them from whoever has them: with
 *       JAIN-SIP from {@code SipTraffic} of {@code sipcodes-jainsip}, else from your own code.
 *   <li>{@link io.sipcodes.micrometer.SipMeters} lists all meters with their tags; rules, alerts and the dashboard of the
 *       project are checked against it.
 *   <li>{@link io.sipcodes.micrometer.SipPeers} tells the peers apart that a list names, and puts all others in one.
 *   <li>{@link io.sipcodes.micrometer.SipMeterFilter} adds class, meaning and outcome to meters you already have.
 * </ul>
 *
 * <p>All of it is safe for use by any number of threads, but builders. Once a series exists, counting allocates nothing and
 * takes no lock. No parameter or result is null unless it says so.
 */
package io.sipcodes.micrometer;
