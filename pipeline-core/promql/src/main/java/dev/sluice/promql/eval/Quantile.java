package dev.sluice.promql.eval;

import java.util.Arrays;

/** Quantiles of plain values. Source: prometheus promql/quantile.go, quantile. */
final class Quantile {
    private Quantile() {}

    static boolean invalid(double q) {
        return Double.isNaN(q) || q < 0 || q > 1;
    }

    /**
     * The quantile of the first {@code n} values, which it sorts: NaN counts as the least. Between two values it is their weighted mean; NaN for no
     * values, -Inf and +Inf for a quantile below 0 and above 1.
     */
    static double of(double q, double[] values, int n) {
        if (n == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        sort(values, n);
        double rank = q * (n - 1);
        int lower = Math.max(0, (int) Math.floor(rank));
        int upper = Math.min(n - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return weight == 0 ? values[lower] : values[lower] * (1 - weight) + values[upper] * weight;
    }

    private static void sort(double[] values, int n) {
        int nans = 0;
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(values[i])) {
                double moved = values[nans];
                values[nans++] = values[i];
                values[i] = moved;
            }
        }
        Arrays.sort(values, nans, n);
    }
}
