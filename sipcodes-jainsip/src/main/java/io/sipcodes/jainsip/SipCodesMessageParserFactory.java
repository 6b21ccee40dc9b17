package io.sipcodes.jainsip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParserFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.sipcodes.SipCode;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent.MessageRejected;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import javax.sip.SipStack;

/**
 * Tells of messages that a stack cannot read and throws away, most of them without a trace. The stack makes it by its
 * no-argument constructor, where it is named as {@value #PROPERTY}.
 *
 * <p>It parses nothing itself: that is left to the stack's own parser, or to the one of the factory that the application
 * named in its own properties. Two things it changes. The text of a parser's exception, which the stack copies with its
 * line feeds and object hashes into the status line of its automatic 400, becomes one clean phrase. And an error in a
 * parser, which would end the stack's thread, becomes the same exception that any unreadable message is.
 *
 * <p>Not seen: a message over the stack's size limit on TCP, whose connection the stack closes before it parses.
 */
public final class SipCodesMessageParserFactory implements MessageParserFactory {

    /** The stack's property that names the factory. */
    public static final String PROPERTY = "gov.nist.javax.sip.MESSAGE_PARSER_FACTORY";

    private static final int MAX_DETAIL = 512;

    private volatile MessageParserFactory delegate;

    /** For the stack. */
    public SipCodesMessageParserFactory() {}

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        MessageParserFactory factory = delegate;
        if (factory == null) {
            factory = applications(stack);
            delegate = factory;
        }
        return new Parser(factory.createMessageParser(stack), name(stack));
    }

    private static MessageParserFactory applications(SIPTransactionStack stack) {
        try {
            if (stack instanceof SipStackImpl stock) {
                String name = ApplicationLoggers.of(stock.getConfigurationProperties())
                        .parserFactory();
                if (name != null) {
                    return ApplicationLoggers.makeParserFactory(name);
                }
            }
        } catch (Throwable e) {
            StackLog.error(PROPERTY + ": the application's own factory cannot be made, the stack's is used", e);
        }
        return new StringMsgParserFactory();
    }

    private static String name(SIPTransactionStack stack) {
        String name = stack instanceof SipStack named ? named.getStackName() : null;
        return name == null ? "" : name;
    }

    private static final class Parser implements MessageParser {

        private final MessageParser delegate;
        private final String stack;

        Parser(MessageParser delegate, String stack) {
            this.delegate = delegate;
            this.stack = stack;
        }

        @Override
        public SIPMessage parseSIPMessage(
                byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener listener) throws ParseException {
            // The stack parses what it sent before, to send it again: with the body, and nobody to tell of errors. What
            // NIO receives has no listener either, but its body is read elsewhere.
            if (listener == null && readBody) {
                return delegate.parseSIPMessage(bytes, readBody, strict, null);
            }
            Listener told = listener == null ? null : new Listener(listener);
            SIPMessage message;
            try {
                message = delegate.parseSIPMessage(bytes, readBody, strict, told);
            } catch (ParseException e) {
                throw malformed(bytes, e, told);
            } catch (Throwable e) {
                throw broken(bytes, e);
            }
            check(message);
            return message;
        }

        private ParseException malformed(byte[] bytes, ParseException cause, Listener told) {
            String what = "Malformed message";
            try {
                if (told != null && told.part != null) {
                    what = "Malformed " + told.part;
                    reject(MessageRejected.Cause.MALFORMED, what + ": " + shown(told.text));
                } else {
                    reject(MessageRejected.Cause.MALFORMED, what + ": " + firstLine(bytes));
                }
            } catch (Throwable e) {
                Hub.instance().lost();
            }
            ParseException clean = new ParseException(what, cause.getErrorOffset());
            clean.initCause(cause);
            return clean;
        }

        private ParseException broken(byte[] bytes, Throwable cause) {
            try {
                reject(
                        MessageRejected.Cause.INTERNAL,
                        "The parser failed (" + cause.getClass().getName() + "): " + firstLine(bytes));
                StackLog.error("the parser failed", cause);
            } catch (Throwable e) {
                Hub.instance().lost();
            }
            ParseException clean = new ParseException("Unreadable message", 0);
            clean.initCause(cause);
            return clean;
        }

        // What the stack looks for when the parser is done, and drops if it does not find it.
        private void check(SIPMessage message) {
            try {
                if (message == null) {
                    return; // a keep-alive
                }
                String missing = missing(message);
                if (missing != null) {
                    reject(MessageRejected.Cause.HEADER_MISSING, "No " + missing + ": " + firstLine(message));
                } else if (message instanceof SIPResponse response) {
                    if (SipCode.find(response.getStatusCode()).isEmpty()) {
                        reject(MessageRejected.Cause.NO_SIP_CODE, "No SIP code: " + firstLine(message));
                    }
                } else if (message instanceof SIPRequest request && !isCSeqOf(request)) {
                    reject(
                            MessageRejected.Cause.MALFORMED,
                            "CSeq is for " + shown(request.getCSeqHeader().getMethod()) + ": " + firstLine(message));
                }
            } catch (Throwable e) {
                Hub.instance().lost();
            }
        }

        private static String missing(SIPMessage message) {
            if (message.getTopmostViaHeader() == null) {
                return "Via";
            }
            if (message.getFromHeader() == null) {
                return "From";
            }
            if (message.getToHeader() == null) {
                return "To";
            }
            if (message.getCallIdHeader() == null) {
                return "Call-ID";
            }
            return message.getCSeqHeader() == null ? "CSeq" : null;
        }

        private static boolean isCSeqOf(SIPRequest request) {
            String method = request.getMethod();
            return method == null
                    || method.equalsIgnoreCase(request.getCSeqHeader().getMethod());
        }

        private void reject(MessageRejected.Cause cause, String detail) {
            Hub.instance().put(new MessageRejected(stack, SipDirection.RECEIVED, cause, detail, Clock.nanos()));
        }

        private static String firstLine(SIPMessage message) {
            String line = message.getFirstLine();
            return line == null ? "" : shown(line.strip());
        }

        private static String firstLine(byte[] bytes) {
            int start = 0;
            while (start < bytes.length && bytes[start] <= ' ' && bytes[start] >= 0) {
                start++;
            }
            int end = start;
            while (end < bytes.length && end - start < MAX_DETAIL && bytes[end] != '\r' && bytes[end] != '\n') {
                end++;
            }
            return shown(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
    }

    // What is broken may hold what is secret; it is cut first, so that nobody can make this take long.
    static String shown(String text) {
        return text == null ? "" : SipTraffic.redaction().line(text.substring(0, Math.min(text.length(), MAX_DETAIL)));
    }

    /** Notes which part of the message the stack will not do without. */
    private static final class Listener implements ParseExceptionListener {

        private final ParseExceptionListener delegate;
        private String part;
        private String text;

        Listener(ParseExceptionListener delegate) {
            this.delegate = delegate;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public void handleException(
                ParseException cause, SIPMessage message, Class headerClass, String headerText, String messageText)
                throws ParseException {
            try {
                delegate.handleException(cause, message, headerClass, headerText, messageText);
            } catch (ParseException e) {
                part = part(headerClass);
                text = headerText;
                throw e;
            }
        }

        private static String part(Class<?> headerClass) {
            return switch (headerClass == null ? "" : headerClass.getSimpleName()) {
                case "RequestLine" -> "Request-Line";
                case "StatusLine" -> "Status-Line";
                case "CallID" -> "Call-ID header field";
                case "ContentLength" -> "Content-Length header field";
                case "" -> "message";
                default -> headerClass.getSimpleName() + " header field";
            };
        }
    }
}
