package com.example.voip;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A back end that somebody wrote before the kit: it has a stack, and no word of the kit anywhere. */
@SpringBootApplication(proxyBeanMethods = false)
public class Backend {

    @Bean
    Switchboard switchboard() {
        return new Switchboard();
    }
}
