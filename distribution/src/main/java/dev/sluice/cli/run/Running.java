package dev.sluice.cli.run;

import dev.sluice.cli.log.Logs;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.service.ServiceOptions;
import dev.sluice.engine.service.SluiceService;
import dev.sluice.engine.telemetry.Identity;
import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.SelfTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configuration at work, with what it tells about itself. Its calls block; they come from one thread, which is no event loop. */
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final LoadedConfig config;
    private final PushTargets targets;
    private final SelfTelemetry telemetry;
    private final Vertx vertx;
    private final SluiceService service;

    private Running(
            LoadedConfig config, PushTargets targets, SelfTelemetry telemetry, Vertx vertx, SluiceService service) {
        this.config = config;
        this.targets = targets;
        this.telemetry = telemetry;
        this.vertx = vertx;
        this.service = service;
    }

    /** Returns once all ports are open. When something fails, nothing is left and the cause is told. */
    static Running start(LoadedConfig config, Surroundings around) throws CommandException, ConfigException {
        Vertx vertx = around.vertx();
        PushTargets targets = new PushTargets(vertx, around.factories(), around.out());
        SelfTelemetry telemetry;
        try {
            telemetry =
                    SelfTelemetry.of(config.service().telemetry(), around.identity(), targets::grpc, targets::console);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            await(targets.close());
            throw failure(e);
        }
        try {
            LogsConfig logs = config.service().telemetry().logs();
            Logs.apply(logs, telemetry.resource(), targets.logs(logs, telemetry));
            LOG.atInfo()
                    .addKeyValue("Version", around.identity().version())
                    .addKeyValue("NumCPU", Runtime.getRuntime().availableProcessors())
                    .log("Starting {}...", around.identity().name());
            warn(config);
            await(telemetry.start(vertx));
            SluiceService service = await(SluiceService.start(vertx, config, around.options(telemetry)));
            return new Running(config, targets, telemetry, vertx, service);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw stopped(telemetry, targets, vertx, failure(e));
        } catch (IOException e) {
            throw stopped(telemetry, targets, vertx, new CommandException(String.valueOf(e.getMessage()), e));
        } catch (FailedException e) {
            if (e.why() instanceof ConfigException bad) {
                stopped(telemetry, targets, vertx, failure(bad));
                throw bad;
            }
            throw stopped(telemetry, targets, vertx, failure(e.why()));
        }
    }

    /**
     * Goes over to another configuration and returns what is at work then: the new one, or after a failure, which is logged, the old
     * one. Throws only if neither runs. What is told about itself begins anew only if the block about it has changed.
     */
    Running reload(LoadedConfig next, Surroundings around) throws CommandException, ConfigException {
        LOG.warn("Config updated, restart service");
        if (next.service().telemetry().equals(config.service().telemetry())) {
            warn(next);
            try {
                await(service.reload(next));
                return new Running(next, targets, telemetry, vertx, service);
            } catch (FailedException e) {
                kept(e.why());
                if (!service.running()) {
                    stop();
                    throw failure(e.why());
                }
                return this;
            }
        }
        stop();
        try {
            return start(next, around);
        } catch (CommandException | ConfigException e) {
            kept(e);
            return start(config, around);
        }
    }

    /** Drains and closes everything; returns when done or when the time for it is over. Never fails. */
    void stop() {
        await(service.stop());
        await(telemetry.stop(vertx).otherwiseEmpty());
        await(targets.close());
    }

    static void kept(Throwable cause) {
        LOG.atError()
                .addKeyValue("error", String.valueOf(cause.getMessage()))
                .log("Failed to reload the configuration. The one before stays at work.");
    }

    private static void warn(LoadedConfig config) {
        for (String warning : config.warnings()) {
            LOG.warn(warning);
        }
    }

    private static CommandException stopped(
            SelfTelemetry telemetry, PushTargets targets, Vertx vertx, CommandException why) {
        await(telemetry.stop(vertx).otherwiseEmpty());
        await(targets.close());
        return why;
    }

    private static CommandException failure(Throwable cause) {
        return new CommandException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new FailedException(e.getCause() == null ? e : e.getCause());
        }
    }

    /** A future failed. */
    private static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Throwable why;

        FailedException(Throwable why) {
            super(why);
            this.why = why;
        }

        Throwable why() {
            return why;
        }
    }

    /** What does not change as long as the process lives. */
    record Surroundings(
            Vertx vertx,
            Factories factories,
            Identity identity,
            RunArguments arguments,
            Map<String, Boolean> featureGates,
            PrintStream out) {
        ServiceOptions options(SelfTelemetry telemetry) {
            ServiceOptions options = ServiceOptions.of(telemetry, identity.version())
                    .withDrainDeadline(arguments.drainTimeout())
                    .withFeatureGates(featureGates)
                    .withTracer(telemetry.tracer());
            return arguments.loops() == 0 ? options : options.withLoops(arguments.loops());
        }
    }
}
