package dev.sluice.prometheus;

import java.util.Arrays;

/**
 * A run of exponential buckets. Bucket {@code i} of the run has the index {@code offset + i} and reaches to base^index, where the base
 * comes from the schema; indices are Prometheus's, one above OTLP's.
 */
public final class NativeBuckets {
    public static final NativeBuckets EMPTY = new NativeBuckets(0, new long[0]);

    private final int offset;
    private final long[] counts;

    private NativeBuckets(int offset, long[] counts) {
        this.offset = offset;
        this.counts = counts;
    }

    /** Takes the array over; nobody writes to it afterwards. */
    public static NativeBuckets of(int offset, long[] counts) {
        return counts.length == 0 ? EMPTY : new NativeBuckets(offset, counts);
    }

    public int offset() {
        return offset;
    }

    public int size() {
        return counts.length;
    }

    public long count(int i) {
        return counts[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NativeBuckets that && offset == that.offset && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * offset + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return offset + Arrays.toString(counts);
    }
}
