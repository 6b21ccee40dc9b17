package io.sipcodes.spring;

import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import io.sipcodes.jainsip.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable;

/** The catalog, the latest failures and the state of the attachment, to read. */
@Endpoint(id = "sipcodes")
final class SipCodesEndpoint {

    private final SipCatalog catalog;
    private final Q850Profile profile;
    private final Languages languages;
    private final RecentFailures failures;
    private final State state;
    private final Redaction redaction;
    private final String provider;

    SipCodesEndpoint(
            SipCatalog catalog,
            Q850Profile profile,
            Languages languages,
            RecentFailures failures,
            State state,
            Redaction redaction,
            String provider) {
        this.catalog = catalog;
        this.profile = profile;
        this.languages = languages;
        this.failures = failures;
        this.state = state;
        this.redaction = redaction;
        this.provider = provider;
    }

    /**
     * All codes that the catalog has an entry for, or those that a query finds, the best first; a few words each.
     *
     * @param q as {@link SipCatalog#search} takes it
     * @param lang a language tag
     */
    @ReadOperation
    Map<String, Object> list(@Nullable String q, @Nullable String lang) {
        return search(q, language(lang, null));
    }

    /**
     * One part of it.
     *
     * @param what a code, {@code failures} or {@code attachment}
     * @param lang a language tag
     */
    @ReadOperation
    Map<String, Object> one(@Selector String what, @Nullable String lang) {
        return find(what, language(lang, null)).orElseThrow(() -> new IllegalArgumentException(notFound(what)));
    }

    Map<String, Object> search(@Nullable String query, Locale reader) {
        List<SipEntry> found = query == null ? catalog.entries() : catalog.search(query);
        return Views.list(found.stream().map(entry -> entry(entry.code())).toList(), reader);
    }

    /**
     * One part of it, or empty for a number that is no SIP code.
     *
     * @throws IllegalArgumentException if it is neither a number nor a name we know
     */
    Optional<Map<String, Object>> find(String what, Locale reader) {
        if (what.equals("failures")) {
            return Optional.of(Views.failures(failures, catalog, redaction, reader));
        }
        if (what.equals("attachment")) {
            return Optional.of(state.view());
        }
        if (!what.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "code: " + Views.quote(what) + " (expected: a number from 100 to 699, failures or attachment)");
        }
        return SipCode.find(Integer.parseInt(what)).map(code -> Views.entry(entry(code), catalog, profile, reader));
    }

    /** As the responses of the provider are meant, if all traffic goes to one. */
    private SipEntry entry(SipCode code) {
        return catalog.entry(code, null, provider);
    }

    static String notFound(String what) {
        return "code: " + Views.quote(what) + " (expected: a number from 100 to 699)";
    }

    /**
     * The language to answer in.
     *
     * @param tag what the reader asked for, or null
     * @param header the reader's Accept-Language, or null
     * @throws IllegalArgumentException if the tag is none
     */
    Locale language(@Nullable String tag, @Nullable String header) {
        if (tag == null || tag.isEmpty()) {
            return languages.accepted(header);
        }
        return Languages.find(tag)
                .orElseThrow(() -> new IllegalArgumentException(
                        "lang: " + Views.quote(tag) + " (expected: a language tag such as de or de-AT)"));
    }
}
