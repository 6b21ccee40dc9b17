package com.example.first;

import java.util.Properties;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** The application of the guide's first ten minutes; what stands between the tags is shown there. */
// tag::first
@SpringBootApplication
public class FirstApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(FirstApplication.class, arguments);
    }

    /** Answers every call with 486. */
    @Component
    static final class BusyLine implements SipListener, AutoCloseable {

        private final SipStack stack;
        private final SipProvider provider;
        private final MessageFactory messages;

        BusyLine(@Value("${sip.port:5070}") int port) throws Exception {
            Properties properties = new Properties();
            properties.setProperty("javax.sip.STACK_NAME", "busy-line");
            properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
            SipFactory factory = SipFactory.getInstance();
            factory.setPathName("gov.nist");
            stack = factory.createSipStack(properties);
            messages = factory.createMessageFactory();
            provider = stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, "udp"));
            provider.addSipListener(this);
        }

        @Override
        public void processRequest(RequestEvent event) {
            Request request = event.getRequest();
            if (request.getMethod().equals(Request.ACK)) {
                return;
            }
            try {
                Response busy = messages.createResponse(Response.BUSY_HERE, request);
                ((ToHeader) busy.getHeader(ToHeader.NAME)).setTag("busy");
                provider.getNewServerTransaction(request).sendResponse(busy);
            } catch (Exception e) {
                throw new IllegalStateException("cannot answer", e);
            }
        }

        @Override
        public void processResponse(ResponseEvent event) {}

        @Override
        public void processTimeout(TimeoutEvent event) {}

        @Override
        public void processIOException(IOExceptionEvent event) {}

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) {}

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) {}

        @Override
        public void close() {
            stack.stop();
        }
    }
}
// end::first
