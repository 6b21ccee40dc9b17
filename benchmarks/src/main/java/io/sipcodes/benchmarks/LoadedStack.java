package io.sipcodes.benchmarks;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A stack on loopback that is made to be loaded, and what its servers have in common. */
abstract class LoadedStack implements SipListener {

    final LongAdder failures = new LongAdder();
    SipProvider provider;
    MessageFactory messages;
    HeaderFactory headers;
    private ContactHeader contact;

    static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    /** Does it and ends the JVM, which the stack's threads would keep, also where it throws; 0 if it is true. */
    static void endWith(Callable<Boolean> work) {
        boolean good = false;
        try {
            good = work.call();
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            System.exit(good ? 0 : 1);
        }
    }

    static Properties underLoad(String name) {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", name);
        // Without these two the stack fails under load whatever else is on: a thread per datagram.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        return properties;
    }

    final void open(Properties properties, int port, SipListener listener) throws Exception {
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        SipStack stack = factory.createSipStack(properties);
        provider = stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, "udp"));
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        SipURI uri = factory.createAddressFactory()
                .createSipURI(properties.getProperty("javax.sip.STACK_NAME"), "127.0.0.1");
        uri.setPort(port);
        contact = headers.createContactHeader(factory.createAddressFactory().createAddress(uri));
        provider.addSipListener(listener);
    }

    final Response response(int code, Request request, String tag) throws Exception {
        Response response = messages.createResponse(code, request);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
        response.setHeader((ContactHeader) contact.clone());
        return response;
    }

    @Override
    public void processResponse(ResponseEvent event) {
        // It sends no requests.
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        failures.increment();
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        failures.increment();
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // As it should be.
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // As it should be.
    }
}
