package dev.sluice.promql.histogram;

import dev.sluice.promql.text.GoMath;

/**
 * Quantiles of a native histogram. Within a bucket observations are taken to be spread exponentially, within the zero bucket and custom bounds
 * linearly. Source: prometheus promql/quantile.go, HistogramQuantile.
 *
 * @param value NaN without observations, -Inf and +Inf for a quantile below 0 and above 1
 * @param note what observations of NaN did to the value
 */
public record HistogramQuantile(double value, Note note) {
    /** What the reader of the value should know. */
    public enum Note {
        NONE,
        /** The quantile lies among observations of NaN. */
        NAN_RESULT,
        /** Observations of NaN count as if they were higher than all others. */
        NAN_SKEW
    }

    public static HistogramQuantile of(double q, NativeHistogram h) {
        if (q < 0) {
            return plain(Double.NEGATIVE_INFINITY);
        }
        if (q > 1) {
            return plain(Double.POSITIVE_INFINITY);
        }
        if (h.count() == 0 || Double.isNaN(q)) {
            return plain(Double.NaN);
        }
        BucketWalk buckets = new BucketWalk(h);
        boolean nanSum = Double.isNaN(h.sum());
        boolean forward = nanSum || q < 0.5;
        double rank = forward ? q * h.count() : (1 - q) * h.count();
        int n = buckets.size();
        int at = -1;
        double seen = 0;
        int i = 0;
        for (; i < n; i++) {
            int candidate = forward ? i : n - 1 - i;
            at = candidate;
            if (buckets.count(candidate) == 0) {
                continue;
            }
            seen += buckets.count(candidate);
            if (seen >= rank) {
                break;
            }
        }
        double lower = at < 0 ? 0 : buckets.lower(at);
        double upper = at < 0 ? 0 : buckets.upper(at);
        double count = at < 0 ? 0 : buckets.count(at);
        if (h.custom()) {
            if (lower == Double.NEGATIVE_INFINITY) {
                if (upper <= 0) {
                    return plain(upper);
                }
                lower = 0;
            } else if (upper == Double.POSITIVE_INFINITY) {
                return plain(lower);
            }
        } else if (lower < 0 && upper > 0) {
            if (h.negative().size() == 0 && h.positive().size() > 0) {
                lower = 0;
            } else if (h.positive().size() == 0 && h.negative().size() > 0) {
                upper = 0;
            }
        }
        // Inexact sums may exceed the count.
        seen = Math.min(seen, h.count());
        if (seen < rank) {
            return nanSum ? new HistogramQuantile(Double.NaN, Note.NAN_RESULT) : plain(upper);
        }
        double inBucket = forward ? rank - (seen - count) : seen - rank;
        Note note = Note.NONE;
        if (nanSum) {
            double all = seen;
            for (int rest = i + 1; rest < n; rest++) {
                all += buckets.count(rest);
            }
            note = all < h.count() ? Note.NAN_SKEW : Note.NONE;
        }
        return new HistogramQuantile(within(lower, upper, inBucket / count, h.custom()), note);
    }

    private static double within(double lower, double upper, double fraction, boolean custom) {
        if (custom || (lower <= 0 && upper >= 0)) {
            return lower + (upper - lower) * fraction;
        }
        double logLower = GoMath.log2(Math.abs(lower));
        double logUpper = GoMath.log2(Math.abs(upper));
        return lower > 0
                ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
                : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }

    private static HistogramQuantile plain(double value) {
        return new HistogramQuantile(value, Note.NONE);
    }
}
