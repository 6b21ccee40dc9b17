package com.example.voip;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Places calls and hangs up when answered. */
final class Caller extends SipEndpointBase {

    /** What a call came to. */
    record Call(int code, String callId) {}

    private final BlockingQueue<Response> finals = new LinkedBlockingQueue<>();

    Caller() {
        super("caller");
    }

    Call call(String user, int peerPort, String transport) throws Exception {
        SipProvider provider = transport.equals("udp") ? udp : tcp;
        CallIdHeader callId = provider.getNewCallId();
        Address from = addresses.createAddress("sip:test@" + Ports.LOOPBACK);
        Address to = addresses.createAddress("sip:" + user + "@" + Ports.LOOPBACK + ":" + peerPort);
        Address contact = addresses.createAddress("sip:test@" + Ports.LOOPBACK + ":" + port);
        Request invite = messages.createRequest(
                addresses.createURI("sip:" + user + "@" + Ports.LOOPBACK + ":" + peerPort + ";transport=" + transport),
                Request.INVITE,
                callId,
                headers.createCSeqHeader(1L, Request.INVITE),
                headers.createFromHeader(from, "f1"),
                headers.createToHeader(to, null),
                List.of(headers.createViaHeader(Ports.LOOPBACK, port, transport, null)),
                headers.createMaxForwardsHeader(70));
        invite.addHeader(headers.createContactHeader(contact));
        provider.getNewClientTransaction(invite).sendRequest();
        Response response = finals.poll(60, TimeUnit.SECONDS);
        if (response == null) {
            throw new IllegalStateException("no final response to a call to " + user + " over " + transport);
        }
        return new Call(response.getStatusCode(), callId.getCallId());
    }

    @Override
    public void processResponse(ResponseEvent event) {
        try {
            Response response = event.getResponse();
            CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
            if (response.getStatusCode() < 200 || !cseq.getMethod().equals(Request.INVITE)) {
                return;
            }
            if (response.getStatusCode() < 300) {
                Dialog dialog = event.getDialog();
                dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
                ClientTransaction bye = ((SipProvider) event.getSource())
                        .getNewClientTransaction(dialog.createRequest(Request.BYE));
                dialog.sendRequest(bye);
            }
            finals.add(response);
        } catch (Exception e) {
            throw new IllegalStateException("cannot go on with a call", e);
        }
    }

    @Override
    public void processRequest(RequestEvent event) {}
}
