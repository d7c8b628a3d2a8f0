package dev.sluice.slo.intake;

import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.slo.series.PointSeries;

/** What is known of the data points of one series of OTLP. */
final class KnownPoint implements SeriesIndex.Known {
    /** The value or the native histogram. */
    static final int WHOLE = -1;

    static final int SUM = -2;
    static final int COUNT = -3;
    /** The bucket to infinity. */
    static final int INFINITE = -4;

    private final PointSeries series;
    private final int[] sources;
    private final double[] steps;
    private final boolean hasSum;

    /**
     * @param series those of its series in Prometheus that rules read
     * @param sources what gives each its value: a bound or quantile by its place, or one of the constants
     * @param steps the bounds or quantiles that the points had
     */
    KnownPoint(PointSeries series, int[] sources, double[] steps, boolean hasSum) {
        this.series = series;
        this.sources = sources;
        this.steps = steps;
        this.hasSum = hasSum;
    }

    PointSeries series() {
        return series;
    }

    /** Not to be changed. */
    int[] sources() {
        return sources;
    }

    /** Not to be changed. */
    double[] steps() {
        return steps;
    }

    boolean hasSum() {
        return hasSum;
    }

    @Override
    public boolean removed() {
        return false;
    }

    @Override
    public int weight() {
        return Math.max(1, series.size());
    }

    boolean unread() {
        return series.size() == 0;
    }
}
