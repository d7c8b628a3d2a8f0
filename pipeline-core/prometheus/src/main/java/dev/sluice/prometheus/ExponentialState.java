package dev.sluice.prometheus;

import dev.sluice.otlp.view.BucketsView;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.PointView;
import org.jspecify.annotations.Nullable;

/** An exponential histogram as a native one. Prometheus's schemas end at 8, so finer ones are coarsened at once. */
public final class ExponentialState extends SeriesState {
    /** What Prometheus's own OTLP intake takes for an unset zero threshold. */
    private static final double DEFAULT_ZERO_THRESHOLD = 1e-128;

    private static final int COARSEST = -4;
    private static final int FINEST = 8;

    /** More buckets on one side than this are coarsened: it bounds what one point can make the series keep. SDKs use 160. */
    private static final int MAX_BUCKETS = 2048;

    /** A point with more buckets on one side than this is not even read. */
    private static final int MAX_GIVEN = 1 << 16;

    private State state = new State(FINEST, 0, 0, ExponentialBuckets.EMPTY, ExponentialBuckets.EMPTY);
    private long count;
    private boolean hasSum;
    private double sum;

    public long count() {
        return count;
    }

    /** False also where one of the deltas had none. */
    public boolean hasSum() {
        return hasSum;
    }

    public double sum() {
        return sum;
    }

    /** From -4 to 8. */
    public int schema() {
        return state.scale;
    }

    public double zeroThreshold() {
        return state.zeroThreshold == 0 ? DEFAULT_ZERO_THRESHOLD : state.zeroThreshold;
    }

    public long zeroCount() {
        return state.zeroCount;
    }

    public NativeBuckets positive() {
        return state.positive.toNative();
    }

    public NativeBuckets negative() {
        return state.negative.toNative();
    }

    /** Buckets on both sides. */
    public int buckets() {
        return state.positive.size() + state.negative.size();
    }

    /**
     * Whether the buckets make up the count, as Prometheus demands, and none holds 2^63 or more. Measurements that are not a number are
     * counted and in no bucket.
     */
    public boolean consistent() {
        if (state.zeroCount < 0 || state.positive.overflows() || state.negative.overflows()) {
            return false;
        }
        long counted = state.zeroCount + state.positive.total() + state.negative.total();
        return counted == count || (Double.isNaN(sum) && Long.compareUnsigned(counted, count) < 0);
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        ExponentialPointView histogram = (ExponentialPointView) point;
        if (histogram.scale() < COARSEST) {
            return Drop.UNTRANSLATABLE;
        }
        if (histogram.positive().counts().count() > MAX_GIVEN
                || histogram.negative().counts().count() > MAX_GIVEN) {
            return Drop.MALFORMED;
        }
        double threshold = histogram.zeroThreshold();
        boolean told = threshold >= 0 && threshold < Double.POSITIVE_INFINITY;
        if (!told || beyond(histogram.positive()) || beyond(histogram.negative())) {
            return Drop.MALFORMED;
        }
        int scale = Math.min(histogram.scale(), FINEST);
        int shift = Math.min(histogram.scale() - scale, 31);
        State next = new State(
                scale,
                threshold,
                histogram.zeroCount(),
                ExponentialBuckets.of(histogram.positive()).downscaled(shift),
                ExponentialBuckets.of(histogram.negative()).downscaled(shift));
        State sum = State.sum(add ? state : State.none(scale, next.zeroThreshold), next);
        if (sum == null) {
            return Drop.MALFORMED;
        }
        state = sum;
        count = (add ? count : 0) + histogram.count();
        this.sum = (add ? this.sum : 0) + histogram.sum();
        hasSum = histogram.hasSum() && (!add || hasSum);
        return null;
    }

    /** Whether Prometheus could not number the last bucket, by 32 bits. */
    private static boolean beyond(BucketsView buckets) {
        return (long) buckets.offset() + buckets.counts().count() >= Integer.MAX_VALUE;
    }

    private record State(
            int scale, double zeroThreshold, long zeroCount, ExponentialBuckets positive, ExponentialBuckets negative) {
        private static State none(int scale, double zeroThreshold) {
            return new State(scale, zeroThreshold, 0, ExponentialBuckets.EMPTY, ExponentialBuckets.EMPTY);
        }

        /** In the coarser of the two scales, or coarser still if there would be too many buckets; null if even that is not enough. */
        private static @Nullable State sum(State a, State b) {
            double threshold = Math.max(a.zeroThreshold, b.zeroThreshold);
            int scale = Math.min(a.scale, b.scale);
            State left = a.at(scale, threshold);
            State right = b.at(scale, threshold);
            while (ExponentialBuckets.span(left.positive, right.positive) > MAX_BUCKETS
                    || ExponentialBuckets.span(left.negative, right.negative) > MAX_BUCKETS) {
                if (--scale < COARSEST) {
                    return null;
                }
                left = left.at(scale, threshold);
                right = right.at(scale, threshold);
            }
            return new State(
                    scale,
                    threshold,
                    left.zeroCount + right.zeroCount,
                    left.positive.plus(right.positive),
                    left.negative.plus(right.negative));
        }

        /** In a coarser scale and with a wider zero bucket, which swallows the buckets within it. */
        private State at(int coarser, double threshold) {
            ExponentialBuckets up = positive.downscaled(scale - coarser);
            ExponentialBuckets down = negative.downscaled(scale - coarser);
            if (threshold <= zeroThreshold) {
                return new State(coarser, zeroThreshold, zeroCount, up, down);
            }
            return new State(
                    coarser,
                    threshold,
                    zeroCount + up.below(threshold, coarser) + down.below(threshold, coarser),
                    up.above(threshold, coarser),
                    down.above(threshold, coarser));
        }
    }
}
