package dev.sluice.slo.intake;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.slo.series.SampleBatchWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the values of one point after the other out of the wire. One serves all points of a plan, since most of them share their bounds. */
abstract sealed class PointReader permits NumberReader, HistogramReader, ExponentialReader, SummaryReader {
    static final double[] NO_STEPS = {};

    /** Reads a point, or answers why it is dropped. */
    abstract @Nullable Drop read(PointView view);

    /** The bounds or quantiles of the point. */
    abstract double[] steps();

    /** Whether points of a series may come to have other bounds or quantiles. */
    abstract boolean varies();

    abstract boolean hasSum();

    /** Writes what the source gives. */
    abstract void write(int source, SampleBatchWriter out);

    /** The exemplars of the point, or {@code null}. */
    abstract @Nullable ExemplarsView exemplars();

    /** Whether an exemplar of that value is one of the series that the source gives its value. */
    abstract boolean holds(int source, double value);

    final boolean fits(KnownPoint known) {
        return known.hasSum() == hasSum() && Arrays.equals(known.steps(), steps());
    }
}
