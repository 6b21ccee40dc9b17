package io.sipcodes.jainsip;

/**
 * What is found by a fingerprint. The fingerprint itself says where to look, since it is as good as random and nobody can
 * make two that are alike: so there are no hash codes, no boxes and no nodes, which would each lie elsewhere in memory.
 *
 * <p>Places are taken from the one that the fingerprint's last bits say onwards, and at most half of them are. For one
 * thread.
 */
final class FingerprintMap<V> {

    private static final int FIRST_ROOM = 64;

    private long[] fingerprints = new long[FIRST_ROOM];
    private Object[] values = new Object[FIRST_ROOM];
    private int size;

    /** {@return what is there, or null} */
    @SuppressWarnings("unchecked") // only put() lets in
    V get(long fingerprint) {
        return (V) values[place(fingerprint)];
    }

    /** Puts a value there, in place of another if there is one. */
    void put(long fingerprint, V value) {
        int place = place(fingerprint);
        if (values[place] == null && ++size > values.length / 2) {
            resize(values.length * 2);
            place = place(fingerprint);
        }
        fingerprints[place] = fingerprint;
        values[place] = value;
    }

    /** Takes the value out, if it is there and no other. */
    void remove(long fingerprint, V value) {
        int place = place(fingerprint);
        if (values[place] != value) {
            return;
        }
        size--;
        close(place);
        // Half of the memory is given back at a time, and only when it is not asked for again at once.
        if (values.length > FIRST_ROOM && size < values.length / 8) {
            resize(values.length / 2);
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** {@return how many places there are} */
    int room() {
        return values.length;
    }

    private int place(long fingerprint) {
        int mask = values.length - 1;
        int place = (int) fingerprint & mask;
        while (values[place] != null && fingerprints[place] != fingerprint) {
            place = place + 1 & mask;
        }
        return place;
    }

    // Whoever comes behind a gap would not be found any more: those that may move up do.
    private void close(int gap) {
        int mask = values.length - 1;
        int free = gap;
        for (int next = gap + 1 & mask; values[next] != null; next = next + 1 & mask) {
            int first = (int) fingerprints[next] & mask;
            if ((next - first & mask) >= (next - free & mask)) {
                fingerprints[free] = fingerprints[next];
                values[free] = values[next];
                free = next;
            }
        }
        values[free] = null;
    }

    private void resize(int room) {
        long[] oldFingerprints = fingerprints;
        Object[] oldValues = values;
        fingerprints = new long[room];
        values = new Object[room];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int place = place(oldFingerprints[i]);
                fingerprints[place] = oldFingerprints[i];
                values[place] = oldValues[i];
            }
        }
    }
}
