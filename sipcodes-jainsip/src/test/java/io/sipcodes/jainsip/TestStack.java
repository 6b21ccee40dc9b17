package io.sipcodes.jainsip;

import gov.nist.javax.sip.stack.NioMessageProcessorFactory;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.EventObject;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransportNotSupportedException;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.awaitility.Awaitility;

/**
 * A real JAIN-SIP stack on a free port of the loopback interface, with one transport, a listener that collects what the
 * stack tells it, and the few calls that a flow needs. Closing it closes the stack and reports what went wrong in a
 * request handler.
 *
 * <pre>{@code
 * try (TestStack uas = TestStack.start("uas", "udp").answer(180, 486);
 *         TestStack uac = TestStack.start("uac", "udp")) {
 *     uac.send(uac.request("INVITE", uas));
 *     ResponseEvent last = uac.awaitFinal();
 * }
 * }</pre>
 */
final class TestStack implements AutoCloseable {

    /** What a stack does with a request, on its own thread; what it throws fails the test on close. */
    interface Handler {
        void handle(RequestEvent event, TestStack stack) throws Exception;
    }

    static final String LOOPBACK = "127.0.0.1";

    private static final String PROCESSORS = "gov.nist.javax.sip.MESSAGE_PROCESSOR_FACTORY";

    static final Duration POLL = Duration.ofMillis(5);

    /** In place of 500: a slow machine must not make a stack send twice what a test counts. */
    static final int RETRANSMIT_MILLIS = 2_000;

    private static final int ATTEMPTS = 20;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final AddressFactory addresses;
    final HeaderFactory headers;
    final MessageFactory messages;
    final SipStack stack;
    SipProvider provider;

    private final String transport;
    private final SipListener listener;
    private ListeningPoint point;
    private final List<EventObject> events = new CopyOnWriteArrayList<>();
    private final List<ServerTransaction> transactions = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile Handler handler = (event, self) -> self.respond(event, Response.OK);

    /** What a stack that stops takes down last is static, and a stack with NIO cannot do without it. */
    private static final List<Thread> STOPPING = new CopyOnWriteArrayList<>();

    private TestStack(String name, String transport, Properties properties, UnaryOperator<SipListener> decoration)
            throws Exception {
        this.transport = transport;
        if (properties.containsKey(PROCESSORS)) {
            for (Thread stopping : STOPPING) {
                stopping.join();
            }
        }
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        addresses = factory.createAddressFactory();
        headers = factory.createHeaderFactory();
        messages = factory.createMessageFactory();
        properties.setProperty("javax.sip.STACK_NAME", name);
        stack = factory.createSipStack(properties);
        try {
            listener = decoration.apply(new Listener());
            open();
        } catch (Exception e) {
            stack.stop();
            throw e;
        }
    }

    private void open() throws Exception {
        point = listen();
        provider = stack.createSipProvider(point);
        provider.addSipListener(listener);
    }

    /** Stops it and starts it again, as an application that is refreshed does: under its old name it gets the old stack. */
    void restart() throws Exception {
        stack.stop();
        open();
    }

    /** A stack that names the kit's loggers in its own properties and answers every request with 200. */
    static TestStack start(String name, String transport) {
        return start(name, transport, properties -> {});
    }

    /**
     * The same with changed properties.
     *
     * @param transport udp, tcp, or nio for TCP with the stack's other implementation of it
     */
    static TestStack start(String name, String transport, Consumer<Properties> changes) {
        return start(name, transport, changes, UnaryOperator.identity());
    }

