package dev.sluice.otlp.text;

import dev.sluice.otlp.view.BucketsView;
import dev.sluice.otlp.view.NumbersView;
import java.util.Arrays;

/** The buckets of one sign with their bounds, counted from the one nearest to zero. */
final class ExponentialBuckets {
    private final int offset;
    private final double factor;
    private final long[] counts;

    private ExponentialBuckets(int offset, double factor, long[] counts) {
        this.offset = offset;
        this.factor = factor;
        this.counts = counts;
    }

    /** {@code scale}: bounds are powers of {@code 2^(2^-scale)}. */
    static ExponentialBuckets of(BucketsView view, int scale) {
        long[] counts = new long[8];
        int size = 0;
        NumbersView numbers = view.counts();
        while (numbers.next()) {
            if (size == counts.length) {
                counts = Arrays.copyOf(counts, 2 * size);
            }
            counts[size++] = numbers.bits();
        }
        // The Collector takes exp(index * ln 2 * 2^-scale) rather than a power; only so are the digits the same.
        return new ExponentialBuckets(view.offset(), Math.scalb(Math.log(2), -scale), Arrays.copyOf(counts, size));
    }

    int size() {
        return counts.length;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    /** The lower bound of the bucket, and the upper one of that before it. */
    double bound(int bucket) {
        return GoExp.exp(((double) offset + bucket) * factor);
    }
}
