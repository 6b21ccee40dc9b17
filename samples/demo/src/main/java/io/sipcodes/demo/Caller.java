package io.sipcodes.demo;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who phones all day: places calls of every {@link Call kind} at the exchange, from a stack and a port of its
 * own, since what a stack sends to its own port never reaches a socket.
 */
final class Caller implements SipListener {

    private static final Logger log = LoggerFactory.getLogger(Caller.class);

    /** More calls at once are not placed, however often somebody presses a button. */
    static final int MOST_CALLS = 50;

    private static final long TALK_MILLIS = 2_500;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long GONE_MILLIS = 45_000;

    private final LocalStack stack;
    private final Exchange exchange;
    private final AtomicLong tags = new AtomicLong(System.nanoTime());
    private final Map<String, Attempt> open = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private final long intervalMillis;
    private int next;

    Caller(DemoProperties settings, Exchange exchange) {
        this.exchange = exchange;
        intervalMillis = Math.max(1, settings.caller().interval().toMillis());
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "caller-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        stack = new LocalStack(
                "caller", settings.sip().host(), settings.caller().port(), "demo.caller.port", this, "udp");
    }

    /** Begins to call, and goes on until stopped. */
    void start() {
        timer.scheduleAtFixedRate(this::placeNext, 0, intervalMillis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
        stack.stop();
    }

    private void placeNext() {
        try {
            place(Call.DAY.get(next++ % Call.DAY.size()));
        } catch (RuntimeException e) {
            log.warn("a call was not placed: {}", e.toString());
        }
    }

    /** Places a call of a kind; empty if too many are open. */
    Optional<String> place(Call call) {
        String method = switch (call) {
            case REGISTER, REGISTER_WRONG -> Request.REGISTER;
            case OPTIONS -> Request.OPTIONS;
            default -> Request.INVITE;
        };
        return place(call, method, call.user());
    }

    /**
     * Dials any user of the exchange; empty if too many calls are open.
     *
     * @return the Call-ID
     */
    Optional<String> dial(String user) {
        return place(Call.CREDENTIALS, Request.INVITE, user);
    }

    private Optional<String> place(Call call, String method, String user) {
        if (open.size() >= MOST_CALLS) {
            return Optional.empty();
        }
        try {
            Request request = request(method, user);
            String callId = ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
            Attempt attempt = new Attempt(call, callId);
            open.put(callId, attempt);
            timer.schedule(() -> open.remove(callId), GONE_MILLIS, TimeUnit.MILLISECONDS);
            send(request, attempt);
            return Optional.of(callId);
        } catch (SipException | ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("cannot call " + user, e);
        }
    }

    private Request request(String method, String user) throws ParseException, InvalidArgumentException {
        SipURI target = stack.addresses.createSipURI(user.isEmpty() ? null : user, exchange.host());
        target.setPort(exchange.port());
        Address us = stack.address(Digest.USER, "udp");
        Address to = method.equals(Request.REGISTER)
                ? stack.addresses.createAddress(stack.addresses.createSipURI(Digest.USER, exchange.host()))
                : stack.addresses.createAddress(target);
        ViaHeader via = stack.headers.createViaHeader(stack.host(), stack.port(), "udp", null);
        Request request = stack.messages.createRequest(
                target,
                method,
                stack.provider().getNewCallId(),
                stack.headers.createCSeqHeader(1L, method),
                stack.headers.createFromHeader(
                        method.equals(Request.REGISTER) ? to : us, Long.toHexString(tags.incrementAndGet())),
                stack.headers.createToHeader(to, null),
                List.of(via),
                stack.headers.createMaxForwardsHeader(70));
        request.setHeader(stack.headers.createContactHeader(us));
        if (method.equals(Request.INVITE)) {
            ContentTypeHeader type = stack.headers.createContentTypeHeader("application", "sdp");
            request.setContent(Sdp.offer(stack.host()), type);
        } else if (method.equals(Request.REGISTER)) {
            ExpiresHeader expires = stack.headers.createExpiresHeader(300);
            request.setHeader(expires);
        }
        return request;
    }

    private void send(Request request, Attempt attempt) throws SipException {
        ClientTransaction transaction = stack.provider().getNewClientTransaction(request);
        transaction.setApplicationData(attempt);
        attempt.transaction = transaction;
        transaction.sendRequest();
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction == null || !(transaction.getApplicationData() instanceof Attempt attempt)) {
            return; // to a BYE or a CANCEL, or late
        }
        try {
            respond(attempt, transaction, event.getResponse(), event.getDialog());
        } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
            log.warn("a call was not carried on: {}", e.toString());
            open.remove(attempt.callId);
        }
    }

    private void respond(Attempt attempt, ClientTransaction transaction, Response response, Dialog dialog)
            throws SipException, ParseException, InvalidArgumentException {
        int code = response.getStatusCode();
        boolean invite = transaction.getRequest().getMethod().equals(Request.INVITE);
        if (code < 200) {
            if (code >= 180 && attempt.call == Call.GIVE_UP && !attempt.cancelling) {
                attempt.cancelling = true;
                later(PATIENCE_MILLIS, () -> cancel(attempt));
            }
        } else if (code < 300 && invite) {
            CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
            dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
            later(TALK_MILLIS, () -> hangUp(attempt, dialog));
        } else if ((code == 401 || code == 407) && !attempt.challenged) {
            attempt.challenged = true;
            send(withCredentials(transaction.getRequest(), response, attempt.call.password()), attempt);
        } else if (code == 302 && !attempt.redirected && contact(response) != null) {
            attempt.redirected = true;
            Request again = again(transaction.getRequest());
            again.setRequestURI(contact(response));
            send(again, attempt);
        } else {
            open.remove(attempt.callId);
        }
    }

    /** Where a redirect points, if that is the exchange: the demo calls nobody else. */
    private SipURI contact(Response response) {
        return response.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                        && contact.getAddress().getURI() instanceof SipURI uri
                        && uri.getHost().equals(exchange.host())
                        && uri.getPort() == exchange.port()
                ? uri
                : null;
    }

    private Request again(Request request) throws InvalidArgumentException {
        Request again = (Request) request.clone();
        CSeqHeader cseq = (CSeqHeader) again.getHeader(CSeqHeader.NAME);
        cseq.setSeqNumber(cseq.getSeqNumber() + 1);
        ((ViaHeader) again.getHeader(ViaHeader.NAME)).removeParameter("branch");
        return again;
    }

    private Request withCredentials(Request request, Response challenged, String password)
            throws ParseException, InvalidArgumentException {
        boolean proxy = challenged.getStatusCode() == 407;
        WWWAuthenticateHeader challenge = (WWWAuthenticateHeader)
                challenged.getHeader(proxy ? ProxyAuthenticateHeader.NAME : WWWAuthenticateHeader.NAME);
        Request again = again(request);
        AuthorizationHeader credentials = proxy
                ? stack.headers.createProxyAuthorizationHeader("Digest")
                : stack.headers.createAuthorizationHeader("Digest");
        String clientNonce = Long.toHexString(tags.incrementAndGet());
        credentials.setUsername(Digest.USER);
        credentials.setRealm(challenge.getRealm());
        credentials.setNonce(challenge.getNonce());
        credentials.setURI(request.getRequestURI());
        credentials.setAlgorithm("MD5");
        credentials.setQop("auth");
        credentials.setNonceCount(1);
        credentials.setCNonce(clientNonce);
        credentials.setResponse(Digest.response(
                password,
                request.getMethod(),
                request.getRequestURI().toString(),
                challenge.getNonce(),
                "00000001",
                clientNonce));
        again.setHeader(credentials);
        return again;
    }

    private void cancel(Attempt attempt) throws SipException {
        Request cancel = attempt.transaction.createCancel();
        stack.provider().getNewClientTransaction(cancel).sendRequest();
    }

    private void hangUp(Attempt attempt, Dialog dialog) throws SipException {
        open.remove(attempt.callId);
        Request bye = dialog.createRequest(Request.BYE);
        dialog.sendRequest(stack.provider().getNewClientTransaction(bye));
    }

    private void later(long millis, Step step) {
        try {
            timer.schedule(
                    () -> {
                        try {
                            step.run();
                        } catch (SipException | RuntimeException e) {
                            log.debug("the call is over already", e);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("stopped in the middle of a call");
        }
    }

    private interface Step {
        void run() throws SipException;
    }

    // BYE of the exchange: the call was too long.
    @Override
    public void processRequest(RequestEvent event) {
        if (event.getRequest().getMethod().equals(Request.ACK)) {
            return;
        }
        try {
            SipProvider provider = (SipProvider) event.getSource();
            int code = event.getRequest().getMethod().equals(Request.BYE) ? 200 : 405;
            var transaction = event.getServerTransaction() == null
                    ? provider.getNewServerTransaction(event.getRequest())
                    : event.getServerTransaction();
            transaction.sendResponse(stack.messages.createResponse(code, event.getRequest()));
        } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
            log.debug("a request of the exchange was not answered", e);
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (event.getClientTransaction() != null
                && event.getClientTransaction().getApplicationData() instanceof Attempt attempt) {
            open.remove(attempt.callId);
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    /** A call that is being set up or talked in. */
    private static final class Attempt {

        private final Call call;
        private final String callId;
        private volatile ClientTransaction transaction;
        private volatile boolean challenged;
        private volatile boolean redirected;
        private volatile boolean cancelling;

        Attempt(Call call, String callId) {
            this.call = call;
            this.callId = callId;
        }
    }
}
