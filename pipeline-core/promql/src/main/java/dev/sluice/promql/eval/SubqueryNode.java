package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.SubqueryExpr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ranges of what an expression gives at the steps of a grid of its own, which is aligned to multiples of the step. */
final class SubqueryNode implements Nodes.MatrixNode {
    private static final long NANOS = 1_000_000;

    private final SubqueryExpr expr;
    private final Nodes.VectorNode inner;
    private final TimeShift shift;

    SubqueryNode(SubqueryExpr expr, Nodes.VectorNode inner) {
        this.expr = expr;
        this.inner = inner;
        this.shift = new TimeShift(expr.shift());
    }

    @Override
    public Windows windows(long time, Run run) {
        long end = shift.time(time, run);
        long range = expr.rangeExpression() == null
                ? expr.range() / NANOS
                : Durations.millis(expr.rangeExpression(), run, false);
        long start = end - range;
        Map<Labels, Integer> places = new HashMap<>();
        List<Series> series = new ArrayList<>();
        BitSet dropsName = new BitSet();
        long step = step(run);
        for (long at = first(start, step); at <= end; at += step) {
            Vector vector = inner.vector(at, run);
            for (int i = 0; i < vector.size(); i++) {
                Labels labels = vector.labels(i);
                Integer place = places.get(labels);
                if (place == null) {
                    place = series.size();
                    places.put(labels, place);
                    series.add(new Series(labels));
                    dropsName.set(place, vector.nameDropped(i));
                }
                if (!add(series.get(place), at, vector, i)) {
                    throw SameLabels.error();
                }
            }
        }
        return new Windows(series, dropsName, start, end, start, end, false);
    }

    private long step(Run run) {
        if (expr.stepExpression() != null) {
            return Durations.millis(expr.stepExpression(), run, false);
        }
        return expr.step() == 0 ? run.options().subqueryStep() : Math.max(1, expr.step() / NANOS);
    }

    /** The first step after the range's start; the division rounds towards 0, as Prometheus' does. */
    private static long first(long start, long step) {
        long aligned = step * (start / step);
        return aligned <= start ? aligned + step : aligned;
    }

    private static boolean add(Series series, long at, Vector vector, int i) {
        NativeHistogram histogram = vector.histogram(i);
        if (histogram == null) {
            return series.add(at, vector.value(i));
        }
        // What was known of resets does not hold between the steps of another grid.
        ResetHint hint = histogram.hint() == ResetHint.GAUGE ? ResetHint.GAUGE : ResetHint.UNKNOWN;
        return series.add(at, histogram.with(hint));
    }
}
