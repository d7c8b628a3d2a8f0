package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.MatrixNode;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.List;

/** The result of a query that is nothing but a range. */
final class RangeResult {
    private RangeResult() {}

    static List<Series> of(MatrixNode node, long time, Run run) {
        Windows windows = node.windows(time, run);
        VectorSelector.Extent extent = node instanceof RangeNode r ? r.extent() : VectorSelector.Extent.PLAIN;
        MatrixResult result = new MatrixResult();
        Window window = new Window();
        for (int i = 0; i < windows.series().size(); i++) {
            Series series = windows.series().get(i);
            if (!window.fill(
                    series, windows, run.options().lookback(), run.options().startTimestamps())) {
                continue;
            }
            if (extent == VectorSelector.Extent.PLAIN) {
                samples(series, window, windows.dropsName(i), result);
            } else {
                extended(series, window, extent, result);
            }
        }
        return result.sorted();
    }

    private static void samples(Series series, Window w, boolean dropsName, MatrixResult result) {
        for (int i = 0; i < w.floats(); i++) {
            result.add(w.time(i), series.labels(), w.value(i), null, dropsName);
        }
        for (int i = 0; i < w.histograms(); i++) {
            result.add(w.histogramTime(i), series.labels(), 0, w.histogram(i), dropsName);
        }
    }

    /** The samples inside the range and a value at each end of it. */
    private static void extended(Series series, Window w, VectorSelector.Extent extent, MatrixResult result) {
        boolean smoothed = extent == VectorSelector.Extent.SMOOTHED;
        if (w.histograms() > 0) {
            throw new EvalException(
                    (smoothed ? "smoothed" : "anchored") + " modifier is not supported with histograms");
        }
        int end = w.floats() - 1;
        int first = Math.max(0, Math.min(w.floatAfter(w.rangeStart()), end) - 1);
        int last = smoothed ? Math.min(w.floatAfter(w.rangeEnd() - 1), end) : end;
        if (w.time(last) <= w.rangeStart()) {
            return;
        }
        Edges edges = new Edges(w, smoothed, false);
        result.add(w.rangeStart(), series.labels(), edges.left(first).value(), null, false);
        for (int i = first; i <= last; i++) {
            if (w.time(i) > w.rangeStart() && w.time(i) < w.rangeEnd()) {
                result.add(w.time(i), series.labels(), w.value(i), null, false);
            }
        }
        result.add(w.rangeEnd(), series.labels(), edges.right(last).value(), null, false);
    }
}
