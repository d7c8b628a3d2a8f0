package dev.sluice.promql.histogram;

import org.jspecify.annotations.Nullable;

/**
 * A running sum or mean of histograms with a Kahan-Neumaier compensation for every count. The sum becomes a running mean once it would overflow.
 * Source: prometheus FloatHistogram.KahanAdd and the engine's aggregations sum and avg.
 */
public final class HistogramSum {
    private NativeHistogram total;
    /** In the layout of the total, or {@code null} while nothing was added to the first. */
    private @Nullable NativeHistogram compensation;

    private double added = 1;
    private boolean mean;
    private boolean reconciled;
    private boolean resetSeen;
    private boolean noResetSeen;

    public HistogramSum(NativeHistogram first) {
        total = first;
        see(first);
    }

    /** Adds to the sum. False where the layouts do not go together; the sum is then of no use. */
    public boolean add(NativeHistogram next) {
        see(next);
        if (!total.compatible(next)) {
            return false;
        }
        added++;
        accumulate(next);
        return true;
    }

    /** Adds to what {@link #mean()} gives. False where the layouts do not go together; the mean is then of no use. */
    public boolean addToMean(NativeHistogram next) {
        see(next);
        if (!total.compatible(next)) {
            return false;
        }
        added++;
        if (!mean) {
            NativeHistogram before = total;
            NativeHistogram compensationBefore = compensation;
            accumulate(next);
            if (!total.overflowed()) {
                return true;
            }
            mean = true;
            total = before.dividedBy(added - 1);
            compensation = compensationBefore == null ? null : compensationBefore.dividedBy(added - 1);
        }
        double weight = (added - 1) / added;
        total = total.times(weight);
        compensation = compensation == null ? null : compensation.times(weight);
        accumulate(next.dividedBy(added));
        return true;
    }

    public NativeHistogram sum() {
        return compensation == null
                ? total
                : HistogramMath.plus(total, compensation).histogram();
    }

    public NativeHistogram mean() {
        if (mean) {
            return sum();
        }
        NativeHistogram result = total.dividedBy(added);
        return compensation == null
                ? result
                : HistogramMath.plus(result, compensation.dividedBy(added)).histogram();
    }

    /** Whether custom bounds differed on the way. */
    public boolean reconciled() {
        return reconciled;
    }

    /** Whether one histogram said that there was a counter reset and another that there was none. */
    public boolean collided() {
        return resetSeen && noResetSeen;
    }

    private void see(NativeHistogram h) {
        resetSeen |= h.hint() == ResetHint.RESET;
        noResetSeen |= h.hint() == ResetHint.NOT_RESET;
    }

    private void accumulate(NativeHistogram next) {
        HistogramMath.Sum sum = HistogramMath.plus(total, next);
        NativeHistogram result = sum.histogram();
        reconciled |= sum.reconciled();
        NativeHistogram old = inLayout(total, result);
        NativeHistogram term = inLayout(next, result);
        NativeHistogram carried = inLayout(compensation == null ? total.times(0) : compensation, result);
        compensation = result.custom()
                ? NativeHistogram.custom(
                        result.hint(),
                        error(old.count(), term.count(), result.count(), carried.count()),
                        error(old.sum(), term.sum(), result.sum(), carried.sum()),
                        result.bounds(),
                        errors(old.positive(), term.positive(), result.positive(), carried.positive()))
                : NativeHistogram.exponential(
                        result.hint(),
                        result.schema(),
                        result.zeroThreshold(),
                        error(old.zeroCount(), term.zeroCount(), result.zeroCount(), carried.zeroCount()),
                        error(old.count(), term.count(), result.count(), carried.count()),
                        error(old.sum(), term.sum(), result.sum(), carried.sum()),
                        errors(old.positive(), term.positive(), result.positive(), carried.positive()),
                        errors(old.negative(), term.negative(), result.negative(), carried.negative()));
        total = result;
    }

    /** The same histogram with the schema, zero bucket and bounds of another that it was added into. */
    private static NativeHistogram inLayout(NativeHistogram h, NativeHistogram layout) {
        boolean same =
                h.schema() == layout.schema() && h.zeroThreshold() == layout.zeroThreshold() && h.sameBounds(layout);
        return same
                ? h
                : HistogramMath.plus(layout.emptied(layout.zeroThreshold()), h).histogram();
    }

    private static Buckets errors(Buckets old, Buckets term, Buckets result, Buckets carried) {
        int[] indexes = new int[result.size()];
        double[] errors = new double[result.size()];
        int o = 0;
        int t = 0;
        int c = 0;
        for (int i = 0; i < indexes.length; i++) {
            int index = result.index(i);
            o = skip(old, o, index);
            t = skip(term, t, index);
            c = skip(carried, c, index);
            indexes[i] = index;
            errors[i] = error(at(old, o, index), at(term, t, index), result.count(i), at(carried, c, index));
        }
        return Buckets.of(indexes, errors);
    }

    private static int skip(Buckets buckets, int from, int index) {
        int at = from;
        while (at < buckets.size() && buckets.index(at) < index) {
            at++;
        }
        return at;
    }

    private static double at(Buckets buckets, int at, int index) {
        return at < buckets.size() && buckets.index(at) == index ? buckets.count(at) : 0;
    }

    /** Neumaier's compensation after {@code result = sum + term}. */
    private static double error(double sum, double term, double result, double carried) {
        if (Double.isInfinite(result)) {
            return 0;
        }
        return carried + (Math.abs(sum) >= Math.abs(term) ? sum - result + term : term - result + sum);
    }
}
