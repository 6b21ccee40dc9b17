package com.example.voip;

import java.util.Map;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers calls by the name that is called, one at a time. */
public class Switchboard extends SipEndpointBase {

    private static final Map<String, Integer> ANSWERS =
            Map.of("busy", 486, "away", 480, "strange", 499, "anna", 200);

    Switchboard() {
        super("switchboard");
    }

    @Override
    public synchronized void processRequest(RequestEvent event) {
        try {
            Request request = event.getRequest();
            ServerTransaction transaction = event.getServerTransaction();
            if (request.getMethod().equals(Request.ACK)) {
                return;
            }
            if (transaction == null) {
                transaction = ((SipProvider) event.getSource()).getNewServerTransaction(request);
            }
            String user = ((SipURI) request.getRequestURI()).getUser();
            int code = request.getMethod().equals(Request.INVITE) ? ANSWERS.getOrDefault(user, 404) : 200;
            Response response = messages.createResponse(code, request);
            if (request.getMethod().equals(Request.INVITE)) {
                ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("t" + code);
                response.addHeader(headers.createContactHeader(
                        addresses.createAddress("sip:switchboard@" + Ports.LOOPBACK + ":" + port)));
            }
            transaction.sendResponse(response);
        } catch (Exception e) {
            throw new IllegalStateException("cannot answer", e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    // A stack logs an answer when it has sent it: the caller may have it and be gone by then.
    @Override
    public synchronized void close() {
        super.close();
    }
}
