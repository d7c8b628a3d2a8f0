package dev.sluice.promql.series;

import java.util.List;

/**
 * A sum over a sliding window and over series: what a source can keep as the samples come, without keeping them for as long as the window is.
 *
 * @param text the expression, by which the same sum is recognised after a reload or a restart
 * @param what what is added up
 * @param matchers of the series
 * @param range how many milliseconds the window has; it is open to the left
 * @param labels those behind {@code by} or {@code without}
 * @param without whether groups have all labels but these
 */
public record WindowSum(
        String text, What what, List<Matcher> matchers, long range, List<String> labels, boolean without) {
    public WindowSum {
        matchers = List.copyOf(matchers);
        labels = List.copyOf(labels);
    }

    /** What of the samples is added up. */
    public enum What {
        /** What a counter has gained from sample to sample, resets seen to. */
        INCREASE,
        /** The values. */
        VALUES,
        /** How many there are. */
        SAMPLES
    }

    /** The group that a series belongs to. */
    public Labels group(Labels series) {
        return Grouping.of(labels, without).apply(series);
    }
}
