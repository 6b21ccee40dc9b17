package io.sipcodes.jainsip;

import gov.nist.core.GenericObject;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.CallIdentifier;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.MessageExt;
import io.sipcodes.SipDirection;
import io.sipcodes.SipMessage;
import io.sipcodes.SipReason;
import io.sipcodes.SipWarning;
import io.sipcodes.jainsip.ResponseConformance.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.function.Function;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.header.RSeqHeader;
import javax.sip.header.ReasonHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.header.WarningHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Reads JAIN-SIP messages into the kit's own {@link SipMessage}. Never changes the message; safe for any thread. */
public final class SipMessages {

    private static final int FIRST_FAILURE_OR_REDIRECTION = 300;
    private static final int MOST_URIS = 80;

    private SipMessages() {}

    /**
     * Reads a request or response.
     *
     * @param message a message of JAIN-SIP's own making
     * @param direction which way it goes, seen from our stack
     * @return the message as the kit knows it, with the present time and {@linkplain SipTraffic#traceWith trace};
     *     parts that are missing in the message are empty, as are the addresses in From and To of a response and an
     *     ACK, which are those of the request they belong to
     */
    public static SipMessage read(Message message, SipDirection direction) {
        return read(message, direction, "", "", Clock.nanos());
    }

    static SipMessage read(Message message, SipDirection direction, String stack, String peer, long timestampNanos) {
        Objects.requireNonNull(message, "message");
        long fields = message instanceof Request ? Fields.of(message) : 0;
        return read(message, fields, direction, stack, peer, timestampNanos);
    }

    /**
     * Reads a message.
     *
     * @param fields those that a request has; of a response nothing
     */
    static SipMessage read(
            Message message, long fields, SipDirection direction, String stack, String peer, long timestampNanos) {
        SipMessage.Builder out;
        CSeqHeader cseq = cseq(message);
        if (message instanceof Response response) {
            out = SipMessage.response(response.getStatusCode(), orEmpty(response.getReasonPhrase()));
            readResponse(response, out);
            if (cseq != null) {
                out.method(method(cseq.getMethod()));
            }
        } else {
            Request request = (Request) message;
            out = SipMessage.request(method(request.getMethod()));
            readAddresses(request, out);
            // Not of the field alone: one that the stack could not parse is as good as none.
            if ((fields & Fields.CREDENTIALS) != 0) {
                out.hasCredentials(message.getHeader(AuthorizationHeader.NAME) != null
                        || message.getHeader(ProxyAuthorizationHeader.NAME) != null);
            }
            if ((fields & Fields.REASON) != 0) {
                readReasons(message, out);
            }
        }
        if (cseq != null) {
            out.cseq(cseq.getSeqNumber());
            if (Request.REGISTER.equals(cseq.getMethod())) {
                out.expiresSeconds(expires(message));
            }
        }
        readCommon(message, out);
        return out.direction(direction)
                .stack(stack)
                .peer(peer)
                .timestampNanos(timestampNanos)
                .trace(SipTraffic.currentTrace())
                .build();
    }

    private static void readResponse(Response response, SipMessage.Builder out) {
        int code = response.getStatusCode();
        if (code < FIRST_FAILURE_OR_REDIRECTION) {
            return;
        }
        readReasons(response, out);
        if (response.getHeader(WarningHeader.NAME) != null) {
            out.warnings(values(response, WarningHeader.NAME, SipWarning::parse));
        }
        if (response.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader retryAfter) {
            out.retryAfterSeconds(retryAfter.getRetryAfter());
        }
        if (code == Response.UNAUTHORIZED
                && response.getHeader(WWWAuthenticateHeader.NAME) instanceof WWWAuthenticateHeader challenge) {
            out.staleChallenge(challenge.isStale());
        }
        if (code == Response.PROXY_AUTHENTICATION_REQUIRED
                && response.getHeader(ProxyAuthenticateHeader.NAME) instanceof ProxyAuthenticateHeader challenge) {
            out.staleChallenge(challenge.isStale());
        }
    }

    private static void readAddresses(Request request, SipMessage.Builder out) {
        StringBuilder space = new StringBuilder(MOST_URIS);
        out.requestUri(text(request.getRequestURI(), space));
        // Writing a URI out costs more than all the rest.
        if (!Request.ACK.equals(request.getMethod())) {
            out.fromUri(uri(from(request), space));
            out.toUri(uri(to(request), space));
        }
    }

