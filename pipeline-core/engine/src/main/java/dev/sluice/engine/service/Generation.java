package dev.sluice.engine.service;

import dev.sluice.api.RuleReport;
import dev.sluice.engine.graph.Common;
import dev.sluice.engine.graph.Estate;
import dev.sluice.engine.graph.Fabric;
import dev.sluice.engine.graph.GraphPlan;
import dev.sluice.engine.graph.Node;
import dev.sluice.engine.graph.PipelineGraph;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One configuration at work on all loops, from its start to its stop. Each step is done on all loops before the next begins, so
 * that no loop sends to what has not started or has stopped on another.
 */
final class Generation {
    private final Vertx vertx;
    private final GraphPlan plan;
    private final Common common;
    private final Fabric fabric;
    private final List<LoopVerticle> loops = new ArrayList<>();
    private String deployment = "";

    private Generation(Vertx vertx, GraphPlan plan, Common common, long maxHeap, Estate inherited) {
        this.vertx = vertx;
        this.plan = plan;
        this.common = common;
        fabric = new Fabric(plan, common, maxHeap, inherited);
        for (int i = 0; i < common.loops(); i++) {
            loops.add(new LoopVerticle(i, plan, fabric));
        }
    }

    /** Starts everything. When something fails, stops what had started, and fails with the cause, which names the component. */
    static Future<Generation> start(
            Vertx vertx, GraphPlan plan, Common common, long maxHeap, Duration deadline, Estate inherited) {
        Generation generation = new Generation(vertx, plan, common, maxHeap, inherited);
        return generation
                .start()
                .map(generation)
                .recover(cause -> generation.stop(deadline).transform(ended -> Future.failedFuture(cause)));
    }

    GraphPlan plan() {
        return plan;
    }

    /** What the components leave; complete once the generation has stopped. */
    Estate left() {
        return fabric.left();
    }

    /** The graphs that are built, for their counts. Any thread. */
    List<PipelineGraph> graphs() {
        return loops.stream().map(LoopVerticle::graph).filter(Objects::nonNull).toList();
    }

    /** What components tell of their rules, asked on the first loop, where they all live. Any thread. */
    Future<Map<String, RuleReport>> rules() {
        return loops.getFirst().ask(() -> {
            Map<String, RuleReport> reports = new LinkedHashMap<>();
            fabric.reports().forEach((owner, report) -> reports.put(owner, report.get()));
            return reports;
        });
    }

    private Future<?> start() {
        List<LoopVerticle> undeployed = new ArrayList<>(loops);
        DeploymentOptions options = new DeploymentOptions().setInstances(loops.size());
        Future<?> done = vertx.deployVerticle(undeployed::removeFirst, options).map(id -> deployment = id);
        done = done.compose(ready -> everywhere(LoopVerticle::buildExtensions));
        for (Node extension : plan.extensions()) {
            done = done.compose(ready -> everywhere(loop -> loop.extensions(set -> set.start(extension))));
        }
        done = done.compose(ready -> everywhere(LoopVerticle::buildGraph));
        for (List<Node> stage : plan.stages()) {
            done = done.compose(ready -> everywhere(loop -> loop.graph(graph -> all(stage, graph::start))));
        }
        return done;
    }

    /** Stops in the opposite order, within the deadline, whatever had started. Never fails. */
    Future<?> stop(Duration deadline) {
        long end = common.clock().nanoTime() + deadline.toNanos();
        Future<?> done = Future.succeededFuture();
        for (int i = plan.stages().size() - 1; i >= 0; i--) {
            List<Node> stage = plan.stages().get(i);
            boolean last = i == 0;
            done = done.compose(ready -> {
                // Those who take data in may use up half of the time, so that there is some to send what they took.
                Duration left = left(end).dividedBy(last ? 1 : 2);
                return everywhere(loop -> loop.graph(graph -> all(stage, node -> graph.stop(node, left))));
            });
        }
        for (Node extension : plan.extensions().reversed()) {
            done = done.compose(ready -> everywhere(loop -> loop.extensions(set -> set.stop(extension, left(end)))));
        }
        return done.transform(ended -> deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment));
    }

    /** What is left until then; a little at least, so that even a late component gets to close its sockets. */
    private Duration left(long end) {
        Duration left = Duration.ofNanos(end - common.clock().nanoTime());
        return left.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : left;
    }

    private Future<?> everywhere(Function<LoopVerticle, Future<?>> work) {
        return all(loops, work);
    }

    /** Succeeds when all have, and fails once all are done if one has failed. */
    private static <T> Future<?> all(List<T> each, Function<T, Future<?>> work) {
        return Future.join(each.stream().map(work).toList());
    }
}
