package dev.sluice.engine.service;

import dev.sluice.api.ComponentId;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.graph.AddressChecks;
import dev.sluice.engine.graph.Common;
import dev.sluice.engine.graph.EdgeCounts;
import dev.sluice.engine.graph.Estate;
import dev.sluice.engine.graph.GraphPlan;
import dev.sluice.engine.graph.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running configuration, which can be replaced and stopped. Any thread may call; the calls are carried out one after another.
 */
public final class SluiceService implements ServiceInfo {
    private static final Logger LOG = LoggerFactory.getLogger(SluiceService.class);

    private final Vertx vertx;
    private final ServiceOptions options;
    private final Instant started = Instant.now();
    /** Where the calls are lined up. */
    private final Context control;

    private volatile @Nullable Generation current;
    private volatile boolean ready;
    /** What the configuration before left; on {@link #control} only. */
    private Estate estate = new Estate();

    /** The last call in the line; on {@link #control} only. */
    private Future<?> last = Future.succeededFuture();

    private SluiceService(Vertx vertx, ServiceOptions options) {
        this.vertx = vertx;
        this.options = options;
        control = vertx.getOrCreateContext();
    }

    /**
     * Starts a configuration. Fails with a {@link ConfigException} if its pipelines cannot be, or with a {@link
     * dev.sluice.engine.graph.ComponentException} that names the component that could not be created or started; whatever had
     * started is stopped then.
     */
    public static Future<SluiceService> start(Vertx vertx, LoadedConfig config, ServiceOptions options) {
        SluiceService service = new SluiceService(vertx, options);
        return service.inLine(() -> service.run(config)).map(service);
    }

    /**
     * Replaces the configuration: stops the pipelines and starts the new ones. Fails, as {@link #start} does, with the old
     * configuration at work if the new one cannot be; should that not start any more, nothing runs and {@link #running} is false.
     */
    public Future<?> reload(LoadedConfig config) {
        return inLine(() -> {
            Generation old = current;
            if (old == null) {
                return Future.failedFuture(new IllegalStateException("the service is stopped"));
            }
            GraphPlan plan;
            try {
                plan = plan(config);
            } catch (ConfigException e) {
                return Future.failedFuture(e);
            }
            return halt().compose(stopped -> run(plan)).recover(cause -> {
                LOG.atError()
                        .addKeyValue("error", String.valueOf(cause.getMessage()))
                        .log("The new configuration does not start. Going back to the one before.");
                return run(old.plan()).transform(back -> {
                    if (back.failed()) {
                        cause.addSuppressed(back.cause());
                    }
                    return Future.failedFuture(cause);
                });
            });
        });
    }

    /** Drains and stops everything. Never fails; legal twice. */
    public Future<?> stop() {
        return inLine(this::halt);
    }

    /** Whether a configuration is at work. */
    public boolean running() {
        return current != null;
    }

    @Override
    public String command() {
        return options.command();
    }

    @Override
    public String version() {
        return options.version();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public List<Pipeline> pipelines() {
        Generation generation = current;
        return generation == null ? List.of() : EdgeCounts.pipelines(generation.plan(), generation.graphs());
    }

    @Override
    public Future<Map<String, RuleReport>> rules() {
        Generation generation = current;
        return generation == null ? Future.succeededFuture(Map.of()) : generation.rules();
    }

    @Override
    public List<ComponentId> extensions() {
        Generation generation = current;
        return generation == null
                ? List.of()
                : generation.plan().extensions().stream().map(Node::id).toList();
    }

    @Override
    public Map<String, Boolean> featureGates() {
        return options.featureGates();
    }

    private Future<?> run(LoadedConfig config) {
        try {
            return run(plan(config));
        } catch (ConfigException e) {
            return Future.failedFuture(e);
        }
    }

    private static GraphPlan plan(LoadedConfig config) throws ConfigException {
        ConfigProblems problems = new ConfigProblems(config.tree());
        GraphPlan plan = GraphPlan.of(config, problems);
        AddressChecks.run(config, plan, problems);
        if (problems.hasErrors()) {
            throw new ConfigException(problems);
        }
        return plan;
    }

    private Future<?> run(GraphPlan plan) {
        Common common = new Common(options.loops(), options.meters(), options.clock(), this, options.tracer());
        Duration deadline = options.drainDeadline();
        return Generation.start(vertx, plan, common, options.maxHeap(), deadline, estate)
                .map(generation -> {
                    current = generation;
                    ready = true;
                    LOG.info("Everything is ready. Begin running and processing data.");
                    return generation;
                });
    }

    private Future<?> halt() {
        Generation generation = current;
        if (generation == null) {
            return Future.succeededFuture();
        }
        ready = false;
        LOG.info("Starting shutdown...");
        return generation.stop(options.drainDeadline()).andThen((stopped, failure) -> {
            current = null;
            estate = generation.left();
            LOG.info("Shutdown complete.");
        });
    }

    private Future<?> inLine(Supplier<Future<?>> work) {
        Promise<Object> promise = Promise.promise();
        control.runOnContext(ignored -> {
            Future<Object> done = last.transform(before -> work.get().map(result -> (Object) result));
            last = done;
            done.onComplete(promise);
        });
        return promise.future();
    }
}
