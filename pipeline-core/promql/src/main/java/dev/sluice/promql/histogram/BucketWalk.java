package dev.sluice.promql.histogram;

/**
 * The buckets of a histogram from the lowest to the highest, the zero bucket between the sides. A bucket that overlaps the zero bucket begins or
 * ends at the zero threshold.
 */
final class BucketWalk {
    private final double[] lower;
    private final double[] upper;
    private final double[] count;
    private int size;

    BucketWalk(NativeHistogram h) {
        int n = h.negative().size() + 1 + h.positive().size();
        lower = new double[n];
        upper = new double[n];
        count = new double[n];
        Buckets negative = h.negative();
        double zero = h.zeroThreshold();
        for (int i = negative.size() - 1; i >= 0; i--) {
            double far = -BucketBounds.bound(negative.index(i), h.schema(), h.bounds());
            double near = -BucketBounds.bound(negative.index(i) - 1, h.schema(), h.bounds());
            add(far, near < 0 && near > -zero ? -zero : near, negative.count(i));
        }
        if (h.zeroCount() > 0) {
            add(-zero, zero, h.zeroCount());
        }
        Buckets positive = h.positive();
        for (int i = 0; i < positive.size(); i++) {
            double near = BucketBounds.bound(positive.index(i) - 1, h.schema(), h.bounds());
            double far = BucketBounds.bound(positive.index(i), h.schema(), h.bounds());
            add(near > 0 && near < zero ? zero : near, far, positive.count(i));
        }
    }

    private void add(double from, double to, double n) {
        lower[size] = from;
        upper[size] = to;
        count[size++] = n;
    }

    int size() {
        return size;
    }

    double lower(int i) {
        return lower[i];
    }

    double upper(int i) {
        return upper[i];
    }

    double count(int i) {
        return count[i];
    }
}
