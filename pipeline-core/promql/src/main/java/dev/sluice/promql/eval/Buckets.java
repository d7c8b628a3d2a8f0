package dev.sluice.promql.eval;

/**
 * The buckets of a classic histogram: upper bounds, rising, and cumulative counts. Source: prometheus promql/quantile.go.
 */
final class Buckets {
    /** Counts that differ by less than this share of their sum are taken for equal. */
    private static final double TOLERANCE = 1e-12;

    private static final double MIN_NORMAL = Double.MIN_NORMAL;

    private final double[] bounds;
    private final double[] counts;
    private final int size;

    private boolean forced;
    private double minForced = Double.POSITIVE_INFINITY;
    private double maxForced = Double.NEGATIVE_INFINITY;
    private double maxDifference;

    /** @param size how many there are; the arrays may be longer, and the counts are changed */
    Buckets(double[] bounds, double[] counts, int size) {
        this.bounds = bounds;
        this.counts = counts;
        this.size = size;
    }

    private boolean complete() {
        return size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY;
    }

    /**
     * A quantile, linear inside a bucket; the first bucket starts at 0 unless it ends below. NaN without a bucket that ends at +Inf, with fewer than
     * two buckets, or without observations; -Inf and +Inf for a quantile below 0 and above 1.
     */
    double quantile(double q) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (!complete()) {
            return Double.NaN;
        }
        makeRising();
        if (size < 2 || counts[size - 1] == 0) {
            return Double.NaN;
        }
        double rank = q * counts[size - 1];
        int at = 0;
        while (at < size - 1 && !(counts[at] >= rank)) {
            at++;
        }
        if (at == size - 1) {
            return bounds[size - 2];
        }
        if (at == 0) {
            return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
        }
        double start = bounds[at - 1];
        return start + (bounds[at] - start) * ((rank - counts[at - 1]) / (counts[at] - counts[at - 1]));
    }

    /** The share of observations between two values. */
    double fraction(double lower, double upper) {
        if (!complete()) {
            return Double.NaN;
        }
        double observations = counts[size - 1];
        if (observations == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        double below = Math.min(rank(lower), observations);
        double upTo = Math.min(rank(upper), observations);
        return (upTo - below) / observations;
    }

    private double rank(double value) {
        double rank = 0;
        for (int i = 0; i < size; i++) {
            double lower = i > 0 ? bounds[i - 1] : bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
            if (lower >= value) {
                return rank;
            }
            if (bounds[i] > value) {
                // Where in a bucket without a lower bound the observations lie is unknown.
                return lower == Double.NEGATIVE_INFINITY
                        ? counts[i]
                        : rank + (counts[i] - rank) * (value - lower) / (bounds[i] - lower);
            }
            rank = counts[i];
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Levels what rounding did, and removes decreases. */
    private void makeRising() {
        double before = counts[0];
        for (int i = 1; i < size; i++) {
            double count = counts[i];
            if (count == before) {
                continue;
            }
            if (almostEqual(before, count)) {
                counts[i] = before;
            } else if (count < before) {
                counts[i] = before;
                forced = true;
                minForced = Math.min(minForced, bounds[i]);
                maxForced = Math.max(maxForced, bounds[i]);
                maxDifference = Math.max(maxDifference, before - count);
            } else {
                before = count;
            }
        }
    }

    private static boolean almostEqual(double a, double b) {
        double sum = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < MIN_NORMAL) {
            return difference < TOLERANCE * MIN_NORMAL;
        }
        return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }

    /** Whether a quantile had to remove decreases. */
    boolean forced() {
        return forced;
    }

    Annotation.Monotonicity detail(long time) {
        return new Annotation.Monotonicity(1, time, time, minForced, maxForced, maxDifference);
    }
}
