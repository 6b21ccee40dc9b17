package com.example.voip;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.header.HeaderFactory;
import javax.sip.message.MessageFactory;

/** A stack on UDP and TCP, built by hand as any JAIN-SIP tutorial does it. Knows nothing of Spring or of the kit. */
abstract class SipEndpointBase implements SipListener, AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final int port;
    final SipStack stack;
    final SipProvider udp;
    final SipProvider tcp;
    final AddressFactory addresses;
    final HeaderFactory headers;
    final MessageFactory messages;

    SipEndpointBase(String name) {
        try {
            Properties properties = new Properties();
            // The factory gives the same stack again for the same name, though it may still be stopping.
            properties.setProperty("javax.sip.STACK_NAME", name + "-" + NUMBER.incrementAndGet());
            properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "2");
            properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
            SipFactory factory = SipFactory.getInstance();
            factory.setPathName("gov.nist");
            stack = factory.createSipStack(properties);
            addresses = factory.createAddressFactory();
            headers = factory.createHeaderFactory();
            messages = factory.createMessageFactory();
            port = Ports.free();
            udp = provider(ListeningPoint.UDP);
            tcp = provider(ListeningPoint.TCP);
        } catch (Exception e) {
            throw new IllegalStateException("cannot build the SIP stack " + name, e);
        }
    }

    private SipProvider provider(String transport) throws Exception {
        SipProvider provider =
                stack.createSipProvider(stack.createListeningPoint(Ports.LOOPBACK, port, transport));
        provider.addSipListener(this);
        return provider;
    }

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    // Nobody waits for it: a stack sleeps for a second when it stops, and these tests stop many.
    @Override
    public void close() {
        Thread stopping = new Thread(stack::stop, "stop-" + stack.getStackName());
        stopping.setDaemon(true);
        stopping.start();
    }
}
