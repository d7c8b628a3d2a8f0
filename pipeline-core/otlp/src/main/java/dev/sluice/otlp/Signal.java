package dev.sluice.otlp;

/** The kinds of telemetry that OTLP carries and Sluice passes. */
public enum Signal {
    TRACES("traces", "spans"),
    METRICS("metrics", "metric_points"),
    LOGS("logs", "log_records");

    private final String key;
    private final String items;

    Signal(String key, String items) {
        this.key = key;
        this.items = items;
    }

    /** The name in a configuration: {@code traces}, {@code metrics}, {@code logs}. */
    public String key() {
        return key;
    }

    /** What the Collector's own metrics call the items: {@code spans}, {@code metric_points}, {@code log_records}. */
    public String items() {
        return items;
    }
}