    private static void readReasons(Message message, SipMessage.Builder out) {
        if (message.getHeader(ReasonHeader.NAME) != null) {
            out.reasons(values(message, ReasonHeader.NAME, SipReason::parse));
        }
    }

    private static void readCommon(Message message, SipMessage.Builder out) {
        CallIdHeader callId = callIdHeader(message);
        FromHeader from = from(message);
        ToHeader to = to(message);
        ViaHeader via = topVia(message);
        if (callId != null) {
            out.callId(callId(callId));
        }
        if (from != null) {
            out.fromTag(orEmpty(from.getTag()));
        }
        if (to != null) {
            out.toTag(orEmpty(to.getTag()));
        }
        if (via != null) {
            out.branch(orEmpty(via.getBranch()));
            out.transport(orEmpty(via.getTransport()));
        }
    }

    // What every message has is at hand in the stack's own, and need not be looked up by name.

    static CSeqHeader cseq(Message message) {
        return message instanceof MessageExt fast
                ? fast.getCSeqHeader()
                : (CSeqHeader) message.getHeader(CSeqHeader.NAME);
    }

    static boolean hasToTag(Message message) {
        ToHeader to = to(message);
        return to != null && !orEmpty(to.getTag()).isEmpty();
    }

    /**
     * {@return the number of a provisional response that is sent reliably (RFC 3262 section 7.1), 32 bits without a sign;
     * 0 of any other response}
     */
    static int rseq(Response response) {
        int code = response.getStatusCode();
        return code > Response.TRYING
                        && code < Response.OK
                        && response.getHeader(RSeqHeader.NAME) instanceof RSeqHeader rseq
                ? rseq.getSequenceNumber()
                : 0;
    }

    private static ToHeader to(Message message) {
        return message instanceof MessageExt fast ? fast.getToHeader() : (ToHeader) message.getHeader(ToHeader.NAME);
    }

    static ViaHeader topVia(Message message) {
        return message instanceof MessageExt fast
                ? fast.getTopmostViaHeader()
                : (ViaHeader) message.getHeader(ViaHeader.NAME);
    }

    private static FromHeader from(Message message) {
        return message instanceof MessageExt fast
                ? fast.getFromHeader()
                : (FromHeader) message.getHeader(FromHeader.NAME);
    }

    private static CallIdHeader callIdHeader(Message message) {
        return message instanceof MessageExt fast
                ? fast.getCallIdHeader()
                : (CallIdHeader) message.getHeader(CallIdHeader.NAME);
    }

    private static int expires(Message message) {
        if (message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact && contact.getExpires() >= 0) {
            return contact.getExpires();
        }
        return message.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader expires ? expires.getExpires() : -1;
    }

    private static <T> List<T> values(Message message, String name, Function<String, List<T>> parser) {
        List<T> values = new ArrayList<>(2);
        ListIterator<?> headers = message.getHeaders(name);
        while (headers.hasNext() && values.size() < 8) {
            if (headers.next() instanceof Header header && header instanceof SIPHeader value) {
                values.addAll(parser.apply(value.getHeaderValue()));
            }
        }
        return values;
    }

    private static String uri(HeaderAddress header, StringBuilder space) {
        Address address = header == null ? null : header.getAddress();
        return address == null ? "" : text(address.getURI(), space);
    }

    // With room for what most are, since one made by toString() grows twice on its way.
    private static String text(URI uri, StringBuilder space) {
        if (uri instanceof GenericObject known) {
            space.setLength(0);
            return known.encode(space).toString();
        }
        return String.valueOf(uri);
    }

    private static String callId(CallIdHeader header) {
        if (header instanceof CallID known && known.getCallIdentifer() != null) {
            CallIdentifier id = known.getCallIdentifer();
            return id.getHost() == null ? orEmpty(id.getLocalId()) : id.getLocalId() + "@" + id.getHost();
        }
        return orEmpty(header.getCallId());
    }

    // The parser makes each anew, and the tracker keeps them for half a minute.
    private static String method(String method) {
        if (method == null) {
            return "";
        }
        return switch (method) {
            case Request.INVITE -> Request.INVITE;
            case Request.ACK -> Request.ACK;
            case Request.BYE -> Request.BYE;
            case Request.CANCEL -> Request.CANCEL;
            case Request.REGISTER -> Request.REGISTER;
            case Request.OPTIONS -> Request.OPTIONS;
            case Request.SUBSCRIBE -> Request.SUBSCRIBE;
            case Request.NOTIFY -> Request.NOTIFY;
            case Request.MESSAGE -> Request.MESSAGE;
            default -> method;
        };
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
