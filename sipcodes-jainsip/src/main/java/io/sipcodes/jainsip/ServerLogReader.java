package io.sipcodes.jainsip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.sipcodes.SipDirection;
import io.sipcodes.SipEvent;
import io.sipcodes.SipMessage;
import io.sipcodes.WireText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the file that JAIN-SIP writes as its server log ({@code gov.nist.javax.sip.SERVER_LOG}, from
 * {@code TRACE_LEVEL} 16 on) into the events that live traffic gives. What a message tells of time comes from the file,
 * so timeouts come out as they did then; what was still open when the file ends stays open.
 *
 * <p>A file may be of any size; one entry is held at a time. An entry that is broken, cut off or too long is reported with
 * its line, and reading goes on behind it. Where bodies were logged ({@code LOG_MESSAGE_CONTENT}), whoever sent one can have
 * put entries of his own into it: the writer escapes nothing, and a body in another character set is not as long in the file
 * as it says. So what is read is no proof. For one thread.
 */
public final class ServerLogReader {

    /**
     * What could not be read.
     *
     * @param line the number of its line in the file, from 1 on
     * @param what what it is, in English, cleaned and at most 200 characters long; what it quotes of the message is
     *     redacted as {@link SipTraffic#redactWith} says
     */
    public record Problem(long line, String what) {

        /**
         * Cleans and bounds the text.
         *
         * @param line the number of its line
         * @param what what it is
         */
        public Problem {
            what = WireText.clean(what, MAX_SHOWN);
        }
    }

    private static final int MAX_SHOWN = 200;
    private static final int MAX_LINE = 1 << 18;
    private static final int MAX_ENTRY = 1 << 20;
    private static final int MAX_ATTRIBUTES = 64;

    private static final String ENTRY = "<message";
    private static final String CONTENT = "<![CDATA[";
    private static final String CONTENT_END = "]]>";
    private static final String ENTRY_END = "</message>";

    /** Below T1, before which no retransmission comes. */
    private static final long SAME_MILLIS = 400;

    private static final int MAX_RECENT = 1024;

    /** How often the characters of a file are read again at most, on average, where entries do not end. */
    private static final int MAX_AGAIN = 8;

