package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Connector;
import dev.sluice.api.Exporter;
import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Processor;
import dev.sluice.api.Receiver;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.graph.GraphPlan.Pipeline;
import dev.sluice.engine.queue.ExportPath;
import dev.sluice.engine.queue.Outcomes;
import dev.sluice.engine.telemetry.WorkTracer;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes one loop's instances and connects them, sinks first. On that loop. */
final class GraphBuilder {
    private final GraphPlan plan;
    private final Loop loop;
    private final Fabric fabric;
    private final Map<Node, Instance> instances = new LinkedHashMap<>();
    private final Map<Node, TelemetryConsumer> entries = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    /** Connectors come after the pipelines that end in them, for they may also begin those. */
    private final List<Runnable> whenConnectorsAreMade = new ArrayList<>();

    GraphBuilder(GraphPlan plan, Loop loop, Fabric fabric) {
        this.plan = plan;
        this.loop = loop;
        this.fabric = fabric;
    }

    PipelineGraph build() {
        try {
            nodes(Kind.EXPORTER).forEach(this::exporter);
            plan.pipelines().values().forEach(this::processors);
            nodes(Kind.CONNECTOR).forEach(this::connector);
            nodes(Kind.RECEIVER).forEach(this::receiver);
            whenConnectorsAreMade.forEach(Runnable::run);
            entries.forEach(this::bind);
            return new PipelineGraph(loop, instances, edges);
        } catch (RuntimeException e) {
            instances.values().forEach(instance -> instance.context().close());
            throw e;
        }
    }

    private List<Node> nodes(Kind kind) {
        return plan.nodes()
                .filter(node -> node.kind() == kind && plan.present(node, loop))
                .toList();
    }

    private void exporter(Node node) {
        LoopContext context = new LoopContext(node, loop, fabric);
        Exporter exporter = create(node, context, () -> Creation.exporter(node.configured(), context));
        Set<Signal> signals = EnumSet.noneOf(Signal.class);
        plan.endingIn(node).forEach(pipeline -> signals.add(pipeline.id().signal()));
        ExportPath path = new ExportPath(
                sending(node, exporter),
                Creation.delivery(node.configured()),
                context,
                loop,
                signals,
                fabric.queues(node),
                new SplittableRandom());
        instances.put(node, new Instance(exporter, context, path));
        entries.put(node, path);
    }

    /** From the last to the first, as far as they are on this loop. */
    private void processors(Pipeline pipeline) {
        List<Node> chain = pipeline.processors();
        for (int i = chain.size() - 1; i >= 0; i--) {
            Node node = chain.get(i);
            if (plan.present(node, loop)) {
                Counter outgoing = items(node, pipeline, "processor_outgoing_items", "Items that left the processor.");
                TelemetryConsumer next = i + 1 < chain.size()
                        ? into(pipeline, node.id(), chain.get(i + 1), outgoing)
                        : exits(pipeline, node.id(), outgoing);
                LoopContext context = new LoopContext(node, loop, fabric);
                Processor processor = create(node, context, () -> Creation.processor(node.configured(), next, context));
                instances.put(node, new Instance(processor, context, null));
                entries.put(node, processor);
            }
        }
    }

    private void connector(Node node) {
        LoopContext context = new LoopContext(node, loop, fabric);
        Branches outputs = new Branches(heads(node), (signal, head) -> head);
        Connector connector = create(node, context, () -> Creation.connector(node.configured(), outputs, context));
        instances.put(node, new Instance(connector, context, null));
        entries.put(node, connector);
    }

    private void receiver(Node node) {
        LoopContext context = new LoopContext(node, loop, fabric);
        Branches outputs =
                new Branches(heads(node), (signal, head) -> new Inlet(receiving(node, head), context.meters(), signal));
        Receiver receiver = create(node, context, () -> Creation.receiver(node.configured(), outputs, context));
        instances.put(node, new Instance(receiver, context, null));
    }

