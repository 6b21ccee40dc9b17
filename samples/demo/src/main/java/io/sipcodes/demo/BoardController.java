package io.sipcodes.demo;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import io.sipcodes.SipText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What the page asks for. */
@RestController
@RequestMapping("/api")
final class BoardController {

    /**
     * A call to place: of a kind, or one that is answered with a code.
     *
     * @param kind of {@link Call#id()}, or null
     * @param code 100..699, or null
     * @param cause a Q.850 cause that goes with the code, 1..127, or null
     */
    record Order(String kind, Integer code, Integer cause) {}

    /** A call that was placed. */
    record Placed(String callId) {}

    /** An entry of the catalog with its words in every language of the page. */
    record Entry(
            int code,
            String phrase,
            String status,
            String reference,
            List<SipEntry.Alias> aliases,
            Map<String, Words> words) {}

    /** The words of an entry in one language. */
    record Words(
            String title,
            String meaning,
            String caller,
            List<String> causes,
            List<String> remedies,
            String outcome,
            String fault,
            String advice) {}

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Board board;
    private final Feed feed;
    private final Telephony telephony;
    private final SipCatalog catalog;

    BoardController(Board board, Feed feed, Telephony telephony, SipCatalog catalog) {
        this.board = board;
        this.feed = feed;
        this.telephony = telephony;
        this.catalog = catalog;
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestParam(defaultValue = "en") String lang) {
        return feed.open(language(lang))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too many open pages (expected: up to " + Feed.MOST_PAGES + ")"));
    }

    @GetMapping("/failures/{id}")
    BoardView.Detail failure(@PathVariable long id, @RequestParam(defaultValue = "en") String lang) {
        return board.detail(id, language(lang))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "newer failures took its place"));
    }

    @GetMapping("/catalog")
    List<Entry> catalog() {
        return catalog.entries().stream().map(this::entry).toList();
    }

    /** The entry of any code, which may be that of its class. */
    @GetMapping("/catalog/{code}")
    Entry entry(@PathVariable int code) {
        return entry(catalog.entry(SipCode.find(code).orElseThrow(() -> bad("code", code, "100..699"))));
    }

    private Entry entry(SipEntry entry) {
        Map<String, Words> words = new LinkedHashMap<>();
        for (Locale language : LANGUAGES) {
            words.put(language.getLanguage(), words(entry, language));
        }
        return new Entry(
                entry.code().value(),
                entry.code().phrase(),
                entry.code().status().id(),
                entry.reference(),
                entry.aliases(),
                words);
    }

    private Words words(SipEntry entry, Locale language) {
        SipText text = entry.text(language);
        return new Words(
                text.title(),
                text.meaning(),
                text.caller(),
                text.causes(),
                text.remedies(),
                catalog.words(entry.outcome(), language).title(),
                catalog.words(entry.fault(), language).title(),
                catalog.words(entry.advice(), language).title());
    }

    // Only JSON is taken: no other page's form can send that.
    @PostMapping(path = "/calls", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Placed place(@RequestBody Order order) {
        Caller caller = telephony
                .caller()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.CONFLICT, "the caller is switched off (demo.caller.enabled=false)"));
        Optional<String> callId;
        if (order.kind() != null) {
            callId = caller.place(Call.of(order.kind()).orElseThrow(() -> bad("kind", order.kind(), "a kind of call")));
        } else {
            callId = caller.dial(user(order));
        }
        callId.ifPresent(board::placed);
        return callId.map(Placed::new)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.TOO_MANY_REQUESTS, "open calls: " + Caller.MOST_CALLS + " (expected: fewer)"));
    }

    private static String user(Order order) {
        if (order.code() == null || order.code() < 100 || order.code() > 699) {
            throw bad("code", order.code(), "100..699");
        }
        if (order.cause() == null) {
            return "code-" + order.code();
        }
        if (order.cause() < 1 || order.cause() > 127) {
            throw bad("cause", order.cause(), "1..127");
        }
        return "code-" + order.code() + "-q" + order.cause();
    }

    private static ResponseStatusException bad(String what, Object found, String expected) {
        return new ResponseStatusException(
                HttpStatus.BAD_REQUEST, what + ": " + found + " (expected: " + expected + ")");
    }

    private static Locale language(String tag) {
        return tag.startsWith("de") ? Locale.GERMAN : Locale.ENGLISH;
    }
}
