package dev.sluice.engine.service;

import dev.sluice.engine.graph.ExtensionSet;
import dev.sluice.engine.graph.Fabric;
import dev.sluice.engine.graph.GraphPlan;
import dev.sluice.engine.graph.Loop;
import dev.sluice.engine.graph.PipelineGraph;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One loop's share of a service. Any thread may call; the work is done on the loop. */
final class LoopVerticle implements Deployable {
    private final int index;
    private final GraphPlan plan;
    private final Fabric fabric;
    /** Set once, before the deployment is reported done. */
    private volatile @Nullable Loop loop;

    private volatile @Nullable ExtensionSet extensions;
    private volatile @Nullable PipelineGraph graph;

    LoopVerticle(int index, GraphPlan plan, Fabric fabric) {
        this.index = index;
        this.plan = plan;
        this.fabric = fabric;
    }

    @Override
    public Future<?> deploy(Context context) {
        loop = Loop.current(index, context);
        return Future.succeededFuture();
    }

    /** After an orderly stop there is nothing left to do; without one, at least no timer and no thread stays. */
    @Override
    public Future<?> undeploy(Context context) {
        close();
        return Future.succeededFuture();
    }

    Future<?> buildExtensions() {
        return here().call(() -> {
            extensions = ExtensionSet.build(plan, here(), fabric);
            return Future.succeededFuture();
        });
    }

    Future<?> buildGraph() {
        return here().call(() -> {
            graph = PipelineGraph.build(plan, here(), fabric);
            return Future.succeededFuture();
        });
    }

    /** Does something with the loop's extensions, if they are built. */
    Future<?> extensions(Function<ExtensionSet, Future<?>> work) {
        ExtensionSet set = extensions;
        return set == null
                ? Future.succeededFuture()
                : here().call(() -> work.apply(set).mapEmpty());
    }

    /** Does something with the loop's graph, if it is built. */
    Future<?> graph(Function<PipelineGraph, Future<?>> work) {
        PipelineGraph built = graph;
        return built == null
                ? Future.succeededFuture()
                : here().call(() -> work.apply(built).mapEmpty());
    }

    /** Asks something that only the loop knows. */
    <T> Future<T> ask(Supplier<T> question) {
        return here().call(() -> Future.succeededFuture(question.get()));
    }

    @Nullable
    PipelineGraph graph() {
        return graph;
    }

    private void close() {
        PipelineGraph built = graph;
        if (built != null) {
            built.close();
        }
        ExtensionSet set = extensions;
        if (set != null) {
            set.close();
        }
    }

    private Loop here() {
        return java.util.Objects.requireNonNull(loop);
    }
}
