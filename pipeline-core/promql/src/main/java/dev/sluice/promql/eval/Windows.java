package dev.sluice.promql.eval;

import dev.sluice.promql.series.Series;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of several series. The range is (start, end]; what is visible of the series may reach further, for ranges that are anchored or smoothed.
 *
 * @param dropsName which series lose their names, or {@code null} for none
 * @param statistics whether only counts and sums of histograms are wanted
 */
record Windows(
        List<Series> series,
        @Nullable BitSet dropsName,
        long start,
        long end,
        long visibleAfter,
        long visibleUntil,
        boolean statistics) {
    boolean dropsName(int i) {
        return dropsName != null && dropsName.get(i);
    }
}
