package dev.sluice.slo.intake;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import dev.sluice.slo.series.SampleBatchWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Histograms with explicit bounds. */
final class HistogramReader extends PointReader {
    private final HistogramState state = new HistogramState();
    private @Nullable HistogramPointView point;
    private double[] bounds = NO_STEPS;
    /** The state's bounds that {@link #bounds} is of. */
    private double[] stateBounds = NO_STEPS;
    /** How many measurements lie at or below each bound. */
    private double[] upTo = NO_STEPS;

    @Override
    @Nullable
    Drop read(PointView view) {
        point = (HistogramPointView) view;
        // Deltas are added up where the samples of all loops come together, so each is read for itself.
        Drop drop = state.update(view, SeriesState.CUMULATIVE);
        if (drop != null) {
            return drop;
        }
        if (!Arrays.equals(state.bounds(), stateBounds)) {
            stateBounds = state.bounds();
            bounds = finite(stateBounds);
            upTo = new double[bounds.length];
        }
        long total = 0;
        for (int i = 0; i < bounds.length; i++) {
            total += state.count(i);
            upTo[i] = Numbers.toDouble(total);
        }
        return null;
    }

    /** The bucket to infinity is there without being named. */
    private static double[] finite(double[] bounds) {
        boolean named = bounds.length > 0 && bounds[bounds.length - 1] == Double.POSITIVE_INFINITY;
        return named ? Arrays.copyOf(bounds, bounds.length - 1) : bounds;
    }

    @Override
    double[] steps() {
        return bounds;
    }

    @Override
    boolean varies() {
        return true;
    }

    @Override
    boolean hasSum() {
        return state.hasSum();
    }

    @Override
    void write(int source, SampleBatchWriter out) {
        out.value(
                source >= 0 ? upTo[source] : source == KnownPoint.SUM ? state.sum() : Numbers.toDouble(state.count()));
    }

    @Override
    @Nullable
    ExemplarsView exemplars() {
        return point == null ? null : point.exemplars();
    }

    @Override
    boolean holds(int source, double value) {
        int bucket = state.bucket(value);
        return source == bucket || (source == KnownPoint.INFINITE && bucket >= bounds.length);
    }
}
