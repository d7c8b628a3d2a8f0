package dev.sluice.promql.histogram;

/**
 * The estimated variance of the observations in a native histogram: each is taken to lie in the middle of its bucket, the geometric middle for
 * exponential buckets. Source: prometheus promql/functions.go, histogram_stdvar.
 */
public final class HistogramVariance {
    private HistogramVariance() {}

    public static double of(NativeHistogram h) {
        double mean = h.sum() / h.count();
        double sum = 0;
        double compensation = 0;
        BucketWalk buckets = new BucketWalk(h);
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.count(i) == 0) {
                continue;
            }
            double delta = middle(buckets.lower(i), buckets.upper(i), h.custom()) - mean;
            double term = buckets.count(i) * delta * delta;
            double next = sum + term;
            compensation = Double.isInfinite(next)
                    ? 0
                    : compensation + (Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum);
            sum = next;
        }
        return (sum + compensation) / h.count();
    }

    private static double middle(double lower, double upper, boolean custom) {
        if (custom) {
            return (upper + lower) / 2;
        }
        if (lower <= 0 && upper >= 0) {
            return 0;
        }
        double middle = Math.sqrt(upper * lower);
        return upper < 0 ? -middle : middle;
    }
}
