package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Placement;
import dev.sluice.api.config.MemoryLimit;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.Configured;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.config.PipelineConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration amounts to: which components there are, how they are connected, in which order they start, and where they
 * live. Pure and immutable; nothing is started for it.
 */
public final class GraphPlan {
    private final List<Node> extensions;
    private final Map<ComponentId, Node> receivers = new LinkedHashMap<>();
    private final Map<ComponentId, Node> exporters = new LinkedHashMap<>();
    private final Map<ComponentId, Node> connectors = new LinkedHashMap<>();
    private final Map<PipelineId, Pipeline> pipelines = new LinkedHashMap<>();
    private final List<List<Node>> stages;
    private final Set<Node> everywhere;

    private GraphPlan(LoadedConfig config) {
        extensions = config.service().extensions().stream()
                .map(id -> new Node(Kind.EXTENSION, null, known(config.extensions(), id)))
                .toList();
        config.service().pipelines().forEach((id, pipeline) -> pipelines.put(id, pipeline(config, id, pipeline)));
        Routes routes = new Routes(pipelines);
        stages = stages(routes);
        everywhere = new Presence(pipelines, connectors.values()).everywhere();
    }

    /**
     * Plans a configuration and adds what is wrong with it as a graph to the problems. With new problems the plan must not be
     * built, but can be looked at.
     */
    public static GraphPlan of(LoadedConfig config, ConfigProblems problems) {
        GraphPlan plan = new GraphPlan(config);
        new GraphChecks(plan, problems).run();
        return plan;
    }

    private Pipeline pipeline(LoadedConfig config, PipelineId id, PipelineConfig pipeline) {
        List<Node> sources = pipeline.receivers().stream()
                .map(source -> config.connectors().containsKey(source)
                        ? connector(config, source)
                        : receivers.computeIfAbsent(
                                source, key -> new Node(Kind.RECEIVER, null, known(config.receivers(), key))))
                .toList();
        List<Node> processors = pipeline.processors().stream()
                .map(processor -> new Node(Kind.PROCESSOR, id, known(config.processors(), processor)))
                .toList();
        List<Node> sinks = pipeline.exporters().stream()
                .map(sink -> config.connectors().containsKey(sink)
                        ? connector(config, sink)
                        : exporters.computeIfAbsent(
                                sink, key -> new Node(Kind.EXPORTER, null, known(config.exporters(), key))))
                .toList();
        return new Pipeline(id, sources, processors, sinks);
    }

    private Node connector(LoadedConfig config, ComponentId id) {
        return connectors.computeIfAbsent(id, key -> new Node(Kind.CONNECTOR, null, known(config.connectors(), key)));
    }

    private static Configured known(Map<ComponentId, Configured> section, ComponentId id) {
        Configured found = section.get(id);
        if (found == null) {
            throw new IllegalArgumentException("references \"" + id + "\" which is not configured");
        }
        return found;
    }

    /** Exporters; what lies between, from the exporters up; receivers. A cycle, which is a problem, has any order. */
    private List<List<Node>> stages(Routes routes) {
        List<List<Node>> order = new ArrayList<>();
        order.add(List.copyOf(exporters.values()));
        order.addAll(routes.levels());
        order.add(List.copyOf(receivers.values()));
        return order.stream()
                .filter(stage -> !stage.isEmpty())
                .map(List::copyOf)
                .toList();
    }

    /** All components but extensions, in the order in which they start; a stage stops after all later stages have. */
    public List<List<Node>> stages() {
        return stages;
    }

    /** In the order in which they start, before all else. */
    public List<Node> extensions() {
        return extensions;
    }

    public Map<PipelineId, Pipeline> pipelines() {
        return Collections.unmodifiableMap(pipelines);
    }

    /** All components but extensions, sinks first. */
    public Stream<Node> nodes() {
        return stages.stream().flatMap(List::stream);
    }

    /** Every connection, in the order of the data, pipeline by pipeline. */
    public Stream<Connection> edges() {
        return pipelines.values().stream().flatMap(Pipeline::edges);
    }

