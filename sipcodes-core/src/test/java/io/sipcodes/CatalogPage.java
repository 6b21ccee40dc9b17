package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the catalog as a page in one language: a table of all codes first, then a section a code. */
final class CatalogPage {

    private final SipCatalog catalog = SipCatalog.standard();
    private final Locale language;
    private final StringBuilder out = new StringBuilder();

    CatalogPage(Locale language) {
        this.language = language;
    }

    String write() {
        line("<!-- " + say("Generated", "Erzeugt") + ": mvn -pl sipcodes-core test -Dtest=CatalogExportTest"
                + " -Dsipcodes.docs=write -->");
        line();
        line(say("# The SIP response codes", "# Die SIP-Antwortcodes"));
        line();
        line(
                say(
                        "What each SIP response code means, for the person who phoned and for those who run the service. The 75"
                                + " registered codes are here, two that RFC 3261 dropped, and a few that no registry has but that"
                                + " are seen on the wire. The same as data: [catalog.json](catalog.json) with its"
                                + " [schema](catalog.schema.json). [Deutsch](catalog.de.md).",
                        "Was jeder SIP-Antwortcode bedeutet, für den Anrufer und für die, die den Dienst betreiben. Hier stehen"
                                + " die 75 registrierten Codes, zwei, die RFC 3261 gestrichen hat, und einige, die in keinem"
                                + " Verzeichnis stehen, aber auf der Leitung vorkommen. Dasselbe als Daten:"
                                + " [catalog.json](catalog.json) mit [Schema](catalog.schema.json). [English](catalog.en.md)."));
        line();
        overview();
        for (SipCodeClass codeClass : SipCodeClass.values()) {
            section(codeClass);
        }
        phrases();
        headers();
        warnings();
        causes();
        reasons();
        return out.toString();
    }

    private void overview() {
        line(say("## All codes", "## Alle Codes"));
        line();
        line(say(
                "Columns: what became of the request, who would have to act for the next try to succeed, and what the"
                        + " client may do, if nothing else is known than the code.",
                "Spalten: was aus der Anfrage wurde, wer handeln müsste, damit der nächste Versuch gelingt, und was der"
                        + " Client tun darf, wenn nichts weiter bekannt ist als der Code."));
        for (SipCodeClass codeClass : SipCodeClass.values()) {
            line();
            line("**" + codeClass.label() + " " + codeClass.phrase() + "**");
            line();
            row(
                    say("Code", "Code"),
                    say("Phrase", "Phrase"),
                    say("In short", "Kurz gesagt"),
                    say("Outcome", "Ergebnis"),
                    say("Who acts", "Wer handelt"),
                    say("What next", "Was nun"));
            row("---", "---", "---", "---", "---", "---");
            for (SipEntry entry : entries(codeClass)) {
                row(
                        link(entry.code()),
                        entry.code().phrase() + mark(entry),
                        entry.text(language).title(),
                        catalog.words(entry.outcome(), language).title(),
                        catalog.words(entry.fault(), language).title(),
                        catalog.words(entry.advice(), language).title());
            }
        }
        line();
        line(say(
                "† not registered at IANA, or deprecated there",
                "† bei der IANA nicht registriert oder dort abgekündigt"));
        line();
    }

    private static String mark(SipEntry entry) {
        return entry.code().status() == SipCodeStatus.REGISTERED ? "" : " †";
    }

    private List<SipEntry> entries(SipCodeClass codeClass) {
        return catalog.entries().stream()
                .filter(entry -> entry.code().codeClass() == codeClass)
                .toList();
    }

    private static String link(SipCode code) {
        return "[" + code.text() + "](#" + code.text() + ")";
    }

    private void section(SipCodeClass codeClass) {
        line("<a id=\"" + codeClass.label() + "\"></a>");
        line("## " + codeClass.label() + " " + codeClass.phrase());
        line();
        line(say("Any other code of this class: ", "Jeder andere Code dieser Klasse: ")
                + catalog.words(codeClass, language).meaning());
        line();
        for (SipEntry entry : entries(codeClass)) {
            section(entry);
        }
    }

