package com.example.voip;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** An application that starts, looks a code up, has a call fail if it can, and ends. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallApplication {

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(SmallApplication.class, arguments)) {
            System.out.println("title: "
                    + context.getBean(SipCatalog.class)
                            .entry(SipCode.BUSY_HERE_486)
                            .text(Locale.GERMAN)
                            .title());
            if (ClassUtils.isPresent("javax.sip.SipStack", null)) {
                FailingCall.place();
            }
        }
        System.out.println("ended");
        // A stack leaves threads behind that are no daemons.
        System.exit(0);
    }

    /** Apart, so that the application can be loaded without JAIN-SIP. */
    static final class FailingCall {

        private FailingCall() {}

        static void place() throws Exception {
            try (Switchboard switchboard = new Switchboard();
                    Caller caller = new Caller()) {
                System.out.println("call: " + caller.call("busy", switchboard.port, "udp"));
            }
        }
    }
}
