package io.sipcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One value of a Reason header (RFC 3326), as {@code Q.850;cause=17;text="User busy"}. Protocols are compared without
 * regard to case, since {@code q.850} occurs; a value that cannot be read is kept with what could be.
 *
 * @param protocol as received and cleaned: {@code SIP}, {@code Q.850} or any other token
 * @param cause the cause value, or -1 if there was none or it is no number
 * @param text the text parameter, cleaned, or empty
 * @param location where the call was released in the telephone network, as {@code LN}, cleaned, or empty; with another
 *     protocol than Q.850 it means nothing and is dropped (RFC 8606 section 4)
 */
public record SipReason(String protocol, int cause, String text, String location) {

    private static final String Q850 = "Q.850";

    /** More values than this in one header are left out: they come from nobody who means well. */
    static final int MAX_VALUES = 8;

    /**
     * Cleans and bounds the text.
     *
     * @param protocol {@code SIP}, {@code Q.850} or any other token
     * @param cause the cause value; a negative one is as good as none
     * @param text the text parameter, or empty
     * @param location where the call was released, or empty
     * @throws NullPointerException if a value is null
     */
    public SipReason {
        protocol = WireText.clean(Objects.requireNonNull(protocol, "protocol"), WireText.SHORT);
        text = WireText.clean(Objects.requireNonNull(text, "text"), WireText.LONG);
        Objects.requireNonNull(location, "location");
        location = protocol.equalsIgnoreCase(Q850) ? WireText.clean(location, WireText.SHORT) : "";
        cause = Math.max(-1, cause);
    }

    /**
     * {@return a value without text and location}
     *
     * @param protocol as {@code Q.850}
     * @param cause from 0 on, or -1 for none
     */
    public static SipReason of(String protocol, int cause) {
        return new SipReason(protocol, cause, "", "");
    }

    /**
     * Reads the value of a Reason header, which may hold several values separated by commas, also several of one
     * protocol (RFC 9366). Never throws; what cannot be read is left out, and no more than 8 values are read.
     *
     * @param header the header's value, without its name; null gives an empty list
     * @return its values, in their order
     */
    public static List<SipReason> parse(String header) {
        List<SipReason> values = new ArrayList<>(2);
        HeaderValues reader = new HeaderValues(header);
        while (values.size() < MAX_VALUES && reader.nextValue()) {
            String protocol = reader.token();
            if (protocol.isEmpty()) {
                continue;
            }
            values.add(new SipReason(
                    protocol,
                    HeaderValues.number(reader.parameter("cause")),
                    reader.parameter("text"),
                    reader.parameter("location")));
        }
        return List.copyOf(values);
    }

    /** {@return whether this is a Q.850 cause} */
    public boolean isQ850() {
        return protocol.equalsIgnoreCase(Q850);
    }

    /** {@return whether this is a SIP response code} */
    public boolean isSip() {
        return protocol.equalsIgnoreCase("SIP");
    }

    /** The value as a header would hold it; quotes and backslashes in the text are escaped. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(protocol);
        if (cause >= 0) {
            out.append(";cause=").append(cause);
        }
        if (!text.isEmpty()) {
            out.append(";text=\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        if (!location.isEmpty()) {
            out.append(";location=").append(location);
        }
        return out.toString();
    }
}
