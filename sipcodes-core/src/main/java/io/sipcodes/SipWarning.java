package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One value of a Warning header (RFC 3261 section 20.43), as {@code 304 gw.example.com "Media type not available"}.
 *
 * @param code the three digits, 100..999, or -1 if there were none
 * @param agent who added the warning: a host or a pseudonym, cleaned, or empty
 * @param text the text, cleaned, or empty
 */
public record SipWarning(int code, String agent, String text) {

    static final int MAX_VALUES = 8;

    /**
     * Cleans and bounds the text.
     *
     * @param code the three digits; any other number is as good as none
     * @param agent who added the warning, or empty
     * @param text the text, or empty
     * @throws NullPointerException if a value is null
     */
    public SipWarning {
        code = code >= 100 && code <= 999 ? code : -1;
        agent = WireText.clean(Objects.requireNonNull(agent, "agent"), WireText.SHORT);
        text = WireText.clean(Objects.requireNonNull(text, "text"), WireText.LONG);
    }

    /**
     * Reads the value of a Warning header, which may hold several values separated by commas. Never throws; what cannot
     * be read is left out, and no more than 8 values are read.
     *
     * @param header the header's value, without its name; null gives an empty list
     * @return its values, in their order
     */
    public static List<SipWarning> parse(String header) {
        List<SipWarning> values = new ArrayList<>(2);
        HeaderValues reader = new HeaderValues(header);
        while (values.size() < MAX_VALUES && reader.nextValue()) {
            int code = HeaderValues.number(reader.token());
            if (code < 100 || code > 999) {
                continue;
            }
            values.add(new SipWarning(code, reader.token(), reader.quoted()));
        }
        return List.copyOf(values);
    }

    /** The value as a header would hold it; quotes and backslashes in the text are escaped. */
    @Override
    public String toString() {
        return code + " " + (agent.isEmpty() ? "-" : agent) + " \""
                + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
