package io.sipcodes;

/** What part a final response has in the metrics of RFC 6076. SER, SEER and ISA look at INVITE outside of a dialog, IRA at REGISTER. */
public enum SipMetricRole {
    /** An INVITE that ended so counts as established: numerator of the Session Establishment Ratio (section 4.6). */
    SER,
    /** An INVITE that ended so counts as effective: numerator of the Session Establishment Effectiveness Ratio (section 4.7). */
    SEER,
    /** An INVITE that ended so is left out of the denominator of SER and SEER (sections 4.6 and 4.7). */
    NOT_COUNTED,
    /** An INVITE that ended so is an ineffective session attempt (section 4.8). */
    ISA,
    /** A REGISTER that ended so is an ineffective registration attempt (section 4.2). */
    IRA;

    private final String id = Ids.of(this);

    /** {@return the name in lower case with hyphens, as texts and JSON use it} */
    public String id() {
        return id;
    }
}
