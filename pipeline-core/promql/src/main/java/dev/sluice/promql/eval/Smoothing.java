package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;

/**
 * {@code double_exponential_smoothing}: a weighted mean that follows a trend. Source: Holt's linear method; prometheus promql/functions.go.
 */
final class Smoothing {
    private Smoothing() {}

    static void apply(Window w, RangeCall call) {
        double factor = call.parameters()[0];
        double trendFactor = call.parameters()[1];
        check("smoothing", "sf", factor);
        check("trend", "tf", trendFactor);
        if (!Regression.enough(w, call)) {
            return;
        }
        double before = 0;
        double smoothed = w.value(0);
        double trend = w.value(1) - w.value(0);
        for (int i = 1; i < w.floats(); i++) {
            if (i > 1) {
                trend = trendFactor * (smoothed - before) + (1 - trendFactor) * trend;
            }
            before = smoothed;
            smoothed = factor * w.value(i) + (1 - factor) * (smoothed + trend);
        }
        call.give(smoothed);
    }

    private static void check(String name, String symbol, double factor) {
        if (factor <= 0 || factor >= 1) {
            throw new EvalException(
                    "invalid " + name + " factor. Expected: 0 < " + symbol + " < 1, got: " + GoFloat.fixed(factor));
        }
    }
}
