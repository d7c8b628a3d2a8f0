package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import org.jspecify.annotations.Nullable;

/** {@code irate} and {@code idelta}: the difference of the last two samples. Source: prometheus promql/functions.go, instantValue. */
final class InstantRate implements RangeFunction {
    private final boolean perSecond;

    InstantRate(boolean perSecond) {
        this.perSecond = perSecond;
    }

    private record Sample(
            long time, long start, double value, @Nullable NativeHistogram histogram) {}

    @Override
    public void apply(Window w, RangeCall call) {
        if (w.floats() + w.histograms() < 2) {
            return;
        }
        int f = w.floats() - 1;
        int h = w.histograms() - 1;
        boolean floatLast = h < 0 || (f >= 0 && w.time(f) > w.histogramTime(h));
        Sample last = floatLast ? value(w, f--) : histogram(w, h--);
        boolean floatBefore = h < 0 || (f >= 0 && w.time(f) > w.histogramTime(h));
        Sample before = floatBefore ? value(w, f) : histogram(w, h);
        double seconds = (last.time - before.time) / 1000.0;
        if (seconds == 0) {
            return;
        }
        NativeHistogram a = before.histogram;
        NativeHistogram b = last.histogram;
        boolean started = StartTime.reset(before.start, before.time, last.start, last.time);
        if (a == null && b == null) {
            boolean reset = perSecond && (last.value < before.value || started);
            double difference = reset ? last.value : last.value - before.value;
            call.give(perSecond ? difference / seconds : difference);
        } else if (a != null && b != null) {
            histograms(w, call, a, b, started, seconds);
        } else {
            call.note(Notes.mixedFloatsHistograms(w.metricName(), call.arguments()));
        }
    }

    private void histograms(
            Window w, RangeCall call, NativeHistogram a, NativeHistogram b, boolean started, double seconds) {
        boolean gauges = a.hint() == ResetHint.GAUGE && b.hint() == ResetHint.GAUGE;
        boolean anyGauge = a.hint() == ResetHint.GAUGE || b.hint() == ResetHint.GAUGE;
        if (perSecond && anyGauge) {
            call.note(Notes.notCounter(w.metricName(), call.arguments()));
        }
        if (!perSecond && !gauges) {
            call.note(Notes.notGauge(w.metricName(), call.arguments()));
        }
        NativeHistogram result = b;
        if (!perSecond || (!started && !CounterReset.between(a, b))) {
            if (!a.compatible(b)) {
                call.note(Notes.mixedExponentialCustom(w.metricName(), call.arguments()));
                return;
            }
            result = call.minus(b, a, call.arguments());
        }
        result = result.with(ResetHint.GAUGE).compact();
        call.give(perSecond ? result.dividedBy(seconds) : result);
    }

    private static Sample value(Window w, int i) {
        return new Sample(w.time(i), w.start(i), w.value(i), null);
    }

    private static Sample histogram(Window w, int i) {
        return new Sample(w.histogramTime(i), w.histogramStart(i), 0, w.histogram(i));
    }
}
