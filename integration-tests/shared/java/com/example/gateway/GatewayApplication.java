package com.example.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A gateway as the big JAIN-SIP and Spring Boot code bases are written: a runner builds the stack from a properties file
 * and casts it to the implementation, the listener is a component of its own, loggers are hand-written, and no bean has a
 * type of JAIN-SIP's. It knows nothing of the kit.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class GatewayApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
