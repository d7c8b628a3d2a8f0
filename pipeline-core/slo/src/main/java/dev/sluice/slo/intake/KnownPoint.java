package dev.sluice.slo.intake;

import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.slo.series.PointSeries;

/**
 * What is known of the data points of one series of OTLP.
 *
 * @param series those of its series in Prometheus that rules read
 * @param sources what gives each its value: a bound or quantile by its place, or one of the constants
 * @param steps the bounds or quantiles that the points had; not to be changed
 */
record KnownPoint(PointSeries series, int[] sources, double[] steps, boolean hasSum) implements SeriesIndex.Known {
    /** The value or the native histogram. */
    static final int WHOLE = -1;

    static final int SUM = -2;
    static final int COUNT = -3;
    /** The bucket to infinity. */
    static final int INFINITE = -4;

    @Override
    public boolean removed() {
        return false;
    }

    boolean unread() {
        return series.size() == 0;
    }
}
