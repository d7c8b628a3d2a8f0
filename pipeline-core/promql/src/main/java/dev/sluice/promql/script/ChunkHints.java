package dev.sluice.promql.script;

import dev.sluice.promql.histogram.CounterReset;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The counter reset hints that Prometheus' storage gives back: it knows only that there was no reset between samples of one chunk, and starts a new
 * chunk at each reset or change of layout. Source: prometheus tsdb/chunkenc/float_histogram.go.
 */
final class ChunkHints {
    /** The last histogram of the open chunk. */
    private @Nullable NativeHistogram last;

    /** A float ends a chunk of histograms. */
    void value() {
        last = null;
    }

    NativeHistogram histogram(NativeHistogram histogram) {
        if (histogram.hint() == ResetHint.GAUGE) {
            last = null;
            return histogram;
        }
        NativeHistogram before = last;
        last = histogram.with(ResetHint.UNKNOWN);
        boolean continues = before != null
                && histogram.hint() != ResetHint.RESET
                && before.schema() == histogram.schema()
                && before.zeroThreshold() == histogram.zeroThreshold()
                && Arrays.equals(before.bounds(), histogram.bounds())
                && !CounterReset.between(before, histogram.with(ResetHint.UNKNOWN));
        return histogram.with(continues ? ResetHint.NOT_RESET : ResetHint.UNKNOWN);
    }
}
