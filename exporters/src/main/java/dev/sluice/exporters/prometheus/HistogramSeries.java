package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.NumbersView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A histogram with explicit bounds. */
final class HistogramSeries extends Series {
    private static final double[] NO_BOUNDS = {};

    private double[] bounds = NO_BOUNDS;
    /** One for each bound and one beyond the last; empty when the sender gives no buckets. */
    private long[] counts = {};

    private long count;
    private boolean hasSum;
    private double sum;
    private List<Exemplar> exemplars = List.of();

    HistogramSeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
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
        // Counts within other bounds cannot be added: the sum begins anew.
        boolean adds = add && sameBounds && size == counts.length;
        long[] newCounts = size == counts.length ? counts : new long[size];
        NumbersView given = histogram.bucketCounts();
        for (int i = 0; given.next(); i++) {
            newCounts[i] = (adds ? newCounts[i] : 0) + given.bits();
        }
        bounds = newBounds;
        counts = newCounts;
        count = (adds ? count : 0) + histogram.count();
        sum = (adds ? sum : 0) + histogram.sum();
        hasSum = histogram.hasSum() && (!adds || hasSum);
        exemplars = all(histogram.exemplars());
        return null;
    }

    @Override
    Sample sample(boolean timestamps) {
        List<Sample.Bucket> buckets = new ArrayList<>(bounds.length + 1);
        @Nullable Exemplar[] byBucket = byBucket();
        long cumulative = 0;
        for (int i = 0; i < bounds.length; i++) {
            cumulative += counts[i];
            buckets.add(new Sample.Bucket(bounds[i], cumulative, byBucket[i]));
        }
        if (byBucket[bounds.length] != null) {
            buckets.add(new Sample.Bucket(Double.POSITIVE_INFINITY, count, byBucket[bounds.length]));
        }
        return new Sample.Histogram(labels(), times(timestamps, true), count, hasSum ? sum : null, buckets);
    }

    @Override
    int cost() {
        // The bounds are shared only within the series, so both arrays count.
        return super.cost() + 16 * bounds.length;
    }

    /** The last exemplar of each bucket. */
    private @Nullable Exemplar[] byBucket() {
        @Nullable Exemplar[] byBucket = new @Nullable Exemplar[bounds.length + 1];
        for (Exemplar exemplar : exemplars) {
            int bucket = 0;
            while (bucket < bounds.length && bounds[bucket] < exemplar.value()) {
                bucket++;
            }
            byBucket[bucket] = exemplar;
        }
        return byBucket;
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
        List<Double> bounds = new ArrayList<>();
        while (given.next()) {
            bounds.add(given.decimal());
        }
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
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
