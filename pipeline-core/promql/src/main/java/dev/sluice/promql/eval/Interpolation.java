package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.HistogramMath;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.syntax.Span;

/** Values between two samples; a counter that was reset in between starts from 0. */
final class Interpolation {
    private Interpolation() {}

    static double between(long t1, double v1, long t2, double v2, long t, boolean counter) {
        double from = counter && v2 < v1 ? 0 : v1;
        return from + (v2 - from) * (t - t1) / (t2 - t1);
    }

    /** The histograms must be compatible. */
    static NativeHistogram between(
            long t1, NativeHistogram h1, long t2, NativeHistogram h2, long t, boolean counter, Run run, Span span) {
        if (t == t1) {
            return h1;
        }
        if (t == t2) {
            return h2;
        }
        double fraction = (double) (t - t1) / (t2 - t1);
        if (counter && CounterReset.between(h1, h2)) {
            return h2.times(fraction);
        }
        HistogramMath.Sum difference = HistogramMath.minus(h2, h1);
        if (difference.reconciled()) {
            run.note(Notes.mismatchedBounds("subtraction", span));
        }
        HistogramMath.Sum sum = HistogramMath.plus(difference.histogram().times(fraction), h1);
        if (sum.reconciled()) {
            run.note(Notes.mismatchedBounds("addition", span));
        }
        return sum.histogram();
    }
}
