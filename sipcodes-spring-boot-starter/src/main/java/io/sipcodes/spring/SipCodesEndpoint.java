package io.sipcodes.spring;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipEntry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable;

/** The catalog and the latest failures, to read. */
@Endpoint(id = "sipcodes")
final class SipCodesEndpoint {

    private final SipCatalog catalog;
    private final RecentFailures failures;
    private final Locale language;

    SipCodesEndpoint(SipCatalog catalog, RecentFailures failures, Locale language) {
        this.catalog = catalog;
        this.failures = failures;
        this.language = language;
    }

    /** All codes that the catalog has an entry for, one line each. */
    @ReadOperation
    Map<String, Object> list(@Nullable String lang) {
        return list(language(lang));
    }

    /**
     * One part of it.
     *
     * @param what a code, or {@code failures}
     */
    @ReadOperation
    Map<String, Object> one(@Selector String what, @Nullable String lang) {
        Locale reader = language(lang);
        return find(what, reader).orElseThrow(() -> new IllegalArgumentException(notFound(what)));
    }

    Map<String, Object> list(Locale reader) {
        return Views.list(catalog.entries(), reader);
    }

    /**
     * @return empty for a number that is no SIP code
     * @throws IllegalArgumentException if it is neither a number nor a name we know
     */
    Optional<Map<String, Object>> find(String what, Locale reader) {
        if (what.equals("failures")) {
            return Optional.of(Views.failures(failures, reader));
        }
        if (!what.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "code: " + Views.quote(what) + " (expected: a number from 100 to 699, or failures)");
        }
        return SipCode.find(Integer.parseInt(what)).map(code -> {
            SipEntry entry = catalog.entry(code);
            return Views.entry(entry, reader);
        });
    }

    static String notFound(String what) {
        return "code: " + Views.quote(what) + " (expected: a number from 100 to 699)";
    }

    /** @throws IllegalArgumentException if it is no language tag */
    Locale language(@Nullable String tag) {
        if (tag == null || tag.isEmpty()) {
            return language;
        }
        if (!tag.matches("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}")) {
            throw new IllegalArgumentException(
                    "lang: " + Views.quote(tag) + " (expected: a language tag such as de or de-AT)");
        }
        return Locale.forLanguageTag(tag.replace('_', '-'));
    }
}
