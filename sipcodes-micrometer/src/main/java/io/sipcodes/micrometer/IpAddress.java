package io.sipcodes.micrometer;

/**
 * An IP address, read without asking the DNS, which {@code InetAddress} would for anything that is no address. IPv4 is
 * held as IPv6, mapped (RFC 4291 section 2.5.5.2).
 */
record IpAddress(long high, long low) {

    static final int BITS = 128;

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final int GROUPS = 8;

    /** Reads an address in dotted-decimal or colon notation; a zone is left out. Null for anything else. */
    static IpAddress find(String text) {
        if (text.indexOf(':') < 0) {
            long v4 = v4(text);
            return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
        }
        int zone = text.indexOf('%');
        return v6(zone < 0 ? text : text.substring(0, zone));
    }

    /** The bits of the notation: 32 or 128. */
    int bits() {
        return high == 0 && (low & ~0xffff_ffffL) == MAPPED ? 32 : BITS;
    }

    /** Whether the first bits are the same, 0..128, counted in the IPv6 form. */
    boolean sharesPrefix(IpAddress other, int bits) {
        long highMask = bits >= 64 ? -1L : bits == 0 ? 0 : -1L << (64 - bits);
        long lowMask = bits <= 64 ? 0 : -1L << (BITS - bits);
        return ((high ^ other.high) & highMask) == 0 && ((low ^ other.low) & lowMask) == 0;
    }

    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long value = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3) {
                return -1;
            }
            int number = 0;
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                number = number * 10 + (c - '0');
            }
            if (number > 255) {
                return -1;
            }
            value = value << 8 | number;
        }
        return value;
    }

    private static IpAddress v6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int count = head.length + tail.length;
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return null;
        }
        long[] halves = new long[2];
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = i - (GROUPS - tail.length);
            int group = i < head.length ? head[i] : fromEnd >= 0 ? tail[fromEnd] : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return new IpAddress(halves[0], halves[1]);
    }

    // The last two groups may be written as an IPv4 address.
    private static int[] groups(String text, boolean last) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        boolean dotted = last && parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (dotted ? 1 : 0)];
        for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
            if (!parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                return null;
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        if (dotted) {
            long v4 = v4(parts[parts.length - 1]);
            if (v4 < 0) {
                return null;
            }
            groups[groups.length - 2] = (int) (v4 >> 16);
            groups[groups.length - 1] = (int) (v4 & 0xffff);
        }
        return groups;
    }
}
