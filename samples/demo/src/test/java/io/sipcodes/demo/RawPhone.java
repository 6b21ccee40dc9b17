package io.sipcodes.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A phone that is no more than a socket, so that what it sees is what was on the wire. */
final class RawPhone implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static int calls;

    private final DatagramSocket socket;
    private final int exchange;
    private String callId = newCallId();
    private int cseq;

    RawPhone(int exchange) throws IOException {
        this.exchange = exchange;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static synchronized String newCallId() {
        return "call-" + ++calls + "@phone.example";
    }

    RawPhone withCallId(String other) {
        callId = other;
        return this;
    }

    String callId() {
        return callId;
    }

    /** The Request-URI for a user. */
    String uri(String user) {
        return "sip:" + (user.isEmpty() ? "" : user + "@") + "127.0.0.1:" + exchange;
    }

    /** Sends a request that opens something new, and waits for its final response. */
    List<String> request(String method, String user, String... headers) throws IOException {
        ++cseq;
        send(method, uri(user), cseq, branch(), "", headers);
        return untilFinal(method, uri(user));
    }

    /** Sends an INVITE and waits for the first response only, but for the 100 that a slow stack sends of itself. */
    String beginCall(String user) throws IOException {
        ++cseq;
        send("INVITE", uri(user), cseq, branch(), "");
        String first = receive();
        while (first.startsWith("SIP/2.0 100 ")) {
            first = receive();
        }
        return first;
    }

    /** Sends a CANCEL for the last INVITE, and waits until both are answered. */
    List<String> cancel(String user) throws IOException {
        send("CANCEL", uri(user), cseq, branch(), "");
        List<String> all = new ArrayList<>();
        do {
            all.add(receive());
        } while (all.stream().filter(RawPhone::isFinal).count() < 2);
        return all;
    }

    /** Sends a request within the call that this response answered. */
    List<String> within(String answer, String method) throws IOException {
        String tag = header(answer, "To").replaceFirst(".*;tag=", "");
        String target = header(answer, "Contact").replaceAll("[<>]", "");
        if (method.equals("ACK")) {
            send(method, target, cseq, branch() + "-ack", ";tag=" + tag);
            return List.of();
        }
        ++cseq;
        send(method, target, cseq, branch(), ";tag=" + tag);
        return untilFinal(method, target);
    }

    private String branch() {
        return "z9hG4bK-" + callId.hashCode() + "-" + cseq;
    }

    private void send(String method, String uri, int number, String branch, String toTag, String... headers)
            throws IOException {
        int port = socket.getLocalPort();
        StringBuilder text = new StringBuilder(method + " " + uri + " SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=" + branch + "\r\n")
                .append("From: <sip:tester@127.0.0.1:" + port + ">;tag=t" + callId.hashCode() + "\r\n")
                .append("To: <" + uri + ">" + toTag + "\r\n")
                .append("Call-ID: " + callId + "\r\n")
                .append("CSeq: " + number + " " + method + "\r\n")
                .append("Contact: <sip:tester@127.0.0.1:" + port + ">\r\n")
                .append("Max-Forwards: 70\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        text.append("Content-Length: 0\r\n\r\n");
        sendRaw(text.toString());
    }

    /** Sends any text, with {@code PORT} for the port of this phone. */
    void sendRaw(String text) throws IOException {
        byte[] bytes =
                text.replace("PORT", String.valueOf(socket.getLocalPort())).getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), exchange)));
    }

    private List<String> untilFinal(String method, String uri) throws IOException {
        List<String> all = new ArrayList<>();
        while (true) {
            String message = receive();
            if (!header(message, "CSeq").equals(cseq + " " + method)) {
                continue; // of a request before
            }
            all.add(message);
            if (isFinal(message)) {
                if (method.equals("INVITE") && !message.startsWith("SIP/2.0 2")) {
                    send("ACK", uri, cseq, branch(), header(message, "To").replaceFirst("[^;]*", ""));
                }
                return all;
            }
        }
    }

    /** The next request; a response before it is one that comes again, since the ACK was not there yet. */
    String receiveRequest() throws IOException {
        String message = receive();
        while (message.startsWith("SIP/2.0 ")) {
            message = receive();
        }
        return message;
    }

    /** The next message; fails if none comes. */
    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new IOException("no message in " + PATIENCE_MILLIS + " ms (expected: an answer)", e);
        }
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    static boolean isFinal(String message) {
        return message.matches("(?s)SIP/2.0 [2-6].*");
    }

    static String statusLine(String message) {
        return message.substring("SIP/2.0 ".length(), message.indexOf('\r'));
    }

    /** The value of a header field; empty if it is not there. */
    static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        socket.close();
    }
}
