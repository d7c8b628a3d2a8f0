package dev.sluice.api;

import java.util.Map;

/**
 * A component's own metrics. The names lack the prefix {@code otelcol_}; the label that names the component is added by the engine.
 * Asking twice for the same name and labels gives the same meter. Meters are used on the owning loop.
 */
public interface Meters {
    Counter counter(String name, String unit, String description, Map<String, String> labels);

    Gauge gauge(String name, String unit, String description, Map<String, String> labels);

    /** {@code bounds} are the upper bounds of the buckets, ascending, without infinity. */
    Histogram histogram(String name, String unit, String description, Map<String, String> labels, double... bounds);

    /** Only goes up. */
    interface Counter {
        void add(long amount);
    }

    /** The last value. */
    interface Gauge {
        void set(double value);
    }

    /** A distribution. */
    interface Histogram {
        void record(double value);
    }
}