    /** The way on from a receiver, with a span of each batch where spans are wanted. */
    private TelemetryConsumer receiving(Node receiver, TelemetryConsumer head) {
        WorkTracer tracer = fabric.common().tracer();
        return tracer == null ? head : batch -> tracer.received(receiver.id(), batch, head::consume);
    }

    /** The way into an exporter, with a span of each attempt where spans are wanted. */
    private TelemetryConsumer sending(Node node, Exporter exporter) {
        WorkTracer tracer = fabric.common().tracer();
        return tracer == null
                ? exporter
                : batch -> tracer.sent(node.id(), batch, attempt -> Outcomes.ask(exporter, attempt));
    }

    private Map<PipelineId, TelemetryConsumer> heads(Node source) {
        Map<PipelineId, TelemetryConsumer> heads = new LinkedHashMap<>();
        for (Pipeline pipeline : plan.fedBy(source)) {
            heads.put(
                    pipeline.id(),
                    pipeline.processors().isEmpty()
                            ? exits(pipeline, source.id(), Edge.UNCOUNTED)
                            : into(pipeline, source.id(), pipeline.processors().getFirst(), Edge.UNCOUNTED));
        }
        return heads;
    }

    private Edge into(Pipeline pipeline, ComponentId from, Node processor, Counter outgoing) {
        Counter incoming = items(processor, pipeline, "processor_incoming_items", "Items that came to the processor.");
        return edge(pipeline, from, processor, Edge.both(outgoing, incoming)).to(way(processor));
    }

    private TelemetryConsumer exits(Pipeline pipeline, ComponentId from, Counter outgoing) {
        boolean alone = pipeline.sinks().size() == 1;
        List<Edge> branches = new ArrayList<>();
        for (Node sink : pipeline.sinks()) {
            Edge edge = edge(pipeline, from, sink, alone ? outgoing : Edge.UNCOUNTED);
            branches.add(edge);
            if (sink.kind() == Kind.CONNECTOR) {
                whenConnectorsAreMade.add(() -> edge.to(way(sink)));
            } else {
                edge.to(way(sink));
            }
        }
        return alone ? branches.getFirst() : new FanOut(branches, outgoing);
    }

    private Edge edge(Pipeline pipeline, ComponentId from, Node to, Counter entering) {
        Edge edge = new Edge(new Edge.Key(pipeline.id(), from, to.id()), loop, entering);
        edges.add(edge);
        return edge;
    }

    /** How a batch on this loop gets to a node: straight, or through exchanges. */
    private TelemetryConsumer way(Node node) {
        List<Exchange<Telemetry>> exchanges = fabric.exchanges(node);
        if (exchanges.isEmpty()) {
            return entry(node);
        }
        TelemetryConsumer[] ways = new TelemetryConsumer[exchanges.size()];
        for (int i = 0; i < ways.length; i++) {
            ways[i] = i == loop.index() ? entry(node) : exchanges.get(i).from(loop)::apply;
        }
        return ways.length == 1 ? ways[0] : new Sharding(ways);
    }

    private TelemetryConsumer entry(Node node) {
        return java.util.Objects.requireNonNull(entries.get(node));
    }

    private void bind(Node node, TelemetryConsumer entry) {
        List<Exchange<Telemetry>> exchanges = fabric.exchanges(node);
        if (loop.index() < exchanges.size()) {
            exchanges.get(loop.index()).bind(loop, entry::consume);
        }
    }

    private Counter items(Node processor, Pipeline pipeline, String name, String description) {
        Meters meters = fabric.common().meters().of(Kind.PROCESSOR.word(), processor.id(), Map.of());
        return meters.counter(
                name,
                "{item}",
                description,
                Map.of("otel.signal", pipeline.id().signal().key()));
    }

    private static <C> C create(Node node, LoopContext context, java.util.function.Supplier<C> factory) {
        try {
            return factory.get();
        } catch (RuntimeException e) {
            context.close();
            throw ComponentException.of("create", node, e);
        }
    }

    /** A component on this loop; {@code path} is what leads into an exporter. */
    record Instance(
            dev.sluice.api.Component component,
            LoopContext context,
            @Nullable ExportPath path) {}
}
