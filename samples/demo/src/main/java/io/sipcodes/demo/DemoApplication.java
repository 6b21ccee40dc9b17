package io.sipcodes.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** A small VoIP back end with sipcodes in it: real SIP on loopback, a page, a Prometheus scrape. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DemoApplication {

    private static final Logger log = LoggerFactory.getLogger(DemoApplication.class);

    private final Environment environment;
    private final Telephony telephony;

    DemoApplication(Environment environment, Telephony telephony) {
        this.environment = environment;
        this.telephony = telephony;
    }

    /** Starts the demo. */
    public static void main(String[] arguments) {
        SpringApplication.run(DemoApplication.class, arguments);
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayWhereToLook() {
        String web = "http://localhost:" + environment.getProperty("local.server.port");
        String sip = telephony.exchange().host() + ":" + telephony.exchange().port();
        log.info("""
                ready.
                  page      {}
                  metrics   {}/actuator/prometheus
                  catalog   {}/actuator/sipcodes/486?lang=de
                  SIP       {} (UDP, TCP), try: sipp -sn uac {}
                """, web, web, web, sip, sip);
    }
}
