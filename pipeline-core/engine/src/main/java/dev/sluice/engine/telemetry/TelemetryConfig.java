package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;

/** The block {@code service::telemetry}: what Sluice tells about itself. */
public record TelemetryConfig(
        @Doc("The log of the process.") LogsConfig logs,
        @Doc("Metrics of the process.") MetricsConfig metrics,
        @Doc("Spans of the process's own work.") TracesConfig traces,

        @Doc("Attributes of everything the process tells about itself.")
        ResourceConfig resource)
        implements Config {
    public static final TelemetryConfig DEFAULT = new TelemetryConfig(
            LogsConfig.DEFAULT, MetricsConfig.DEFAULT, TracesConfig.DEFAULT, ResourceConfig.DEFAULT);
}
