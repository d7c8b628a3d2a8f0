package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.syntax.VectorSelector;
import org.jspecify.annotations.Nullable;

/** {@code resets} and {@code changes}: how often a sample is less than, or differs from, the one before it. */
final class Changes implements RangeFunction {
    private final boolean resets;

    Changes(boolean resets) {
        this.resets = resets;
    }

    @Override
    public void apply(Window w, RangeCall call) {
        int f = 0;
        int h = 0;
        if (call.extent() == VectorSelector.Extent.ANCHORED) {
            f = w.floatAfter(w.rangeStart());
            h = w.histogramAfter(w.rangeStart());
            if (f == w.floats() && h == w.histograms()) {
                return;
            }
            // The last sample up to the range's start, of either kind, is what the first one in it is compared with.
            if (f > 0 && (h == 0 || w.time(f - 1) >= w.histogramTime(h - 1))) {
                f--;
            } else if (h > 0) {
                h--;
            }
        }
        int count = 0;
        boolean first = true;
        double value = 0;
        long time = 0;
        long start = 0;
        NativeHistogram histogram = null;
        while (f < w.floats() || h < w.histograms()) {
            boolean isFloat = h == w.histograms() || (f < w.floats() && w.time(f) < w.histogramTime(h));
            double nextValue = isFloat ? w.value(f) : 0;
            long nextTime = isFloat ? w.time(f) : w.histogramTime(h);
            long nextStart = isFloat ? w.start(f) : w.histogramStart(h);
            NativeHistogram nextHistogram = isFloat ? null : w.histogram(h);
            if (!first) {
                boolean started = resets && StartTime.reset(start, time, nextStart, nextTime);
                count += started || differs(value, histogram, nextValue, nextHistogram) ? 1 : 0;
            }
            first = false;
            value = nextValue;
            time = nextTime;
            start = nextStart;
            histogram = nextHistogram;
            f += isFloat ? 1 : 0;
            h += isFloat ? 0 : 1;
        }
        call.give(count);
    }

    private boolean differs(double a, @Nullable NativeHistogram ha, double b, @Nullable NativeHistogram hb) {
        if (ha == null && hb == null) {
            return resets ? b < a : a != b && !(Double.isNaN(a) && Double.isNaN(b));
        }
        if (ha == null || hb == null) {
            return true;
        }
        return resets ? CounterReset.between(ha, hb) : !hb.same(ha);
    }
}
