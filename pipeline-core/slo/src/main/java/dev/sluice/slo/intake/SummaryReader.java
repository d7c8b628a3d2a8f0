package dev.sluice.slo.intake;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import dev.sluice.prometheus.SummaryState;
import dev.sluice.slo.series.SampleBatchWriter;
import org.jspecify.annotations.Nullable;

/** Summaries. */
final class SummaryReader extends PointReader {
    private final SummaryState state = new SummaryState();

    @Override
    @Nullable
    Drop read(PointView view) {
        return state.update(view, SeriesState.CUMULATIVE);
    }

    @Override
    double[] steps() {
        return state.quantiles();
    }

    @Override
    boolean varies() {
        return true;
    }

    @Override
    boolean hasSum() {
        return true;
    }

    @Override
    void write(int source, SampleBatchWriter out) {
        out.value(
                source >= 0
                        ? state.value(source)
                        : source == KnownPoint.SUM ? state.sum() : Numbers.toDouble(state.count()));
    }

    @Override
    @Nullable
    ExemplarsView exemplars() {
        return null;
    }

    @Override
    boolean holds(int source, double value) {
        return false;
    }
}
