package dev.sluice.promql.histogram;

import java.util.Arrays;

/** The buckets on one side of zero: indexes rising, each with its count. Immutable. */
public final class Buckets {
    public static final Buckets NONE = new Buckets(new int[0], new double[0]);

    private final int[] indexes;
    private final double[] counts;

    private Buckets(int[] indexes, double[] counts) {
        this.indexes = indexes;
        this.counts = counts;
    }

    /** @param indexes strictly rising; neither array is copied */
    public static Buckets of(int[] indexes, double[] counts) {
        if (indexes.length != counts.length) {
            throw new IllegalArgumentException("as many indexes as counts");
        }
        for (int i = 1; i < indexes.length; i++) {
            if (indexes[i] <= indexes[i - 1]) {
                throw new IllegalArgumentException("indexes rise");
            }
        }
        return indexes.length == 0 ? NONE : new Buckets(indexes, counts);
    }

    /** Buckets one after the other from an index on; the counts are not copied. */
    public static Buckets from(int first, double... counts) {
        int[] indexes = new int[counts.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = first + i;
        }
        return of(indexes, counts);
    }

    public int size() {
        return indexes.length;
    }

    public int index(int i) {
        return indexes[i];
    }

    public double count(int i) {
        return counts[i];
    }

    /** Those whose count is not zero. */
    Buckets compact() {
        int kept = 0;
        for (double count : counts) {
            kept += count != 0 ? 1 : 0;
        }
        if (kept == counts.length) {
            return this;
        }
        Builder out = new Builder(kept);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                out.add(indexes[i], counts[i]);
            }
        }
        return out.build();
    }

    Buckets times(double factor) {
        double[] scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] * factor;
        }
        return new Buckets(indexes, scaled);
    }

    Buckets dividedBy(double divisor) {
        double[] scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] / divisor;
        }
        return new Buckets(indexes, scaled);
    }

    /** The same counts in a coarser schema. */
    Buckets coarser(int from, int to) {
        if (from == to || indexes.length == 0) {
            return this;
        }
        Builder out = new Builder(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            out.add(BucketBounds.coarser(indexes[i], from, to), counts[i]);
        }
        return out.build();
    }

    /** Adds {@code sign} times the other's counts, bucket by bucket. */
    Buckets plus(Buckets other, double sign) {
        Builder out = new Builder(indexes.length + other.indexes.length);
        int i = 0;
        int j = 0;
        while (i < indexes.length || j < other.indexes.length) {
            if (j == other.indexes.length || (i < indexes.length && indexes[i] < other.indexes[j])) {
                out.add(indexes[i], counts[i++]);
            } else if (i == indexes.length || other.indexes[j] < indexes[i]) {
                out.add(other.indexes[j], sign * other.counts[j++]);
            } else {
                out.add(indexes[i], counts[i++] + sign * other.counts[j++]);
            }
        }
        return out.build();
    }

    /** Those from a position on. */
    Buckets tail(int from) {
        return from == 0
                ? this
                : of(
                        Arrays.copyOfRange(indexes, from, indexes.length),
                        Arrays.copyOfRange(counts, from, counts.length));
    }

    /** Same indexes, and counts equal to the bit. */
    boolean same(Buckets other) {
        if (!Arrays.equals(indexes, other.indexes)) {
            return false;
        }
        for (int i = 0; i < counts.length; i++) {
            if (Double.doubleToRawLongBits(counts[i]) != Double.doubleToRawLongBits(other.counts[i])) {
                return false;
            }
        }
        return true;
    }

    /** Collects buckets in rising order; equal indexes add up. */
    static final class Builder {
        private final int[] indexes;
        private final double[] counts;
        private int size;

        Builder(int capacity) {
            indexes = new int[capacity];
            counts = new double[capacity];
        }

        void add(int index, double count) {
            if (size > 0 && indexes[size - 1] == index) {
                counts[size - 1] += count;
                return;
            }
            indexes[size] = index;
            counts[size++] = count;
        }

        Buckets build() {
            if (size == 0) {
                return NONE;
            }
            return size == indexes.length
                    ? new Buckets(indexes, counts)
                    : new Buckets(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
        }
    }
}
