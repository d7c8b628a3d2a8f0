package dev.sluice.promql.eval;

import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.List;

/** Ranges of the series that a selector finds. */
final class RangeNode implements Nodes.MatrixNode {
    private static final long NANOS = 1_000_000;

    private final MatrixSelector selector;
    private final TimeShift shift;
    private final boolean statistics;

    /** @param statistics whether only counts and sums of histograms are wanted */
    RangeNode(MatrixSelector selector, boolean statistics) {
        this.selector = selector;
        this.statistics = statistics;
        this.shift = new TimeShift(selector.selector().shift());
    }

    VectorSelector.Extent extent() {
        return selector.selector().extent();
    }

    @Override
    public Windows windows(long time, Run run) {
        long end = shift.time(time, run);
        long range = selector.rangeExpression() == null
                ? selector.range() / NANOS
                : Durations.millis(selector.rangeExpression(), run, false);
        long start = end - range;
        long lookback = run.options().lookback();
        long after = extent() == VectorSelector.Extent.PLAIN ? start : start - lookback;
        long until = extent() == VectorSelector.Extent.SMOOTHED ? end + lookback : end;
        List<Series> found = run.source().select(selector.selector().matchers(), after, until);
        return new Windows(found, null, start, end, after, until, statistics);
    }
}
