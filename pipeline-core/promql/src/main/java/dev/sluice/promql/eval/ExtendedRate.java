package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.syntax.VectorSelector;
import org.jspecify.annotations.Nullable;

/**
 * {@code rate}, {@code increase} and {@code delta} over anchored and smoothed ranges: the difference between the values at the very ends of the
 * range. Source: prometheus promql/functions.go, extendedRate and extendedHistogramRate.
 */
final class ExtendedRate {
    private final boolean counter;
    private final boolean perSecond;

    ExtendedRate(boolean counter, boolean perSecond) {
        this.counter = counter;
        this.perSecond = perSecond;
    }

    void apply(Window w, RangeCall call) {
        boolean smoothed = call.extent() == VectorSelector.Extent.SMOOTHED;
        if (w.histograms() > 0) {
            histograms(w, call, smoothed);
        } else {
            floats(w, call, smoothed);
        }
    }

    private double seconds(Window w) {
        return (w.rangeEnd() - w.rangeStart()) / 1000.0;
    }

    private void floats(Window w, RangeCall call, boolean smoothed) {
        int end = w.floats() - 1;
        int first = Math.max(0, Math.min(w.floatAfter(w.rangeStart()), end) - 1);
        int last = smoothed ? Math.min(w.floatAfter(w.rangeEnd() - 1), end) : end;
        if (w.time(last) <= w.rangeStart()) {
            return;
        }
        if (smoothed && w.time(first) > w.rangeEnd()) {
            boolean startsBefore = StartTime.resetAfter(w.rangeStart() - w.lookback(), w.start(first), w.time(first))
                    && !StartTime.resetAfter(w.rangeEnd(), w.start(first), w.time(first));
            if (!counter || !startsBefore) {
                return;
            }
        }
        Edges edges = new Edges(w, smoothed, counter);
        Edges.Edge left = edges.left(first);
        Edges.Edge right = edges.right(last);
        double result = right.value() - left.value();
        if (counter) {
            int from = w.time(first) <= w.rangeStart() ? first + 1 : first;
            int to = w.time(last) >= w.rangeEnd() ? last - 1 : last;
            result += resets(w, left, right, from, to);
        }
        call.give(perSecond ? result / seconds(w) : result);
    }

    private static double resets(Window w, Edges.Edge left, Edges.Edge right, int from, int to) {
        double lost = 0;
        double previous = left.value();
        long previousTime = w.rangeStart();
        long previousStart = left.start();
        for (int i = from; i <= to; i++) {
            if (w.value(i) < previous || StartTime.reset(previousStart, previousTime, w.start(i), w.time(i))) {
                lost += previous;
            }
            previous = w.value(i);
            previousTime = w.time(i);
            previousStart = w.start(i);
        }
        boolean reset =
                right.value() < previous || StartTime.reset(previousStart, previousTime, right.start(), w.rangeEnd());
        return reset ? lost + previous : lost;
    }

    private void histograms(Window w, RangeCall call, boolean smoothed) {
        int end = w.histograms() - 1;
        int first = Math.max(0, Math.min(w.histogramAfter(w.rangeStart()), end) - 1);
        int last = smoothed ? Math.min(w.histogramAfter(w.rangeEnd() - 1), end) : end;
        if (w.histogramTime(last) <= w.rangeStart() || (smoothed && w.histogramTime(first) > w.rangeEnd())) {
            return;
        }
        if (!uniform(w, call, first, last)) {
            return;
        }
        NativeHistogram left = w.histogram(first);
        NativeHistogram right = w.histogram(last);
        if (smoothed && w.histogramTime(first) < w.rangeStart()) {
            left = between(w, call, first, w.rangeStart());
        }
        if (smoothed && last > 0 && w.histogramTime(last) > w.rangeEnd()) {
            right = between(w, call, last - 1, w.rangeEnd());
        }
        if (!counter && (left.hint() != ResetHint.GAUGE || right.hint() != ResetHint.GAUGE)) {
            call.note(Notes.notGauge(w.metricName(), call.range()));
        }
        NativeHistogram result = call.minus(right, left, call.range());
        if (counter) {
            NativeHistogram lost = resets(w, call, first, last, left, right, smoothed);
            result = lost == null ? result : call.plus(result, lost);
        }
        if (perSecond) {
            result = result.dividedBy(seconds(w));
        }
        call.give(result.with(ResetHint.GAUGE).compact());
    }

    private NativeHistogram between(Window w, RangeCall call, int i, long time) {
        return Interpolation.between(
                w.histogramTime(i),
                w.histogram(i),
                w.histogramTime(i + 1),
                w.histogram(i + 1),
                time,
                counter,
                call.run(),
                call.range());
    }

    private boolean uniform(Window w, RangeCall call, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (!w.histogram(i).compatible(w.histogram(first))) {
                call.note(Notes.mixedExponentialCustom(w.metricName(), call.range()));
                return false;
            }
            if (counter && w.histogram(i).hint() == ResetHint.GAUGE) {
                call.note(Notes.notCounter(w.metricName(), call.range()));
            }
        }
        return true;
    }

    private static @Nullable NativeHistogram resets(
            Window w,
            RangeCall call,
            int first,
            int last,
            NativeHistogram left,
            NativeHistogram right,
            boolean smoothed) {
        int from = first + 1;
        NativeHistogram previous = left;
        if (smoothed
                && w.histogramTime(first) < w.rangeStart()
                && CounterReset.between(w.histogram(first), w.histogram(first + 1))) {
            // The value at the range's start has taken this reset into account already.
            previous = w.histogram(first + 1);
            from++;
        }
        if (from > last) {
            return null;
        }
        NativeHistogram lost = null;
        for (int i = from; i < last; i++) {
            if (CounterReset.between(previous, w.histogram(i))) {
                lost = lost == null ? previous : call.plus(lost, previous);
            }
            previous = w.histogram(i);
        }
        if (CounterReset.between(previous, right)) {
            lost = lost == null ? previous : call.plus(lost, previous);
        }
        return lost;
    }
}
