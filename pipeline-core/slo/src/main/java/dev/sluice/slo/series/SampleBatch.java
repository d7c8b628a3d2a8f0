package dev.sluice.slo.series;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples on their way from an intake loop to the loop of the rules: in arrays of primitives, eight bytes a sample and twenty more a data point.
 * Immutable. Batches must be taken in the order in which they were made, as far as their makers know of each other: what is acknowledged before the
 * next request is sent has to be taken before what comes with it.
 */
public final class SampleBatch {
    final PointSeries[] points;
    /** Of the points, in milliseconds since 1970. */
    final long[] times;

    final long[] starts;
    /** Of all points one after the other, as many as each has series. */
    final double[] values;
    /** At the places of the values; {@code null} where the batch has no histogram. */
    final @Nullable NativeHistogram @Nullable [] histograms;

    final List<Exemplified> exemplars;
    final List<Ended> ended;

    /** An exemplar and the series that it is one of. */
    record Exemplified(SeriesRef series, Exemplar exemplar) {}

    /** The series that have these labels and one more have ended. */
    record Ended(Labels labels, String varying, long time) {}

    SampleBatch(
            PointSeries[] points,
            long[] times,
            long[] starts,
            double[] values,
            @Nullable NativeHistogram @Nullable [] histograms,
            List<Exemplified> exemplars,
            List<Ended> ended) {
        this.points = points;
        this.times = times;
        this.starts = starts;
        this.values = values;
        this.histograms = histograms;
        this.exemplars = exemplars;
        this.ended = ended;
    }

    /** How many samples there are. */
    public int size() {
        return values.length;
    }

    /** The places of the groups that read any of the samples, in the list that the {@link RuleSelectors} were made of. */
    public BitSet groups() {
        BitSet groups = new BitSet();
        for (PointSeries point : points) {
            for (int i = 0; i < point.size(); i++) {
                groups.or(point.series(i).interest.groups());
            }
        }
        return groups;
    }

    @Nullable
    NativeHistogram histogram(int value) {
        return histograms == null ? null : histograms[value];
    }
}
