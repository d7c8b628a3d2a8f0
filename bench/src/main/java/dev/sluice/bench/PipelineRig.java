package dev.sluice.bench;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.config.ConfigLoader;
import dev.sluice.engine.config.ConfigSources;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.FeatureGates;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.service.ServiceOptions;
import dev.sluice.engine.service.SluiceService;
import dev.sluice.engine.telemetry.Identity;
import dev.sluice.engine.telemetry.SelfTelemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.processors.batch.BatchProcessorFactory;
import dev.sluice.processors.memorylimiter.MemoryLimiterProcessorFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A service with one loop, whose receiver is the benchmark and whose exporter reads slices as one that writes them does. */
final class PipelineRig {
    /** Takes nothing. */
    static final PipelineRig STOPPED = new PipelineRig(null, new Ends());

    private final @Nullable Vertx vertx;
    private final Ends ends;

    private PipelineRig(@Nullable Vertx vertx, Ends ends) {
        this.vertx = vertx;
        this.ends = ends;
    }

    static PipelineRig start(String processors) throws Exception {
        Ends ends = new Ends();
        Factories factories = new Factories(List.of(
                ends.new SourceFactory(),
                ends.new DrainFactory(),
                new BatchProcessorFactory(),
                new MemoryLimiterProcessorFactory()));
        LoadedConfig config = ConfigLoader.load(
                ConfigSources.text("bench.yaml", config(processors)), factories, FeatureGates.DEFAULT);
        TelemetryConsumer nowhere = batch -> {
            throw new IllegalStateException("own telemetry is not sent");
        };
        SelfTelemetry meters =
                SelfTelemetry.of(config.service().telemetry(), Identity.of("bench", "1"), to -> nowhere, nowhere);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        SluiceService.start(vertx, config, ServiceOptions.of(meters, "1").withLoops(1))
                .await();
        return new PipelineRig(vertx, ends);
    }

    /** Puts the request in some times, on the loop; returns how many bytes have come out for it. */
    long put(Signal signal, Bytes request, int times) throws Exception {
        CompletableFuture<Long> done = new CompletableFuture<>();
        ends.onLoop(() -> {
            long before = ends.bytes();
            TelemetryConsumer pipelines = ends.outputs().to(signal);
            for (int i = 0; i < times; i++) {
                pipelines.consume(Telemetry.of(signal, request, Payload.ITEMS, Origin.INTERNAL));
            }
            done.complete(ends.bytes() - before);
        });
        long bytes = done.get();
        if (bytes != (long) times * request.length()) {
            throw new IllegalStateException(bytes + " bytes came out");
        }
        return bytes;
    }

    void stop() {
        if (vertx != null) {
            vertx.close().await();
        }
    }

    private static String config(String processors) {
        return """
                receivers: {source: }
                processors:
                  batch:
                  memory_limiter: {check_interval: 1s, limit_mib: 400}
                exporters: {drain: }
                service:
                  pipelines:
                    traces: {receivers: [source], processors: [%1$s], exporters: [drain]}
                    metrics: {receivers: [source], processors: [%1$s], exporters: [drain]}
                    logs: {receivers: [source], processors: [%1$s], exporters: [drain]}
                """.formatted(processors);
    }
}
