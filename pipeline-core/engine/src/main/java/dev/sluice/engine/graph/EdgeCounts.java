package dev.sluice.engine.graph;

import dev.sluice.api.ServiceInfo;
import dev.sluice.engine.graph.Edge.Count;
import dev.sluice.engine.graph.GraphPlan.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has passed between components, over all loops. */
public final class EdgeCounts {
    private EdgeCounts() {}

    /** The plan's pipelines with the counts of its running graphs. Any thread. */
    public static List<ServiceInfo.Pipeline> pipelines(GraphPlan plan, List<PipelineGraph> graphs) {
        Map<Edge.Key, long[]> sums = new HashMap<>();
        for (PipelineGraph graph : graphs) {
            for (Edge edge : graph.edges()) {
                long[] sum = sums.computeIfAbsent(edge.key(), key -> new long[Count.values().length]);
                for (Count what : Count.values()) {
                    sum[what.ordinal()] += edge.count(what);
                }
            }
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

    private static ServiceInfo.Edge counted(Connection edge, Map<Edge.Key, long[]> sums) {
        Edge.Key key = new Edge.Key(edge.pipeline(), edge.from().id(), edge.to().id());
        long @Nullable [] sum = sums.get(key);
        return sum == null
                ? new ServiceInfo.Edge(key.from(), key.to(), 0, 0, 0, 0)
                : new ServiceInfo.Edge(
                        key.from(),
                        key.to(),
                        sum[Count.ACCEPTED.ordinal()],
                        sum[Count.REFUSED.ordinal()],
                        sum[Count.FAILED.ordinal()],
                        sum[Count.BYTES.ordinal()]);
    }
}
