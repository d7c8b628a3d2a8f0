package dev.sluice.testkit;

import dev.sluice.api.Meters;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Meters that a test can read: {@code name{label=value,…}} to the sum, the last value, or the number of records. */
public final class RecordingMeters implements Meters {
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    /** Zero for a meter that was never used. */
    public double value(String name, Map<String, String> labels) {
        return values.getOrDefault(key(name, labels), 0.0);
    }

    /** Summed over all labels. */
    public double value(String name) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @Override
    public Counter counter(String name, String unit, String description, Map<String, String> labels) {
        String key = key(name, labels);
        return amount -> values.merge(key, (double) amount, Double::sum);
    }

    @Override
    public Gauge gauge(String name, String unit, String description, Map<String, String> labels) {
        String key = key(name, labels);
        return value -> values.put(key, value);
    }

    @Override
    public Histogram histogram(
            String name, String unit, String description, Map<String, String> labels, double... bounds) {
        String key = key(name, labels);
        return value -> values.merge(key, 1.0, Double::sum);
    }

    private static String key(String name, Map<String, String> labels) {
        return name + new TreeMap<>(labels);
    }
}
