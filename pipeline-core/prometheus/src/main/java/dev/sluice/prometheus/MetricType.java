package dev.sluice.prometheus;

import dev.sluice.otlp.view.MetricView;

/** The type of a family, with its words in the two text formats and its number in the protobuf format. */
public enum MetricType {
    COUNTER("counter", "counter", 0),
    GAUGE("gauge", "gauge", 1),
    SUMMARY("summary", "summary", 2),
    UNTYPED("untyped", "unknown", 3),
    /** Classic or native buckets, or both. */
    HISTOGRAM("histogram", "histogram", 4);

    private final String text;
    private final String openMetrics;

    private final int number;

    MetricType(String text, String openMetrics, int number) {
        this.text = text;
        this.openMetrics = openMetrics;
        this.number = number;
    }

    /** Of an OTLP metric: a sum that goes down too is a gauge. */
    public static MetricType of(MetricView metric) {
        return switch (metric.kind()) {
            case EMPTY, GAUGE -> GAUGE;
            case SUM -> metric.isMonotonic() ? COUNTER : GAUGE;
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> HISTOGRAM;
            case SUMMARY -> SUMMARY;
        };
    }

    /** The word of the text format 0.0.4. */
    public String text() {
        return text;
    }

    /** The word of OpenMetrics. */
    public String openMetrics() {
        return openMetrics;
    }

    /** The number of {@code io.prometheus.client.MetricType}. */
    int number() {
        return number;
    }
}
