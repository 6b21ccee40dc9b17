package com.example.voip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A caller with no stack at all, so that nothing of the kit is at its end. */
final class RawCaller implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final DatagramSocket socket;
    private int calls;

    RawCaller() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(Ports.LOOPBACK, 0));
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Calls, acknowledges, and returns the Call-ID. */
    String call(String user, int port) throws IOException {
        String callId = "raw-" + ++calls + "-" + socket.getLocalPort();
        send("INVITE", user, port, callId, "");
        String response;
        do {
            response = receive();
        } while (response.startsWith("SIP/2.0 1"));
        String to = response.lines()
                .filter(line -> line.startsWith("To:"))
                .findFirst()
                .orElseThrow();
        send("ACK", user, port, callId, to.substring(to.indexOf(";tag=")));
        return callId;
    }

    private void send(String method, String user, int port, String callId, String toTag) throws IOException {
        String uri = "sip:" + user + "@" + Ports.LOOPBACK + ":" + port;
        String here = Ports.LOOPBACK + ":" + socket.getLocalPort();
        String message = String.join(
                "\r\n",
                method + " " + uri + " SIP/2.0",
                "Via: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + callId,
                "From: <sip:raw@" + here + ">;tag=raw",
                "To: <" + uri + ">" + toTag,
                "Call-ID: " + callId,
                "CSeq: 1 " + method,
                "Contact: <sip:raw@" + here + ">",
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "");
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(Ports.LOOPBACK), port));
    }

    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }
}
