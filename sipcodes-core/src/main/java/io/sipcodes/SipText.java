package io.sipcodes;

import java.util.List;
import java.util.Locale;

/**
 * The words for one entry of the catalog, in one language.
 *
 * @param language the language the title is in; a language that lacks a text falls back, at last to English
 * @param title a heading of a few words
 * @param caller one or two sentences that the person who phoned may be shown or read: nothing internal, no numbers;
 *     empty where an entry is for operators only
 * @param meaning one or two sentences for developers and operators
 * @param causes what it usually is in practice, most likely first
 * @param remedies what one can do, in the order to try it
 */
public record SipText(
        Locale language, String title, String caller, String meaning, List<String> causes, List<String> remedies) {

    /**
     * Copies the lists.
     *
     * @param language the language the title is in
     * @param title a heading of a few words
     * @param caller for the person who phoned, or empty
     * @param meaning for developers and operators
     * @param causes most likely first
     * @param remedies in the order to try them
     * @throws NullPointerException if a list is null or has a null in it
     */
    public SipText {
        causes = List.copyOf(causes);
        remedies = List.copyOf(remedies);
    }
}
