package dev.sluice.promql.eval;

import dev.sluice.promql.syntax.ParserOptions;

/**
 * How queries are evaluated; the names of the switches are those of Prometheus' feature flags.
 *
 * @param lookback for how many milliseconds a sample stands for its series
 * @param subqueryStep milliseconds between the steps of subqueries that give none
 * @param delayedNameRemoval whether metric names go only from the final result
 * @param startTimestamps whether a counter's start counts as a sample of 0
 * @param typeAndUnitLabels whether the label {@code __type__} says what is a counter
 * @param longestExact sums over ranges of more milliseconds may be taken from a source that keeps them, and are then right to a sixtieth of the range
 */
public record QueryOptions(
        long lookback,
        long subqueryStep,
        boolean delayedNameRemoval,
        boolean startTimestamps,
        boolean typeAndUnitLabels,
        long longestExact,
        ParserOptions parser) {
    private static final long LOOKBACK = 300_000;
    private static final long SUBQUERY_STEP = 60_000;

    /** As a Prometheus 3 server without feature flags. */
    public static final QueryOptions DEFAULT =
            new QueryOptions(LOOKBACK, SUBQUERY_STEP, false, false, false, Long.MAX_VALUE, ParserOptions.STABLE);

    /** As Prometheus runs its own test scripts. */
    public static final QueryOptions SCRIPTS =
            new QueryOptions(LOOKBACK, SUBQUERY_STEP, true, true, false, Long.MAX_VALUE, ParserOptions.ALL);

    public QueryOptions withStartTimestamps(boolean changed) {
        return new QueryOptions(
                lookback, subqueryStep, delayedNameRemoval, changed, typeAndUnitLabels, longestExact, parser);
    }

    public QueryOptions withTypeAndUnitLabels(boolean changed) {
        return new QueryOptions(
                lookback, subqueryStep, delayedNameRemoval, startTimestamps, changed, longestExact, parser);
    }

    public QueryOptions withDelayedNameRemoval(boolean changed) {
        return new QueryOptions(
                lookback, subqueryStep, changed, startTimestamps, typeAndUnitLabels, longestExact, parser);
    }

    public QueryOptions withSubqueryStep(long millis) {
        return new QueryOptions(
                lookback, millis, delayedNameRemoval, startTimestamps, typeAndUnitLabels, longestExact, parser);
    }

    public QueryOptions withLongestExact(long millis) {
        return new QueryOptions(
                lookback, subqueryStep, delayedNameRemoval, startTimestamps, typeAndUnitLabels, millis, parser);
    }
}
