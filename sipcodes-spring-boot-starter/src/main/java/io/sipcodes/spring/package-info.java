/**
 * All of sipcodes in a Spring Boot application of 3.5 or 4.x, by its dependency alone.
 *
 * <p>The auto-configurations attach to JAIN-SIP before any bean is made and connect log, meters, Actuator endpoint and
 * application events; each backs off where the application lacks what it is for, or has a bean of its own. All of it is
 * switched by {@code sipcodes.enabled}, parts by other properties under {@code sipcodes}, the endpoint and what
 * {@code info} says by those of Boot under {@code management}. Where to start in your own code, if you want more than that:
 *
 * <ul>
 *   <li>{@link io.sipcodes.spring.SipFailureListener}: a bean of this type is told of each failure; an
 *       {@code @EventListener} takes a {@link io.sipcodes.SipEvent}.
 *   <li>{@link io.sipcodes.spring.SipProblems} answers a REST caller whose call failed.
 *   <li>{@link io.sipcodes.spring.RecentFailures} are the latest failures, as the endpoint {@code sipcodes} shows them.
 *   <li>{@link io.sipcodes.spring.SipStackHolder} is a stack as a bean, without log4j.
 *   <li>Beans of type {@link io.sipcodes.SipCatalog}, {@link io.sipcodes.micrometer.SipPeers},
 *       {@link io.sipcodes.micrometer.SipMetrics.Scope} or {@link io.sipcodes.Q850Profile} take the place of the kit's.
 * </ul>
 *
 * <p>No parameter or result is null unless it says so.
 */
package io.sipcodes.spring;
