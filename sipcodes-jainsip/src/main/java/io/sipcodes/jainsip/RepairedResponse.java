package io.sipcodes.jainsip;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPDuplicateHeaderException;
import gov.nist.javax.sip.message.SIPResponse;
import io.sipcodes.SipCode;
import java.text.ParseException;
import java.util.Iterator;
import java.util.ListIterator;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ReasonHeader;
import javax.sip.header.WarningHeader;

/**
 * A response of the stack whose phrase follows its code, and whose texts cannot start a line of their own. The stack casts
 * what it is given to its own class, so this is a subclass and no wrapper; its status line is a final class, so the
 * methods of the response are the place.
 */
final class RepairedResponse extends SIPResponse {

    private static final long serialVersionUID = 1L;

    private RepairedResponse() {}

    /** Moves all that a fresh response holds; the original is not to be used any more. */
    static RepairedResponse of(SIPResponse original) throws ParseException {
        RepairedResponse response = new RepairedResponse();
        response.setStatusLine(original.getStatusLine());
        Iterator<SIPHeader> headers = original.getHeaders();
        while (headers.hasNext()) {
            try {
                response.attachHeader(headers.next(), true);
            } catch (SIPDuplicateHeaderException e) {
                throw new IllegalStateException("a header that replaces cannot be a duplicate", e);
            }
        }
        ListIterator<String> unrecognized = original.getUnrecognizedHeaders();
        while (unrecognized.hasNext()) {
            response.addUnparsed(unrecognized.next());
        }
        Object content = original.getContent();
        if (content != null && original.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type) {
            response.setContent(content, type);
        }
        response.setApplicationData(original.getApplicationData());
        return response;
    }

    /** The phrase for a code: the registry's, or where there is none, the name of the code's class. */
    static String phrase(int code) {
        return SipCode.find(code).map(SipCode::phrase).orElse("");
    }

    @Override
    public void setStatusCode(int statusCode) throws ParseException {
        int before = statusLine == null ? 0 : getStatusCode();
        super.setStatusCode(statusCode);
        if (before != statusCode && isDefault(getReasonPhrase(), before)) {
            super.setReasonPhrase(phrase(statusCode));
        }
    }

    private static boolean isDefault(String phrase, int code) {
        return phrase == null
                || phrase.isEmpty()
                || phrase.equals(phrase(code))
                || phrase.equals(SIPResponse.getReasonPhrase(code));
    }

    @Override
    public void setReasonPhrase(String reasonPhrase) {
        super.setReasonPhrase(oneLine(reasonPhrase));
    }

    // Headers are added after this was made, and can be changed until it is sent.
    private void repairTexts() {
        try {
            if (hasHeader(ReasonHeader.NAME)) {
                ListIterator<SIPHeader> reasons = getHeaders(ReasonHeader.NAME);
                while (reasons.hasNext()) {
                    if (reasons.next() instanceof ReasonHeader reason && !isOneLine(reason.getText())) {
                        reason.setText(oneLine(reason.getText()));
                    }
                }
            }
            if (hasHeader(WarningHeader.NAME)) {
                ListIterator<SIPHeader> warnings = getHeaders(WarningHeader.NAME);
                while (warnings.hasNext()) {
                    if (warnings.next() instanceof WarningHeader warning) {
                        if (!isOneLine(warning.getText())) {
                            warning.setText(oneLine(warning.getText()));
                        }
                        if (!isOneLine(warning.getAgent())) {
                            warning.setAgent(oneLine(warning.getAgent()));
                        }
                    }
                }
            }
        } catch (ParseException e) {
            throw new IllegalStateException("a text without control characters was refused", e);
        }
    }

    @Override
    public byte[] encodeAsBytes(String transport) {
        repairTexts();
        return super.encodeAsBytes(transport);
    }

    @Override
    public String encode() {
        repairTexts();
        return super.encode();
    }

    /** The text with every control character and line separator replaced by a blank. */
    static String oneLine(String text) {
        if (isOneLine(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (breaksLine(out.charAt(i))) {
                out.setCharAt(i, ' ');
            }
        }
        return out.toString();
    }

    private static boolean isOneLine(String text) {
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                if (breaksLine(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
