package io.sipcodes.jainsip;

import gov.nist.core.net.DefaultNetworkLayer;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Lets a stack listen but connect to nobody. Over TCP the stock stack turns to the addresses in a message when the
 * connection is gone on which it came, and those of the torture tests are somebody's.
 */
public final class NoWayOut implements NetworkLayer {

    private final NetworkLayer real = DefaultNetworkLayer.SINGLETON;

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return real.createServerSocket(port, backlog, address);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return real.createSSLServerSocket(port, backlog, address);
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return real.createDatagramSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return real.createDatagramSocket(port, address);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        throw new ConnectException("no way out (expected: an answer on the connection of the request)");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from) throws IOException {
        return createSocket(address, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(address, port);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        throw new ConnectException("no way out (expected: no TLS)");
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress from) throws IOException {
        return createSSLSocket(address, port);
    }

    @Override
    public void setSipStack(SipStackImpl stack) {
        real.setSipStack(stack);
    }
}
