package dev.sluice.engine.graph;

import dev.sluice.api.Component;
import dev.sluice.engine.graph.GraphBuilder.Instance;
import dev.sluice.engine.queue.ExportPath;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The running pipelines of one loop. Everything on that loop, but for the edges' counts. */
public final class PipelineGraph {
    private final Loop loop;
    private final Map<Node, Instance> instances;
    private final List<Edge> edges;

    PipelineGraph(Loop loop, Map<Node, Instance> instances, List<Edge> edges) {
        this.loop = loop;
        this.instances = new LinkedHashMap<>(instances);
        this.edges = List.copyOf(edges);
    }

    /**
     * Makes the instances of the loop that calls and connects them, starting none. Throws {@link ComponentException} if one cannot
     * be made.
     */
    public static PipelineGraph build(GraphPlan plan, Loop loop, Fabric fabric) {
        return new GraphBuilder(plan, loop, fabric).build();
    }

    public Loop loop() {
        return loop;
    }

    List<Edge> edges() {
        return edges;
    }

    /** Starts the node's instance, if one is here. Fails with a {@link ComponentException}. */
    public Future<?> start(Node node) {
        Instance instance = instances.get(node);
        return instance == null ? Future.succeededFuture() : start(node, instance.component());
    }

    /**
     * Stops the node's instance, if one is here, an exporter after its queue has run dry or the limit has passed. Never fails: what
     * goes wrong is logged, and what takes longer than the limit is left behind.
     */
    public Future<?> stop(Node node, Duration limit) {
        Instance instance = instances.get(node);
        if (instance == null) {
            return Future.succeededFuture();
        }
        ExportPath path = instance.path();
        if (path == null) {
            return halt(node, instance.component(), instance.context(), limit);
        }
        // A fifth of the time is kept for the exporter itself, which has connections to close.
        Duration closing = limit.dividedBy(5);
        return loop.within(limit.minus(closing), ask(path::drain))
                .onFailure(late -> path.abandon())
                .transform(ended -> halt(node, instance.component(), instance.context(), closing));
    }

    /** Lets go of everything that the instances still hold. */
    public void close() {
        instances.values().forEach(instance -> instance.context().close());
    }

    static Future<?> start(Node node, Component component) {
        return ask(component::start).recover(e -> Future.failedFuture(ComponentException.of("start", node, e)));
    }

    static Future<?> halt(Node node, Component component, LoopContext context, Duration limit) {
        return context.loop().within(limit, ask(component::stop)).recover(e -> {
            context.log()
                    .atWarn()
                    .setCause(e instanceof TimeoutException ? null : e)
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("{} did not stop cleanly", node);
            return Future.succeededFuture();
        });
    }

    @SuppressWarnings("unchecked")
    private static Future<Object> ask(Supplier<Future<?>> work) {
        try {
            return (Future<Object>) work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
