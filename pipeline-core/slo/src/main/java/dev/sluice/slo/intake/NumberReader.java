package dev.sluice.slo.intake;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.slo.series.SampleBatchWriter;
import org.jspecify.annotations.Nullable;

/** Gauges and sums. */
final class NumberReader extends PointReader {
    private @Nullable NumberPointView point;
    private double value;

    @Override
    @Nullable
    Drop read(PointView view) {
        NumberPointView number = (NumberPointView) view;
        point = number;
        value = number.value().either();
        return null;
    }

    @Override
    double[] steps() {
        return NO_STEPS;
    }

    @Override
    boolean varies() {
        return false;
    }

    @Override
    boolean hasSum() {
        return false;
    }

    @Override
    void write(int source, SampleBatchWriter out) {
        out.value(value);
    }

    @Override
    @Nullable
    ExemplarsView exemplars() {
        return point == null ? null : point.exemplars();
    }

    @Override
    boolean holds(int source, double exemplar) {
        return true;
    }
}
