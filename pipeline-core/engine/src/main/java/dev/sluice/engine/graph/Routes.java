package dev.sluice.engine.graph;

import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ConnectorFactory.Route;
import dev.sluice.api.PipelineId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.graph.GraphPlan.Pipeline;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ways through the pipelines. A connector counts once for each pair of signals that it connects, as in the Collector: data
 * may pass through it twice in different signals without going round in a circle.
 */
final class Routes {
    /** A processor, or a connector from one signal to another. */
    record Hop(Node node, @Nullable Route route) {
        /** As in the Collector's message about cycles. */
        @Override
        public String toString() {
            return node.kind() == Kind.CONNECTOR && route != null
                    ? "connector \"" + node.id() + "\" (" + route.from().key() + " to "
                            + route.to().key() + ")"
                    : node.toString();
        }
    }

    private final Map<PipelineId, Pipeline> pipelines;
    private final Map<Hop, Set<Hop>> next = new LinkedHashMap<>();

    Routes(Map<PipelineId, Pipeline> pipelines) {
        this.pipelines = pipelines;
        pipelines.values().forEach(this::connect);
    }

    static boolean supports(Node connector, Signal from, Signal to) {
        return connector.configured().factory() instanceof ConnectorFactory<?> factory
                && factory.routes().containsKey(new Route(from, to));
    }

    /** One circle, from a connector back to it; empty if there is none. */
    List<Hop> cycle() {
        Set<Hop> done = new LinkedHashSet<>();
        for (Hop hop : next.keySet()) {
            List<Hop> circle = hop.route == null ? List.of() : cycle(hop, new ArrayList<>(), done);
            if (!circle.isEmpty()) {
                return circle;
            }
        }
        return List.of();
    }

    private List<Hop> cycle(Hop hop, List<Hop> path, Set<Hop> done) {
        int seen = path.indexOf(hop);
        if (seen >= 0) {
            List<Hop> circle = new ArrayList<>(path.subList(seen, path.size()));
            circle.add(hop);
            return circle;
        }
        if (!done.contains(hop)) {
            path.add(hop);
            for (Hop to : after(hop)) {
                List<Hop> circle = cycle(to, path, done);
                if (!circle.isEmpty()) {
                    return circle;
                }
            }
            path.removeLast();
            done.add(hop);
        }
        return List.of();
    }

    /** Processors and connectors from the exporters up: each stands behind all that it sends to. */
    List<List<Node>> levels() {
        Map<Hop, Integer> heights = new HashMap<>();
        Map<Node, Integer> nodes = new LinkedHashMap<>();
        for (Hop hop : next.keySet()) {
            nodes.merge(hop.node, height(hop, heights), Math::max);
        }
        Map<Integer, List<Node>> levels = new TreeMap<>();
        nodes.forEach((node, height) ->
                levels.computeIfAbsent(height, key -> new ArrayList<>()).add(node));
        return List.copyOf(levels.values());
    }

    private int height(Hop hop, Map<Hop, Integer> heights) {
        Integer known = heights.get(hop);
        if (known != null) {
            return known;
        }
        // Ends the recursion in a cycle, whatever the height then says.
        heights.put(hop, 0);
        int height = 0;
        for (Hop to : after(hop)) {
            height = Math.max(height, 1 + height(to, heights));
        }
        heights.put(hop, height);
        return height;
    }

    private Set<Hop> after(Hop hop) {
        return next.getOrDefault(hop, Set.of());
    }

    private void connect(Pipeline pipeline) {
        List<Hop> heads = new ArrayList<>();
        for (Node source : pipeline.sources()) {
            for (Signal from : Signal.values()) {
                if (ends(source, from) && supports(source, from, pipeline.id().signal())) {
                    heads.add(hop(source, new Route(from, pipeline.id().signal())));
                }
            }
        }
        for (Node processor : pipeline.processors()) {
            Hop hop = hop(processor, null);
            heads.forEach(head -> link(head, hop));
            heads = List.of(hop);
        }
        for (Node sink : pipeline.sinks()) {
            for (Signal to : Signal.values()) {
                if (begins(sink, to) && supports(sink, pipeline.id().signal(), to)) {
                    Hop hop = hop(sink, new Route(pipeline.id().signal(), to));
                    heads.forEach(head -> link(head, hop));
                }
            }
        }
    }

    private boolean ends(Node connector, Signal signal) {
        return pipelines.values().stream()
                .anyMatch(pipeline ->
                        pipeline.id().signal() == signal && pipeline.sinks().contains(connector));
    }

    private boolean begins(Node connector, Signal signal) {
        return pipelines.values().stream()
                .anyMatch(pipeline ->
                        pipeline.id().signal() == signal && pipeline.sources().contains(connector));
    }

    private Hop hop(Node node, @Nullable Route route) {
        Hop hop = new Hop(node, route);
        next.putIfAbsent(hop, new LinkedHashSet<>());
        return hop;
    }

    private void link(Hop from, Hop to) {
        next.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(to);
    }
}
