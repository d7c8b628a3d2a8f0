package dev.sluice.engine.graph;

import dev.sluice.api.Extension;
import dev.sluice.api.Placement;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The extensions of one loop. Everything on that loop. */
public final class ExtensionSet {
    private final Map<Node, Instance> instances = new LinkedHashMap<>();

    private ExtensionSet() {}

    /**
     * Makes those of the loop that calls, starting none, and lets other components find them. Throws {@link ComponentException} if
     * one cannot be made.
     */
    public static ExtensionSet build(GraphPlan plan, Loop loop, Fabric fabric) {
        ExtensionSet set = new ExtensionSet();
        for (Node node : plan.extensions()) {
            if (loop.index() == 0 || node.placement() != Placement.ONE_LOOP) {
                LoopContext context = new LoopContext(node, loop, fabric);
                try {
                    Extension extension = Creation.extension(node.configured(), context);
                    set.instances.put(node, new Instance(extension, context));
                    fabric.publish(loop, node.id(), extension);
                } catch (RuntimeException e) {
                    context.close();
                    set.close();
                    throw ComponentException.of("create", node, e);
                }
            }
        }
        return set;
    }

    /** Starts the node's instance, if one is here. Fails with a {@link ComponentException}. */
    public Future<?> start(Node node) {
        Instance instance = instances.get(node);
        return instance == null ? Future.succeededFuture() : PipelineGraph.start(node, instance.extension);
    }

    /** Stops the node's instance, if one is here. Never fails, and takes no longer than the limit. */
    public Future<?> stop(Node node, Duration limit) {
        Instance instance = instances.get(node);
        return instance == null
                ? Future.succeededFuture()
                : PipelineGraph.halt(node, instance.extension, instance.context, limit);
    }

    /** Lets go of everything that the instances still hold. */
    public void close() {
        instances.values().forEach(instance -> instance.context.close());
    }

    private record Instance(Extension extension, LoopContext context) {}
}
