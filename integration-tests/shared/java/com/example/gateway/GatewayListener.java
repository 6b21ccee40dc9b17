package com.example.gateway;

import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import org.springframework.stereotype.Component;

/** Answers a call with the number that is called. */
@Component
public class GatewayListener implements SipListener {

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        if (!request.getMethod().equals(Request.INVITE)) {
            return;
        }
        try {
            int code = Integer.parseInt(((SipURI) request.getRequestURI()).getUser());
            SIPResponse response = (SIPResponse)
                    SipFactory.getInstance().createMessageFactory().createResponse(code, request);
            response.setToTag("gateway");
            ((SipProvider) event.getSource()).getNewServerTransaction(request).sendResponse(response);
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
}
