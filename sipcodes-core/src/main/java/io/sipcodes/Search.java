package io.sipcodes;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds entries by number, phrase, alias or words. */
final class Search {

    private static final int MAX_QUERY = 100;

    // How much it counts where a word is found.
    private static final int NUMBER = 100;
    private static final int PHRASE = 80;
    private static final int ALIAS = 60;
    private static final int TITLE = 40;
    private static final int MEANING = 20;
    private static final int REST = 5;

    private record Hit(SipEntry entry, int score) {}

    /** What of an entry is compared: folded, texts that count alike with a line end between them. Kept with the entry. */
    record Folded(String phrase, String aliases, List<FoldedText> texts) {}

    record FoldedText(String title, String meaning, String rest) {}

    private Search() {}

    static List<SipEntry> find(SipCatalog catalog, String query) {
        String folded = fold(query.length() > MAX_QUERY ? query.substring(0, MAX_QUERY) : query)
                .strip();
        if (folded.isEmpty()) {
            return List.of();
        }
        String[] words = folded.split("\\s+");
        List<Hit> hits = new ArrayList<>();
        for (SipEntry entry : catalog.entries()) {
            Folded texts = folded(catalog, entry);
            int score = score(entry, texts, words);
            if (score > 0) {
                // The phrase itself goes before what only has its words.
                hits.add(new Hit(entry, texts.phrase().equals(folded) ? score + PHRASE : score));
            }
        }
        if (hits.isEmpty()) {
            return SipCode.find(HeaderValues.number(folded)).map(catalog::entry).stream()
                    .toList();
        }
        hits.sort(Comparator.comparingInt(Hit::score).reversed());
        return hits.stream().map(Hit::entry).toList();
    }

    private static int score(SipEntry entry, Folded texts, String[] words) {
        int score = 0;
        for (String word : words) {
            int found = score(entry, texts, word);
            if (found == 0) {
                return 0;
            }
            score += found;
        }
        return score;
    }

    private static int score(SipEntry entry, Folded texts, String word) {
        if (isNumber(word)) {
            return entry.code().text().startsWith(word) ? NUMBER : 0;
        }
        if (word.equals(entry.code().codeClass().label())) {
            return NUMBER;
        }
        if (texts.phrase().contains(word)) {
            return PHRASE;
        }
        if (texts.aliases().contains(word)) {
            return ALIAS;
        }
        int best = 0;
        for (FoldedText text : texts.texts()) {
            if (text.title().contains(word)) {
                return TITLE;
            }
            if (text.meaning().contains(word)) {
                best = MEANING;
            } else if (best == 0 && text.rest().contains(word)) {
                best = REST;
            }
        }
        return best;
    }

    // Two threads may make it twice, which harms nobody.
    private static Folded folded(SipCatalog catalog, SipEntry entry) {
        Folded folded = entry.folded;
        if (folded == null) {
            List<String> aliases =
                    entry.aliases().stream().map(SipEntry.Alias::phrase).toList();
            List<FoldedText> texts = new ArrayList<>();
            for (Locale language : catalog.languages()) {
                SipText text;
                try {
                    text = entry.text(language);
                } catch (IllegalStateException e) {
                    // A file with a mistake. Who reads in that language is told; here it must not spoil all others.
                    continue;
                }
                texts.add(new FoldedText(
                        fold(text.title()),
                        fold(text.meaning() + "\n" + text.caller()),
                        fold(String.join("\n", text.causes()) + "\n" + String.join("\n", text.remedies()))));
            }
            folded = new Folded(fold(entry.code().phrase()), fold(String.join("\n", aliases)), List.copyOf(texts));
            entry.folded = folded;
        }
        return folded;
    }

    private static boolean isNumber(String word) {
        return word.length() <= 3 && HeaderValues.number(word) >= 0;
    }

    /** Without case and accents, and with the umlauts as people write them who have no key for them. */
    private static String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(lower.length());
        String plain = Normalizer.normalize(lower, Normalizer.Form.NFD);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                out.append(c == 'ß' ? "ss" : String.valueOf(c));
            }
        }
        return out.toString().replace("ae", "a").replace("oe", "o").replace("ue", "u");
    }
}
