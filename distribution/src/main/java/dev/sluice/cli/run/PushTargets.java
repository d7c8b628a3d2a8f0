package dev.sluice.cli.run;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.cli.log.Logs;
import dev.sluice.cli.log.RemoteLogs;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.OtlpGrpcBlock;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.SelfTelemetry;
import dev.sluice.otlp.json.OtlpJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where own telemetry goes that the SDK does not send by itself: to Sluice's own {@code otlp_grpc}, to standard output, and the log to
 * Loki.
 */
final class PushTargets {
    private final Vertx vertx;
    private final Factories factories;
    private final PrintStream out;
    private final List<GrpcTarget> targets = new ArrayList<>();
    private final List<Appender<ILoggingEvent>> logs = new ArrayList<>();

    PushTargets(Vertx vertx, Factories factories, PrintStream out) {
        this.vertx = vertx;
        this.factories = factories;
        this.out = out;
    }

    /** Throws {@link IllegalArgumentException} if the block makes no sense as one of {@code otlp_grpc}. */
    TelemetryConsumer grpc(Otlp otlp) {
        GrpcTarget target = new GrpcTarget(vertx, factories, OtlpGrpcBlock.of(otlp));
        targets.add(target);
        return target;
    }

    /** One line of OTLP/JSON a request. */
    Future<Outcome> console(Telemetry batch) {
        out.println(new String(OtlpJson.encode(batch.signal(), batch.wire()), StandardCharsets.UTF_8));
        return Future.succeededFuture(Outcome.ACCEPTED);
    }

    /** What takes the lines of the log, to be started. Throws {@link java.io.UncheckedIOException} for a certificate that cannot be read. */
    List<Appender<ILoggingEvent>> logs(LogsConfig config, SelfTelemetry telemetry) {
        logs.addAll(RemoteLogs.of(config, telemetry, vertx));
        return List.copyOf(logs);
    }

    /** Closes all connections; never fails. Blocks while the last lines of the log leave. */
    Future<?> close() {
        Logs.detach(logs);
        logs.clear();
        List<Future<?>> closing =
                targets.stream().<Future<?>>map(GrpcTarget::close).toList();
        targets.clear();
        return Future.join(new ArrayList<>(closing)).otherwiseEmpty();
    }
}
