package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A histogram with explicit bounds. */
final class HistogramSeries extends Series {
    private final HistogramState state = new HistogramState();
    private List<Exemplar> exemplars = List.of();

    HistogramSeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
    }

    @Override
    HistogramState state() {
        return state;
    }

    @Override
    void keepExemplars(PointView point) {
        exemplars = all(((HistogramPointView) point).exemplars());
    }

    @Override
    Sample sample(boolean timestamps) {
        double[] bounds = state.bounds();
        List<Sample.Bucket> buckets = new ArrayList<>(bounds.length + 1);
        @Nullable Exemplar[] byBucket = byBucket();
        long cumulative = 0;
        for (int i = 0; i < bounds.length; i++) {
            cumulative += state.count(i);
            buckets.add(new Sample.Bucket(bounds[i], cumulative, byBucket[i]));
        }
        if (byBucket[bounds.length] != null) {
            buckets.add(new Sample.Bucket(Double.POSITIVE_INFINITY, state.count(), byBucket[bounds.length]));
        }
        return new Sample.Histogram(
                labels(), times(timestamps, true), state.count(), state.hasSum() ? state.sum() : null, buckets);
    }

    @Override
    int cost() {
        // The bounds are shared only within the series, so both arrays count.
        return super.cost() + 16 * state.bounds().length;
    }

    /** The last exemplar of each bucket. */
    private @Nullable Exemplar[] byBucket() {
        @Nullable Exemplar[] byBucket = new @Nullable Exemplar[state.bounds().length + 1];
        for (Exemplar exemplar : exemplars) {
            byBucket[state.bucket(exemplar.value())] = exemplar;
        }
        return byBucket;
    }
}
