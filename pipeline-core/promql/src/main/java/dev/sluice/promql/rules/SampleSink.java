package dev.sluice.promql.rules;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import org.jspecify.annotations.Nullable;

/** Where the samples of rules go. */
@FunctionalInterface
public interface SampleSink {
    /**
     * @param value a float, a histogram's sum, or {@link dev.sluice.promql.series.Series#STALE} where the series has ended
     * @return false where the sample was not taken; the series then counts as not written
     */
    boolean append(Labels labels, long time, double value, @Nullable NativeHistogram histogram);
}
