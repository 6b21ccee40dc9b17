package io.sipcodes.jainsip;

import gov.nist.javax.sip.message.MessageFactoryExt;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.MultipartMimeContent;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ServerHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Makes responses that carry the phrase of IANA's registry, where JAIN-SIP would send {@code 422 Unknown Status},
 * {@code 421 Etension Required} or no phrase at all. Use it in place of the factory that
 * {@code SipFactory.createMessageFactory()} gives; it is a subclass of JAIN-SIP's own, for who casts to that.
 *
 * <p>The phrase of a response made here follows {@code setStatusCode}, unless the application has set one of its own;
 * line breaks and other control characters in a phrase, in the text of a Reason and in a Warning become blanks, so that
 * nothing can put a header of its own on the wire. A response parsed from text keeps its phrase. Exceptions are those of
 * the stock factory.
 *
 * <p>Safe for use by any number of threads, if the factory it decorates is.
 */
public class EnrichingMessageFactory extends MessageFactoryImpl {

    private final MessageFactory delegate;
    private final ResponseEnrichment enrichment;

    /** In place of JAIN-SIP's own factory. */
    public EnrichingMessageFactory() {
        this(ResponseEnrichment.none());
    }

    /**
     * In place of JAIN-SIP's own factory.
     *
     * @param enrichment what to add to responses
     */
    public EnrichingMessageFactory(ResponseEnrichment enrichment) {
        this(new MessageFactoryImpl(), enrichment);
    }

    /**
     * Around a factory of the application's own.
     *
     * @param delegate makes all messages
     * @param enrichment what to add to responses
     */
    public EnrichingMessageFactory(MessageFactory delegate, ResponseEnrichment enrichment) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.enrichment = Objects.requireNonNull(enrichment, "enrichment");
    }

    private Response finish(Response response, Request request) throws ParseException {
        if (response == null) {
            return null;
        }
        Response repaired = repaired(response);
        repaired.setReasonPhrase(RepairedResponse.phrase(response.getStatusCode()));
        enrichment.apply(repaired, request);
        return repaired;
    }

    // A class of the delegate's own stays: whoever made it may look for it again.
    private static Response repaired(Response response) throws ParseException {
        return response != null && response.getClass() == SIPResponse.class
                ? RepairedResponse.of((SIPResponse) response)
                : response;
    }

    @Override
    public Response createResponse(int statusCode, Request request) throws ParseException {
        return finish(delegate.createResponse(statusCode, request), request);
    }

    @Override
    public Response createResponse(int statusCode, Request request, ContentTypeHeader contentType, Object content)
            throws ParseException {
        return finish(delegate.createResponse(statusCode, request, contentType, content), request);
    }

    @Override
    public Response createResponse(int statusCode, Request request, ContentTypeHeader contentType, byte[] content)
            throws ParseException {
        return finish(delegate.createResponse(statusCode, request, contentType, content), request);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Response createResponse(
            int statusCode,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards)
            throws ParseException {
        return finish(delegate.createResponse(statusCode, callId, cSeq, from, to, via, maxForwards), null);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Response createResponse(
            int statusCode,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            ContentTypeHeader contentType,
            Object content)
            throws ParseException {
        return finish(
                delegate.createResponse(statusCode, callId, cSeq, from, to, via, maxForwards, contentType, content),
                null);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Response createResponse(
            int statusCode,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            ContentTypeHeader contentType,
            byte[] content)
            throws ParseException {
        return finish(
                delegate.createResponse(statusCode, callId, cSeq, from, to, via, maxForwards, contentType, content),
                null);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the superclass has it
    public Response createResponse(
            int statusCode,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            Object content,
            ContentTypeHeader contentType)
            throws ParseException {
        // The stock factory's two orders of arguments do not give the same headers.
        return delegate instanceof MessageFactoryImpl stock
                ? finish(
                        stock.createResponse(
                                statusCode, callId, cSeq, from, to, via, maxForwards, content, contentType),
                        null)
                : createResponse(statusCode, callId, cSeq, from, to, via, maxForwards, contentType, content);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the superclass has it
    public Response createResponse(
            int statusCode,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            byte[] content,
            ContentTypeHeader contentType)
            throws ParseException {
        // The stock factory's two orders of arguments do not give the same headers.
        return delegate instanceof MessageFactoryImpl stock
                ? finish(
                        stock.createResponse(
                                statusCode, callId, cSeq, from, to, via, maxForwards, content, contentType),
                        null)
                : createResponse(statusCode, callId, cSeq, from, to, via, maxForwards, contentType, content);
    }

    @Override
    public Response createResponse(String message) throws ParseException {
        return repaired(delegate.createResponse(message));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Request createRequest(
            URI requestURI,
            String method,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards)
            throws ParseException {
        return delegate.createRequest(requestURI, method, callId, cSeq, from, to, via, maxForwards);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Request createRequest(
            URI requestURI,
            String method,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            ContentTypeHeader contentType,
            Object content)
            throws ParseException {
        return delegate.createRequest(
                requestURI, method, callId, cSeq, from, to, via, maxForwards, contentType, content);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Request createRequest(
            URI requestURI,
            String method,
            CallIdHeader callId,
            CSeqHeader cSeq,
            FromHeader from,
            ToHeader to,
            List via,
            MaxForwardsHeader maxForwards,
            ContentTypeHeader contentType,
            byte[] content)
            throws ParseException {
        return delegate.createRequest(
                requestURI, method, callId, cSeq, from, to, via, maxForwards, contentType, content);
    }

    @Override
    public Request createRequest(String message) throws ParseException {
        return delegate.createRequest(message);
    }

    @Override
    public void setDefaultUserAgentHeader(UserAgentHeader userAgent) {
        if (delegate instanceof MessageFactoryExt extended) {
            extended.setDefaultUserAgentHeader(userAgent);
        }
    }

    @Override
    public void setDefaultServerHeader(ServerHeader server) {
        if (delegate instanceof MessageFactoryExt extended) {
            extended.setDefaultServerHeader(server);
        }
    }

    @Override
    public void setDefaultContentEncodingCharset(String charset) {
        if (delegate instanceof MessageFactoryExt extended) {
            extended.setDefaultContentEncodingCharset(charset);
        }
    }

    @Override
    public MultipartMimeContent createMultipartMimeContent(
            ContentTypeHeader multipartType, String[] types, String[] subtypes, String[] contents) {
        return delegate instanceof MessageFactoryExt extended
                ? extended.createMultipartMimeContent(multipartType, types, subtypes, contents)
                : super.createMultipartMimeContent(multipartType, types, subtypes, contents);
    }

    @Override
    public void setStrict(boolean strict) {
        if (delegate instanceof MessageFactoryImpl stock) {
            stock.setStrict(strict);
        }
    }

    @Override
    public void setTest(boolean test) {
        if (delegate instanceof MessageFactoryImpl stock) {
            stock.setTest(test);
        }
    }
}
