package dev.sluice.slo.lint;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.Arrays;
import java.util.List;

/** The finite upper bounds of classic buckets, rising. */
record BucketBounds(List<Double> bounds) {
    /** Of an OpenTelemetry SDK for a histogram that nobody has given bounds; made for milliseconds. Source: OpenTelemetry metrics SDK specification. */
    private static final List<Double> SDK_DEFAULT =
            List.of(0d, 5d, 10d, 25d, 50d, 75d, 100d, 250d, 500d, 750d, 1000d, 2500d, 5000d, 7500d, 10_000d);

    static BucketBounds of(List<Series> series) {
        return new BucketBounds(Arrays.stream(series.stream()
                        .map(one -> one.labels().get(Labels.BUCKET))
                        .filter(le -> !le.isEmpty())
                        .mapToDouble(BucketBounds::number)
                        .filter(Double::isFinite)
                        .distinct()
                        .sorted()
                        .toArray())
                .boxed()
                .toList());
    }

    private static double number(String le) {
        try {
            return Double.parseDouble(le);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    boolean millisecondsForSeconds(String metric) {
        return metric.contains("_seconds") && bounds.equals(SDK_DEFAULT);
    }

    /** The bucket that a value lies strictly inside of, {@code from 1 to 2.5}; empty if it is a bound, or there are none. */
    String around(double value) {
        if (bounds.isEmpty() || bounds.contains(value)) {
            return "";
        }
        double below = bounds.stream().filter(bound -> bound < value).reduce(0d, Math::max);
        return bounds.stream()
                .filter(bound -> bound > value)
                .findFirst()
                .map(above -> "from " + GoFloat.plain(below) + " to " + GoFloat.plain(above))
                .orElse("above " + GoFloat.plain(below));
    }
}
