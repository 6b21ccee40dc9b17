package io.sipcodes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads JSON: maps, lists, strings, whole numbers, booleans. As much of it as the exported catalog needs. */
final class Json {

    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.append('\n').toString();
    }

    private static void write(Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            write("{", map.entrySet(), "}", indent, out);
        } else if (value instanceof List<?> list && isShort(list)) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                write(list.get(i), indent, out);
            }
            out.append(']');
        } else if (value instanceof List<?> list) {
            write("[", list, "]", indent, out);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            quote((String) entry.getKey(), out);
            out.append(": ");
            write(entry.getValue(), indent, out);
        } else if (value instanceof String string) {
            quote(string, out);
        } else {
            out.append(value);
        }
    }

    private static boolean isShort(List<?> list) {
        return list.stream().allMatch(item -> item instanceof Number || item instanceof String)
                && list.toString().length() < 80;
    }

    private static void write(String open, Iterable<?> items, String close, String indent, StringBuilder out) {
        String separator = open;
        for (Object item : items) {
            out.append(separator).append('\n').append(indent).append("  ");
            write(item, indent + "  ", out);
            separator = ",";
        }
        out.append(separator.equals(open) ? open : "\n" + indent).append(close);
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (char c : string.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\');
            } else if (c < ' ') {
                throw new IllegalArgumentException("control character in: " + string);
            }
            out.append(c);
        }
        out.append('"');
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.next() != 0) {
            throw new IllegalArgumentException("more behind the end, at " + json.position);
        }
        return value;
    }

    private Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        while (next() != '}') {
            if (!map.isEmpty()) {
                expect(',');
                next();
            }
            String key = string();
            next();
            expect(':');
            if (map.put(key, value()) != null) {
                throw new IllegalArgumentException(key + " stands twice, at " + position);
            }
        }
        expect('}');
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        expect('[');
        while (next() != ']') {
            if (!list.isEmpty()) {
                expect(',');
            }
            list.add(value());
        }
        expect(']');
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        expect('"');
        while (text.charAt(position) != '"') {
            if (text.charAt(position) == '\\') {
                position++;
            }
            out.append(text.charAt(position++));
        }
        expect('"');
        return out.toString();
    }

    private Object word() {
        int start = position;
        while (position < text.length() && ",]}\n ".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : Integer.valueOf(word);
    }

    private char next() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private void expect(char c) {
        if (text.charAt(position) != c) {
            throw new IllegalArgumentException("expected " + c + " at " + position);
        }
        position++;
    }
}
