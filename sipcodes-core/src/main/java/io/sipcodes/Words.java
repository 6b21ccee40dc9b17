package io.sipcodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where in a file the words of one entry stand. They are made strings when they are asked for: a language has two thousand
 * texts, and an application that starts wants a few.
 */
final class Words {

    private static final int[] NONE = {};

    private final Lines file;
    private final int line;

    // Where each text begins; 0 is for none, since a key stands before it.
    private int title;
    private int caller;
    private int meaning;
    private int[] causes = NONE;
    private int[] remedies = NONE;

    /** Words that are to be added; what is wrong with them as a whole is wrong at this line. */
    Words(Lines file) {
        this.file = file;
        this.line = file.number();
    }

    /** Adds the text of the line at which the file is; its key has the field, as {@code title} or {@code causes.2}, from here on. */
    void add(int field) {
        int to = file.keyEnd();
        int at = file.valueStart();
        int before = 0;
        if (file.startsWith(field, to, "causes.")) {
            causes = append(causes, field, "causes.");
        } else if (file.startsWith(field, to, "remedies.")) {
            remedies = append(remedies, field, "remedies.");
        } else if (file.is(field, to, "title")) {
            before = title;
            title = at;
        } else if (file.is(field, to, "caller")) {
            before = caller;
            caller = at;
        } else if (file.is(field, to, "meaning")) {
            before = meaning;
            meaning = at;
        } else {
            throw new IllegalStateException(
                    file.problem(file.key(), "title, caller, meaning, causes.1 or remedies.1 at its end"));
        }
        if (before != 0) {
            throw new IllegalStateException(file.problem(file.key() + " stands twice", "once"));
        }
    }

    private int[] append(int[] items, int field, String name) {
        int next = items.length + 1;
        if (file.number(field + name.length(), file.keyEnd()) != next) {
            throw new IllegalStateException(file.problem(file.key() + " stands out of order", name + next));
        }
        int[] more = Arrays.copyOf(items, next);
        more[items.length] = file.valueStart();
        return more;
    }

    boolean hasTitle() {
        return title != 0;
    }

    /** The file and the line where the first of the words stands. */
    String where() {
        return file.where(line);
    }

    /** The words; empty what is not said. */
    SipText text(Locale locale) {
        return new SipText(locale, string(title), string(caller), string(meaning), strings(causes), strings(remedies));
    }

    /** A text, and for what it lacks another one. */
    static SipText over(SipText text, SipText fallback) {
        boolean untitled = text.title().isBlank();
        return new SipText(
                untitled ? fallback.language() : text.language(),
                untitled ? fallback.title() : text.title(),
                text.caller().isBlank() ? fallback.caller() : text.caller(),
                text.meaning().isBlank() ? fallback.meaning() : text.meaning(),
                text.causes().isEmpty() ? fallback.causes() : text.causes(),
                text.remedies().isEmpty() ? fallback.remedies() : text.remedies());
    }

    private String string(int at) {
        return at == 0 ? "" : file.value(at);
    }

    private List<String> strings(int[] items) {
        List<String> strings = new ArrayList<>(items.length);
        for (int at : items) {
            strings.add(file.value(at));
        }
        return strings;
    }
}
