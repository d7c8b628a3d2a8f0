package dev.sluice.cli.run;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.ConfigLoader;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.ConfigSources;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.FeatureGates;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.graph.Common;
import dev.sluice.engine.graph.Estate;
import dev.sluice.engine.graph.Fabric;
import dev.sluice.engine.graph.GraphPlan;
import dev.sluice.engine.graph.Loop;
import dev.sluice.engine.graph.Node;
import dev.sluice.engine.graph.PipelineGraph;
import dev.sluice.engine.graph.SystemClock;
import dev.sluice.otlp.Signal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * Sends own telemetry by {@code otlp_grpc}: three pipelines of nothing else, on a loop of their own and outside the service, so that own
 * telemetry outlives a reload and is not counted as the service's. Any thread.
 */
final class GrpcTarget implements TelemetryConsumer {
    private static final Duration LAST_SEND = Duration.ofSeconds(2);

    private final OwnSource source = new OwnSource();
    private final GraphPlan plan;
    private final Context context;
    private final Future<PipelineGraph> graph;

    /** {@code block} as a configuration file would have it. */
    GrpcTarget(Vertx vertx, Factories factories, Map<String, Object> block) {
        plan = plan(factories, block);
        context = vertx.getOrCreateContext();
        graph = Future.future(promise -> context.runOnContext(ignored -> open().onComplete(promise)));
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return graph.compose(built ->
                built.loop().call(() -> source.outputs().to(batch.signal()).consume(batch)));
    }

    /** Sends what is on its way, and closes the connection. */
    Future<?> close() {
        return graph.compose(built -> built.loop().call(() -> {
            Future<?> done = Future.succeededFuture();
            for (List<Node> stage : plan.stages().reversed()) {
                for (Node node : stage) {
                    done = done.compose(ready -> built.stop(node, LAST_SEND));
                }
            }
            return done.andThen((stopped, failure) -> built.close()).mapEmpty();
        }));
    }

    private Future<PipelineGraph> open() {
        Common common = new Common(1, new SilentMeters(), SystemClock.INSTANCE, new NoService(), null);
        PipelineGraph built;
        try {
            built = PipelineGraph.build(
                    plan,
                    Loop.current(0, context),
                    new Fabric(plan, common, Runtime.getRuntime().maxMemory(), new Estate()));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        Future<?> done = Future.succeededFuture();
        for (List<Node> stage : plan.stages()) {
            for (Node node : stage) {
                done = done.compose(ready -> built.start(node));
            }
        }
        return done.map(built);
    }

    private GraphPlan plan(Factories factories, Map<String, Object> block) {
        ComponentFactory<?> exporter = factories.find(Kind.EXPORTER, "otlp_grpc");
        if (exporter == null) {
            throw new IllegalArgumentException("service::telemetry: protocol grpc needs the exporter otlp_grpc");
        }
        Map<String, Object> pipelines = new LinkedHashMap<>();
        for (Signal signal : Signal.values()) {
            pipelines.put(
                    signal.key(), Map.of("receivers", List.of(OwnSource.TYPE), "exporters", List.of("otlp_grpc")));
        }
        Map<String, @Nullable Object> receivers = new LinkedHashMap<>();
        receivers.put(OwnSource.TYPE, null);
        String text = new Yaml()
                .dump(Map.of(
                        "receivers", receivers,
                        "exporters", Map.of("otlp_grpc", block),
                        "service", Map.of("pipelines", pipelines)));
        try {
            LoadedConfig config = ConfigLoader.load(
                    ConfigSources.text("own telemetry", text.replace("$", "$$")),
                    new Factories(List.of(source, exporter)),
                    FeatureGates.DEFAULT);
            return GraphPlan.of(config, new ConfigProblems(config.tree()));
        } catch (ConfigException e) {
            String first = e.problems().errors().getFirst().message();
            throw new IllegalArgumentException("service::telemetry: " + first, e);
        }
    }
}
