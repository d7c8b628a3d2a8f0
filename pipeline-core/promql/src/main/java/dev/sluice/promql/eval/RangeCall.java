package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.HistogramMath;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.syntax.VectorSelector;
import org.jspecify.annotations.Nullable;

/** A call of a function over ranges: its other arguments, and what it gives for the window at hand. */
final class RangeCall {
    private final Span range;
    private final Span arguments;
    private final VectorSelector.Extent extent;
    private final double[] parameters;
    private final Span[] parameterSpans;
    private @Nullable Run run;
    private long time;
    private boolean given;
    private double value;
    private @Nullable NativeHistogram histogram;

    /**
     * @param range where the range stands in the query
     * @param arguments where all arguments stand
     * @param parameterSpans where the arguments besides the range stand
     */
    RangeCall(Span range, Span arguments, VectorSelector.Extent extent, Span[] parameterSpans) {
        this.range = range;
        this.arguments = arguments;
        this.extent = extent;
        this.parameterSpans = parameterSpans;
        this.parameters = new double[parameterSpans.length];
    }

    void begin(long evaluation, Run current) {
        time = evaluation;
        run = current;
    }

    /** For the next window; nothing is given yet. */
    void next() {
        given = false;
        histogram = null;
    }

    void give(double result) {
        given = true;
        value = result;
    }

    void give(NativeHistogram result) {
        given = true;
        value = 0;
        histogram = result;
    }

    boolean given() {
        return given;
    }

    double value() {
        return value;
    }

    @Nullable
    NativeHistogram histogram() {
        return histogram;
    }

    /** The arguments besides the range, in order. */
    double[] parameters() {
        return parameters;
    }

    Span parameterSpan(int i) {
        return parameterSpans[i];
    }

    long time() {
        return time;
    }

    Span range() {
        return range;
    }

    Span arguments() {
        return arguments;
    }

    VectorSelector.Extent extent() {
        return extent;
    }

    Run run() {
        if (run == null) {
            throw new IllegalStateException("not running");
        }
        return run;
    }

    void note(Annotation annotation) {
        run().note(annotation);
    }

    /** A difference, noted where bounds had to be reconciled; the histograms must be compatible. */
    NativeHistogram minus(NativeHistogram a, NativeHistogram b, Span blamed) {
        HistogramMath.Sum difference = HistogramMath.minus(a, b);
        if (difference.reconciled()) {
            note(Notes.mismatchedBounds("subtraction", blamed));
        }
        return difference.histogram();
    }

    /** A sum, noted where bounds had to be reconciled; the histograms must be compatible. */
    NativeHistogram plus(NativeHistogram a, NativeHistogram b) {
        HistogramMath.Sum sum = HistogramMath.plus(a, b);
        if (sum.reconciled()) {
            note(Notes.mismatchedBounds("addition", range));
        }
        return sum.histogram();
    }
}
