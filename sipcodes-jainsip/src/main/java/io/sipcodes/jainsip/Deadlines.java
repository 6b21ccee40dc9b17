package io.sipcodes.jainsip;

/**
 * What waits for its time. All that one of these holds waits equally long, so it stands in the order in which it came.
 * What need not wait any longer leaves at once: nothing stays in memory only because its time has not come yet.
 */
final class Deadlines<T extends Deadlines.Waiting> {

    /** Waits in one place at a time. */
    abstract static class Waiting {
        private Deadlines<?> in;
        private Waiting before;
        private Waiting after;
        private long until;

        /** Whether it waited until now. */
        final boolean leave() {
            if (in == null) {
                return false;
            }
            in.remove(this);
            return true;
        }

        /** When its time comes, or came. */
        final long until() {
            return until;
        }
    }

    private Waiting first;
    private Waiting last;
    private int size;

    /** Lets it wait here, and no longer where it waited before. */
    void add(T waiting, long until) {
        waiting.leave();
        Waiting entry = waiting;
        entry.in = this;
        entry.until = until;
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        size++;
    }

    /** Takes out the first whose time has come, or gives null. */
    T poll(long now) {
        return first == null || first.until > now ? null : poll();
    }

    /** Takes out the first, or gives null. */
    @SuppressWarnings("unchecked") // only add() lets in
    T poll() {
        Waiting entry = first;
        if (entry != null) {
            remove(entry);
        }
        return (T) entry;
    }

    int size() {
        return size;
    }

    private void remove(Waiting entry) {
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        entry.in = null;
        entry.before = null;
        entry.after = null;
        size--;
    }
}
