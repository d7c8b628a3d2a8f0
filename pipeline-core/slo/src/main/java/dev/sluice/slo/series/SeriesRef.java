package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import org.jspecify.annotations.Nullable;

/**
 * A series as an intake loop knows it. The loop makes one when it first sees the series and hands it over with every sample, so that nothing has to be
 * looked up again; what the loop of the rules remembers in it is that loop's alone.
 */
public final class SeriesRef {
    private final Labels labels;
    final Interest interest;

    /** Of the loop of the rules: where the samples go, once it is known. */
    @Nullable
    Series series;

    /** Of the loop of the rules: the sum of its deltas, if it is sent as such. */
    @Nullable
    DeltaSum sum;

    SeriesRef(Labels labels, Interest interest) {
        this.labels = labels;
        this.interest = interest;
    }

    public Labels labels() {
        return labels;
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