    private final Lines lines;
    private final Consumer<? super Problem> problems;
    private final CallTracker tracker;
    private final StringMsgParser parser = new StringMsgParser();
    private final Map<Written, Long> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Written, Long> eldest) {
            return size() > MAX_RECENT;
        }
    };

    private String stack = "";
    // Whether LOG_MESSAGE_CONTENT was on, as far as the entries so far tell.
    private boolean bodiesSeen;
    private boolean bodiesLeftOut;

    private ServerLogReader(InputStream in, Consumer<? super SipEvent> events, Consumer<? super Problem> problems) {
        this.lines = new Lines(in);
        this.problems = problems;
        this.tracker = new CallTracker(events);
    }

    /**
     * Reads a file.
     *
     * @param file a server log as the stack wrote it
     * @param events is called with each event, in the order of the file
     * @param problems is called with each entry that could not be read
     * @throws IOException if the file cannot be read
     */
    public static void read(Path file, Consumer<? super SipEvent> events, Consumer<? super Problem> problems)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            read(in, events, problems);
        }
    }

    /**
     * Reads a stream to its end; does not close it. See {@link #read(Path, Consumer, Consumer)}.
     *
     * @param in a server log as the stack wrote it; not closed here
     * @param events is called with each event, in the order of the file
     * @param problems is called with each entry that could not be read
     * @throws IOException if the stream cannot be read
     */
    public static void read(InputStream in, Consumer<? super SipEvent> events, Consumer<? super Problem> problems)
            throws IOException {
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(problems, "problems");
        new ServerLogReader(in, events, problems).readAll();
    }

    private void readAll() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            String text = line.strip();
            if (text.startsWith(ENTRY) && (text.length() == ENTRY.length() || text.charAt(ENTRY.length()) <= ' ')) {
                entry(lines.number());
            } else if (text.startsWith("name=\"")) {
                stack = value(text);
            }
        }
    }

    // ---- one entry

    private void entry(long number) throws IOException {
        Map<String, String> attributes = new HashMap<>();
        String first = attributes(attributes);
        if (first == null) {
            problems.accept(new Problem(number, "entry without content"));
            return;
        }
        String content = content(first);
        if (content == null) {
            problems.accept(new Problem(number, "entry without end"));
            return;
        }
        try {
            take(attributes, content);
        } catch (ParseException | IllegalArgumentException e) {
            problems.accept(new Problem(number, SipCodesMessageParserFactory.shown(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            problems.accept(new Problem(number, SipCodesMessageParserFactory.shown("unreadable message: " + e)));
        }
    }

    /** Reads the attributes, each on a line of its own; gives the content's first line, or null if there is none. */
    private String attributes(Map<String, String> attributes) throws IOException {
        for (int i = 0; i < MAX_ATTRIBUTES; i++) {
            String line = lines.next();
            if (line == null) {
                return null;
            }
            String text = line.strip();
            if (text.startsWith(CONTENT)) {
                return line.substring(line.indexOf(CONTENT) + CONTENT.length());
            }
            if (text.startsWith(ENTRY)) {
                lines.back(line);
                return null;
            }
            int equals = text.indexOf("=\"");
            if (equals > 0) {
                attributes.put(text.substring(0, equals), value(text));
            }
        }
        return null;
    }

    /** What stands between the first quote of a line and its last: the writer does not escape quotes. */
    private static String value(String text) {
        int start = text.indexOf('"') + 1;
        int end = text.lastIndexOf('"');
        return end > start ? text.substring(start, end) : "";
    }

    /**
     * Reads the content up to its end mark, which the writer does not escape either: whoever sends a body can put one
     * there, with entries of his own behind it. So the length that the message gives for its body counts for more, unless
     * bodies are left out of this log, which shows where nothing ends at that length.
     */
    private String content(String first) throws IOException {
        StringBuilder content = new StringBuilder(1024);
        List<String> read = new ArrayList<>();
        int headEnd = -1;
        int wanted = 0;
        int nested = -1;
        int end = -1;
        int endLine = 0;
        for (String line = first; line != null; line = content.length() < MAX_ENTRY ? lines.next() : null) {
            int start = content.length();
            content.append(line);
            read.add(line);
            String text = line.strip();
            if (headEnd < 0 && text.isEmpty() && start > 0) {
                headEnd = content.length();
                wanted = headEnd + bodyLength(content);
            } else if (text.equals(ENTRY) && start > 0) {
                nested = nested < 0 ? read.size() - 1 : nested;
                if (headEnd < 0) {
                    break; // no header begins so
                }
            } else if (text.equals(ENTRY_END)) {
                int mark = endMark(content, start);
                boolean whole = mark >= wanted || mark >= 0 && mark == headEnd && bodiesLeftOut;
                if (whole || mark >= 0 && end < 0) {
                    end = mark;
                    endLine = read.size();
                }
                if (whole) {
                    break;
                }
            }
            if (end >= 0 && content.length() > wanted + ENTRY_END.length() + 8) {
                break;
            }
        }
        boolean byLength = headEnd >= 0 && end >= wanted && end - wanted <= 2;
        if (end < 0 || nested >= 0 && nested < endLine && !byLength) {
            giveBack(read, nested < 0 ? read.size() : nested);
            return null;
        }
        giveBack(read, endLine);
        bodiesSeen |= headEnd >= 0 && end > headEnd;
        bodiesLeftOut = !bodiesSeen && (bodiesLeftOut || end == headEnd && end < wanted);
        return content.substring(0, end);
    }

    private void giveBack(List<String> read, int from) {
        long length = 0;
        for (int i = from; i < read.size(); i++) {
            length += read.get(i).length();
        }
        if (length > lines.mayComeAgain()) {
            problems.accept(new Problem(lines.number(), "too many entries without end: left out up to here"));
            return;
        }
        for (int i = read.size() - 1; i >= from; i--) {
            lines.back(read.get(i));
        }
    }

    /** Where the end mark stands before the line that starts here, with nothing but blanks between; or -1. */
    private static int endMark(StringBuilder content, int start) {
        int i = start;
        while (i > 0 && content.charAt(i - 1) <= ' ') {
            i--;
        }
        int mark = i - CONTENT_END.length();
        return mark >= 0 && content.substring(mark, i).equals(CONTENT_END) ? mark : -1;
    }

    /** What the headers give as the length of the body; 0 if they do not. */
    private static int bodyLength(StringBuilder head) {
        for (String line : head.toString().split("\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l")) {
                String digits = line.substring(colon + 1).strip();
                return digits.matches("[0-9]{1,7}") ? Integer.parseInt(digits) : 0;
            }
        }
        return 0;
    }

    // ---- one message

    private void take(Map<String, String> attributes, String content) throws ParseException {
        String time = attributes.getOrDefault("time", "");
        // In nanoseconds, later times than these would be too large.
        if (!time.matches("[0-9]{1,12}|[0-8][0-9]{12}")) {
            throw new IllegalArgumentException("time: " + time + " (expected: milliseconds since 1970)");
        }
        String sender = attributes.getOrDefault("isSender", "");
        if (!sender.equals("true") && !sender.equals("false")) {
            throw new IllegalArgumentException("isSender: " + sender + " (expected: true or false)");
        }
        SIPMessage message = parse(content);
        if (message == null) {
            return;
        }
        long millis = Long.parseLong(time);
        boolean sent = sender.equals("true");
        Seen seen = Seen.checked(
                message,
                sent ? SipDirection.SENT : SipDirection.RECEIVED,
                stack,
                attributes.getOrDefault(sent ? "to" : "from", ""),
                TimeUnit.MILLISECONDS.toNanos(millis));
        SipMessage read = seen.message();
        if (!sent && read.isResponse() && read.transport().equalsIgnoreCase("UDP") && isSecond(seen, content, millis)) {
            return;
        }
        tracker.accept(seen);
    }

    private SIPMessage parse(String content) throws ParseException {
        // The body is not looked at: it may have been left out.
        int end = content.indexOf("\r\n\r\n");
        String head = (end < 0 ? content.stripTrailing() : content.substring(0, end)) + "\r\n\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        SIPMessage message = parser.parseSIPMessage(bytes, false, false, null);
        if (message != null && message.getCSeqHeader() == null) {
            throw new ParseException(
                    "message without CSeq: " + head.lines().findFirst().orElse(""), 0);
        }
        return message;
    }

    // On UDP the stack writes a response that it receives twice; a retransmission comes later, and is written twice
    // too.
    private boolean isSecond(Seen seen, String content, long millis) {
        Written written = new Written(
                seen.fingerprints().ofResponse(seen.message().rawCode()), content.length(), content.hashCode());
        Long before = recent.remove(written);
        if (before != null && millis - before < SAME_MILLIS) {
            return true;
        }
        recent.put(written, millis);
        return false;
    }

    /** What stands for a response and its text. */
    private record Written(long response, int length, int hash) {}

    // ---- lines

    /** Lines with their ends, byte by byte as characters, so that the lengths of bodies can be counted. */
    private static final class Lines {

        private final InputStream in;
        private final Deque<String> back = new ArrayDeque<>();
        private long number;
        private long mayComeAgain = (long) MAX_AGAIN * MAX_ENTRY;

        Lines(InputStream in) {
            this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16);
        }

        String next() throws IOException {
            if (!back.isEmpty()) {
                number++;
                return back.removeLast();
            }
            StringBuilder line = new StringBuilder(128);
            int c = in.read();
            while (c >= 0) {
                line.append((char) c);
                if (c == '\n' || line.length() >= MAX_LINE) {
                    break;
                }
                c = in.read();
            }
            if (line.isEmpty()) {
                return null;
            }
            number++;
            mayComeAgain += (long) MAX_AGAIN * line.length();
            return line.toString();
        }

        /** Gives back the line that was read last. */
        void back(String line) {
            back.addLast(line);
            number--;
            mayComeAgain -= line.length();
        }

        /** How many characters may be given back, so that all is read in a time that is in proportion to the file. */
        long mayComeAgain() {
            return mayComeAgain;
        }

        long number() {
            return number;
        }
    }
}
