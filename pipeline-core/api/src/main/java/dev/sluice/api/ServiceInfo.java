package dev.sluice.api;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The running service as health checks and status pages see it. Any thread. */
public interface ServiceInfo {
    String command();

    String version();

    Instant started();

    /** All components are started and none is stopping. */
    boolean ready();

    List<Pipeline> pipelines();

    List<ComponentId> extensions();

    /** Feature gate ids and whether they are on. */
    Map<String, Boolean> featureGates();

    /** The rules of components that have some, by the words for the component: {@code processor "slo" in pipeline "metrics"}. */
    Future<Map<String, RuleReport>> rules();

    /**
     * One pipeline.
     *
     * @param edges connections in the order of the data
     */
    record Pipeline(
            PipelineId id,
            List<ComponentId> receivers,
            List<ComponentId> processors,
            List<ComponentId> exporters,
            List<Edge> edges) {}

    /**
     * One connection with its counts since start, summed over the loops.
     *
     * @param to the component that the data enters
     */
    record Edge(ComponentId from, ComponentId to, long accepted, long refused, long failed, long bytes) {}
}
