package dev.sluice.cli.run;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.telemetry.OtlpGrpcBlock;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.otlp.json.OtlpJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where own telemetry goes that the SDK does not send by itself: to Sluice's own {@code otlp_grpc}, and to standard output. */
final class PushTargets {
    private final Vertx vertx;
    private final Factories factories;
    private final PrintStream out;
    private final List<GrpcTarget> targets = new ArrayList<>();

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

    /** Closes all connections; never fails. */
    Future<?> close() {
        List<Future<?>> closing =
                targets.stream().<Future<?>>map(GrpcTarget::close).toList();
        targets.clear();
        return Future.join(new ArrayList<>(closing)).otherwiseEmpty();
    }
}
