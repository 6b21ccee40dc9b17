package io.sipcodes.jainsip;

import java.util.Locale;
import java.util.Set;

/**
 * Does what a {@link Redaction} is set to. The time is proportional to the length of the text, however broken that is.
 * Immutable.
 */
final class Redactor {

    private static final String HIDDEN = "***";

    private static final Set<String> CREDENTIAL_HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "www-authenticate",
            "proxy-authenticate",
            "authentication-info",
            "proxy-authentication-info");

    /** Signed tokens, which name caller and called too, and those that give a right to media (RFC 3313). */
    private static final Set<String> TOKEN_HEADERS =
            Set.of("identity", "y", "identity-info", "n", "p-media-authorization");

    /** What credentials and challenges may show; what else stands in them is secret, or nobody knows what it is. */
    private static final Set<String> PUBLIC_PARAMETERS =
            Set.of("username", "realm", "uri", "domain", "qop", "nc", "algorithm", "stale", "charset", "userhash");

    /** What is secret wherever it stands: a broken line end can put credentials into any header. */
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("response", "nonce", "cnonce", "nextnonce", "rspauth", "auts");

    /** Headers whose value begins with a name that a person chose, or with a number in its place. */
    private static final Set<String> ADDRESS_HEADERS = Set.of(
            "from",
            "f",
            "to",
            "t",
            "contact",
            "m",
            "reply-to",
            "refer-to",
            "r",
            "referred-by",
            "b",
            "diversion",
            "history-info",
            "remote-party-id",
            "p-asserted-identity",
            "p-preferred-identity",
            "p-called-party-id",
            "p-associated-uri",
            "p-served-user",
            "p-charge-info");

    /** Headers that hold words. */
    private static final Set<String> TEXT_HEADERS = Set.of("reason", "warning", "subject", "s");

    /** Headers that hold no number of a person, but may hold what looks like one. */
    private static final Set<String> TECHNICAL_HEADERS =
            Set.of("via", "v", "call-id", "i", "cseq", "max-forwards", "content-length", "l", "date", "timestamp");

    /** Lines of SDP that hold keys (RFC 4568, RFC 8839, RFC 4567, RFC 8866). */
    private static final Set<String> KEY_LINES = Set.of("a=crypto:", "a=ice-pwd:", "a=key-mgmt:", "k=");

    private static final String INLINE = "inline";

    /** Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164). */
    private static final Set<String> TWO_DIGIT_COUNTRIES = Set.of(
            "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
                    .split(" "));

    private static final int SHORTEST_TOKEN = 6;
    private static final int SHORTEST_NUMBER = 3;
    private static final int SHORTEST_NUMBER_IN_TEXT = 7;

    /** Digits of a number (ITU-T E.164), and of country and area where these are written together. */
    private static final int LONGEST_NUMBER = 15;

    private static final int LONGEST_FIRST_GROUP = 6;

    private final Redaction hide;

    /** Hides what the redaction is set to hide. */
    Redactor(Redaction hide) {
        this.hide = hide;
    }

    /** A whole message, see {@link Redaction#message}. */
    String message(String message) {
        if (message == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(message.length() + 32);
        int position = skipLineEnds(message);
        out.append(message, 0, position);
        boolean first = true;
        while (position < message.length()) {
            int end = endOfHeader(message, position);
            if (isBlankLine(message, position, end)) {
                out.append(message, position, end);
                body(message.substring(end), out);
                break;
            }
            if (first) {
                startLine(message.substring(position, end), out);
                first = false;
            } else {
                header(message.substring(position, end), out);
            }
            position = end;
        }
        return out.toString();
    }

    /** A URI or an address, see {@link Redaction#uri}. */
    String uri(String uri) {
        if (uri == null || !hide.numbers && !hide.credentials) {
            return uri;
        }
        StringBuilder out = new StringBuilder(uri.length());
        address(uri, out);
        return looseNumbers(secretParameters(out.toString()));
    }

    /** What a person or a machine wrote, see {@link Redaction#text}. */
    String text(String text) {
        if (text == null || !hide.numbers && !hide.credentials) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        uris(text, out);
        String masked = secretParameters(out.toString());
        if (!hide.numbers) {
            return masked;
        }
        out.setLength(0);
        bareNumbers(masked, 0, masked.length(), out);
        return out.toString();
    }

    /** One line of a message that may be broken: a start line, a header, or what was to be one; null gives null. */
    String line(String line) {
        if (line == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(line.length() + 16);
        header(line, out);
        return out.toString();
    }

    // ---- headers

    // Of a broken message the first line may be any.
    private void startLine(String line, StringBuilder out) {
        String name = name(line);
        int key = inlineKey(line);
        if (key >= 0) {
            startLine(line.substring(0, key), out);
            hideKey(line, key, out);
        } else if (CREDENTIAL_HEADERS.contains(name) || TOKEN_HEADERS.contains(name) || endOfKeyName(line) > 0) {
            header(line, out);
        } else {
            out.append(line.startsWith("SIP/") ? text(line) : uri(line));
        }
    }

    private static String name(String header) {
        return header.substring(0, Math.min(Math.max(header.indexOf(':'), 0), 64))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static int skipLineEnds(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == '\r' || text.charAt(i) == '\n')) {
            i++;
        }
        return i;
    }

    /** Behind the line end of the header that starts here, folded lines included. */
    private static int endOfHeader(String text, int from) {
        int end = from;
        do {
            end = endOfLine(text, end);
        } while (end < text.length()
                && !isBlankLine(text, from, end)
                && (text.charAt(end) == ' ' || text.charAt(end) == '\t'));
        return end;
    }

    /** Behind the line end, which may be of any kind. */
    private static int endOfLine(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            i++;
        }
        return Math.min(text.length(), text.startsWith("\r\n", i) ? i + 2 : i + 1);
    }

    private static boolean isBlankLine(String text, int from, int to) {
        return to - from == 1 && (text.charAt(from) == '\n' || text.charAt(from) == '\r')
                || to - from == 2 && text.charAt(from) == '\r' && text.charAt(from + 1) == '\n';
    }

    private void header(String line, StringBuilder out) {
        String end = lineEnd(line);
        String header = line.substring(0, line.length() - end.length());
        int colon = header.indexOf(':');
        String name = name(header);
        int key = inlineKey(line);
        if (key >= 0) {
            header(line.substring(0, key), out);
            hideKey(line, key, out);
            return;
        }
        if (hide.keys && endOfKeyName(header) > 0) {
            out.append(header, 0, endOfKeyName(header)).append(HIDDEN);
        } else if (isToken(name)) {
            out.append(header(header, name, colon));
        } else if (hide.credentials
                && header.contains("=\"")
                && !header.stripLeading().startsWith("<")) {
            // The rest of credentials that somebody broke in two, and no XML.
            out.append(text(parameters(header)));
        } else if (isSdp(header)) {
            out.append(header(header, "", -1));
        } else {
            // A start line behind something else, or a name with a broken character.
            out.append(text(header));
        }
        out.append(end);
    }

    private String header(String header, String name, int colon) {
        String value = header.substring(colon + 1);
        StringBuilder out = new StringBuilder(header.length() + 16).append(header, 0, colon + 1);
        if (hide.credentials && TOKEN_HEADERS.contains(name)) {
            return out.append(' ').append(HIDDEN).toString();
        } else if (CREDENTIAL_HEADERS.contains(name)) {
            StringBuilder hidden = new StringBuilder(value.length());
            secrets(value, hidden);
            uris(hidden.toString(), out);
        } else if (ADDRESS_HEADERS.contains(name)) {
            address(value, out);
        } else if (TEXT_HEADERS.contains(name)) {
            out.append(text(value));
        } else {
            uris(value, out);
        }
        String shown = secretParameters(out.toString());
        return TECHNICAL_HEADERS.contains(name) ? shown : looseNumbers(shown);
    }

    private static boolean isSdp(String line) {
        return line.length() > 1 && line.charAt(1) == '=';
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenChar(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String lineEnd(String text) {
        return text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : text.endsWith("\r") ? "\r" : "";
    }

    /** A challenge or credentials: what is not known to be public; all of a scheme that is not Digest. */
    private void secrets(String value, StringBuilder out) {
        int position = skipBlanks(value, 0);
        int scheme = endOfToken(value, position);
        out.append(value, 0, position);
        if (scheme >= value.length() || value.charAt(scheme) != '=') {
            boolean digest = value.substring(position, scheme).equalsIgnoreCase("Digest");
            if (hide.credentials && !digest) {
                // A token alone is no scheme but may be what one was to protect.
                boolean alone = skipBlanks(value, scheme) >= value.length();
                out.append(value, position, alone ? position : scheme);
                out.append(position == value.length() ? "" : alone ? HIDDEN : " " + HIDDEN);
                return;
            }
            out.append(value, position, scheme);
            position = scheme;
        }
        out.append(parameters(value.substring(position)));
    }

    private String parameters(String value) {
        StringBuilder out = new StringBuilder(value.length());
        int position = 0;
        while (position < value.length()) {
            char c = value.charAt(position);
            if (c <= ' ' || c == ',' || !hide.credentials && !isTokenChar(c)) {
                out.append(c);
                position++;
                continue;
            }
            int end = endOfToken(value, position);
            String parameter = parameter(value, position, end);
            int equals = skipBlanks(value, end);
            boolean named = end > position && equals < value.length() && value.charAt(equals) == '=';
            int start = named ? skipBlanks(value, equals + 1) : end;
            end = named ? endOfValue(value, start) : end;
            out.append(value, position, named ? start : position);
            if (hide.numbers && named && parameter.equals("username")) {
                runs(value, start, end, SHORTEST_NUMBER_IN_TEXT, true, out);
            } else if (!hide.credentials || named && PUBLIC_PARAMETERS.contains(parameter)) {
                out.append(value, named ? start : position, end);
            } else {
                out.append(named ? hidden(value, start, end) : HIDDEN);
                end = named ? end : endOfItem(value, position);
            }
            position = end;
        }
        return out.toString();
    }

    private static String hidden(String value, int start, int end) {
        return start < end && value.charAt(start) == '"' ? "\"" + HIDDEN + "\"" : HIDDEN;
    }

    /** The text without the values of parameters that are secret wherever they stand. */
    private String secretParameters(String text) {
        if (!hide.credentials) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length()) {
            int end = endOfToken(text, position);
            if (end == position) {
                out.append(text.charAt(position++));
                continue;
            }
            out.append(text, position, end);
            int equals = skipBlanks(text, end);
            if (equals < text.length()
                    && text.charAt(equals) == '='
                    && SECRET_PARAMETERS.contains(parameter(text, position, end))) {
                int start = skipBlanks(text, equals + 1);
                out.append(text, end, start);
                end = endOfValue(text, start);
                out.append(hidden(text, start, end));
            } else if (isAuthScheme(text, position, end)) {
                int start = skipBlanks(text, end);
                int behind = endOfSecret(text, start);
                if (behind > start) {
                    out.append(text, end, start).append(HIDDEN);
                    end = behind;
                }
            }
            position = end;
        }
        return out.toString();
    }

    private static boolean isAuthScheme(String text, int from, int to) {
        return to < text.length()
                && text.charAt(to) == ' '
                && (text.regionMatches(true, from, "Bearer ", 0, to - from + 1)
                        || text.regionMatches(true, from, "Basic ", 0, to - from + 1));
    }

    /** Behind what only a machine can have made (token68 of RFC 9110 11.2); the start if a person wrote it, or it is a parameter. */
    private static int endOfSecret(String text, int from) {
        int i = from;
        boolean letters = false;
        boolean plain = true;
        while (i < text.length() && (isTokenChar(text.charAt(i)) || "~+/".indexOf(text.charAt(i)) >= 0)) {
            char c = text.charAt(i);
            letters |= Character.isLetter(c);
            // People write of a bearer capability, and of a Basic call.
            plain &= c >= 'a' && c <= 'z' || c == '.' || c == '-' || i == from;
            i++;
        }
        int end = i;
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        boolean named = end > i && end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ',';
        return i - from >= SHORTEST_TOKEN && letters && !plain && !named ? end : from;
    }

    private static String parameter(String text, int from, int to) {
        return text.substring(from, Math.min(to, from + 16)).toLowerCase(Locale.ROOT);
    }

    private static int endOfToken(String text, int from) {
        int i = from;
        while (i < text.length() && isTokenChar(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** At the next comma outside of quotes, or the end of the text. */
    private static int endOfItem(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != ',') {
            i = text.charAt(i) == '"' ? endOfQuoted(text, i) : i + 1;
        }
        return i;
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        return i;
    }

    private static int endOfValue(String text, int from) {
        if (from < text.length() && text.charAt(from) == '"') {
            return endOfQuoted(text, from);
        }
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ' && text.charAt(i) != ',') {
            i++;
        }
        return i;
    }

    /** Behind the closing quote, or the end of the text. */
    private static int endOfQuoted(String text, int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isTokenChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    // ---- bodies

    private void body(String body, StringBuilder out) {
        if (body.isEmpty()) {
            return;
        }
        if (hide.bodies) {
            out.append("[body of ").append(body.length()).append(" characters]");
            return;
        }
        int position = 0;
        while (position < body.length()) {
            int end = endOfLine(body, position);
            line(body.substring(position, end), out);
            position = end;
        }
    }

    private void line(String line, StringBuilder out) {
        if (hide.numbers && line.startsWith("p=")) {
            runs(line, 0, line.length(), SHORTEST_NUMBER, true, out);
        } else if (isSdp(line) && endOfKeyName(line) == 0 && inlineKey(line) < 0) {
            out.append(header(line, "", -1));
        } else {
            // Not only SDP: a NOTIFY of a REFER holds a message.
            header(line, out);
        }
    }

    /** Behind the name of a key of SDP, 0 if the line holds none. */
    private static int endOfKeyName(String line) {
        int from = skipBlanks(line, 0);
        for (String start : KEY_LINES) {
            if (line.regionMatches(true, from, start, 0, start.length())) {
                return from + start.length();
            }
        }
        return 0;
    }

    /** Where a key begins in a line that no name tells to hold one (RFC 4568 9.2); -1 if none does, or it may be shown. */
    private int inlineKey(String line) {
        if (!hide.keys || endOfKeyName(line) > 0) {
            return -1;
        }
        for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
            if (isScheme(line, colon, INLINE)) {
                return colon - INLINE.length();
            }
        }
        return -1;
    }

    private static void hideKey(String line, int key, StringBuilder out) {
        out.append(line, key, key + INLINE.length() + 1).append(HIDDEN).append(lineEnd(line));
    }

    // ---- numbers

    /** Names, quoted or before an angle bracket, hold bare numbers; the rest holds URIs and parameters. */
    private void address(String value, StringBuilder out) {
        if (!hide.numbers) {
            uris(value, out);
            return;
        }
        StringBuilder named = new StringBuilder(value.length());
        int segment = 0;
        int i = 0;
        char before = ' ';
        while (i < value.length()) {
            char c = value.charAt(i);
            int next = i + 1;
            if (c == '"') {
                next = endOfQuoted(value, i);
                named.append(value, segment, i);
                if (before == '=') {
                    named.append(value, i, next);
                } else {
                    bareNumbers(value, i, next, named);
                }
                segment = next;
            } else if (c == '<') {
                int end = value.indexOf('>', i);
                next = end < 0 ? value.length() : end + 1;
                bareNumbers(value, segment, i, named);
                named.append(value, i, next);
                segment = next;
            } else if (c == ',' || c == ';') {
                named.append(value, segment, next);
                segment = next;
            }
            if (c > ' ') {
                before = c;
            }
            i = next;
        }
        named.append(value, segment, value.length());
        uris(named.toString(), out);
    }

    private void uris(String text, StringBuilder out) {
        int copied = 0;
        int noUserBefore = 0;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', Math.max(colon + 1, copied))) {
            int start = colon + 1;
            if (isScheme(text, colon, "tel")) {
                int end = endOfNumber(text, start);
                out.append(text, copied, start);
                mask(text, start, end, SHORTEST_NUMBER, out);
                copied = end;
            } else if (isScheme(text, colon, "sip") || isScheme(text, colon, "sips")) {
                int end = start;
                while (start >= noUserBefore && end < text.length() && !endsUser(text.charAt(end))) {
                    end++;
                }
                if (end > start && end < text.length() && text.charAt(end) == '@') {
                    out.append(text, copied, start);
                    user(text, start, end, out);
                    copied = end;
                } else {
                    // Whatever looks like a URI up to here has no user either; looking again would take square time.
                    noUserBefore = Math.max(noUserBefore, end);
                    end = endOfDigits(text, start);
                    out.append(text, copied, start);
                    mask(text, start, end, SHORTEST_NUMBER_IN_TEXT, out);
                    copied = end;
                }
            } else if (text.startsWith("//", start)) {
                start += 2;
                int end = start;
                while (end < text.length() && "/?#,;".indexOf(text.charAt(end)) < 0 && !endsUser(text.charAt(end))) {
                    end++;
                }
                out.append(text, copied, start);
                if (end < text.length() && text.charAt(end) == '@') {
                    user(text, start, end, out);
                } else {
                    out.append(text, start, end);
                }
                copied = end;
            }
        }
        out.append(text, copied, text.length());
    }

    private static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isScheme(String text, int colon, String scheme) {
        int start = colon - scheme.length();
        return start >= 0
                && text.regionMatches(true, start, scheme, 0, scheme.length())
                && (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)));
    }

    private static boolean endsUser(char c) {
        return c == '@' || c <= ' ' || c == '<' || c == '>' || c == '"';
    }

    private void user(String text, int from, int to, StringBuilder out) {
        int end = find(text, ':', from, to);
        int plain = find(text, ';', from, end);
        mask(text, from, plain, isNumeric(text, from, plain) ? SHORTEST_NUMBER : SHORTEST_NUMBER_IN_TEXT, out);
        mask(text, plain, end, SHORTEST_NUMBER_IN_TEXT, out);
        if (end < to) {
            out.append(hide.credentials ? ":" + HIDDEN : text.substring(end, to));
        }
    }

    private static int find(String text, char wanted, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) != wanted) {
            i++;
        }
        return i;
    }

    private static boolean isNumeric(String text, int from, int to) {
        for (int i = from + (from < to ? plusLength(text, from, to) : 0); i < to; i++) {
            if (!isDigit(text.charAt(i)) && !isPartOfNumber(text.charAt(i)) && text.charAt(i) != '%') {
                return false;
            }
        }
        return true;
    }

    private void mask(String text, int from, int to, int shortest, StringBuilder out) {
        if (hide.numbers) {
            runs(text, from, to, shortest, true, out);
        } else {
            out.append(text, from, to);
        }
    }

    /** Masks what is a number wherever it stands, in a broken URI too: digits behind a plus sign or before an at sign. */
    private String looseNumbers(String text) {
        if (!hide.numbers) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length()) {
            int plus = plusLength(text, position, text.length());
            int end = endOfDigits(text, position + plus);
            if (end == position + plus) {
                out.append(text.charAt(position++));
                continue;
            }
            end = plus > 0 ? endOfGroups(text, position + plus) : end;
            if (plus > 0 || end < text.length() && text.charAt(end) == '@') {
                runs(text, position, end, SHORTEST_NUMBER_IN_TEXT, false, out);
                position = end;
            } else {
                out.append(text, position, end);
                position = end;
            }
        }
        return out.toString();
    }

    /** Behind a number that is written in groups, with a country code of its own; but not behind what follows a whole one. */
    private static int endOfGroups(String text, int from) {
        int digits = 0;
        boolean grouped = false;
        int i = from;
        while (i < text.length() && isInNumber(text.charAt(i))) {
            if (text.charAt(i) == ' ') {
                int group = i + 1;
                while (group < text.length() && isPartOfNumber(text.charAt(group))) {
                    group++;
                }
                int more = endOfDigits(text, group) - group;
                if (more == 0 || digits + more > LONGEST_NUMBER || !grouped && digits > LONGEST_FIRST_GROUP) {
                    return i;
                }
                grouped = true;
            } else if (isDigit(text.charAt(i))) {
                digits++;
            }
            i++;
        }
        return i;
    }

    private static void bareNumbers(String text, int from, int to, StringBuilder out) {
        runs(text, from, to, SHORTEST_NUMBER_IN_TEXT, false, out);
    }

    /**
     * Masks each run of digits that is long enough.
     *
     * @param separators whether hyphens, dots and the like may stand between digits even without a plus sign before
     */
    private static void runs(String text, int from, int to, int shortest, boolean separators, StringBuilder out) {
        int position = from;
        while (position < to) {
            int plus = plusLength(text, position, to);
            // A plus sign alone must not start a search: many of them would each search to the end.
            if (position + plus >= to || !isDigit(text.charAt(position + plus))) {
                out.append(text.charAt(position++));
                continue;
            }
            int start = position + plus;
            int end = start;
            int digits = 0;
            int lastDigit = start;
            while (end < to) {
                char c = text.charAt(end);
                if (isDigit(c)) {
                    digits++;
                    lastDigit = end + 1;
                } else if (!(plus > 0 ? isInNumber(c) : separators && isPartOfNumber(c))) {
                    break;
                }
                end++;
            }
            out.append(text, position, start);
            if (digits < shortest) {
                out.append(text, start, lastDigit);
            } else {
                maskDigits(text, start, lastDigit, digits, plus > 0, out);
            }
            position = Math.max(lastDigit, start);
        }
    }

    private static void maskDigits(String text, int from, int to, int digits, boolean plus, StringBuilder out) {
        int shown = prefix(text, from, to, digits, plus);
        int seen = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                seen++;
                out.append(seen <= shown || seen > digits - 2 ? c : '*');
            } else {
                out.append(c);
            }
        }
    }

    /** How many digits at the start tell the country. */
    private static int prefix(String text, int from, int to, int digits, boolean plus) {
        StringBuilder first = new StringBuilder(5);
        for (int i = from; i < to && first.length() < 5; i++) {
            if (isDigit(text.charAt(i))) {
                first.append(text.charAt(i));
            }
        }
        int exit = 0;
        if (!plus) {
            if (digits < 8 || first.charAt(0) != '0' || first.charAt(1) != '0') {
                return 0;
            }
            exit = 2;
        }
        if (first.length() < exit + 3) {
            return 0;
        }
        char country = first.charAt(exit);
        if (country == '1' || country == '7') {
            return exit + 1;
        }
        return exit + (TWO_DIGIT_COUNTRIES.contains(first.substring(exit, exit + 2)) ? 2 : 3);
    }

    private static int endOfNumber(String text, int from) {
        int i = from;
        while (i < text.length()
                && (isDigit(text.charAt(i)) || isPartOfNumber(text.charAt(i)) || text.charAt(i) == '+')) {
            i++;
        }
        return i;
    }

    private static int plusLength(String text, int at, int to) {
        if (text.charAt(at) == '+') {
            return 1;
        }
        return at + 3 <= to && text.regionMatches(true, at, "%2B", 0, 3) ? 3 : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What may stand in a number behind a plus sign. */
    private static boolean isInNumber(char c) {
        return isDigit(c) || isPartOfNumber(c) || c == ' ';
    }

    private static boolean isPartOfNumber(char c) {
        return c == '-' || c == '.' || c == '(' || c == ')' || c == '*' || c == '#';
    }
}
