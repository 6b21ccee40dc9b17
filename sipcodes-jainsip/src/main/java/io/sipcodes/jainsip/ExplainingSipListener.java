package io.sipcodes.jainsip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipDirection;
import java.text.ParseException;
import java.util.EventObject;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.Timeout;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionState;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Stands before an application's listener and explains what passes: every response, every transaction that timed out and
 * every failure to send. The application's listener gets the same events, on the same thread and in the same order, and
 * what it throws goes to the stack. Nothing is answered unless {@linkplain #answerFailures asked for}.
 *
 * <p>Explanations are handed over on a thread of their own, in the order of the events. A consumer that throws is called
 * again; while one does not return, up to {@value #CAPACITY} explanations wait and more are dropped, which is said in the
 * log once a minute.
 *
 * <p>For those who prefer code to {@link SipAttachment}, which also sees what a listener does not: what was sent, what the
 * stack answered by itself, retransmissions, and what came before. Safe for use by any number of threads.
 */
public class ExplainingSipListener implements SipListener {

    static final int CAPACITY = 1024;

    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final MessageFactory FAILURES =
            new EnrichingMessageFactory(ResponseEnrichment.builder().toTag().build());

    private final SipListener delegate;
    private final BiConsumer<? super EventObject, ? super SipDiagnosis> consumer;
    private final LongAdder dropped = new LongAdder();
    private final ThreadPoolExecutor worker;
    private volatile boolean answersFailures;

    // Of the worker's thread only.
    private long droppedTold;
    private long nextReport;

    private ExplainingSipListener(
            SipListener delegate, BiConsumer<? super EventObject, ? super SipDiagnosis> consumer) {
        this.delegate = delegate;
        this.consumer = consumer;
        worker = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                task -> {
                    Thread thread = new Thread(task, "sipcodes-explanations");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, executor) -> dropped.increment());
        // Nobody closes a listener: the thread ends by itself.
        worker.allowCoreThreadTimeOut(true);
    }

    /**
     * Puts an explaining listener before another one.
     *
     * @param delegate the application's listener; if it is a {@code SipListenerExt}, so is what is returned, since the
     *     stack treats dialogs that time out by it
     * @param consumer is called with a {@link ResponseEvent}, {@link TimeoutEvent} or {@link IOExceptionEvent} and what it
     *     means
     * @return what to give to {@code SipProvider.addSipListener}
     */
    public static ExplainingSipListener around(
            SipListener delegate, BiConsumer<? super EventObject, ? super SipDiagnosis> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return delegate instanceof SipListenerExt extended
                ? new Extended(extended, consumer)
                : new ExplainingSipListener(Objects.requireNonNull(delegate, "delegate"), consumer);
    }

    /**
     * From now on answers 500 to a request if the application's listener throws and has not answered it itself: JAIN-SIP
     * only logs the exception, and the caller of an INVITE would hear 100 and then nothing. The exception goes to the
     * stack all the same. Off unless called.
     *
     * @return this
     */
    public ExplainingSipListener answerFailures() {
        answersFailures = true;
        return this;
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            delegate.processRequest(event);
        } catch (Throwable e) {
            if (answersFailures) {
                answerFailure(event);
            }
            throw e;
        }
    }

    private static void answerFailure(RequestEvent event) {
        try {
            Request request = event.getRequest();
            if (request.getMethod().equals(Request.ACK)) {
                return;
            }
            ServerTransaction transaction = transaction(event);
            if (!isAnswered(transaction)) {
                Response response = FAILURES.createResponse(Response.SERVER_INTERNAL_ERROR, request);
                keepToTag(transaction.getDialog(), response);
                transaction.sendResponse(response);
            }
        } catch (Throwable e) {
            StackLog.failed("a request that the listener failed at cannot be answered", e);
        }
    }

    // RFC 3261 section 8.2.6.2: all responses to a request have the same tag, and the listener may have sent a 180.
    private static void keepToTag(Dialog dialog, Response response) throws ParseException {
        if (dialog != null && dialog.getLocalTag() != null) {
            ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(dialog.getLocalTag());
        }
    }

    // Outside of a dialog there is none yet, unless the listener made it before it failed.
    private static ServerTransaction transaction(RequestEvent event) throws SipException {
        if (event.getServerTransaction() != null) {
            return event.getServerTransaction();
        }
        try {
            return ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
        } catch (TransactionAlreadyExistsException e) {
            return (ServerTransaction) ((SIPRequest) event.getRequest()).getTransaction();
        }
    }

    private static boolean isAnswered(ServerTransaction transaction) {
        TransactionState state = transaction.getState();
        return state != null && state != TransactionState.TRYING && state != TransactionState.PROCEEDING;
    }

    @Override
    public void processResponse(ResponseEvent event) {
        explain(event, SipDiagnoses::of);
        delegate.processResponse(event);
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        // The other kind asks the application to send a 2xx again, and is the end of nothing.
        if (event.getTimeout() != Timeout.RETRANSMIT) {
            explain(event, SipDiagnoses::of);
        }
        delegate.processTimeout(event);
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        explain(event, SipDiagnoses::of);
        tellTraffic(event);
        delegate.processIOException(event);
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        delegate.processTransactionTerminated(event);
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        delegate.processDialogTerminated(event);
    }

    // No message shows that one could not be sent, and no other hook of the stack sees it.
    private static void tellTraffic(IOExceptionEvent event) {
        try {
            if (event.getSource() instanceof SIPClientTransaction transaction
                    && transaction.getSIPStack() instanceof SipStack stack) {
                Hub.instance()
                        .unsent(SipMessages.read(
                                transaction.getRequest(), SipDirection.SENT, stack.getStackName(), "", Clock.nanos()));
            }
        } catch (Throwable e) {
            StackLog.failed("a failure to send cannot be told", e);
        }
    }

    // Made before the application has the event, which may change what is in it.
    private <T extends EventObject> void explain(T event, Function<T, SipDiagnosis> explanation) {
        try {
            SipDiagnosis diagnosis = explanation.apply(event);
            worker.execute(() -> hand(event, diagnosis));
        } catch (Throwable e) {
            dropped.increment();
        }
    }

    private void hand(EventObject event, SipDiagnosis diagnosis) {
        try {
            consumer.accept(event, diagnosis);
        } catch (Throwable e) {
            report("a consumer of explanations failed: " + consumer.getClass().getName(), e);
        }
        long lost = dropped.sum();
        if (lost > droppedTold && report(lost - droppedTold + " explanations were dropped", null)) {
            droppedTold = lost;
        }
    }

    private boolean report(String what, Throwable cause) {
        long now = Clock.nanos();
        if (now < nextReport) {
            return false;
        }
        nextReport = now + REPORT_NANOS;
        StackLog.error(what + " (said once a minute)", cause);
        return true;
    }

    /** {@return how many explanations were dropped because the consumer did not keep up} */
    public long dropped() {
        return dropped.sum();
    }

    private static final class Extended extends ExplainingSipListener implements SipListenerExt {

        private final SipListenerExt delegate;

        private Extended(SipListenerExt delegate, BiConsumer<? super EventObject, ? super SipDiagnosis> consumer) {
            super(delegate, consumer);
            this.delegate = delegate;
        }

        @Override
        public void processDialogTimeout(DialogTimeoutEvent event) {
            delegate.processDialogTimeout(event);
        }
    }
}
