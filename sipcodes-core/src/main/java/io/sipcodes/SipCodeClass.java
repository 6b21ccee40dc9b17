package io.sipcodes;

/** The class of a response code, by its first digit (RFC 3261 sections 7.2 and 21). */
public enum SipCodeClass {
    /** 1xx: the request arrived and is being worked on (section 21.1). */
    PROVISIONAL("Provisional"),
    /** 2xx: the request succeeded (section 21.2). */
    SUCCESSFUL("Successful"),
    /** 3xx: try at another address (section 21.3). */
    REDIRECTION("Redirection"),
    /** 4xx: this server refuses; another request or another server may succeed (section 21.4). */
    REQUEST_FAILURE("Request Failure"),
    /** 5xx: the server itself failed (section 21.5). */
    SERVER_FAILURE("Server Failure"),
    /** 6xx: no server will accept the request (section 21.6). */
    GLOBAL_FAILURES("Global Failures");

    private final String phrase;
    private final String label = (ordinal() + 1) + "xx";

    SipCodeClass(String phrase) {
        this.phrase = phrase;
    }

    /** {@return the class as people write it: {@code 4xx}} */
    public String label() {
        return label;
    }

    /** {@return the name that the heading in RFC 3261 section 21 gives the class: {@code Request Failure}} */
    public String phrase() {
        return phrase;
    }
}