    private void section(SipEntry entry) {
        SipText text = entry.text(language);
        line("<a id=\"" + entry.code().text() + "\"></a>");
        line("### " + entry.code() + ": " + text.title());
        line();
        line("> " + text.caller());
        line();
        line(text.meaning());
        line();
        numbered(say("What it usually is", "Was es meist ist"), text.causes());
        numbered(say("What helps", "Was hilft"), text.remedies());
        line(facts(entry));
        line();
        List<SipHeaderRule> rules = entry.ownHeaders();
        if (!rules.isEmpty()) {
            line("**" + say("Header fields", "Header-Felder") + "**");
            line();
            rules.forEach(rule -> line("- " + rule(rule)));
            line();
        }
        if (!entry.aliases().isEmpty()) {
            line("**" + say("Also called", "Auch genannt") + "**: "
                    + entry.aliases().stream()
                            .map(alias -> say("“", "„") + alias.phrase() + say("” (", "“ (") + alias.usedBy() + ")")
                            .collect(Collectors.joining("; ")));
            line();
        }
    }

    private void numbered(String title, List<String> items) {
        line("**" + title + "**");
        line();
        int number = 1;
        for (String item : items) {
            line(number++ + ". " + escape(item));
        }
        line();
    }

    private String facts(SipEntry entry) {
        List<String> facts = new ArrayList<>();
        SipCodeStatus status = entry.code().status();
        String definition = entry.reference().isEmpty() ? "" : reference(entry.reference());
        facts.add(fact(
                "Defined",
                "Definiert",
                join(
                        definition,
                        entry.since().isPresent()
                                        && !entry.reference()
                                                .startsWith(
                                                        "RFC " + entry.since().getAsInt())
                                ? say("since RFC ", "seit RFC ") + entry.since().getAsInt()
                                : "",
                        catalog.words(status, language).title())));
        facts.add(fact(
                "Outcome", "Ergebnis", catalog.words(entry.outcome(), language).title()));
        facts.add(fact(
                "Who acts",
                "Wer handelt",
                catalog.words(entry.fault(), language).title()));
        facts.add(fact(
                "What next",
                "Was nun",
                join(
                        catalog.words(entry.advice(), language).title(),
                        entry.adviceReference().isEmpty() ? "" : reference(entry.adviceReference()))));
        if (entry.code().isFailure()) {
            facts.add(fact(
                    "Inside a dialog", "Im Dialog", join(effect(entry.effect()), reference(entry.effectReference()))));
        }
        if (entry.honoursRetryAfter()) {
            facts.add(fact(
                    "Retry-After", "Retry-After", say("counts", "gilt") + " (" + reference("RFC 3261 20.33") + ")"));
        }
        if (entry.failsOver()) {
            facts.add(fact(
                    "Failover",
                    "Failover",
                    say("to the next server", "zum nächsten Server") + " (" + reference("RFC 3263 4.3") + ")"));
        }
        if (entry.stopsForking() && entry.code().isFailure()) {
            facts.add(fact(
                    "Forking",
                    "Forking",
                    say("ends the search", "beendet die Suche") + " (" + reference("RFC 3261 16.7") + ")"));
        }
        if (!entry.methods().isEmpty()) {
            facts.add(fact(
                    "Only to",
                    "Nur auf",
                    join(
                            entry.methods().stream().sorted().collect(Collectors.joining(", ")),
                            reference(entry.methodsReference()))));
        }
        if (!entry.metricRoles().isEmpty()) {
            facts.add(fact(
                    "RFC 6076",
                    "RFC 6076",
                    entry.metricRoles().stream().sorted().map(this::role).collect(Collectors.joining(", "))));
        }
        facts.add(fact(
                "HTTP of a REST back end",
                "HTTP eines REST-Backends",
                entry.httpStatus() + ". " + entry.httpReason(language)));
        return String.join("<br>\n", facts);
    }

    private String fact(String english, String german, String value) {
        return "**" + say(english, german) + "**: " + value;
    }

