package dev.sluice.promql.eval;

/** {@code deriv} and {@code predict_linear}: least-squares lines. Source: prometheus promql/functions.go, linearRegression. */
final class Regression {
    private Regression() {}

    private record Line(double slope, double intercept) {}

    static void slope(Window w, RangeCall call) {
        if (enough(w, call)) {
            // A time near the samples keeps the numbers small, and so exact.
            call.give(line(w, w.time(0)).slope);
        }
    }

    static void prediction(Window w, RangeCall call) {
        if (enough(w, call)) {
            Line line = line(w, call.time());
            call.give(line.slope * call.parameters()[0] + line.intercept);
        }
    }

    /** Whether there are two floats; says so where histograms beside floats are left out. */
    static boolean enough(Window w, RangeCall call) {
        OverTime.floats(w, call);
        return w.floats() >= 2;
    }

    private static Line line(Window w, long interceptTime) {
        Kahan sumX = new Kahan();
        Kahan sumY = new Kahan();
        Kahan sumXY = new Kahan();
        Kahan sumX2 = new Kahan();
        double first = w.value(0);
        boolean constant = true;
        int n = w.floats();
        for (int i = 0; i < n; i++) {
            double y = w.value(i);
            constant &= i == 0 || y == first;
            double x = (w.time(i) - interceptTime) / 1e3;
            sumX.add(x);
            sumY.add(y);
            sumXY.add(x * y);
            sumX2.add(x * x);
        }
        if (constant) {
            return Double.isInfinite(first) ? new Line(Double.NaN, Double.NaN) : new Line(0, first);
        }
        double x = sumX.total();
        double y = sumY.total();
        double slope = (sumXY.total() - x * y / n) / (sumX2.total() - x * x / n);
        return new Line(slope, y / n - slope * x / n);
    }
}
