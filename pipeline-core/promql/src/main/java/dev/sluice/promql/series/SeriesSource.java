package dev.sluice.promql.series;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PromQL reads series from. */
@FunctionalInterface
public interface SeriesSource {
    /**
     * The series that satisfy all matchers and may have a sample in the given span. Their order is free, but the same for the same series; a series
     * without a sample there does no harm. The list is valid until the source changes.
     *
     * @param after milliseconds since 1970, exclusive
     * @param until milliseconds since 1970, inclusive
     */
    List<Series> select(List<Matcher> matchers, long after, long until);

    /** The sum over a window, where the source keeps it; else {@code null}, and it is to be made of samples. */
    default @Nullable WindowSums sums(WindowSum window) {
        return null;
    }
}
