package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starter in real applications that lack one thing or another; a class path that lacks it, not a filter. */
class SmallApplicationTest {

    private static final String ACTUATOR = "actuator";
    private static final String MICROMETER = "micrometer-(core|registry)|prometheus|spring-boot-.*micrometer-metrics";
    private static final String JAIN_SIP = "jain-sip-ri|sip-api";
    private static final String WEB = "spring-web|tomcat|servlet|spring-boot-.*(web|tomcat|servlet)";
    private static final String JACKSON = "jackson";

    @ParameterizedTest
    @CsvSource({
        "actuator, true",
        "micrometer, true",
        "web, true",
        "jain-sip, false",
        "actuator and micrometer and web and jackson, true",
        "actuator and micrometer and web and jackson and jain-sip, false"
    })
    void shouldStartAndWorkWithout(String missing, boolean jainSip) throws Exception {
        String title = SipCatalog.standard()
                .entry(SipCode.BUSY_HERE_486)
                .text(Locale.GERMAN)
                .title();
        String pattern = missing.replace(" and ", "|")
                .replace("actuator", ACTUATOR)
                .replace("micrometer", MICROMETER)
                .replace("jain-sip", JAIN_SIP)
                .replace("web", WEB)
                .replace("jackson", JACKSON);

        Jvm.Result result = Jvm.run(
                Jvm.classPathWithout(pattern),
                List.of("-Dfile.encoding=UTF-8"),
                SmallApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=*");

        assertThat(result.output())
                .contains("title: " + title, "ended")
                .doesNotContainIgnoringCase("deprecat")
                .doesNotContain("not eligible for getting processed");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output().lines().filter(line -> line.contains("io.sipcodes.failures")))
                .hasSize(jainSip ? 2 : 0);
    }

    @Test
    void shouldWorkWhereBeansAreMadeOnlyWhenTheyAreNeeded() throws Exception {
        Jvm.Result result = Jvm.run(
                Jvm.classPath(),
                List.of(),
                SmallApplication.class.getName(),
                "--spring.main.web-application-type=none",
                "--spring.main.lazy-initialization=true");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().lines().filter(line -> line.contains("io.sipcodes.failures")))
                .hasSize(2);
    }
}