    /** Whether a node has an instance on every loop, and not on the first only. */
    public boolean onEveryLoop(Node node) {
        return everywhere.contains(node);
    }

    boolean present(Node node, Loop loop) {
        return loop.index() == 0 || onEveryLoop(node);
    }

    /** The strictest limit of the memory limiters that a receiver feeds directly; null if it feeds none. */
    @Nullable
    MemoryLimit limit(Node receiver) {
        List<MemoryLimit> limits = pipelines.values().stream()
                .filter(pipeline -> pipeline.sources().contains(receiver))
                .flatMap(pipeline -> pipeline.processors().stream())
                .map(processor -> processor.configured().config())
                .filter(MemoryLimit.class::isInstance)
                .map(MemoryLimit.class::cast)
                .toList();
        return limits.stream()
                .min(java.util.Comparator.comparingLong(MemoryLimit::softBytes))
                .orElse(null);
    }

    /** The pipelines that a receiver or connector feeds. */
    List<Pipeline> fedBy(Node source) {
        return pipelines.values().stream()
                .filter(pipeline -> pipeline.sources().contains(source))
                .toList();
    }

    /** The pipelines that end in an exporter or connector. */
    List<Pipeline> endingIn(Node sink) {
        return pipelines.values().stream()
                .filter(pipeline -> pipeline.sinks().contains(sink))
                .toList();
    }

    List<Node> connectors() {
        return List.copyOf(connectors.values());
    }

    /** One connection: to a processor, an exporter or a connector. */
    public record Connection(PipelineId pipeline, Node from, Node to) {}

    /**
     * One pipeline.
     *
     * @param sources receivers and connectors
     * @param sinks exporters and connectors
     */
    public record Pipeline(PipelineId id, List<Node> sources, List<Node> processors, List<Node> sinks) {
        Stream<Connection> edges() {
            Set<Connection> edges = new LinkedHashSet<>();
            List<Node> heads = sources;
            for (Node processor : processors) {
                for (Node head : heads) {
                    edges.add(new Connection(id, head, processor));
                }
                heads = List.of(processor);
            }
            for (Node head : heads) {
                for (Node sink : sinks) {
                    edges.add(new Connection(id, head, sink));
                }
            }
            return edges.stream();
        }
    }

    /** Where the instances live: everywhere, or on the first loop only. */
    private static final class Presence {
        private final Map<PipelineId, Pipeline> pipelines;
        private final Set<Node> everywhere = new LinkedHashSet<>();

        private Presence(Map<PipelineId, Pipeline> pipelines, Iterable<Node> connectors) {
            this.pipelines = pipelines;
            for (Pipeline pipeline : pipelines.values()) {
                for (Node source : pipeline.sources()) {
                    if (source.kind() == Kind.RECEIVER && source.placement() != Placement.ONE_LOOP) {
                        everywhere.add(source);
                    }
                }
            }
            for (Node connector : connectors) {
                if (connector.placement() == Placement.SHARDED) {
                    everywhere.add(connector);
                }
            }
        }

        /** Follows the data until nothing is added, for connectors lead back into pipelines already seen. */
        private Set<Node> everywhere() {
            int before;
            do {
                before = everywhere.size();
                pipelines.values().forEach(this::follow);
            } while (everywhere.size() > before);
            return Set.copyOf(everywhere);
        }

        private void follow(Pipeline pipeline) {
            boolean flows = pipeline.sources().stream().anyMatch(everywhere::contains);
            for (Node processor : pipeline.processors()) {
                flows = reaches(processor, flows);
            }
            for (Node sink : pipeline.sinks()) {
                reaches(sink, flows);
            }
        }

        private boolean reaches(Node node, boolean flows) {
            boolean present = switch (node.placement()) {
                case EVERY_LOOP -> flows;
                case ONE_LOOP -> false;
                case SHARDED -> true;
            };
            if (present) {
                everywhere.add(node);
            }
            return present;
        }
    }
}
