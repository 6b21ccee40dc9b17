package io.sipcodes.jainsip;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket on the loopback interface that speaks whatever text it is given, to send what no stack would. Reads give up
 * after half a minute. For one thread.
 */
abstract class RawPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^(?:content-length|l)[ \\t]*:[ \\t]*(\\d+)");

    static RawPeer start(String transport) throws IOException {
        return transport.equals("udp") ? new Udp() : new Tcp();
    }

    abstract int port();

    /** Sends to a stack, byte by byte as given. */
    abstract void send(byte[] bytes, int port) throws IOException;

    /** The next message, as text; a line end is CR LF. */
    abstract String receive() throws IOException;

    /** Sends to where the last message came from. */
    abstract void reply(byte[] bytes) throws IOException;

    @Override
    public abstract void close() throws IOException;

    void send(String text, int port) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8), port);
    }

    void reply(String text) throws IOException {
        reply(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a response, which copies what it must from the request, and has these lines besides. */
    void reply(String request, String statusLine, String... moreHeaders) throws IOException {
        reply(response(request, statusLine, moreHeaders));
    }

    static String response(String request, String statusLine, String... moreHeaders) {
        StringBuilder out = new StringBuilder(statusLine).append("\r\n");
        request.lines()
                .filter(line -> isCopied(line))
                .forEach(line -> out.append(line)
                        .append(line.regionMatches(true, 0, "To:", 0, 3) && !line.contains(";tag=") ? ";tag=raw" : "")
                        .append("\r\n"));
        for (String header : moreHeaders) {
            out.append(header).append("\r\n");
        }
        return out.append("Content-Length: 0\r\n\r\n").toString();
    }

    private static boolean isCopied(String line) {
        String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "via", "from", "to", "call-id", "cseq" -> true;
            default -> false;
        };
    }

    /** A request outside of a dialog with the header fields that every request needs, and these besides. */
    String request(String method, String transport, String callId, String... moreHeaders) {
        return method + " sip:bob@127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport.toUpperCase(Locale.ROOT) + " 127.0.0.1:" + port() + ";branch=z9hG4bK"
                + callId + "\r\n"
                + "From: <sip:raw@example.org>;tag=raw\r\n"
                + "To: <sip:bob@example.org>\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: 1 " + method + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "Contact: <sip:raw@127.0.0.1:" + port() + ">\r\n"
                + String.join(
                        "",
                        Arrays.stream(moreHeaders).map(line -> line + "\r\n").toList())
                + "Content-Length: 0\r\n\r\n";
    }

    private static final class Udp extends RawPeer {

        private final DatagramSocket socket;
        private DatagramPacket last;

        Udp() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getByName(TestStack.LOOPBACK));
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }

        @Override
        int port() {
            return socket.getLocalPort();
        }

        @Override
        void send(byte[] bytes, int port) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(TestStack.LOOPBACK), port));
        }

        @Override
        String receive() throws IOException {
            last = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(last);
            return new String(last.getData(), 0, last.getLength(), StandardCharsets.UTF_8);
        }

        @Override
        void reply(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, last.getSocketAddress()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class Tcp extends RawPeer {

        private final ServerSocket server;
        private final Deque<Socket> sockets = new ArrayDeque<>();

        Tcp() throws IOException {
            server = new ServerSocket(0, 5, InetAddress.getByName(TestStack.LOOPBACK));
            server.setSoTimeout(TIMEOUT_MILLIS);
        }

        @Override
        int port() {
            return server.getLocalPort();
        }

        @Override
        void send(byte[] bytes, int port) throws IOException {
            if (sockets.isEmpty()
                    || sockets.getLast().isClosed()
                    || sockets.getLast().getPort() != port) {
                open(new Socket(TestStack.LOOPBACK, port));
            }
            reply(bytes);
        }

        private void open(Socket socket) throws IOException {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            sockets.addLast(socket);
        }

        @Override
        String receive() throws IOException {
            if (sockets.isEmpty()) {
                open(server.accept());
            }
            InputStream in = sockets.getLast().getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("connection closed after: " + head);
                }
                // What answers a keep-alive comes before a message.
                if (!head.isEmpty() || next > ' ') {
                    head.append((char) next);
                }
            }
            Matcher length = CONTENT_LENGTH.matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return new String(head.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    + new String(body, StandardCharsets.UTF_8);
        }

        @Override
        void reply(byte[] bytes) throws IOException {
            sockets.getLast().getOutputStream().write(bytes);
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
            server.close();
        }
    }
}
