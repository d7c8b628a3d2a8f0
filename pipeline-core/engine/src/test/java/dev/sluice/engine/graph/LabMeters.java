package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.engine.telemetry.MeterSource;
import dev.sluice.testkit.RecordingMeters;
import java.util.Map;
import java.util.TreeMap;

/** Puts the labels of the source before those of the meter, into one place that a test can read. */
public final class LabMeters implements MeterSource {
    public final RecordingMeters recorded = new RecordingMeters();

    @Override
    public Meters of(String kind, ComponentId id, Map<String, String> labels) {
        return new Meters() {
            @Override
            public Counter counter(String name, String unit, String description, Map<String, String> more) {
                return recorded.counter(name, unit, description, all(more));
            }

            @Override
            public Gauge gauge(String name, String unit, String description, Map<String, String> more) {
                return recorded.gauge(name, unit, description, all(more));
            }

            @Override
            public Histogram histogram(
                    String name, String unit, String description, Map<String, String> more, double... bounds) {
                return recorded.histogram(name, unit, description, all(more), bounds);
            }

            private Map<String, String> all(Map<String, String> more) {
                Map<String, String> all = new TreeMap<>(labels);
                all.putAll(more);
                all.put(kind, id.toString());
                return all;
            }
        };
    }
}
