package com.example.voip;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a loopback port that is free for UDP and TCP alike: JAIN-SIP does not take 0 for "any". */
final class Ports {

    static final String LOOPBACK = "127.0.0.1";

    private static final int TRIES = 50;

    private Ports() {}

    static int free() throws IOException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
