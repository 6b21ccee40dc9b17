package io.sipcodes.demo;

import gov.nist.javax.sip.ServerTransactionExt;
import io.sipcodes.SipCode;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.Header;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small telephone exchange. What it does with a call depends on the user that was dialled: {@code busy} is busy,
 * {@code code-480} answers 480, {@code code-480-q21} does so with a Q.850 cause; README.md has the list. It speaks
 * signalling only, no sound.
 */
final class Exchange implements SipListener {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private static final Pattern ANY_CODE = Pattern.compile("code-([1-6]\\d\\d)(?:-q(\\d{1,3}))?");
    private static final List<String> METHODS =
            List.of(Request.INVITE, Request.ACK, Request.BYE, Request.CANCEL, Request.OPTIONS, Request.REGISTER);

    /** After which a phone that is going to be picked up is. */
    private static final Duration RING = Duration.ofMillis(400);

    /** Header fields without which a response of this code would be no proper one. */
    private static final Map<Integer, List<String>> DUTIES = Map.ofEntries(
            Map.entry(415, List.of("Accept: application/sdp")),
            Map.entry(420, List.of("Unsupported: demo")),
            Map.entry(421, List.of("Require: 100rel")),
            Map.entry(422, List.of("Min-SE: 90")),
            Map.entry(423, List.of("Min-Expires: 60")),
            Map.entry(424, List.of("Geolocation-Error: 100")),
            Map.entry(425, List.of("AlertMsg-Error: 100")),
            Map.entry(469, List.of("Recv-Info: demo")),
            Map.entry(489, List.of("Allow-Events: presence")),
            Map.entry(494, List.of("Require: sec-agree", "Security-Server: tls")));

    private final LocalStack stack;
    private final DemoProperties.Sip settings;
    private final Digest digest = new Digest();
    private final AtomicLong tags = new AtomicLong(System.nanoTime());
    private final ScheduledThreadPoolExecutor timer;

    Exchange(DemoProperties.Sip settings) {
        this.settings = settings;
        timer = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "exchange-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        stack = new LocalStack("exchange", settings.host(), settings.port(), "demo.sip.port", this, "udp", "tcp");
    }

    String stackName() {
        return stack.name();
    }

    String host() {
        return stack.host();
    }

    int port() {
        return stack.port();
    }

