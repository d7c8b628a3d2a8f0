package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Placement;
import dev.sluice.engine.config.Configured;
import dev.sluice.engine.config.Factories.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One component of a plan: what becomes one instance on each loop that it is on.
 *
 * @param pipeline whose processor it is; null for what several pipelines may share
 */
public record Node(Kind kind, @Nullable PipelineId pipeline, Configured configured) {
    public ComponentId id() {
        return configured.id();
    }

    public Placement placement() {
        return configured.factory().placement();
    }

    /** As in messages: {@code processor "batch" in pipeline "traces"}. */
    @Override
    public String toString() {
        return kind.word() + " \"" + id() + "\"" + (pipeline == null ? "" : " in pipeline \"" + pipeline + "\"");
    }
}
