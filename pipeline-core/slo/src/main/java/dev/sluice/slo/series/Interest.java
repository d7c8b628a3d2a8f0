package dev.sluice.slo.series;

import dev.sluice.promql.series.WindowSum;
import java.util.BitSet;
import java.util.List;

/**
 * Who reads a series, and what that asks for. Immutable; series that the same selectors match share one.
 *
 * @param retention for how many milliseconds behind its newest sample the series is kept
 * @param hold for how many milliseconds its samples wait before they are added to sums in panes
 * @param expiry after how many milliseconds without a sample it is forgotten
 * @param endedExpiry the same where its last sample says that it has ended
 * @param rules which read it
 * @param groups the places of their groups; not to be changed
 * @param sums what is kept of it in panes
 */
record Interest(
        long retention,
        long hold,
        long expiry,
        long endedExpiry,
        List<WatchedRule> rules,
        BitSet groups,
        List<WindowSum> sums) {}
