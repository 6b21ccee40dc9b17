package com.example.gateway;

import gov.nist.javax.sip.SipStackImpl;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.sip.ListeningPoint;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Builds the stack when the application has started. */
@Component
@Order(10)
public class SipLayer implements CommandLineRunner {

    private static final Logger log = LoggerFactory.getLogger(SipLayer.class);

    private final GatewayListener listener;

    public SipLayer(GatewayListener listener) {
        this.listener = listener;
    }

    @Override
    public void run(String... arguments) throws Exception {
        Properties properties = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/gateway-sip.properties")) {
            properties.load(file);
        }
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        SipStackImpl stack = (SipStackImpl) factory.createSipStack(properties);
        int port;
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            port = free.getLocalPort();
        }
        ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, ListeningPoint.UDP);
        SipProvider provider = stack.createSipProvider(point);
        provider.addSipListener(listener);
        log.info("SIP on port {}", port);
    }
}
