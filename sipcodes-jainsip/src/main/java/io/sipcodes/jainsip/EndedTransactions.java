package io.sipcodes.jainsip;

import java.util.Arrays;

/**
 * Remembers by their fingerprints ended transactions and the responses they had, for as long as retransmissions may come.
 *
 * <p>Under load these are by far the most that the tracker has to know. So they are no objects, which the garbage
 * collector would move about and no cache would hold, but about 30 bytes in a few arrays, which at times have twice the room.
 *
 * <p>All are remembered equally long: they stand in a ring in the order in which they came, and the oldest leaves first.
 * Those that a look-up finds at the same place are chained from the newest to the oldest. Where a chain comes to one that
 * has left, all others behind it have left too: nothing has to be taken out of it. The fingerprints are keyed, so nobody
 * can make a chain long. The responses that a transaction had when it ended stand right behind it, in no chain: each
 * chain begins elsewhere in memory.
 *
 * <p>For one thread.
 */
final class EndedTransactions {

    /** More different responses than this belong to no honest transaction; later ones pass for retransmissions. */
    static final int MAX_RESPONSES = 32;

    private static final byte IN_NO_CHAIN = -1;
    private static final int FIRST_ROOM = 256;
    private static final int LARGEST_ROOM = 1 << 24;

    private int most = LARGEST_ROOM;

    // Each has a number, counted up as they come, and the place in the ring that the last bits of its number say. When
    // the numbers have come round, a head of a chain that nothing touched for 2^32 entries could seem to be in
    // the ring: next to impossible, and it would be compared by its fingerprint all the same.
    private int next;
    private int size;

    private int[] newest;
    private int[] older;
    private long[] fingerprints;
    private long[] until;
    private int[] conditions;
    private byte[] responses;

    // How many responses stand right behind; IN_NO_CHAIN for such a response itself.
    private byte[] behind;

    EndedTransactions() {
        this(0);
    }

    EndedTransactions(int firstNumber) {
        next = firstNumber;
        makeRoom(FIRST_ROOM);
    }

    /** Sets how many fingerprints are remembered at one time; when there are more, the oldest are forgotten. */
    void setMost(long fingerprints) {
        most = (int) Math.min(fingerprints, LARGEST_ROOM);
    }

    /**
     * Remembers a transaction.
     *
     * @param requestConditions what the check of its responses has to know of its request
     * @param had the fingerprints of the responses it had
     * @param count how many these are, at most {@link #MAX_RESPONSES}
     * @param end until when; no earlier than for any before it
     */
    void add(long transaction, int requestConditions, long[] had, int count, long end) {
        int place = add(transaction, count, end);
        conditions[place] = requestConditions;
        responses[place] = (byte) count;
        for (int i = 0; i < count; i++) {
            add(had[i], IN_NO_CHAIN, end);
        }
    }

    /** Remembers one more response of a transaction, which is given as {@link #find} gives it. */
    void addResponse(int found, long response, long end) {
        responses[place(found)]++;
        add(response, 0, end);
    }

    /** {@return how many have come after the transaction; -1 if it is not remembered} */
    int find(long transaction) {
        return find(transaction, size);
    }

    /** Looks where {@link #find} will look first; {@return anything} */
    int fetch(long transaction) {
        int mask = older.length - 1;
        return (int) fingerprints[newest[(int) transaction & mask] & mask];
    }

    /** {@return whether the transaction, given as {@link #find} gives it, had the response} */
    boolean hadResponse(int found, long response) {
        int place = place(found);
        for (int i = 1; i <= behind[place]; i++) {
            if (fingerprints[place(found - i)] == response) {
                return true;
            }
        }
        return responses[place] == MAX_RESPONSES || find(response, found) >= 0;
    }

    /** {@return what was said of the request of a transaction, which is given as {@link #find} gives it} */
    int conditions(int found) {
        return conditions[place(found)];
    }

    /** Forgets those whose time has come, and gives back memory, half of it at a time. */
    void forget(long now) {
        while (size > 0 && until[place(size - 1)] <= now) {
            size--;
        }
        if (size < older.length / 8 && older.length > FIRST_ROOM) {
            resize(older.length / 2);
        }
    }

    /** {@return how many there is room for without more memory} */
    int room() {
        return older.length;
    }

    /** {@return how many fingerprints are remembered} */
    int size() {
        return size;
    }

    private int find(long fingerprint, int among) {
        int mask = older.length - 1;
        int number = newest[(int) fingerprint & mask];
        for (int age = age(number); age >= 0 && age < among; age = age(number)) {
            if (fingerprints[number & mask] == fingerprint) {
                return age;
            }
            number = older[number & mask];
        }
        return -1;
    }

    private int age(int number) {
        return next - 1 - number;
    }

    private int place(int age) {
        return next - 1 - age & older.length - 1;
    }

    private int add(long fingerprint, int haveBehind, long end) {
        size = Math.min(size, most - 1);
        if (size == older.length) {
            resize(2 * older.length);
        }
        int place = next & older.length - 1;
        fingerprints[place] = fingerprint;
        until[place] = end;
        behind[place] = (byte) haveBehind;
        chain(next);
        next++;
        size++;
        return place;
    }

    private void chain(int number) {
        int place = number & older.length - 1;
        if (behind[place] == IN_NO_CHAIN) {
            return;
        }
        int head = (int) fingerprints[place] & older.length - 1;
        older[place] = newest[head];
        newest[head] = number;
    }

    private void resize(int room) {
        int mask = older.length - 1;
        long[] oldFingerprints = fingerprints;
        long[] oldUntil = until;
        int[] oldConditions = conditions;
        byte[] oldResponses = responses;
        byte[] oldBehind = behind;
        makeRoom(room);
        for (int number = next - size; number != next; number++) {
            int from = number & mask;
            int to = number & older.length - 1;
            fingerprints[to] = oldFingerprints[from];
            until[to] = oldUntil[from];
            conditions[to] = oldConditions[from];
            responses[to] = oldResponses[from];
            behind[to] = oldBehind[from];
            chain(number);
        }
    }

    private void makeRoom(int room) {
        newest = new int[room];
        // The number of one that has left: an end of a chain.
        Arrays.fill(newest, next - 1 - size);
        older = new int[room];
        fingerprints = new long[room];
        until = new long[room];
        conditions = new int[room];
        responses = new byte[room];
        behind = new byte[room];
    }
}
