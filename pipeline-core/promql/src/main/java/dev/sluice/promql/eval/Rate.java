package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.syntax.VectorSelector;
import org.jspecify.annotations.Nullable;

/**
 * {@code rate}, {@code increase} and {@code delta}: the difference between the last and the first sample, resets added for counters, extrapolated
 * towards the ends of the range. Source: prometheus promql/functions.go, extrapolatedRate.
 */
final class Rate implements RangeFunction {
    /** A gap at an end of the range up to this many times the usual one is taken for one that a sample would have filled. */
    private static final double GAP = 1.1;

    private final boolean counter;
    private final boolean perSecond;
    private final ExtendedRate extended;

    Rate(boolean counter, boolean perSecond) {
        this.counter = counter;
        this.perSecond = perSecond;
        this.extended = new ExtendedRate(counter, perSecond);
    }

    @Override
    public void apply(Window w, RangeCall call) {
        if (w.mixed()) {
            call.note(Notes.mixedFloatsHistograms(w.metricName(), call.range()));
        } else if (call.extent() != VectorSelector.Extent.PLAIN) {
            extended.apply(w, call);
        } else if (w.histograms() > 0) {
            histograms(w, call);
        } else {
            floats(w, call);
        }
    }

    private void floats(Window w, RangeCall call) {
        int last = w.floats() - 1;
        double result = w.value(last) - w.value(0);
        if (counter) {
            result += resets(w, call);
        }
        long started = counter && w.hasStarts() ? w.start(0) : 0;
        boolean fromZero = startsInside(started, w, w.time(0));
        if (fromZero) {
            result += w.value(0);
        } else if (last == 0) {
            return;
        }
        double zeroShare = counter && result > 0 && w.value(0) >= 0 ? w.value(0) / result : Double.NaN;
        call.give(result * factor(w, w.time(0), w.time(last), last, fromZero ? started : 0, zeroShare));
    }

    /** What was counted before each reset. */
    private static double resets(Window w, RangeCall call) {
        double lost = 0;
        boolean overlap = false;
        boolean starts = w.hasStarts();
        double[] values = w.values();
        for (int i = w.from() + 1; i < w.to(); i++) {
            boolean reset = values[i] < values[i - 1];
            if (starts) {
                int at = i - w.from();
                if (!overlap && StartTime.overlaps(w.start(at - 1), w.time(at - 1), w.start(at))) {
                    overlap = true;
                    call.note(Notes.startTimeOverlap(w.metricName(), call.range()));
                }
                reset |= StartTime.reset(w.start(at - 1), w.time(at - 1), w.start(at), w.time(at));
            }
            if (reset) {
                lost += values[i - 1];
            }
        }
        return lost;
    }

    private static boolean startsInside(long started, Window w, long first) {
        return started != 0 && started > w.rangeStart() && started < first;
    }

    /**
     * By how much a difference grows when it is stretched towards the ends of the range, and divided by the seconds for a rate.
     *
     * @param gaps the number of samples less one
     * @param started when the counter started inside the range, or 0
     * @param zeroShare the first value over the difference, or NaN: so far back in units of the sampled time a counter was 0
     */
    private double factor(Window w, long first, long last, int gaps, long started, double zeroShare) {
        double toStart = (first - w.rangeStart()) / 1000.0;
        double toEnd = (w.rangeEnd() - last) / 1000.0;
        double sampled = (last - first) / 1000.0;
        double usualGap = gaps > 0 ? sampled / gaps : 0;
        double threshold = usualGap * GAP;
        if (started != 0) {
            toStart = 0;
            sampled = (last - started) / 1000.0;
        } else {
            if (toStart >= threshold) {
                toStart = usualGap / 2;
            }
            double toZero = sampled * zeroShare;
            if (toZero < toStart) {
                toStart = toZero;
            }
        }
        if (toEnd >= threshold) {
            toEnd = usualGap / 2;
        }
        double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
        return perSecond ? factor / ((w.rangeEnd() - w.rangeStart()) / 1000.0) : factor;
    }

    private void histograms(Window w, RangeCall call) {
        int last = w.histograms() - 1;
        NativeHistogram result = null;
        if (last > 0) {
            result = difference(w, call);
            if (result == null) {
                return;
            }
        }
        NativeHistogram first = w.histogram(0);
        long started = counter && w.hasHistogramStarts() ? w.histogramStart(0) : 0;
        boolean fromZero = startsInside(started, w, w.histogramTime(0));
        if (fromZero) {
            if (result != null && !result.compatible(first)) {
                call.note(Notes.mixedExponentialCustom(w.metricName(), call.range()));
                return;
            }
            result = result == null ? first : call.plus(result, first);
        } else if (last == 0) {
            return;
        }
        if (result == null) {
            return;
        }
        boolean grows = counter && result.count() > 0 && first.count() >= 0;
        double zeroShare = grows ? first.count() / result.count() : Double.NaN;
        call.give(result.times(
                factor(w, w.histogramTime(0), w.histogramTime(last), last, fromZero ? started : 0, zeroShare)));
    }

    /** Last less first with resets, or {@code null} where histograms do not go together. There are at least two. */
    private @Nullable NativeHistogram difference(Window w, RangeCall call) {
        Span span = call.range();
        int n = w.histograms();
        NativeHistogram previous = w.histogram(0);
        NativeHistogram last = w.histogram(n - 1);
        noteGauges(w, call);
        if (counter && resetAt(w, 1, previous)) {
            // The first sample does not count, so its layout does not matter either.
            previous = w.histogram(1).emptied().with(ResetHint.UNKNOWN);
        }
        boolean custom = previous.custom();
        if (last.custom() != custom) {
            call.note(Notes.mixedExponentialCustom(w.metricName(), span));
            return null;
        }
        int schema = Math.min(last.schema(), previous.schema());
        for (int i = 1; counter && i < n - 1; i++) {
            if (w.histogram(i).custom() != custom) {
                call.note(Notes.mixedExponentialCustom(w.metricName(), span));
                return null;
            }
            schema = Math.min(schema, w.histogram(i).schema());
        }
        NativeHistogram result = call.minus(last.atMost(schema), previous, span);
        boolean overlap = false;
        for (int i = 1; counter && i < n; i++) {
            if (!overlap
                    && w.hasHistogramStarts()
                    && StartTime.overlaps(w.histogramStart(i - 1), w.histogramTime(i - 1), w.histogramStart(i))) {
                overlap = true;
                call.note(Notes.startTimeOverlap(w.metricName(), span));
            }
            if (resetAt(w, i, previous)) {
                result = call.plus(result, previous);
            }
            previous = w.histogram(i);
        }
        return result.with(ResetHint.GAUGE).compact();
    }

    private static boolean resetAt(Window w, int i, NativeHistogram previous) {
        return (w.hasHistogramStarts()
                        && StartTime.reset(
                                w.histogramStart(i - 1),
                                w.histogramTime(i - 1),
                                w.histogramStart(i),
                                w.histogramTime(i)))
                || CounterReset.between(previous, w.histogram(i));
    }

    private void noteGauges(Window w, RangeCall call) {
        int last = w.histograms() - 1;
        if (!counter) {
            if (w.histogram(0).hint() != ResetHint.GAUGE || w.histogram(last).hint() != ResetHint.GAUGE) {
                call.note(Notes.notGauge(w.metricName(), call.range()));
            }
            return;
        }
        for (int i = 0; i <= last; i++) {
            if (w.histogram(i).hint() == ResetHint.GAUGE) {
                call.note(Notes.notCounter(w.metricName(), call.range()));
                return;
            }
        }
    }
}
