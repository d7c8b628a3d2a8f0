package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Series;

/**
 * Histograms without their buckets, for functions that want only counts and sums. Whether there was a reset before a sample is found out from the
 * sample before it, as long as the buckets are there. Source: prometheus promql/histogram_stats_iterator.go.
 */
final class Statistics {
    private Statistics() {}

    /** @param since samples from before that time are not looked at */
    static NativeHistogram of(Series series, int at, NativeHistogram histogram, long since) {
        ResetHint hint = histogram.hint();
        for (int i = at - 1; hint == ResetHint.UNKNOWN && i >= series.from() && series.time(i) >= since; i--) {
            NativeHistogram before = series.histogram(i);
            if (before != null && !Series.stale(before.sum())) {
                hint = CounterReset.between(before, histogram) ? ResetHint.RESET : ResetHint.NOT_RESET;
            }
        }
        return histogram.statistics(hint);
    }
}
