package dev.sluice.slo.intake;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.NativeBuckets;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.HistogramFraction;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.slo.series.SampleBatchWriter;
import org.jspecify.annotations.Nullable;

/** Exponential histograms, as native ones and in classic buckets. */
final class ExponentialReader extends PointReader {
    private static final NativeHistogram NOTHING =
            NativeHistogram.exponential(ResetHint.UNKNOWN, 0, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE);

    private final ExponentialState state = new ExponentialState();
    private final double[] bounds;
    private @Nullable ExponentialPointView point;
    private NativeHistogram histogram = NOTHING;
    private double[] upTo = NO_STEPS;

    /** @param bounds of classic buckets, those of one face after the other; none where there are no such buckets */
    ExponentialReader(double[] bounds) {
        this.bounds = bounds;
    }

    @Override
    @Nullable
    Drop read(PointView view) {
        point = (ExponentialPointView) view;
        Drop drop = state.update(view, SeriesState.CUMULATIVE);
        if (drop != null) {
            return drop;
        }
        if (!state.consistent()) {
            return Drop.MALFORMED;
        }
        histogram = NativeHistogram.exponential(
                ResetHint.UNKNOWN,
                state.schema(),
                state.zeroThreshold(),
                Numbers.toDouble(state.zeroCount()),
                Numbers.toDouble(state.count()),
                state.sum(),
                buckets(state.positive()),
                buckets(state.negative()));
        upTo = bounds.length == 0 ? NO_STEPS : HistogramFraction.upTo(bounds, histogram);
        return null;
    }

    private static Buckets buckets(NativeBuckets given) {
        int filled = 0;
        for (int i = 0; i < given.size(); i++) {
            filled += given.count(i) == 0 ? 0 : 1;
        }
        int[] indexes = new int[filled];
        double[] counts = new double[filled];
        int to = 0;
        for (int i = 0; i < given.size(); i++) {
            if (given.count(i) != 0) {
                indexes[to] = given.offset() + i;
                counts[to++] = Numbers.toDouble(given.count(i));
            }
        }
        return Buckets.of(indexes, counts);
    }

    @Override
    double[] steps() {
        return bounds;
    }

    @Override
    boolean varies() {
        return false;
    }

    @Override
    boolean hasSum() {
        return state.hasSum();
    }

    @Override
    void write(int source, SampleBatchWriter out) {
        switch (source) {
            case KnownPoint.WHOLE -> out.value(histogram);
            case KnownPoint.SUM -> out.value(histogram.sum());
            case KnownPoint.COUNT, KnownPoint.INFINITE -> out.value(histogram.count());
            default -> out.value(upTo[source]);
        }
    }

    @Override
    @Nullable
    ExemplarsView exemplars() {
        return point == null ? null : point.exemplars();
    }

    @Override
    boolean holds(int source, double value) {
        // Bounds that descend are those of the next face.
        return source == KnownPoint.WHOLE
                || (source >= 0
                        && value <= bounds[source]
                        && (source == 0 || bounds[source - 1] < value || bounds[source - 1] >= bounds[source]));
    }
}
