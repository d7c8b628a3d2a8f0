package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Placement;
import dev.sluice.engine.config.Configured;
import dev.sluice.engine.config.Factories.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One component of a plan: what becomes one instance on each loop that it is on. A plan has one of a kind, an id and a pipeline, so that the configuration
 * need not be looked at to tell them apart.
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

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Node other
                && kind == other.kind
                && id().equals(other.id())
                && Objects.equals(pipeline, other.pipeline);
    }

    @Override
    public int hashCode() {
        return 31 * id().hashCode() + Objects.hashCode(pipeline);
    }

    /**
     * A name for what the node keeps on disk: the Collector's for a component's own, {@code processor_slo_name}, with the pipeline behind it for a
     * processor. What is no safe character is written as {@code ~} and its number, so that no two nodes have the same.
     */
    public String fileName() {
        String plain = kind.word() + "_" + id().type() + "_" + id().name() + (pipeline == null ? "" : "_" + pipeline);
        StringBuilder safe = new StringBuilder();
        plain.codePoints()
                .forEach(c -> safe.append(
                        c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0)
                                ? Character.toString(c)
                                : String.format("~%04X", c)));
        return safe.toString();
    }

    /** As in messages: {@code processor "batch" in pipeline "traces"}. */
    @Override
    public String toString() {
        return kind.word() + " \"" + id() + "\"" + (pipeline == null ? "" : " in pipeline \"" + pipeline + "\"");
    }
}
