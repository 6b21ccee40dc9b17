package io.sipcodes;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an RFC says of one header field in responses: that it must, should, may or must not be there, and when.
 *
 * @param anyOf the header field; where there are several, any one of them is enough
 * @param value what the field has to hold, as {@code 100rel} for an option tag or {@code ;tag} for a parameter; empty if
 *     it is only about the field being there
 * @param strength how strongly the RFC says it
 * @param methods the methods of the requests that it is about; empty for any
 * @param conditions all of them have to hold for the rule to count; empty if it always does
 * @param reference the RFC and section, as {@code RFC 3261 21.4.6}
 */
public record SipHeaderRule(
        List<String> anyOf,
        String value,
        Strength strength,
        Set<String> methods,
        Set<Condition> conditions,
        String reference) {

    /**
     * Copies the collections.
     *
     * @param anyOf the names of the fields of which one is meant
     * @param value what the field says, or empty
     * @param strength how strongly it is said
     * @param methods the methods it is for; empty for all
     * @param conditions what has to hold for the rule to count; empty if nothing
     * @param reference the RFC and section
     * @throws NullPointerException if a value is null
     */
    public SipHeaderRule {
        anyOf = List.copyOf(anyOf);
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(strength, "strength");
        methods = Set.copyOf(methods);
        conditions = Set.copyOf(conditions);
        Objects.requireNonNull(reference, "reference");
    }

    /** How strongly an RFC says something (RFC 2119). */
    public enum Strength {
        /** The field has to be there. */
        MUST,
        /** The field has to be there unless there is a good reason. */
        SHOULD,
        /** The field can be there. */
        MAY,
        /** The field had better not be there. */
        SHOULD_NOT,
        /** The field is not allowed to be there. */
        MUST_NOT;

        private final String id = Ids.of(this);

        /** {@return the name in lower case with hyphens, as texts and JSON use it} */
        public String id() {
            return id;
        }
    }

    /** When a rule counts: a closed set. */
    public enum Condition {
        /** The response has a body. */
        BODY(true),
        /** It goes over TCP or TLS. */
        STREAM_TRANSPORT(true),
        /** It goes over UDP, SCTP or WebSocket, which keep messages apart (RFC 7118 section 5). */
        NO_STREAM_TRANSPORT(true),
        /** It creates a dialog: the request's To has no tag, the response's To has one (RFC 3261 section 12.1). */
        DIALOG_CREATED(true),
        /** It is a provisional response that is sent reliably: it has RSeq or Require: 100rel (RFC 3262). */
        SENT_RELIABLY(true),
        /** The request has Record-Route. */
        REQUEST_HAD_RECORD_ROUTE(true),
        /** The request has Timestamp. */
        REQUEST_HAD_TIMESTAMP(true),
        /** The request has Path. */
        REQUEST_HAD_PATH(true),
        /** The request has Recv-Info. */
        REQUEST_HAD_RECV_INFO(true),
        /** The request has no Recv-Info. */
        REQUEST_LACKED_RECV_INFO(true),
        /** The request has Geolocation. */
        REQUEST_HAD_GEOLOCATION(true),
        /** The request lists outbound in Supported. */
        REQUEST_SUPPORTED_OUTBOUND(true),
        /** The request lists sec-agree in Supported, not in Require or Proxy-Require. */
        REQUEST_SUPPORTED_SEC_AGREE(true),
        /** The request carries an emergency alert (RFC 8876). */
        REQUEST_HAD_ALERT(false),
        /** The response's Session-Expires says refresher=uac (RFC 4028). */
        REFRESHER_UAC(true),
        /** The response's Require lists sec-agree. */
        REQUIRES_SEC_AGREE(true),
        /** The response's Security-Server offers digest. */
        DIGEST_OFFERED(true),
        /** The reason phrase is Network Blocked. */
        PHRASE_NETWORK_BLOCKED(true),
        /** At least one contact is registered. */
        CONTACTS_LEFT(false),
        /** An extension has to be understood to process the response. */
        EXTENSION_NEEDED(false),
        /** What stands in the way will pass. */
        TEMPORARY(false),
        /** The cause is sip where sips is needed, or the other way round. */
        SIPS_MISMATCH(false),
        /** The cause is that there is no human language in common. */
        NO_COMMON_LANGUAGE(false),
        /** It refuses a re-INVITE or UPDATE that came while an earlier one was still open. */
        OVERLAPPING_CHANGE(false),
        /** A proxy made the response. */
        MADE_BY_PROXY(false),
        /** There is no sign that the caller would misuse it. */
        NO_SIGN_OF_MALICE(false);

        private final String id = Ids.of(this);
        private final boolean checkable;

        Condition(boolean checkable) {
            this.checkable = checkable;
        }

        /** {@return the name in lower case with hyphens, as texts and JSON use it} */
        public String id() {
            return id;
        }

        /** {@return whether the request and the response show if it holds; of the others only their sender knows} */
        public boolean isCheckable() {
            return checkable;
        }
    }

    /** {@return the header field, or several with {@code or} between them} */
    public String header() {
        return String.join(" or ", anyOf);
    }

    /** {@return where to read the section; empty if it is in no RFC} */
    public String link() {
        return References.link(reference);
    }

    /**
     * {@return whether the rule is about a response to a request with this method}
     *
     * @param method a method in capitals; empty if not known
     */
    public boolean isFor(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    /** {@return whether the two messages of a transaction show if the rule counts, so that software can check it} */
    public boolean isCheckable() {
        for (Condition condition : conditions) {
            if (!condition.isCheckable()) {
                return false;
            }
        }
        return true;
    }
}
