package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.graph.GraphPlan.Pipeline;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with a plan, in the Collector's words. */
final class GraphChecks {
    private final GraphPlan plan;
    private final ConfigProblems problems;

    GraphChecks(GraphPlan plan, ConfigProblems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    void run() {
        plan.connectors().forEach(this::connector);
        plan.pipelines().values().forEach(this::signals);
        plan.nodes().filter(node -> node.kind() == Kind.EXPORTER).forEach(this::storage);
        List<Routes.Hop> cycle = new Routes(plan.pipelines()).cycle();
        if (!cycle.isEmpty()) {
            String circle = cycle.stream().map(Routes.Hop::toString).collect(Collectors.joining(" -> "));
            problems.error(List.of("connectors", cycle.getFirst().node().id().toString()), "cycle detected: " + circle);
        }
    }

    /** Each side of a connector needs the other, in a pair of signals that it can connect. */
    private void connector(Node connector) {
        List<Pipeline> before = plan.endingIn(connector);
        List<Pipeline> after = plan.fedBy(connector);
        for (Signal from : signalsOf(before)) {
            if (signalsOf(after).stream().noneMatch(to -> Routes.supports(connector, from, to))) {
                oneSided(connector, of(before, from), "exporters", "exporter", "receiver");
            }
        }
        for (Signal to : signalsOf(after)) {
            if (signalsOf(before).stream().noneMatch(from -> Routes.supports(connector, from, to))) {
                oneSided(connector, of(after, to), "receivers", "receiver", "exporter");
            }
        }
    }

    private void oneSided(Node connector, List<PipelineId> pipelines, String section, String used, String unused) {
        String names = pipelines.stream().map(PipelineId::toString).collect(Collectors.joining(" "));
        problems.error(
                reference(pipelines.getFirst(), section, connector),
                "connector \"" + connector.id() + "\" used as " + used + " in [" + names
                        + "] pipeline but not used in any supported " + unused + " pipeline");
    }

    private void signals(Pipeline pipeline) {
        Signal signal = pipeline.id().signal();
        for (Node source : pipeline.sources()) {
            if (source.kind() == Kind.RECEIVER && !supported(source, signal)) {
                unsupported(pipeline, "receivers", source, "receiver for data type \"" + signal.key() + "\"");
            }
        }
        for (Node processor : pipeline.processors()) {
            if (!supported(processor, signal)) {
                unsupported(pipeline, "processors", processor, "processor, in pipeline \"" + pipeline.id() + "\"");
            }
        }
        for (Node sink : pipeline.sinks()) {
            String what = "exporter for data type \"" + signal.key() + "\"";
            if (sink.kind() == Kind.EXPORTER && !supported(sink, signal)) {
                unsupported(pipeline, "exporters", sink, what);
            } else if (sink.kind() == Kind.EXPORTER) {
                String refusal = Creation.refusal(sink.configured(), signal);
                if (refusal != null) {
                    impossible(pipeline, "exporters", sink, what, refusal);
                }
            }
        }
    }

    private static boolean supported(Node node, Signal signal) {
        return node.configured().factory().signals().containsKey(signal);
    }

    private void unsupported(Pipeline pipeline, String section, Node node, String what) {
        impossible(pipeline, section, node, what, "telemetry type is not supported");
    }

    private void impossible(Pipeline pipeline, String section, Node node, String what, String why) {
        problems.error(
                reference(pipeline.id(), section, node), "failed to create \"" + node.id() + "\" " + what + ": " + why);
    }

    private void storage(Node exporter) {
        ComponentId storage = Creation.storage(exporter.configured());
        if (storage != null) {
            problems.error(
                    List.of("exporters", exporter.id().toString(), "sending_queue", "storage"),
                    "exporters::" + exporter.id() + ": the queue on disk does not exist yet, remove 'storage: "
                            + storage + "'");
        }
    }

    /** The place of a reference to a node in a pipeline. */
    private List<String> reference(PipelineId id, String section, Node node) {
        List<String> path = new ArrayList<>(List.of("service", "pipelines", id.toString(), section));
        Pipeline pipeline = plan.pipelines().get(id);
        if (pipeline != null) {
            List<Node> nodes = switch (section) {
                case "receivers" -> pipeline.sources();
                case "processors" -> pipeline.processors();
                default -> pipeline.sinks();
            };
            path.add(Integer.toString(nodes.indexOf(node)));
        }
        return path;
    }

    private static Set<Signal> signalsOf(List<Pipeline> pipelines) {
        return pipelines.stream()
                .map(pipeline -> pipeline.id().signal())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<PipelineId> of(List<Pipeline> pipelines, Signal signal) {
        return pipelines.stream()
                .map(Pipeline::id)
                .filter(id -> id.signal() == signal)
                .toList();
    }
}
