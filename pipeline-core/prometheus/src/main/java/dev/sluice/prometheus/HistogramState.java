package dev.sluice.prometheus;

import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.NumbersView;
import dev.sluice.otlp.view.PointView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A histogram with explicit bounds. A point with the bounds of the one before makes no objects. */
public final class HistogramState extends SeriesState {
    private static final double[] NO_BOUNDS = {};

    private double[] bounds = NO_BOUNDS;
    /** One for each bound and one beyond the last; empty when the sender gives no buckets. */
    private long[] counts = {};

    private long count;
    private boolean hasSum;
    private double sum;

    /** Ascending. The same array as long as the bounds do not change; read only. */
    public double[] bounds() {
        return bounds;
    }

    /** How many bounds there are but for an explicit infinite one, which tells nothing. */
    public int finiteBounds() {
        int size = bounds.length;
        return size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY ? size - 1 : size;
    }

    /** Of the bucket up to bound {@code i}, without those before. */
    public long count(int i) {
        return counts[i];
    }

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

    /** The bucket of a value: the number of bounds below it. */
    public int bucket(double value) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Counts within other bounds cannot be. */
    @Override
    boolean adds(PointView point) {
        HistogramPointView histogram = (HistogramPointView) point;
        return sameBounds(histogram.explicitBounds())
                && histogram.bucketCounts().count() == counts.length;
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        HistogramPointView histogram = (HistogramPointView) point;
        boolean sameBounds = sameBounds(histogram.explicitBounds());
        double[] newBounds = sameBounds ? bounds : bounds(histogram.explicitBounds());
        int size = histogram.bucketCounts().count();
        if (!rising(newBounds) || size != (newBounds.length == 0 && size == 0 ? 0 : newBounds.length + 1)) {
            return Drop.MALFORMED;
        }
        long[] newCounts = size == counts.length ? counts : new long[size];
        NumbersView given = histogram.bucketCounts();
        for (int i = 0; given.next(); i++) {
            newCounts[i] = (add ? newCounts[i] : 0) + given.bits();
        }
        bounds = newBounds;
        counts = newCounts;
        count = (add ? count : 0) + histogram.count();
        sum = (add ? sum : 0) + histogram.sum();
        hasSum = histogram.hasSum() && (!add || hasSum);
        return null;
    }

    private boolean sameBounds(NumbersView given) {
        int i = 0;
        while (given.next()) {
            if (i == bounds.length || bounds[i] != given.decimal()) {
                return false;
            }
            i++;
        }
        return i == bounds.length;
    }

    private static double[] bounds(NumbersView given) {
        double[] bounds = new double[16];
        int size = 0;
        while (given.next()) {
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size++] = given.decimal();
        }
        return size == 0 ? NO_BOUNDS : Arrays.copyOf(bounds, size);
    }

    private static boolean rising(double[] bounds) {
        for (int i = 0; i < bounds.length; i++) {
            if (Double.isNaN(bounds[i]) || (i > 0 && bounds[i - 1] >= bounds[i])) {
                return false;
            }
        }
        return true;
    }
}
