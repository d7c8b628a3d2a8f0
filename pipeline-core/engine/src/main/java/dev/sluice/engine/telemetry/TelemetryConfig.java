package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;

/** The section {@code service::telemetry}. */
public record TelemetryConfig() implements Config {
    public static final TelemetryConfig DEFAULT = new TelemetryConfig();
}
