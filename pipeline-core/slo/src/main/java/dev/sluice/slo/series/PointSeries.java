package dev.sluice.slo.series;

import java.util.List;

/** The series that one data point makes, such as the buckets of a histogram, as far as rules read them. Immutable. */
public final class PointSeries {
    private final SeriesRef[] series;
    private final Values values;

    /** What the values of a sample are. */
    public enum Values {
        /** What the series shows at that time. */
        SHOWN,
        /** What has been added since the last point; becomes a cumulative series. */
        DELTA,
        /** What has been counted, by anyone at any time; becomes a cumulative series too. */
        COUNT
    }

    public PointSeries(List<SeriesRef> series, Values values) {
        this.series = series.toArray(SeriesRef[]::new);
        this.values = values;
    }

    /** How many values a point has. */
    public int size() {
        return series.length;
    }

    public SeriesRef series(int i) {
        return series[i];
    }

    public Values values() {
        return values;
    }
}
