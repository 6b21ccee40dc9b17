package io.sipcodes.spring;

import io.sipcodes.Q850Cause;
import io.sipcodes.Q850Profile;
import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipDiagnosis;
import io.sipcodes.SipEntry;
import io.sipcodes.SipHeaderRule;
import io.sipcodes.SipText;
import io.sipcodes.jainsip.Redaction;
import io.sipcodes.spring.RecentFailures.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The JSON of the endpoint, as maps: they keep their order with Jackson 2 and 3 alike, and need no hint in a native
 * image. Names once given stay.
 */
final class Views {

    private static final int QUOTE = 40;

    private Views() {}

    static Map<String, Object> list(List<SipEntry> entries, Locale reader) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("count", entries.size());
        out.put("codes", entries.stream().map(entry -> line(entry, reader)).toList());
        return out;
    }

    private static Map<String, Object> line(SipEntry entry, Locale reader) {
        Map<String, Object> out = new LinkedHashMap<>();
        head(out, entry.code());
        out.put("title", entry.text(reader).title());
        out.put("outcome", entry.outcome().id());
        return out;
    }

    static Map<String, Object> entry(SipEntry entry, SipCatalog catalog, Q850Profile profile, Locale reader) {
        SipCode code = entry.code();
        SipText text = entry.text(reader);
        Map<String, Object> out = new LinkedHashMap<>();
        head(out, code);
        out.put("language", text.language().toLanguageTag());
        out.put("title", text.title());
        out.put("caller", text.caller());
        out.put("meaning", text.meaning());
        out.put("causes", text.causes());
        out.put("remedies", text.remedies());
        out.put("outcome", entry.outcome().id());
        out.put("fault", entry.fault().id());
        out.put("advice", entry.advice().id());
        out.put("adviceText", catalog.words(entry.advice(), reader).title());
        out.put("effect", entry.effect().id());
        out.put("httpStatus", entry.httpStatus());
        out.put("reference", entry.reference());
        out.put("link", entry.link());
        out.put("fallback", code.fallback().value());
        out.put("methods", entry.methods().stream().sorted().toList());
        out.put("headers", entry.headers().stream().map(Views::header).toList());
        out.put("aliases", entry.aliases().stream().map(Views::alias).toList());
        OptionalInt cause = profile.toCause(code);
        out.put("q850", cause.isPresent() ? q850(cause.getAsInt(), profile, catalog, reader) : null);
        entry.override().ifPresent(override -> out.put("override", override.id()));
        return out;
    }

    private static void head(Map<String, Object> out, SipCode code) {
        out.put("code", code.value());
        out.put("phrase", code.phrase());
        out.put("class", code.codeClass().label());
        out.put("status", code.status().id());
    }

    private static Map<String, Object> q850(int cause, Q850Profile profile, SipCatalog catalog, Locale reader) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("profile", profile.name().toLowerCase(Locale.ROOT));
        out.put("cause", cause);
        out.put(
                "title",
                Q850Cause.find(cause)
                        .map(known -> catalog.words(known, reader).title())
                        .orElse(""));
        return out;
    }

    private static Map<String, Object> header(SipHeaderRule rule) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("header", rule.header());
        out.put("strength", rule.strength().id());
        out.put("methods", rule.methods().stream().sorted().toList());
        out.put(
                "conditions",
                rule.conditions().stream()
                        .map(SipHeaderRule.Condition::id)
                        .sorted()
                        .toList());
        out.put("reference", rule.reference());
        return out;
    }

    private static Map<String, Object> alias(SipEntry.Alias alias) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("phrase", alias.phrase());
        out.put("usedBy", alias.usedBy());
        return out;
    }

    static Map<String, Object> failures(
            RecentFailures failures, SipCatalog catalog, Redaction redaction, Locale reader) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("capacity", failures.capacity());
        out.put("dropped", failures.dropped());
        out.put(
                "failures",
                failures.latest().stream()
                        .map(failure -> failure(failure, catalog, redaction, reader))
                        .toList());
        return out;
    }

    private static Map<String, Object> failure(
            Failure failure, SipCatalog catalog, Redaction redaction, Locale reader) {
        SipDiagnosis diagnosis = failure.diagnosis();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("time", failure.time().toString());
        out.put("role", failure.role().id());
        out.put("method", failure.method());
        out.put("peer", failure.peer());
        out.put("callId", failure.callId());
        out.put("code", diagnosis.rawCode());
        out.put("phrase", redaction.text(diagnosis.phrase()));
        out.put("class", diagnosis.code().map(code -> code.codeClass().label()).orElse("other"));
        out.put(
                "title",
                diagnosis.entry().map(entry -> entry.text(reader).title()).orElse(""));
        out.put("meaning", diagnosis.operatorText(reader));
        out.put("outcome", diagnosis.outcome().id());
        out.put("fault", diagnosis.fault().id());
        out.put("advice", diagnosis.advice().id());
        out.put("adviceText", catalog.words(diagnosis.advice(), reader).title());
        out.put("retryAfterSeconds", diagnosis.retryAfterSeconds() < 0 ? null : diagnosis.retryAfterSeconds());
        out.put(
                "evidence",
                diagnosis.evidence().stream()
                        .map(evidence -> evidence(evidence, catalog, redaction, reader))
                        .toList());
        return out;
    }

    private static Map<String, Object> evidence(
            SipDiagnosis.Evidence evidence, SipCatalog catalog, Redaction redaction, Locale reader) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("rule", evidence.rule());
        out.put("decisive", evidence.decisive());
        out.put("title", catalog.words(evidence, reader).title());
        out.put("detail", redaction.text(evidence.detail()));
        out.put("source", evidence.source());
        return out;
    }

    /** What a reader sent, as far as an error message should repeat it. */
    static String quote(String text) {
        String shown = text.codePoints()
                .limit(QUOTE)
                .mapToObj(c -> c > ' ' && c < 0x7f ? Character.toString(c) : "?")
                .collect(Collectors.joining());
        return text.length() > QUOTE ? shown + "..." : shown;
    }
}
