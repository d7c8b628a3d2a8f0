package dev.sluice.promql.histogram;

import dev.sluice.promql.text.GoMath;

/**
 * The share of a native histogram's observations that lie between two values. Source: prometheus promql/quantile.go, HistogramFraction.
 *
 * @param value NaN without observations or with a bound of NaN
 * @param nanObservations whether there are observations of NaN, which lie between no values
 */
public record HistogramFraction(double value, boolean nanObservations) {
    public static HistogramFraction of(double from, double to, NativeHistogram h) {
        if (h.count() == 0 || Double.isNaN(from) || Double.isNaN(to)) {
            return new HistogramFraction(Double.NaN, false);
        }
        if (from >= to) {
            return new HistogramFraction(0, false);
        }
        BucketWalk buckets = new BucketWalk(h);
        double observations = h.count();
        boolean nan = false;
        if (Double.isNaN(h.sum())) {
            observations = 0;
            for (int i = 0; i < buckets.size(); i++) {
                observations += buckets.count(i);
            }
            nan = observations < h.count();
        }
        double below = Math.min(rank(from, h, buckets, observations), observations);
        double upTo = Math.min(rank(to, h, buckets, observations), observations);
        return new HistogramFraction((upTo - below) / h.count(), nan);
    }

    /** How many observations lie up to each of the values, as far as the buckets tell: inside a bucket they are taken to be spread evenly. */
    public static double[] upTo(double[] values, NativeHistogram h) {
        BucketWalk buckets = new BucketWalk(h);
        double[] counts = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            counts[i] = Math.min(rank(values[i], h, buckets, h.count()), h.count());
        }
        return counts;
    }

    /** How many observations lie below a value. */
    private static double rank(double value, NativeHistogram h, BucketWalk buckets, double observations) {
        double rank = 0;
        for (int i = 0; i < buckets.size(); i++) {
            double lower = buckets.lower(i);
            double upper = buckets.upper(i);
            double count = buckets.count(i);
            boolean linear = h.custom();
            if (h.custom()) {
                if (lower == Double.NEGATIVE_INFINITY && upper > 0) {
                    lower = 0;
                }
            } else if (lower <= 0 && upper >= 0) {
                linear = true;
                if (h.negative().size() == 0 && h.positive().size() > 0) {
                    lower = 0;
                } else if (h.positive().size() == 0 && h.negative().size() > 0) {
                    upper = 0;
                }
            }
            if (lower >= value) {
                return rank;
            }
            if (upper > value) {
                // Nothing can be said about where in a bucket without a lower bound the observations lie.
                return lower == Double.NEGATIVE_INFINITY ? count : rank + count * below(value, lower, upper, linear);
            }
            rank += count;
        }
        return observations;
    }

    /** The share of a bucket below a value inside it. */
    static double below(double value, double lower, double upper, boolean linear) {
        if (linear) {
            return (value - lower) / (upper - lower);
        }
        double logLower = GoMath.log2(Math.abs(lower));
        double logUpper = GoMath.log2(Math.abs(upper));
        double logValue = GoMath.log2(Math.abs(value));
        return value > 0
                ? (logValue - logLower) / (logUpper - logLower)
                : 1 - (logValue - logUpper) / (logLower - logUpper);
    }
}
