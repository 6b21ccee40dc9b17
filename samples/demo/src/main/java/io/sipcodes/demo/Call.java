package io.sipcodes.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of calls that the caller places. */
enum Call {
    OK("ok"),
    BUSY("busy"),
    NO_ANSWER("noanswer"),
    GIVE_UP("noanswer"),
    DECLINED("declined"),
    BLOCKED("blocked"),
    UNKNOWN("unknown"),
    CREDENTIALS("secure"),
    WRONG_PASSWORD("secure"),
    OVERLOADED("overloaded"),
    MEDIA("media"),
    MOVED("moved"),
    CREDIT("credit"),
    REGISTER(""),
    REGISTER_WRONG(""),
    OPTIONS("");

    /**
     * What is placed, over and over: an ordinary day, seen in a hurry. Every kind comes up within the first twenty, so
     * that a look at the metrics half a minute after the start finds all of them.
     */
    static final List<Call> DAY = List.of(
            REGISTER,
            OK,
            BUSY,
            CREDIT,
            OK,
            UNKNOWN,
            CREDENTIALS,
            GIVE_UP,
            DECLINED,
            OK,
            OVERLOADED,
            MEDIA,
            NO_ANSWER,
            MOVED,
            BLOCKED,
            WRONG_PASSWORD,
            OK,
            REGISTER_WRONG,
            OPTIONS,
            OK,
            OK,
            CREDENTIALS,
            OK,
            BUSY,
            OK,
            OK,
            GIVE_UP,
            OK,
            NO_ANSWER,
            OK,
            OK,
            BUSY,
            OK,
            CREDENTIALS,
            UNKNOWN,
            OK,
            MOVED,
            OK,
            DECLINED,
            OK);

    private final String user;

    Call(String user) {
        this.user = user;
    }

    /** The name as the page and its addresses use it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Call> of(String id) {
        return Arrays.stream(values()).filter(call -> call.id().equals(id)).findFirst();
    }

    /** Whom it dials; empty for what is no call. */
    String user() {
        return user;
    }

    String password() {
        return this == WRONG_PASSWORD || this == REGISTER_WRONG ? "guess" : Digest.PASSWORD;
    }
}
