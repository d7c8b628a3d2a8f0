package dev.sluice.prometheus;

import dev.sluice.otlp.view.BucketsView;
import dev.sluice.otlp.view.NumbersView;
import java.util.Arrays;

/**
 * A run of the buckets of an exponential histogram. Bucket {@code i} has the index {@code offset + i} and holds what is above
 * base^index and up to base^(index + 1), where base = 2^(2^-scale), as in OTLP's data model. Immutable.
 */
final class ExponentialBuckets {
    static final ExponentialBuckets EMPTY = new ExponentialBuckets(0, new long[0]);

    private final int offset;
    private final long[] counts;

    private ExponentialBuckets(int offset, long[] counts) {
        this.offset = offset;
        this.counts = counts;
    }

    static ExponentialBuckets of(int offset, long... counts) {
        return counts.length == 0 ? EMPTY : new ExponentialBuckets(offset, counts);
    }

    static ExponentialBuckets of(BucketsView view) {
        int size = view.counts().count();
        long[] counts = new long[size];
        NumbersView given = view.counts();
        for (int i = 0; given.next(); i++) {
            counts[i] = given.bits();
        }
        return of(view.offset(), counts);
    }

    int size() {
        return counts.length;
    }

    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Whether a bucket, or all together, hold more than a signed number of 64 bits does. */
    boolean overflows() {
        long total = 0;
        for (long count : counts) {
            total += count;
            if (count < 0 || total < 0) {
                return true;
            }
        }
        return false;
    }

    /** How many buckets the sum of the two would have. */
    static long span(ExponentialBuckets a, ExponentialBuckets b) {
        if (a.counts.length == 0 || b.counts.length == 0) {
            return (long) a.counts.length + b.counts.length;
        }
        return Math.max(a.end(), b.end()) - Math.min(a.offset, b.offset);
    }

    /** The same counts in buckets 2^shift times as wide. */
    ExponentialBuckets downscaled(int shift) {
        if (shift == 0 || counts.length == 0) {
            return this;
        }
        int first = offset >> shift;
        long[] wider = new long[(int) (((end() - 1) >> shift) - first + 1)];
        for (int i = 0; i < counts.length; i++) {
            wider[(int) ((((long) offset + i) >> shift) - first)] += counts[i];
        }
        return new ExponentialBuckets(first, wider);
    }

    ExponentialBuckets plus(ExponentialBuckets other) {
        if (counts.length == 0) {
            return other;
        }
        int first = Math.min(offset, other.counts.length == 0 ? offset : other.offset);
        long[] sums = new long[(int) span(this, other)];
        System.arraycopy(counts, 0, sums, offset - first, counts.length);
        for (int i = 0; i < other.counts.length; i++) {
            sums[other.offset - first + i] += other.counts[i];
        }
        return new ExponentialBuckets(first, sums);
    }

    /** The total of the buckets that lie wholly at or below the threshold. */
    long below(double threshold, int scale) {
        long total = 0;
        for (int i = 0; i < firstAbove(threshold, scale); i++) {
            total += counts[i];
        }
        return total;
    }

    /** Without the buckets that lie wholly at or below the threshold. */
    ExponentialBuckets above(double threshold, int scale) {
        int first = firstAbove(threshold, scale);
        return first == 0 ? this : of(offset + first, Arrays.copyOfRange(counts, first, counts.length));
    }

    /** Prometheus counts a bucket by its upper bound, OTLP by its lower one. */
    NativeBuckets toNative() {
        return NativeBuckets.of(offset + 1, counts);
    }

    private int firstAbove(double threshold, int scale) {
        if (threshold <= 0) {
            return 0;
        }
        // The last index whose upper bound 2^((index + 1) * 2^-scale) does not exceed the threshold.
        double last = Math.floor(Math.log(threshold) / Math.log(2) * Math.scalb(1.0, scale)) - 1;
        return (int) Math.clamp(last - offset + 1, 0, counts.length);
    }

    private long end() {
        return (long) offset + counts.length;
    }
}
