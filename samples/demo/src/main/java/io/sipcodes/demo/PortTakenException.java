package io.sipcodes.demo;

/** A port that the demo wants is not free. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private final String property;

    PortTakenException(String host, int port, String property, Throwable cause) {
        super("SIP address " + host + ":" + port + " cannot be listened on", cause);
        this.host = host;
        this.port = port;
        this.property = property;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** The property that moves it. */
    String property() {
        return property;
    }
}
