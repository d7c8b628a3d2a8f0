package dev.sluice.promql.histogram;

/**
 * Histograms cut at a value: what PromQL's {@code </} and {@code >/} keep. A bucket that the value lies in is divided as for quantiles; the sum is
 * estimated anew from the middles of what is left. Source: prometheus FloatHistogram.TrimBuckets.
 */
public final class HistogramTrim {
    private final double at;
    private final boolean keepBelow;
    private final boolean custom;

    private double count;
    private double sum;
    private boolean changed;

    private HistogramTrim(double at, boolean keepBelow, boolean custom) {
        this.at = at;
        this.keepBelow = keepBelow;
        this.custom = custom;
    }

    /** Keeps what lies below the value. */
    public static NativeHistogram below(NativeHistogram h, double value) {
        return new HistogramTrim(value, true, h.custom()).trim(h);
    }

    /** Keeps what lies above the value. */
    public static NativeHistogram above(NativeHistogram h, double value) {
        return new HistogramTrim(value, false, h.custom()).trim(h);
    }

    private NativeHistogram trim(NativeHistogram h) {
        Buckets positive = side(h, h.positive(), true);
        Buckets negative = side(h, h.negative(), false);
        double zeroCount = h.zeroCount();
        if (zeroCount > 0) {
            zeroCount = zero(h, populated(h.negative()), populated(h.positive()));
            changed |= zeroCount != h.zeroCount();
        }
        if (!changed) {
            return h;
        }
        return h.custom()
                ? NativeHistogram.custom(h.hint(), count, sum, h.bounds(), positive.compact())
                : NativeHistogram.exponential(
                        h.hint(),
                        h.schema(),
                        h.zeroThreshold(),
                        zeroCount,
                        count,
                        sum,
                        positive.compact(),
                        negative.compact());
    }

    private static boolean populated(Buckets buckets) {
        return buckets.compact().size() > 0;
    }

    private Buckets side(NativeHistogram h, Buckets buckets, boolean positive) {
        int[] indexes = new int[buckets.size()];
        double[] kept = new double[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = buckets.index(i);
            double total = buckets.count(i);
            if (total == 0) {
                continue;
            }
            double near = BucketBounds.bound(indexes[i] - 1, h.schema(), h.bounds());
            double far = BucketBounds.bound(indexes[i], h.schema(), h.bounds());
            kept[i] = positive ? bucket(near, far, total, true) : bucket(-far, -near, total, false);
            changed |= kept[i] != total;
        }
        return Buckets.of(indexes, kept);
    }

    /** What is kept of a bucket; adds it to count and sum. */
    private double bucket(double lower, double upper, double total, boolean positive) {
        if (keepBelow ? upper <= at : lower >= at) {
            return keep(total, middle(lower, upper, positive));
        }
        if (keepBelow ? lower >= at : upper <= at) {
            return 0;
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return withoutLower(upper, total);
        }
        if (upper == Double.POSITIVE_INFINITY) {
            // Where in it the observations lie is unknown: all go but those that must lie above the value.
            return keepBelow || at < lower ? 0 : keep(total, at);
        }
        double below = total * HistogramFraction.below(at, lower, upper, custom);
        return keepBelow ? keep(below, middle(lower, at, positive)) : keep(total - below, middle(at, upper, positive));
    }

    /** A bucket from -Inf that the value lies in: 0 is its lower bound where it reaches above 0. */
    private double withoutLower(double upper, double total) {
        boolean finite = upper > 0 && upper < Double.POSITIVE_INFINITY;
        if (keepBelow) {
            if (at > 0 && finite) {
                return keep(total * at / upper, at / 2);
            }
            return upper <= 0 ? keep(total, at) : 0;
        }
        return at >= 0 && finite ? keep(total * (1 - at / upper), (at + upper) / 2) : 0;
    }

    private double zero(NativeHistogram h, boolean hasNegative, boolean hasPositive) {
        double lower = hasPositive && !hasNegative ? 0 : -h.zeroThreshold();
        double upper = hasNegative && !hasPositive ? 0 : h.zeroThreshold();
        double total = h.zeroCount();
        if (at <= lower) {
            return keepBelow ? 0 : keep(total, (lower + upper) / 2);
        }
        if (at >= upper) {
            return keepBelow ? keep(total, (lower + upper) / 2) : 0;
        }
        return keepBelow
                ? keep(total * ((at - lower) / (upper - lower)), (lower + at) / 2)
                : keep(total * ((upper - at) / (upper - lower)), (at + upper) / 2);
    }

    private double keep(double kept, double middle) {
        count += kept;
        sum += middle * kept;
        return kept;
    }

    private double middle(double lower, double upper, boolean positive) {
        if (Double.isInfinite(lower)) {
            if (Double.isInfinite(upper)) {
                return 0;
            }
            return upper > 0 ? upper / 2 : upper;
        }
        if (Double.isInfinite(upper)) {
            return lower;
        }
        if (custom) {
            return (lower + upper) / 2;
        }
        double middle = Math.sqrt(Math.abs(lower * upper));
        return positive ? middle : -middle;
    }
}
