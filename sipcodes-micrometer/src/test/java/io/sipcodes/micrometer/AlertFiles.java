package io.sipcodes.micrometer;

import io.sipcodes.SipCatalog;
import io.sipcodes.SipCode;
import io.sipcodes.SipFault;
import io.sipcodes.SipOutcome;
import io.sipcodes.SipText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of observability/prometheus that differ by language: the alerts from their template, the words from the catalog. */
final class AlertFiles {

    static final Path FOLDER = Path.of("../observability/prometheus");

    private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z-]+(?:\\.[a-z-]+)?)(?:\\(([^)]*)\\))?@");

    private AlertFiles() {}

    /** The alerts with the texts of a language. */
    static String alerts(String language) throws IOException {
        Map<String, String> texts = new HashMap<>();
        read("macros.properties", texts);
        read("alerts_" + language + ".properties", texts);
        texts.put("lang", language);
        Set<String> unused = new HashSet<>(texts.keySet());
        String alerts = fill(Files.readString(FOLDER.resolve("templates/alerts.yml")), texts, unused);
        if (!unused.isEmpty()) {
            throw new IllegalStateException("texts: " + unused + " (expected: each in use)");
        }
        return alerts;
    }

    // Line by line and not java.util.Properties, which would take the backslashes that PromQL needs.
    private static void read(String file, Map<String, String> texts) throws IOException {
        for (String line : Files.readAllLines(FOLDER.resolve("templates").resolve(file))) {
            int equals = line.indexOf('=');
            if (!line.startsWith("#")
                    && (equals < 0 || texts.put(line.substring(0, equals), line.substring(equals + 1)) != null)) {
                throw new IllegalStateException(file + ": " + line + " (expected: key=text, each key once)");
            }
        }
    }

    private static String fill(String text, Map<String, String> texts, Set<String> unused) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        while (placeholder.find()) {
            String key = placeholder.group(1);
            String value = texts.get(key);
            if (value == null) {
                throw new IllegalStateException("text: " + key + " (expected: a key of the language's file)");
            }
            unused.remove(key);
            if (placeholder.group(2) != null) {
                value = value.replace("$1", placeholder.group(2));
            }
            // All texts stand in single quotes.
            placeholder.appendReplacement(
                    out, Matcher.quoteReplacement(fill(value, texts, unused).replace("'", "''")));
        }
        return placeholder.appendTail(out).toString();
    }

    /** The catalog's words of a language, as series that templates of alerts and dashboards can ask for. */
    static String words(Locale locale) {
        SipCatalog catalog = SipCatalog.standard();
        StringBuilder out = new StringBuilder("""
                # The words of the catalog (%1$s) as series, for the templates of alerts and for tables of a dashboard:
                # sip:words:info{lang="%1$s", kind="code", id="486"}. Written by observability/generate.sh.
                groups:
                  - name: sip_words_%1$s
                    interval: 1m
                    rules:
                """.formatted(locale.getLanguage()));
        for (CodeTags code : CodeTags.ALL) {
            if (!code.code().equals(CodeTags.OTHER)) {
                append(
                        out,
                        locale,
                        "code",
                        code.code(),
                        catalog.entry(codeOf(code)).text(locale));
            }
        }
        for (SipOutcome outcome : SipOutcome.values()) {
            append(out, locale, "outcome", outcome.id(), catalog.words(outcome, locale));
        }
        for (SipFault fault : SipFault.values()) {
            append(out, locale, "fault", fault.id(), catalog.words(fault, locale));
        }
        return out.toString();
    }

    private static SipCode codeOf(CodeTags tags) {
        for (int value = SipCode.MIN; value <= SipCode.MAX; value++) {
            if (CodeTags.of(value) == tags) {
                return SipCode.of(value);
            }
        }
        throw new IllegalStateException("code: " + tags.code() + " (expected: one that some number has)");
    }

    private static void append(StringBuilder out, Locale locale, String kind, String id, SipText text) {
        List<String> remedies = text.remedies();
        out.append("      - record: sip:words:info\n        expr: vector(1)\n        labels:\n");
        label(out, "lang", locale.getLanguage());
        label(out, "kind", kind);
        label(out, "id", id);
        label(out, "title", text.title());
        if (!remedies.isEmpty()) {
            label(out, "remedy", remedies.get(0));
        }
    }

    private static void label(StringBuilder out, String name, String value) {
        out.append("          ")
                .append(name)
                .append(": '")
                .append(value.replace("'", "''"))
                .append("'\n");
    }
}
