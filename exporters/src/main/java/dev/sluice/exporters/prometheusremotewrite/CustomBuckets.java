package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.NativeBuckets;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a histogram with explicit bounds as those of a native one with custom bounds: what the count has more than the buckets lies
 * beyond the last bound, as the Collector has it.
 *
 * @param counts one for each bound and one beyond; no numbers but theirs, so that the first has index 0
 */
record CustomBuckets(NativeBuckets counts, long count) {
    /** Null if a count is 2^63 or more, which Prometheus refuses. */
    static @Nullable CustomBuckets of(HistogramState histogram) {
        int bounds = histogram.finiteBounds();
        boolean bucketed = histogram.bounds().length > 0;
        long[] counts = new long[bounds + 1];
        long total = 0;
        for (int i = 0; i <= bounds; i++) {
            counts[i] = bucketed ? histogram.count(i) : 0;
            total += counts[i];
            if (counts[i] < 0 || total < 0) {
                return null;
            }
        }
        if (histogram.count() < 0) {
            return null;
        }
        long more = Math.max(0, histogram.count() - total);
        counts[bounds] += more;
        return new CustomBuckets(NativeBuckets.of(0, counts), total + more);
    }
}
