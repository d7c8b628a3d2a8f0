package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import java.util.List;

/** One pipeline. Every id names a configured component or connector. */
public record PipelineConfig(List<ComponentId> receivers, List<ComponentId> processors, List<ComponentId> exporters) {}
