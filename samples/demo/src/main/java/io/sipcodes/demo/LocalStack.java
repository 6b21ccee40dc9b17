package io.sipcodes.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.text.ParseException;
import java.util.ConcurrentModificationException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TooManyListenersException;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.HeaderFactory;
import javax.sip.message.MessageFactory;

/**
 * A JAIN-SIP stack on one port, built by hand as back ends do it. Nothing here knows of sipcodes: that the traffic is
 * explained nevertheless is what the demo shows.
 */
final class LocalStack {

    // The factory keeps every stack it ever made under its name and would hand out a stopped one again.
    private static final Map<String, Integer> MADE = new ConcurrentHashMap<>();

    private final SipStack stack;
    private final String host;
    private final int port;
    private SipProvider provider;

    final MessageFactory messages;
    final HeaderFactory headers;
    final AddressFactory addresses;

    /**
     * Builds and starts a stack.
     *
     * @param name starts the stack's name
     * @param port 0 for any free one
     * @param property that moves the port, for the error message
     * @param transports {@code udp}, {@code tcp}
     */
    LocalStack(String name, String host, int port, String property, SipListener listener, String... transports) {
        this.host = host;
        try {
            InetAddress address = InetAddress.getByName(host);
            this.port = port == 0 ? freePort(address, transports) : requireFree(address, port, transports);
        } catch (IOException e) {
            throw new PortTakenException(host, port, property, e);
        }
        Properties properties = new Properties();
        int count = MADE.merge(name, 1, Integer::sum);
        properties.setProperty("javax.sip.STACK_NAME", count == 1 ? name : name + "-" + count);
        // The default is a thread per datagram, which shuffles messages and dies under load.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        try {
            SipFactory factory = SipFactory.getInstance();
            messages = factory.createMessageFactory();
            headers = factory.createHeaderFactory();
            addresses = factory.createAddressFactory();
            stack = factory.createSipStack(properties);
        } catch (SipException e) {
            throw new IllegalStateException("cannot build the SIP stack " + name, e);
        }
        try {
            for (String transport : transports) {
                ListeningPoint point = stack.createListeningPoint(host, this.port, transport);
                if (provider == null) {
                    provider = stack.createSipProvider(point);
                } else {
                    provider.addListeningPoint(point);
                }
            }
            provider.addSipListener(listener);
            stack.start();
        } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
            // Its threads would keep the JVM alive.
            stop();
            throw new PortTakenException(host, this.port, property, e);
        }
    }

    // The stack would report a taken port with a text that does not say so.
    private static int requireFree(InetAddress address, int port, String... transports) throws IOException {
        for (String transport : transports) {
            if (transport.equals("udp")) {
                new DatagramSocket(port, address).close();
            } else {
                new ServerSocket(port, 1, address).close();
            }
        }
        return port;
    }

    private static int freePort(InetAddress address, String... transports) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                int port;
                try (DatagramSocket any = new DatagramSocket(0, address)) {
                    port = any.getLocalPort();
                }
                return requireFree(address, port, transports);
            } catch (IOException e) {
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    String name() {
        return stack.getStackName();
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    SipProvider provider() {
        return provider;
    }

    /** The address of a user at this stack. */
    Address address(String user, String transport) {
        try {
            SipURI uri = addresses.createSipURI(user, host);
            uri.setPort(port);
            if (!transport.equalsIgnoreCase(ListeningPoint.UDP)) {
                uri.setTransportParam(transport.toLowerCase(Locale.ROOT));
            }
            return addresses.createAddress(uri);
        } catch (ParseException e) {
            throw new IllegalArgumentException("user: " + user + " (expected: what an address may hold)", e);
        }
    }

    // The stack walks a list of its threads that is not there before they run, and that they leave while it is walked.
    // What was not stopped is stopped the second time.
    void stop() {
        try {
            stack.stop();
        } catch (ConcurrentModificationException | NullPointerException e) {
            stack.stop();
        }
    }
}
