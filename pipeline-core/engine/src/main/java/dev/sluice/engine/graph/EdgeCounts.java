package dev.sluice.engine.graph;

import dev.sluice.api.ServiceInfo;
import dev.sluice.engine.graph.GraphPlan.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has passed between components, over all loops. */
public final class EdgeCounts {
    private EdgeCounts() {}

    /** The plan's pipelines with the counts of its running graphs. Any thread. */
    public static List<ServiceInfo.Pipeline> pipelines(GraphPlan plan, List<PipelineGraph> graphs) {
        Map<Edge.Key, Edge.Counts> sums = new HashMap<>();
        for (PipelineGraph graph : graphs) {
            graph.edges().forEach(edge -> sums.merge(edge.key(), edge.counts(), Edge.Counts::plus));
        }
        return plan.pipelines().values().stream()
                .map(pipeline -> new ServiceInfo.Pipeline(
                        pipeline.id(),
                        pipeline.sources().stream().map(Node::id).toList(),
                        pipeline.processors().stream().map(Node::id).toList(),
                        pipeline.sinks().stream().map(Node::id).toList(),
                        pipeline.edges().map(edge -> counted(edge, sums)).toList()))
                .toList();
    }

    private static ServiceInfo.Edge counted(Connection edge, Map<Edge.Key, Edge.Counts> sums) {
        Edge.Key key = new Edge.Key(edge.pipeline(), edge.from().id(), edge.to().id());
        Edge.Counts counts = sums.getOrDefault(key, Edge.Counts.NONE);
        return new ServiceInfo.Edge(
                key.from(), key.to(), counts.accepted(), counts.refused(), counts.failed(), counts.bytes());
    }
}
