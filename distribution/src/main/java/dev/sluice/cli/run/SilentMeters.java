package dev.sluice.cli.run;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.engine.telemetry.MeterSource;
import java.util.Map;

/** Counts nothing. Any thread. */
final class SilentMeters implements MeterSource, Meters {
    @Override
    public Meters of(String kind, ComponentId id, Map<String, String> labels) {
        return this;
    }

    @Override
    public Counter counter(String name, String unit, String description, Map<String, String> labels) {
        return amount -> {};
    }

    @Override
    public Gauge gauge(String name, String unit, String description, Map<String, String> labels) {
        return value -> {};
    }

    @Override
    public Histogram histogram(
            String name, String unit, String description, Map<String, String> labels, double... bounds) {
        return value -> {};
    }
}
