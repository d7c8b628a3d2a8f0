package dev.sluice.bench;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two ends of a pipeline under measurement: {@code source} and {@code drain}. Used on the loop but for {@link #onLoop}. */
final class Ends {
    private static final Map<Signal, Stability> SIGNALS =
            Map.of(Signal.TRACES, Stability.BETA, Signal.METRICS, Stability.BETA, Signal.LOGS, Stability.BETA);

    private volatile @Nullable Context loop;
    private @Nullable Outputs outputs;
    private long bytes;

    void onLoop(Runnable task) {
        Objects.requireNonNull(loop, "not started").runOnContext(now -> task.run());
    }

    Outputs outputs() {
        return Objects.requireNonNull(outputs, "not started");
    }

    /** What has come to the drain. */
    long bytes() {
        return bytes;
    }

    /** No options. */
    record NoOptions() implements Config {
        public static final NoOptions DEFAULT = new NoOptions();
    }

    /** Makes the receiver, which only tells where its data should go. */
    final class SourceFactory implements ReceiverFactory<NoOptions> {
        @Override
        public ComponentType type() {
            return ComponentType.of("source");
        }

        @Override
        public String summary() {
            return "Takes what a benchmark puts in.";
        }

        @Override
        public NoOptions defaultConfig() {
            return NoOptions.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return SIGNALS;
        }

        @Override
        public Receiver create(NoOptions config, Outputs to, ComponentContext context) {
            outputs = to;
            loop = Vertx.currentContext();
            return new Receiver() {};
        }
    }

    /** Makes the exporter, with the queue, retries and time limit that {@code otlp_grpc} has by default. */
    final class DrainFactory implements ExporterFactory<NoOptions> {
        @Override
        public ComponentType type() {
            return ComponentType.of("drain");
        }

        @Override
        public String summary() {
            return "Reads every slice and sends nothing.";
        }

        @Override
        public NoOptions defaultConfig() {
            return NoOptions.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return SIGNALS;
        }

        @Override
        public Exporter create(NoOptions config, ComponentContext context) {
            return Ends.this::drain;
        }

        @Override
        public Delivery delivery(NoOptions config) {
            return new Delivery(Duration.ofSeconds(5), RetryConfig.DEFAULT, QueueConfig.DEFAULT);
        }
    }

    private Future<Outcome> drain(Telemetry batch) {
        Bytes wire = batch.wire();
        for (int i = 0; i < wire.sliceCount(); i++) {
            bytes += wire.sliceLength(i);
        }
        return Outcome.accepted();
    }
}
