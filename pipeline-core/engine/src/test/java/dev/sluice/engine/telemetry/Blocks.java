package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Secret;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Periodic;
import dev.sluice.engine.telemetry.MetricsConfig.Prometheus;
import dev.sluice.engine.telemetry.MetricsConfig.Pull;
import dev.sluice.engine.telemetry.MetricsConfig.PullExporter;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import dev.sluice.engine.telemetry.PushExporter.Compression;
import dev.sluice.engine.telemetry.PushExporter.HistogramAggregation;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import dev.sluice.engine.telemetry.PushExporter.Temporality;
import java.util.List;
import java.util.Map;

/** Blocks of {@code service::telemetry}. */
final class Blocks {
    private Blocks() {}

    static Reader pull(boolean bare, MetricsConfig.IncludeExclude constant) {
        return new Reader(
                new Pull(new PullExporter(new Prometheus("127.0.0.1", 0, bare, bare, bare, null, constant))), null);
    }

    static Reader push(Otlp otlp, PushExporter.Console console) {
        return new Reader(null, new Periodic(60_000, 5_000, new PushExporter(otlp, console)));
    }

    static MetricsConfig metrics(Level level, Reader... readers) {
        return new MetricsConfig(level, List.of(readers), List.of());
    }

    static PushExporter to(Otlp otlp) {
        return new PushExporter(otlp, null);
    }

    static ProcessorConfig simple(PushExporter exporter) {
        return new ProcessorConfig(null, new ProcessorConfig.Simple(exporter));
    }

    static ProcessorConfig batch(PushExporter exporter) {
        return new ProcessorConfig(new ProcessorConfig.Batch(1000, 10, 10, 60_000, exporter), null);
    }

    static Otlp otlp(Protocol protocol, String endpoint, Temporality temporality) {
        return new Otlp(
                protocol,
                endpoint,
                true,
                Map.of("x-own", new Secret("secret")),
                "x-listed=1,x-own=overridden",
                Compression.GZIP,
                10_000,
                "",
                "",
                "",
                temporality,
                HistogramAggregation.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM);
    }
}
