package dev.sluice.promql.histogram;

/** A zero bucket widened: what it would count, and how wide it had to become so as not to cut through a bucket with counts. */
record ZeroBucket(double count, double threshold) {
    /**
     * The zero bucket that a histogram would have if it reached at least as far as {@code threshold}, which is no less than it does now.
     * Source: prometheus FloatHistogram.zeroCountForLargerThreshold.
     */
    static ZeroBucket widened(NativeHistogram h, double threshold) {
        if (threshold == h.zeroThreshold()) {
            return new ZeroBucket(h.zeroCount(), threshold);
        }
        double reach = threshold;
        while (true) {
            double wider = side(h, h.positive(), reach);
            double both = side(h, h.negative(), wider);
            if (both == wider) {
                return new ZeroBucket(
                        h.zeroCount() + inside(h, h.positive(), both) + inside(h, h.negative(), both), both);
            }
            reach = both;
        }
    }

    /** The end of the bucket with counts that the threshold lies in, or the threshold itself. */
    private static double side(NativeHistogram h, Buckets buckets, double threshold) {
        for (int i = 0; i < buckets.size(); i++) {
            if (BucketBounds.exponentialBound(buckets.index(i) - 1, h.schema()) >= threshold) {
                return threshold;
            }
            double upper = BucketBounds.exponentialBound(buckets.index(i), h.schema());
            if (upper > threshold && buckets.count(i) != 0) {
                return upper;
            }
        }
        return threshold;
    }

    private static double inside(NativeHistogram h, Buckets buckets, double threshold) {
        double sum = 0;
        for (int i = 0; i < buckets.size(); i++) {
            if (BucketBounds.exponentialBound(buckets.index(i) - 1, h.schema()) >= threshold) {
                break;
            }
            sum += buckets.count(i);
        }
        return sum;
    }

    /** The buckets that lie outside a zero bucket of this threshold. */
    static Buckets outside(Buckets buckets, int schema, double threshold) {
        int from = 0;
        while (from < buckets.size() && BucketBounds.exponentialBound(buckets.index(from), schema) <= threshold) {
            from++;
        }
        return buckets.tail(from);
    }
}
