package dev.sluice.slo.series;

import java.util.BitSet;
import java.util.List;

/**
 * Who reads a series, and what that asks for. Immutable; series that the same selectors match share one.
 *
 * @param retention for how many milliseconds behind its newest sample the series is kept
 * @param expiry after how many milliseconds without a sample it is forgotten
 * @param rules which read it
 * @param groups the places of their groups; not to be changed
 */
record Interest(long retention, long expiry, List<WatchedRule> rules, BitSet groups) {}
