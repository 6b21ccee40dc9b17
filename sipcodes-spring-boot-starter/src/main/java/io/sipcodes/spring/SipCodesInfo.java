package io.sipcodes.spring;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** What the kit is doing, in the info endpoint. */
record SipCodesInfo(State state) implements InfoContributor {

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("sipcodes", state.view());
    }
}
