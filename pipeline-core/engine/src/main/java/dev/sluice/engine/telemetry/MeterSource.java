package dev.sluice.engine.telemetry;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import java.util.Map;

/** Gives each component its meters. Any thread. */
public interface MeterSource {
    /**
     * Meters whose labels begin with the kind (such as {@code receiver}) set to the id, and then {@code labels}. Two loops that
     * ask for the same component share its series.
     */
    Meters of(String kind, ComponentId id, Map<String, String> labels);
}
