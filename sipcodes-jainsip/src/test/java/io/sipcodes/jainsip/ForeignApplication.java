package io.sipcodes.jainsip;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
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
import javax.sip.message.MessageFactory;
import javax.sip.message.Response;

/**
 * An application with a stack on UDP that says 486 to everybody, and that knows nothing of the kit: it runs in class
 * loaders that do not have it. Spoken to by types of the JDK, which all class loaders share.
 *
 * <p>{@code getAsInt} gives its port, {@code applyAsInt} sends an OPTIONS to a port and gives the code of the answer.
 */
public final class ForeignApplication implements SipListener, IntSupplier, IntUnaryOperator, AutoCloseable {

    private final SipStack stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final int port;
    private int calls;
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

    public ForeignApplication(Properties properties) throws Exception {
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        messages = factory.createMessageFactory();
        stack = factory.createSipStack(properties);
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            port = probe.getLocalPort();
        }
        provider = stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, "udp"));
        provider.addSipListener(this);
    }

    @Override
    public int getAsInt() {
        return port;
    }

    @Override
    public int applyAsInt(int peer) {
        try {
            provider.getNewClientTransaction(messages.createRequest("OPTIONS sip:bob@127.0.0.1:" + peer + " SIP/2.0\r\n"
                            + "Via: SIP/2.0/UDP 127.0.0.1:" + port + "\r\nFrom: <sip:a@example.org>;tag=" + port
                            + "\r\n"
                            + "To: <sip:b@example.org>\r\nCall-ID: " + port + "-" + ++calls + "\r\nCSeq: 1 OPTIONS\r\n"
                            + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"))
                    .sendRequest();
            Integer answer = answers.poll(10, TimeUnit.SECONDS);
            return answer == null ? 0 : answer;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            Response response = messages.createResponse(486, event.getRequest());
            provider.getNewServerTransaction(event.getRequest()).sendResponse(response);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        answers.add(event.getResponse().getStatusCode());
    }

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
        Thread stopping = new Thread(stack::stop, "stop-" + port);
        stopping.setDaemon(true);
        stopping.start();
    }
}