    private static String join(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    private String effect(SipEffect effect) {
        return switch (effect) {
            case NONE -> say("ends nothing", "beendet nichts");
            case TRANSACTION -> say("ends the transaction only", "beendet nur die Transaktion");
            case USAGE ->
                say("ends the usage (the call, the subscription)", "beendet die Usage (Gespräch, Abonnement)");
            case DIALOG -> say("ends the dialog", "beendet den Dialog");
            case EARLY_DIALOG -> say("ends one early dialog", "beendet einen frühen Dialog");
        };
    }

    private String role(SipMetricRole role) {
        return switch (role) {
            case SER -> say("established (SER)", "aufgebaut (SER)");
            case SEER -> say("effective (SEER)", "wirksam (SEER)");
            case NOT_COUNTED -> say("not counted (SER, SEER)", "nicht gezählt (SER, SEER)");
            case ISA -> say("ineffective session attempt (ISA)", "unwirksamer Sitzungsversuch (ISA)");
            case IRA -> say("ineffective registration attempt (IRA)", "unwirksamer Registrierungsversuch (IRA)");
        };
    }

    private String rule(SipHeaderRule rule) {
        StringBuilder text = new StringBuilder();
        if (!rule.methods().isEmpty()) {
            text.append(say("to ", "auf "))
                    .append(rule.methods().stream().sorted().collect(Collectors.joining(", ")))
                    .append(": ");
        }
        String field = "`" + String.join(say("` or `", "` oder `"), rule.anyOf()) + "`";
        if (!rule.value().isEmpty()) {
            field += say(" with `", " mit `") + rule.value() + "`";
        }
        text.append(
                switch (rule.strength()) {
                    case MUST -> say("must have ", "muss ") + field + say("", " haben");
                    case SHOULD -> say("should have ", "soll ") + field + say("", " haben");
                    case MAY -> say("may have ", "darf ") + field + say("", " haben");
                    case SHOULD_NOT -> say("should not have ", "soll ") + field + say("", " nicht haben");
                    case MUST_NOT -> say("must not have ", "darf ") + field + say("", " nicht haben");
                });
        if (!rule.conditions().isEmpty()) {
            text.append(say(" if ", ", wenn "))
                    .append(rule.conditions().stream()
                            .sorted()
                            .map(condition -> catalog.words(condition, language).title())
                            .collect(Collectors.joining(say(" and ", " und "))));
        }
        return text.append(" (").append(reference(rule.reference())).append(')').toString();
    }

    private static String reference(String reference) {
        String link = References.link(reference);
        return link.isEmpty() ? reference : "[" + reference + "](" + link + ")";
    }

    private void phrases() {
        line("<a id=\"phrases\"></a>");
        line(say("## Phrases that say more than their code", "## Phrasen, die mehr sagen als ihr Code"));
        line();
        line(
                say(
                        "Many servers put what they mean into the reason phrase. These are known; `*` stands for anything, and case"
                                + " does not matter. More can be added as overrides.",
                        "Viele Server schreiben das, was sie meinen, in die Reason-Phrase. Diese sind bekannt; `*` steht für"
                                + " Beliebiges, Groß- und Kleinschreibung zählt nicht. Weitere lassen sich als Override ergänzen."));
        line();
        row(say("Phrase", "Phrase"), say("With", "Bei"), say("Means", "Heißt"), say("Who acts", "Wer handelt"));
        row("---", "---", "---", "---");
        for (CatalogExport.Phrase phrase : CatalogExport.phraseRules()) {
            SipOverride rule = phrase.rules().get(0);
            SipText text = catalog.words("phrase", phrase.id(), language);
            row(
                    phrase.patterns().stream()
                            .map(pattern -> "`" + pattern + "`")
                            .collect(Collectors.joining(", ")),
                    phrase.codes(),
                    "**" + text.title() + "**. " + text.meaning(),
                    catalog.words(rule.fault().orElseThrow(), language).title());
        }
        line();
    }

    private void headers() {
        line("<a id=\"headers\"></a>");
        line(say("## Header fields of all responses", "## Header-Felder aller Antworten"));
        line();
        line(say(
                "What the RFCs say of whole ranges of codes. What they say of one code stands at the code.",
                "Was die RFCs über ganze Bereiche von Codes sagen. Was nur einen Code betrifft, steht beim Code."));
        line();
        row(say("Codes", "Codes"), say("Rule", "Regel"));
        row("---", "---");
        CatalogExport.commonRules().forEach((rule, codes) -> row(codes, rule(rule)));
        line();
    }

    private void warnings() {
        line("<a id=\"warnings\"></a>");
        line(say("## Warning codes", "## Warning-Codes"));
        line();
        row(say("Code", "Code"), say("In short", "Kurz gesagt"), say("Meaning", "Bedeutung"));
        row("---", "---", "---");
        for (String id : CatalogExport.ids("warning")) {
            SipText text = catalog.words("warning", id, language);
            row(id, text.title(), text.meaning());
        }
        line();
    }

    private void causes() {
        line("<a id=\"q850\"></a>");
        line(say("## Causes of the telephone network (Q.850)", "## Ursachen aus dem Telefonnetz (Q.850)"));
        line();
        line(say(
                "And the response code that each becomes: by RFC 3398 (ISUP) and RFC 4497 (QSIG), in Asterisk and in"
                        + " FreeSWITCH. Where there are two, the second stands if the cause's location is the user (21) or"
                        + " the new number is known (22). A dash: no response.",
                "Und der Antwortcode, zu dem jede wird: nach RFC 3398 (ISUP) und RFC 4497 (QSIG), in Asterisk und in"
                        + " FreeSWITCH. Stehen zwei da, gilt der zweite, wenn die Ursache vom Teilnehmer kommt (21) oder die"
                        + " neue Rufnummer bekannt ist (22). Strich: keine Antwort."));
        line();
        row(
                say("Cause", "Ursache"),
                say("Name", "Name"),
                say("Meaning", "Bedeutung"),
                "RFC 3398",
                "RFC 4497",
                "Asterisk",
                "FreeSWITCH");
        row("---", "---", "---", "---", "---", "---", "---");
        for (Q850Cause cause : Q850Cause.values()) {
            List<String> cells = new ArrayList<>();
            SipText text = catalog.words(cause, language);
            cells.add(String.valueOf(cause.value()));
            cells.add(text.title());
            cells.add(text.meaning());
            for (Q850Profile profile : Q850Profile.values()) {
                Optional<SipCode> code = profile.toSip(cause.value());
                Optional<SipCode> other = profile.toSip(cause.value(), "U", true);
                cells.add(code.map(CatalogPage::link).orElse("–")
                        + (other.equals(code)
                                ? ""
                                : ", " + other.map(CatalogPage::link).orElse("–")));
            }
            row(cells.toArray(new String[0]));
        }
        line();
        line(
                say(
                        "The other way, the cause that a response code becomes, for the codes on which the four disagree:",
                        "Umgekehrt die Ursache, zu der ein Antwortcode wird, für die Codes, bei denen sich die vier unterscheiden:"));
        line();
        row(say("Code", "Code"), "RFC 3398", "RFC 4497", "Asterisk", "FreeSWITCH");
        row("---", "---", "---", "---", "---");
        for (Map.Entry<SipCode, Map<Q850Profile, Integer>> difference :
                Q850Profile.differencesToCause().entrySet()) {
            List<String> cells = new ArrayList<>();
            cells.add(link(difference.getKey()));
            for (Q850Profile profile : Q850Profile.values()) {
                OptionalInt other = profile.toCause(difference.getKey(), List.of(new SipWarning(304, "", "")));
                Integer cause = difference.getValue().get(profile);
                cells.add((cause == null ? "–" : cause.toString())
                        + (cause != null && other.getAsInt() != cause ? ", " + other.getAsInt() : ""));
            }
            row(cells.toArray(new String[0]));
        }
        line();
        line(say(
                "The second of two stands with a Warning of a missing bearer capability (304, 305, 370). Above 127:"
                        + " FreeSWITCH's own.",
                "Der zweite von zweien gilt bei einem Warning über fehlende Übermittlungsdienste (304, 305, 370). Über"
                        + " 127: Eigenes von FreeSWITCH."));
        line();
    }

    private void reasons() {
        line("<a id=\"reason\"></a>");
        line(say("## Protocols of the Reason header", "## Protokolle des Reason-Headers"));
        line();
        row(say("Protocol", "Protokoll"), say("In short", "Kurz gesagt"), say("Meaning", "Bedeutung"));
        row("---", "---", "---");
        for (String id : CatalogExport.ids("protocol")) {
            SipText text = catalog.words("protocol", id, language);
            row(id.equals("q850") ? "Q.850" : id.toUpperCase(Locale.ROOT), text.title(), text.meaning());
        }
    }

    private String say(String english, String german) {
        return language.equals(Locale.GERMAN) ? german : english;
    }

    private void line() {
        out.append('\n');
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        line(row.toString());
    }

    // In running text Markdown would take these for its own.
    private static String escape(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }
}
