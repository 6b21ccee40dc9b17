package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A status code and its phrase, found in a line that somebody has: of a log, a mail, a table. Looks for what is surest
 * first, and takes no number for a code that could as well be a port, a time or an address.
 *
 * @param rawCode the number, 0 if there was none
 * @param phrase what follows it, or the whole text if there was no number
 */
record LooseStatus(int rawCode, String phrase) {

    private static final int MAX_LENGTH = 4096;

    /** A status line, wherever it begins. */
    private static final Pattern STATUS_LINE =
            Pattern.compile("SIP/2\\.0[ \\t]{1,8}(\\d{3})(?!\\w|[.:/-]\\d)([^\\r\\n]*)", Pattern.CASE_INSENSITIVE);

    /** The number first, as in {@code 486 Busy Here}, {@code "486": Busy} and {@code [486]}. */
    private static final Pattern NUMBER_FIRST =
            Pattern.compile("\\s{0,64}[\"'(\\[<]?([1-7]\\d\\d)(?!\\w|[.:/-]\\d)([^\\r\\n]*)");

    /** A number that is said to be a status, as in {@code status=486} and {@code "code": 486}. */
    private static final Pattern NAMED = Pattern.compile(
            "(?<![A-Za-z])(?:sip[._ -]?)?(?:status|response|reply|code)(?:[._ -]?(?:status|code|response))?[\"']?\\s{0,4}[:=]\\s{0,4}"
                    + "[\"']?([1-6]\\d\\d)(?!\\w|[.:/-]\\d)",
            Pattern.CASE_INSENSITIVE);

    /** Any number on its own. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.:/-])([1-6]\\d\\d)[\"'):,]?\\s{1,4}");

    /** The header fields that tell more, where a whole message is at hand. */
    private static final Pattern HEADER = Pattern.compile(
            "^(Reason|Warning|Retry-After|CSeq)[ \\t]{0,8}:([^\\r\\n]*+(?:\\r?\\n[ \\t][^\\r\\n]*+)*+)",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** What stands between a number and its phrase. */
    private static final Pattern LEADING = Pattern.compile("^[\\s\"'\\])>:;,.=-]+");

    /** What may close behind a phrase, and is none of it. */
    private static final String CLOSING = " \t\"'])>;,.";

    /** What holds the lines of one header field together (RFC 3261 section 7.3.1), and blanks. */
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

    /** What the text says of the status, and if it holds a whole message, what that says of the reason. */
    static SipDiagnosis.Builder read(String text) {
        LooseStatus status = find(text);
        SipDiagnosis.Builder builder = SipDiagnosis.about(status.rawCode).phrase(status.phrase);
        if (text == null || text.indexOf('\n') < 0) {
            return builder;
        }
        List<SipReason> reasons = new ArrayList<>();
        List<SipWarning> warnings = new ArrayList<>();
        Matcher matcher = HEADER.matcher(start(text));
        while (matcher.find()) {
            String value = BLANKS.matcher(matcher.group(2)).replaceAll(" ").strip();
            switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
                case "reason" -> reasons.addAll(SipReason.parse(value));
                case "warning" -> warnings.addAll(SipWarning.parse(value));
                case "retry-after" -> builder.retryAfterSeconds(HeaderValues.number(firstToken(value)));
                default -> builder.method(value.substring(value.lastIndexOf(' ') + 1));
            }
        }
        return builder.reasons(reasons).warnings(warnings);
    }

    private static String firstToken(String value) {
        int end = 0;
        while (end < value.length() && Character.isDigit(value.charAt(end))) {
            end++;
        }
        return value.substring(0, end);
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }

    static LooseStatus find(String text) {
        if (text == null) {
            return new LooseStatus(0, "");
        }
        String line = start(text);
        Matcher matcher = STATUS_LINE.matcher(line);
        if (matcher.find()) {
            int before = Math.max(line.lastIndexOf('\n', matcher.start()), line.lastIndexOf('\r', matcher.start())) + 1;
            boolean alone = line.substring(before, matcher.start()).isBlank();
            return of(matcher.group(1), matcher.group(2), alone);
        }
        matcher = NUMBER_FIRST.matcher(line);
        if (matcher.lookingAt()) {
            return of(matcher.group(1), matcher.group(2), true);
        }
        matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group(1));
            String phrase = known(number, line, matcher.end());
            if (phrase != null) {
                return new LooseStatus(number, phrase);
            }
        }
        matcher = NAMED.matcher(line);
        return matcher.find() ? of(matcher.group(1), "", true) : new LooseStatus(0, line);
    }

    // A phrase runs to the end of its line (RFC 3261 section 7.2), and what tells most may stand behind the usual
    // words. In the middle of a line only a phrase that we know tells where it ends; a log writes more behind it.
    private static LooseStatus of(String digits, String rest, boolean toTheEnd) {
        int number = Integer.parseInt(digits);
        String phrase = LEADING.matcher(rest).replaceFirst("").strip();
        String known = known(number, phrase, 0);
        boolean isAll = known != null && (!toTheEnd || known.length() >= endOfWords(phrase));
        return new LooseStatus(number, isAll ? known : phrase);
    }

    private static int endOfWords(String phrase) {
        int end = phrase.length();
        while (end > 0 && CLOSING.indexOf(phrase.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /** The phrase of this number that stands there in the text, be it another than the registry's; or null. */
    private static String known(int number, String text, int from) {
        SipCode code = SipCode.find(number).orElse(null);
        if (code == null) {
            return null;
        }
        if (text.regionMatches(true, from, code.phrase(), 0, code.phrase().length())) {
            return code.phrase();
        }
        for (SipEntry.Alias alias : Facts.of(code).aliases) {
            if (text.regionMatches(true, from, alias.phrase(), 0, alias.phrase().length())) {
                return alias.phrase();
            }
        }
        return null;
    }
}
