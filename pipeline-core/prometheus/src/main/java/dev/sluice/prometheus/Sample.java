package dev.sluice.prometheus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one series at one moment, as a family lists it. */
public sealed interface Sample {
    Labels labels();

    Times times();

    /**
     * When.
     *
     * @param epochMillis of the sample, written beside it; 0 leaves the time to the scraper
     * @param createdEpochNanos when the series began to count; 0 for unknown. Only the protobuf format carries it
     */
    record Times(long epochMillis, long createdEpochNanos) {
        public static final Times NONE = new Times(0, 0);
    }

    /** Of a counter, a gauge or an untyped metric. An exemplar is for counters only. */
    record Value(
            Labels labels,
            Times times,
            double value,
            @Nullable Exemplar exemplar) implements Sample {
        public Value(Labels labels, double value) {
            this(labels, Times.NONE, value, null);
        }
    }

    /**
     * A histogram with explicit bounds.
     *
     * @param sum null when it was not recorded
     * @param buckets by ascending bound; the one to infinity may be left out unless it has an exemplar
     */
    record Histogram(
            Labels labels,
            Times times,
            long count,
            @Nullable Double sum,
            List<Bucket> buckets) implements Sample {}

    /** {@code cumulativeCount} counts all measurements up to and including the bound. */
    record Bucket(
            double upperBound,
            long cumulativeCount,
            @Nullable Exemplar exemplar) {}

    /**
     * A histogram with exponential buckets. In the text formats only its count, its sum and the bucket to infinity show.
     *
     * @param schema from -4 to 8: bounds grow by the factor 2^(2^-schema)
     * @param zeroThreshold up to which magnitude a measurement counts as zero
     */
    record NativeHistogram(
            Labels labels,
            Times times,
            long count,
            @Nullable Double sum,
            int schema,
            double zeroThreshold,
            long zeroCount,
            NativeBuckets positive,
            NativeBuckets negative,
            List<Exemplar> exemplars)
            implements Sample {}

    /** A summary with quantiles made by the sender. {@code sum} is null when it was not recorded. */
    record Summary(
            Labels labels,
            Times times,
            long count,
            @Nullable Double sum,
            List<Quantile> quantiles) implements Sample {}

    /** One quantile of a summary, from 0 to 1. */
    record Quantile(double quantile, double value) {}
}
