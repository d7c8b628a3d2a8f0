package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.HistogramSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The functions {@code x_over_time}. Source: prometheus promql/functions.go. */
final class OverTime {
    private OverTime() {}

    static @Nullable RangeFunction find(String name) {
        return switch (name) {
            case "sum_over_time" -> OverTime::sum;
            case "avg_over_time" -> OverTime::avg;
            case "count_over_time" -> (w, call) -> call.give((double) w.floats() + w.histograms());
            case "present_over_time", "absent_over_time" -> (w, call) -> call.give(1);
            case "max_over_time" -> (w, call) -> extreme(w, call, true, false);
            case "min_over_time" -> (w, call) -> extreme(w, call, false, false);
            case "ts_of_max_over_time" -> (w, call) -> extreme(w, call, true, true);
            case "ts_of_min_over_time" -> (w, call) -> extreme(w, call, false, true);
            case "first_over_time" -> OverTime::first;
            case "last_over_time" -> OverTime::last;
            case "ts_of_first_over_time" -> OverTime::firstTime;
            case "ts_of_last_over_time" -> OverTime::lastTime;
            case "stddev_over_time" -> (w, call) -> variance(w, call, true);
            case "stdvar_over_time" -> (w, call) -> variance(w, call, false);
            case "mad_over_time" -> OverTime::mad;
            case "quantile_over_time" -> OverTime::quantile;
            default -> null;
        };
    }

    /** Whether there are floats to go on with; says so where histograms beside them are left out. */
    static boolean floats(Window w, RangeCall call) {
        if (w.floats() > 0 && w.histograms() > 0) {
            call.note(Notes.histogramIgnoredInMixedRange(w.metricName(), call.range()));
        }
        return w.floats() > 0;
    }

    /** Whether floats and histograms are mixed, which then is noted. */
    private static boolean mixed(Window w, RangeCall call) {
        if (w.mixed()) {
            call.note(Notes.mixedFloatsHistograms(w.metricName(), call.range()));
        }
        return w.mixed();
    }

    private static void sum(Window w, RangeCall call) {
        if (mixed(w, call)) {
            return;
        }
        if (w.floats() == 0) {
            histograms(w, call, false);
            return;
        }
        Kahan sum = new Kahan();
        double[] values = w.values();
        for (int i = w.from(); i < w.to(); i++) {
            sum.add(values[i]);
        }
        call.give(sum.finiteTotal());
    }

    private static void avg(Window w, RangeCall call) {
        if (mixed(w, call)) {
            return;
        }
        if (w.floats() == 0) {
            histograms(w, call, true);
            return;
        }
        Mean mean = new Mean(w.value(0));
        for (int i = 1; i < w.floats(); i++) {
            mean.add(w.value(i));
        }
        call.give(mean.value());
    }

    private static void histograms(Window w, RangeCall call, boolean mean) {
        HistogramSum sum = new HistogramSum(w.histogram(0));
        boolean fits = true;
        for (int i = 1; fits && i < w.histograms(); i++) {
            fits = mean ? sum.addToMean(w.histogram(i)) : sum.add(w.histogram(i));
        }
        if (!fits) {
            call.note(Notes.mixedExponentialCustom(w.metricName(), call.range()));
            return;
        }
        if (sum.collided()) {
            call.note(Notes.counterResetCollision("aggregation", call.range()));
        }
        if (sum.reconciled()) {
            call.note(Notes.mismatchedBounds("aggregation", call.range()));
        }
        call.give(mean ? sum.mean() : sum.sum());
    }

    /** Of equal values the time is that of the last, the value that of the first. */
    private static void extreme(Window w, RangeCall call, boolean max, boolean time) {
        if (!floats(w, call)) {
            return;
        }
        double best = w.value(0);
        int at = 0;
        for (int i = 0; i < w.floats(); i++) {
            double value = w.value(i);
            if ((max ? value > best : value < best) || (time && value == best) || Double.isNaN(best)) {
                best = value;
                at = i;
            }
        }
        call.give(time ? w.time(at) / 1000.0 : best);
    }

    private static void first(Window w, RangeCall call) {
        boolean histogramFirst = w.floats() == 0 || (w.histograms() > 0 && w.histogramTime(0) <= w.time(0));
        if (histogramFirst) {
            call.give(w.histogram(0));
        } else {
            call.give(w.value(0));
        }
    }

    private static void last(Window w, RangeCall call) {
        int f = w.floats() - 1;
        int h = w.histograms() - 1;
        if (h < 0 || (f >= 0 && w.histogramTime(h) < w.time(f))) {
            call.give(w.value(f));
        } else {
            call.give(w.histogram(h));
        }
    }

    private static void firstTime(Window w, RangeCall call) {
        long f = w.floats() > 0 ? w.time(0) : Long.MAX_VALUE;
        long h = w.histograms() > 0 ? w.histogramTime(0) : Long.MAX_VALUE;
        call.give(Math.min(f, h) / 1000.0);
    }

    private static void lastTime(Window w, RangeCall call) {
        long f = w.floats() > 0 ? w.time(w.floats() - 1) : Long.MIN_VALUE;
        long h = w.histograms() > 0 ? w.histogramTime(w.histograms() - 1) : Long.MIN_VALUE;
        call.give(Math.max(f, h) / 1000.0);
    }

    /** Welford's algorithm with compensated sums. */
    private static void variance(Window w, RangeCall call, boolean deviation) {
        if (!floats(w, call)) {
            return;
        }
        Kahan mean = new Kahan();
        Kahan squares = new Kahan();
        for (int i = 0; i < w.floats(); i++) {
            double value = w.value(i);
            double delta = value - mean.total();
            mean.add(delta / (i + 1));
            squares.add(delta * (value - mean.total()));
        }
        double variance = squares.total() / w.floats();
        call.give(deviation ? Math.sqrt(variance) : variance);
    }

    private static void mad(Window w, RangeCall call) {
        if (!floats(w, call)) {
            return;
        }
        double[] values = Arrays.copyOfRange(w.values(), w.from(), w.to());
        for (double value : values) {
            if (Double.isNaN(value)) {
                call.give(Double.NaN);
                return;
            }
        }
        double median = Quantile.of(0.5, values, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - median);
        }
        call.give(Quantile.of(0.5, values, values.length));
    }

    private static void quantile(Window w, RangeCall call) {
        if (w.floats() == 0) {
            return;
        }
        double q = call.parameters()[0];
        if (Quantile.invalid(q)) {
            call.note(Notes.invalidQuantile(q, call.parameterSpan(0)));
        }
        if (w.histograms() > 0) {
            call.note(Notes.histogramIgnoredInMixedRange(w.metricName(), call.parameterSpan(0)));
        }
        double[] values = Arrays.copyOfRange(w.values(), w.from(), w.to());
        call.give(Quantile.of(q, values, values.length));
    }
}
