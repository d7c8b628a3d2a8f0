package dev.sluice.engine.telemetry;

import dev.sluice.api.ComponentId;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.testkit.RecordingConsumer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of what a program tells of itself: what goes to the console, and what our own exporter for gRPC gets. */
abstract class SelfTelling {
    static final Identity IDENTITY = new Identity("sluice", "0.1.0", "instance-1");
    static final ComponentId OTLP = ComponentId.parse("otlp");
    private static Vertx vertx;

    final RecordingConsumer grpc = new RecordingConsumer();
    final RecordingConsumer console = new RecordingConsumer();
    final List<Otlp> opened = new ArrayList<>();
    SelfTelemetry telemetry;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    final void stop() throws Exception {
        end();
        end();
    }

    final void start(TelemetryConfig config) throws Exception {
        telemetry = make(config);
        await(telemetry.start(vertx));
    }

    /** Not started yet. */
    final SelfTelemetry make(TelemetryConfig config) {
        return SelfTelemetry.of(
                config,
                IDENTITY,
                otlp -> {
                    opened.add(otlp);
                    return grpc;
                },
                console);
    }

    final void end() throws Exception {
        await(telemetry.stop(vertx));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
