package io.sipcodes.jainsip;

/**
 * What waits for its time, in the order of the times: what comes later must not be due sooner. Whatever waits carries its
 * own place, stands in one line at most, and leaves it from anywhere in one step. For one thread.
 */
final class WaitingLine<T extends WaitingLine.Place> {

    /** What can stand in a line. */
    abstract static class Place {

        private WaitingLine<?> line;
        private Place before;
        private Place after;
        private long until;

        /** When its time is, or was when it stood in a line last. */
        final long until() {
            return until;
        }
    }

    private Place first;
    private Place last;

    /** Puts it at the end of this line, out of any it stands in. */
    void add(T item, long until) {
        Place place = item;
        if (place.line != null) {
            place.line.unlink(place);
        }
        place.line = this;
        place.until = until;
        place.before = last;
        if (last == null) {
            first = place;
        } else {
            last.after = place;
        }
        last = place;
    }

    /** Takes it out; whether it stood in this line. */
    boolean remove(T item) {
        Place place = item;
        if (place.line != this) {
            return false;
        }
        unlink(place);
        return true;
    }

    /** Takes out the first if its time has come; null if there is none. */
    T due(long now) {
        if (first == null || first.until > now) {
            return null;
        }
        T item = first();
        unlink(first);
        return item;
    }

    /** The first, which stays; null if there is none. */
    @SuppressWarnings("unchecked")
    T first() {
        return (T) first;
    }

    private void unlink(Place place) {
        if (place.before == null) {
            first = place.after;
        } else {
            place.before.after = place.after;
        }
        if (place.after == null) {
            last = place.before;
        } else {
            place.after.before = place.before;
        }
        place.line = null;
        place.before = null;
        place.after = null;
    }
}
