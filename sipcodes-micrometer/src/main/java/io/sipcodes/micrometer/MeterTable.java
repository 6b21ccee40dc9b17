package io.sipcodes.micrometer;

import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The held handles of one meter, a cell for every combination of tag values. A cell is filled when first asked for; from
 * then on asking is two array reads: no look-up in the registry, no lock, no allocation. Two threads that fill the same
 * cell get the same meter from the registry.
 */
final class MeterTable<M> {

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final Function<Tags, M> register;
    private final List<List<Tags>> dimensions;
    private final int[] sizes;
    // In chunks, since most combinations of a large table never occur.
    private final AtomicReferenceArray<AtomicReferenceArray<M>> chunks;

    /**
     * @param register makes the handle, or finds it
     * @param dimensions for each dimension, the tags of each of its values
     */
    MeterTable(Function<Tags, M> register, List<List<Tags>> dimensions) {
        this.register = register;
        this.dimensions = List.copyOf(dimensions);
        this.sizes = dimensions.stream().mapToInt(List::size).toArray();
        int size = 1;
        for (int ofDimension : sizes) {
            size = Math.multiplyExact(size, ofDimension);
        }
        this.chunks = new AtomicReferenceArray<>((size + CHUNK - 1) >> CHUNK_BITS);
    }

    M at(int a) {
        return cell(a);
    }

    M at(int a, int b) {
        return cell(a * sizes[1] + b);
    }

    M at(int a, int b, int c) {
        return cell((a * sizes[1] + b) * sizes[2] + c);
    }

    M at(int a, int b, int c, int d) {
        return cell(((a * sizes[1] + b) * sizes[2] + c) * sizes[3] + d);
    }

    M at(int a, int b, int c, int d, int e) {
        return cell((((a * sizes[1] + b) * sizes[2] + c) * sizes[3] + d) * sizes[4] + e);
    }

    private M cell(int index) {
        AtomicReferenceArray<M> chunk = chunks.getAcquire(index >> CHUNK_BITS);
        M handle = chunk == null ? null : chunk.getAcquire(index & (CHUNK - 1));
        return handle == null ? fill(index) : handle;
    }

    private M fill(int index) {
        AtomicReferenceArray<M> chunk = chunks.get(index >> CHUNK_BITS);
        if (chunk == null) {
            chunks.compareAndSet(index >> CHUNK_BITS, null, new AtomicReferenceArray<>(CHUNK));
            chunk = chunks.get(index >> CHUNK_BITS);
        }
        M handle = register.apply(tags(index));
        chunk.set(index & (CHUNK - 1), handle);
        return handle;
    }

    private Tags tags(int index) {
        Tags tags = Tags.empty();
        int rest = index;
        for (int i = dimensions.size() - 1; i >= 0; i--) {
            tags = tags.and(dimensions.get(i).get(rest % sizes[i]));
            rest /= sizes[i];
        }
        return tags;
    }
}