    void stop() {
        timer.shutdownNow();
        stack.stop();
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        if (request.getMethod().equals(Request.ACK)) {
            return;
        }
        ServerTransaction transaction = event.getServerTransaction();
        try {
            if (transaction == null) {
                transaction = ((SipProvider) event.getSource()).getNewServerTransaction(request);
            }
            switch (request.getMethod()) {
                case Request.INVITE -> invite(transaction);
                case Request.CANCEL -> cancel(transaction);
                case Request.BYE -> bye(transaction);
                case Request.REGISTER -> register(transaction);
                case Request.OPTIONS -> answer(transaction, 200);
                default -> answer(transaction, 405);
            }
        } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
            log.warn("a {} was not answered as it should be: {}", request.getMethod(), e.toString());
            try {
                // Without any answer the other side would wait for half a minute.
                ((SipProvider) event.getSource())
                        .sendResponse(stack.messages.createResponse(transaction == null ? 400 : 500, request));
            } catch (SipException | ParseException | RuntimeException e2) {
                log.debug("nor was it refused", e2);
            }
        }
    }

    private void invite(ServerTransaction invite) throws SipException, ParseException, InvalidArgumentException {
        Request request = invite.getRequest();
        if (((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null) {
            // Within a call: put on hold, or a refresh of the session.
            Response response = stack.messages.createResponse(200, request);
            accept(response, request);
            invite.sendResponse(response);
            return;
        }
        if (!(request.getRequestURI() instanceof SipURI uri)) {
            answer(invite, 416);
            return;
        }
        String user = uri.getUser() == null ? "" : uri.getUser().toLowerCase(Locale.ROOT);
        Ringing call = new Ringing(invite);
        invite.setApplicationData(call);
        switch (user) {
            case "service" -> {
                call.ring(180);
                call.pickUp(200);
            }
            case "ok" -> pickUpLater(call);
            case "noanswer" -> {
                call.ring(180);
                later(settings.ringOut(), () -> call.end(480));
            }
            case "busy" -> call.end(486);
            case "declined" -> call.end(603);
            case "blocked" ->
                // The 603+ of US networks, which tells whom to ask.
                call.end(
                        603,
                        "Network Blocked",
                        header(
                                "Reason",
                                "SIP;cause=603;text=\"v=analytics1;url=https://example.com/blocked\";location=LN"));
            case "overloaded" -> call.end(503, header("Retry-After", "30"));
            case "media" -> call.end(488, header("Warning", "304 demo \"Media type not available\""));
            case "moved" -> call.end(302);
            case "credit" -> call.end(499, "Credit Exhausted");
            case "secure" -> {
                switch (credentials(request, ProxyAuthorizationHeader.NAME)) {
                    case RIGHT -> pickUpLater(call);
                    case WRONG -> call.end(403);
                    case STALE -> call.end(407, challenge("Proxy-Authenticate", true));
                    case MISSING -> call.end(407);
                }
            }
            default -> {
                Matcher code = ANY_CODE.matcher(user);
                if (code.matches()) {
                    anyCode(call, Integer.parseInt(code.group(1)), code.group(2));
                } else {
                    call.end(404);
                }
            }
        }
    }

    private void pickUpLater(Ringing call) throws SipException, ParseException, InvalidArgumentException {
        call.ring(180);
        later(RING, () -> call.pickUp(200));
    }

    private void anyCode(Ringing call, int code, String cause)
            throws SipException, ParseException, InvalidArgumentException {
        if (code < 200) {
            call.ring(code);
            later(RING, () -> call.pickUp(200));
        } else if (code < 300) {
            call.pickUp(code);
        } else if (cause == null) {
            call.end(code);
        } else {
            call.end(code, header("Reason", "Q.850;cause=" + Integer.parseInt(cause)));
        }
    }

    private void cancel(ServerTransaction cancel) throws SipException, ParseException, InvalidArgumentException {
        answer(cancel, 200);
        ServerTransaction invite = ((ServerTransactionExt) cancel).getCanceledInviteTransaction();
        if (invite != null && invite.getApplicationData() instanceof Ringing call) {
            call.end(487);
        }
    }

    private void bye(ServerTransaction bye) throws SipException, ParseException, InvalidArgumentException {
        answer(bye, 200);
        if (bye.getDialog() != null && bye.getDialog().getApplicationData() instanceof Future<?> hangUp) {
            hangUp.cancel(false);
        }
    }

    private void register(ServerTransaction register) throws SipException, ParseException, InvalidArgumentException {
        Request request = register.getRequest();
        switch (credentials(request, AuthorizationHeader.NAME)) {
            case RIGHT -> {
                Response response = response(request, 200);
                if (request.getHeader(ContactHeader.NAME) instanceof ContactHeader contact) {
                    ContactHeader granted = (ContactHeader) contact.clone();
                    granted.setExpires(lifetime(request, contact));
                    response.setHeader(granted);
                }
                register.sendResponse(response);
            }
            case WRONG -> answer(register, 403);
            case STALE -> answer(register, 401, challenge("WWW-Authenticate", true));
            case MISSING -> answer(register, 401, challenge("WWW-Authenticate", false));
        }
    }

    private static int lifetime(Request request, ContactHeader contact) {
        int asked = contact.getExpires();
        if (asked < 0) {
            asked = request.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader expires
                    ? expires.getExpires()
                    : 3600;
        }
        return Math.min(asked, 3600);
    }

    private Digest.Check credentials(Request request, String header) {
        return digest.check((AuthorizationHeader) request.getHeader(header), request.getMethod());
    }

    private Header challenge(String name, boolean stale) throws ParseException {
        return header(
                name,
                "Digest realm=\"" + Digest.REALM + "\", nonce=\"" + digest.nonce() + "\", algorithm=MD5, qop=\"auth\""
                        + (stale ? ", stale=true" : ""));
    }

    private Header header(String name, String value) throws ParseException {
        return stack.headers.createHeader(name, value);
    }

    private void answer(ServerTransaction transaction, int code, Header... more)
            throws SipException, ParseException, InvalidArgumentException {
        Response response = response(transaction.getRequest(), code);
        for (Header header : more) {
            response.setHeader(header);
        }
        transaction.sendResponse(response);
    }

    /** A response with what its code cannot do without. */
    private Response response(Request request, int code) throws ParseException {
        Response response = stack.messages.createResponse(code, request);
        // The stack does not know the younger codes.
        response.setReasonPhrase(SipCode.of(code).phrase());
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (code > 100 && to.getTag() == null) {
            to.setTag(Long.toHexString(tags.incrementAndGet()));
        }
        if (code == 405 || request.getMethod().equals(Request.OPTIONS)) {
            for (String method : METHODS) {
                response.addHeader(stack.headers.createAllowHeader(method));
            }
        }
        if (code >= 300 && code < 400) {
            response.setHeader(stack.headers.createContactHeader(stack.address("ok", transport(request))));
        } else if (code == 401) {
            response.setHeader(challenge("WWW-Authenticate", false));
        } else if (code == 407) {
            response.setHeader(challenge("Proxy-Authenticate", false));
        }
        for (String duty : DUTIES.getOrDefault(code, List.of())) {
            int colon = duty.indexOf(':');
            response.setHeader(header(duty.substring(0, colon), duty.substring(colon + 2)));
        }
        return response;
    }

    private void accept(Response response, Request request) throws ParseException {
        response.setHeader(stack.headers.createContactHeader(stack.address("exchange", transport(request))));
        byte[] offer = request.getRawContent();
        response.setContent(
                Sdp.answer(offer == null ? "" : new String(offer, StandardCharsets.UTF_8), stack.host()),
                (ContentTypeHeader) header(ContentTypeHeader.NAME, "application/sdp"));
    }

    private static String transport(Request request) {
        return ((ViaHeader) request.getHeader(ViaHeader.NAME)).getTransport();
    }

    private void later(Duration delay, Step step) {
        timer.schedule(
                () -> {
                    try {
                        step.run();
                    } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
                        log.debug("the call is over already", e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private interface Step {
        void run() throws SipException, ParseException, InvalidArgumentException;
    }

    /** A call that is not answered yet; whoever ends it first, the phone, the clock or a CANCEL, wins. */
    private final class Ringing {

        private final ServerTransaction invite;
        private final AtomicBoolean over = new AtomicBoolean();
        private String tag;

        Ringing(ServerTransaction invite) {
            this.invite = invite;
        }

        void ring(int code) throws SipException, ParseException, InvalidArgumentException {
            Response response = tagged(code);
            if (code > 100) {
                response.setHeader(
                        stack.headers.createContactHeader(stack.address("exchange", transport(invite.getRequest()))));
            }
            invite.sendResponse(response);
        }

        void pickUp(int code) throws SipException, ParseException, InvalidArgumentException {
            if (over.compareAndSet(false, true)) {
                Response response = tagged(code);
                accept(response, invite.getRequest());
                Dialog dialog = invite.getDialog();
                invite.sendResponse(response);
                dialog.setApplicationData(timer.schedule(
                        () -> hangUp(dialog), settings.longestCall().toMillis(), TimeUnit.MILLISECONDS));
            }
        }

        void end(int code, Header... more) throws SipException, ParseException, InvalidArgumentException {
            end(code, SipCode.of(code).phrase(), more);
        }

        void end(int code, String phrase, Header... more)
                throws SipException, ParseException, InvalidArgumentException {
            if (over.compareAndSet(false, true)) {
                Response response = tagged(code);
                response.setReasonPhrase(phrase);
                for (Header header : more) {
                    response.setHeader(header);
                }
                invite.sendResponse(response);
            }
        }

        // All responses to one INVITE must carry the same tag: they belong to one dialog.
        private Response tagged(int code) throws ParseException {
            Response response = response(invite.getRequest(), code);
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (tag == null) {
                tag = to.getTag();
            } else {
                to.setTag(tag);
            }
            return response;
        }
    }

    private void hangUp(Dialog dialog) {
        try {
            if (dialog.getState() == DialogState.CONFIRMED) {
                Request bye = dialog.createRequest(Request.BYE);
                dialog.sendRequest(stack.provider().getNewClientTransaction(bye));
            }
        } catch (SipException | RuntimeException e) {
            log.debug("the call is over already", e);
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
    public void processDialogTerminated(DialogTerminatedEvent event) {
        if (event.getDialog().getApplicationData() instanceof Future<?> hangUp) {
            hangUp.cancel(false);
        }
    }
}
