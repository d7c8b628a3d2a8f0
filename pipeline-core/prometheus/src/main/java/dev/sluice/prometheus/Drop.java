package dev.sluice.prometheus;

import java.util.Locale;

/** Why a data point is not told to Prometheus. */
public enum Drop implements SeriesIndex.Entry {
    /** There are as many series as there may be. */
    LIMIT("the exporter holds max_series series"),
    /** The name, or the whole series, is taken by a metric of another kind or name. */
    CONFLICT("its name belongs to another metric already"),
    /** Prometheus has no way to say it. */
    UNTRANSLATABLE("it cannot be told in Prometheus's terms"),
    /** A delta of something that can go down, or no temporality at all. */
    TEMPORALITY("its temporality is not supported"),
    /** A delta that begins before the last one ended. */
    OVERLAP("it overlaps what was counted before"),
    /** Buckets that contradict each other. */
    MALFORMED("its buckets contradict each other");

    private final String explanation;

    Drop(String explanation) {
        this.explanation = explanation;
    }

    /** The value of the label {@code reason}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String explanation() {
        return explanation;
    }
}