    /** The same with a decorated listener. */
    static TestStack start(
            String name, String transport, Consumer<Properties> changes, UnaryOperator<SipListener> decoration) {
        if (transport.equals("nio")) {
            return start(
                    name,
                    "tcp",
                    changes.andThen(properties ->
                            properties.setProperty(PROCESSORS, NioMessageProcessorFactory.class.getName())),
                    decoration);
        }
        Properties properties = new Properties();
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", SipCodesStackLogger.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", SipCodesServerLogger.class.getName());
        // The default is a thread per datagram, which may overtake each other.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        changes.accept(properties);
        try {
            // The factory gives the same stack again for the same name.
            return new TestStack(name + "-" + NUMBER.incrementAndGet(), transport, properties, decoration);
        } catch (Exception e) {
            throw new IllegalStateException("stack: " + name + " did not start", e);
        }
    }

    private ListeningPoint listen()
            throws IOException, InvalidArgumentException, TransportNotSupportedException, PeerUnavailableException {
        InvalidArgumentException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return stack.createListeningPoint(LOOPBACK, freePort(), transport);
            } catch (InvalidArgumentException e) {
                last = e;
            }
        }
        throw last;
    }

    private int freePort() throws IOException {
        InetAddress loopback = InetAddress.getByName(LOOPBACK);
        if (transport.equals("udp")) {
            try (DatagramSocket probe = new DatagramSocket(0, loopback)) {
                return probe.getLocalPort();
            }
        }
        try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
            return probe.getLocalPort();
        }
    }

    /** The name as events carry it: the one given and a number. */
    String name() {
        return stack.getStackName();
    }

    int port() {
        return point.getPort();
    }

    String transport() {
        return transport;
    }

    /** Answers every request but ACK with these codes, one after the other; a 487 to a cancelled INVITE is up to the test. */
    TestStack answer(int... codes) {
        return handle((event, self) -> self.respond(event, codes));
    }

    /** Does this with every request, ACK included. */
    TestStack handle(Handler newHandler) {
        handler = newHandler;
        return this;
    }

    /** Sends responses in the request's server transaction, which is made if there is none; does nothing for an ACK. */
    void respond(RequestEvent event, int... codes) throws Exception {
        if (event.getRequest().getMethod().equals(Request.ACK)) {
            return;
        }
        ServerTransaction transaction = transaction(event);
        for (int code : codes) {
            transaction.sendResponse(response(code, event.getRequest()));
        }
    }

    ServerTransaction transaction(RequestEvent event) throws SipException {
        ServerTransaction transaction = event.getServerTransaction();
        if (transaction == null) {
            transaction = provider.getNewServerTransaction(event.getRequest());
        }
        transactions.add(transaction);
        return transaction;
    }

    /** The first server transaction for a method that a handler asked for. */
    ServerTransaction transactionOf(String method) {
        return transactions.stream()
                .filter(transaction -> transaction.getRequest().getMethod().equals(method))
                .findFirst()
                .orElseThrow();
    }

    /** A response as the stock factory makes it, with a tag in To and, for an INVITE, a Contact. */
    Response response(int code, Request request) throws Exception {
        Response response = messages.createResponse(code, request);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (code > Response.TRYING && to.getTag() == null) {
            to.setTag("tag-" + name());
        }
        if (request.getMethod().equals(Request.INVITE)) {
            response.setHeader(contact());
        }
        return response;
    }

    /** A new request outside of a dialog, with a Call-ID of its own, to a stack. */
    Request request(String method, TestStack to) throws Exception {
        return request(method, to.port());
    }

    /** A new request outside of a dialog, with a Call-ID of its own, to a port of the loopback interface. */
    Request request(String method, int port) throws Exception {
        SipURI target = addresses.createSipURI("bob", LOOPBACK);
        target.setPort(port);
        target.setTransportParam(transport);
        SipURI self = addresses.createSipURI("alice", "example.org");
        ViaHeader via = headers.createViaHeader(LOOPBACK, port(), transport, null);
        CSeqHeader cseq = headers.createCSeqHeader(1L, method);
        Request request = messages.createRequest(
                target,
                method,
                provider.getNewCallId(),
                cseq,
                headers.createFromHeader(addresses.createAddress(self), "from-" + NUMBER.incrementAndGet()),
                headers.createToHeader(addresses.createAddress(addresses.createURI("sip:bob@example.org")), null),
                List.of(via),
                headers.createMaxForwardsHeader(70));
        request.setHeader(contact());
        return request;
    }

    ContactHeader contact() throws Exception {
        SipURI uri = addresses.createSipURI("contact", LOOPBACK);
        uri.setPort(port());
        uri.setTransportParam(transport);
        return headers.createContactHeader(addresses.createAddress(uri));
    }

    /** Sends a request in a new client transaction. */
    ClientTransaction send(Request request) throws SipException {
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        if (transport.equals("udp")) {
            transaction.setRetransmitTimer(RETRANSMIT_MILLIS);
        }
        transaction.sendRequest();
        return transaction;
    }

    /** Sends the ACK for a 2xx. */
    void ack(ResponseEvent event) throws Exception {
        long cseq = ((CSeqHeader) event.getResponse().getHeader(CSeqHeader.NAME)).getSeqNumber();
        event.getDialog().sendAck(event.getDialog().createAck(cseq));
    }

    /** Sends a request inside a dialog. */
    ClientTransaction send(Dialog dialog, String method) throws Exception {
        ClientTransaction transaction = provider.getNewClientTransaction(dialog.createRequest(method));
        dialog.sendRequest(transaction);
        return transaction;
    }

    /** What the stack told its listener so far, in order. */
    List<EventObject> events() {
        return events;
    }

    /** Waits for the first event of this type that fits. */
    <T extends EventObject> T await(Class<T> type, Predicate<? super T> fits) {
        return Awaitility.await()
                .pollInterval(POLL)
                .until(
                        () -> events.stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(fits)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Without the 100 that the stack sends by itself when the answer to an INVITE takes 200 ms. */
    static List<String> withoutTrying(List<String> responses) {
        return responses.stream().filter(line -> !line.contains("100 ")).toList();
    }

    /** Waits for the first response with this code. */
    ResponseEvent awaitResponse(int code) {
        return await(ResponseEvent.class, event -> event.getResponse().getStatusCode() == code);
    }

    /** Waits for the first final response. */
    ResponseEvent awaitFinal() {
        return await(ResponseEvent.class, event -> event.getResponse().getStatusCode() >= 200);
    }

    /** Waits for the first final response to a request. */
    ResponseEvent awaitFinal(ClientTransaction transaction) {
        return await(
                ResponseEvent.class,
                event -> event.getClientTransaction() == transaction
                        && event.getResponse().getStatusCode() >= 200);
    }

    /** Waits for the first request with this method. */
    RequestEvent awaitRequest(String method) {
        return await(RequestEvent.class, event -> event.getRequest().getMethod().equals(method));
    }

    @Override
    public void close() {
        // It frees its sockets at once and then sleeps for a second.
        Thread stopping = new Thread(stack::stop, "stop-" + name());
        stopping.setDaemon(true);
        stopping.start();
        STOPPING.removeIf(earlier -> !earlier.isAlive());
        STOPPING.add(stopping);
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a request handler of " + name() + " failed", failures.get(0));
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private final class Listener implements SipListener {

        @Override
        public void processRequest(RequestEvent event) {
            events.add(event);
            try {
                handler.handle(event, TestStack.this);
            } catch (Throwable e) {
                // A peer that has its answer may be gone before the stack has seen that it was sent.
                if (!(e.getCause() instanceof SocketException)) {
                    failures.add(e);
                }
            }
        }

        @Override
        public void processResponse(ResponseEvent event) {
            events.add(event);
        }

        @Override
        public void processTimeout(TimeoutEvent event) {
            events.add(event);
        }

        @Override
        public void processIOException(IOExceptionEvent event) {
            events.add(event);
        }

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) {
            events.add(event);
        }

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) {
            events.add(event);
        }
    }
}
