package io.sipcodes.jainsip;

import io.sipcodes.SipCatalog;
import java.util.concurrent.TimeUnit;

/** What bounds the tracker, and what its diagnoses ask. */
record TrackerSettings(int maxTransactions, int maxCalls, long maxCallNanos, SipCatalog catalog, String provider) {

    static TrackerSettings standard() {
        return new TrackerSettings(65_536, 65_536, TimeUnit.HOURS.toNanos(24), SipCatalog.standard(), "");
    }
}
