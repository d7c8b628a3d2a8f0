package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.engine.telemetry.TelemetryConfig;
import java.util.List;
import java.util.Map;

/** The section {@code service}. Extensions start in the order given. */
public record ServiceConfig(
        List<ComponentId> extensions, Map<PipelineId, PipelineConfig> pipelines, TelemetryConfig telemetry) {}
