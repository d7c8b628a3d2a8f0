package dev.sluice.engine.telemetry;

import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.telemetry.PushExporter.Compression;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Builds what own telemetry is sent with: the SDK's exporters over HTTP, Sluice's own over gRPC and for the console. */
final class PushExporters {
    private final Function<Otlp, TelemetryConsumer> grpc;
    private final TelemetryConsumer console;

    PushExporters(Function<Otlp, TelemetryConsumer> grpc, TelemetryConsumer console) {
        this.grpc = grpc;
        this.console = console;
    }

    MetricExporter metrics(PushExporter config, Duration timeout) {
        Otlp otlp = config.otlp();
        if (otlp == null || otlp.protocol() == Protocol.GRPC) {
            Otlp options = otlp == null ? Otlp.DEFAULT : otlp;
            return sink(config).metrics(temporality(options), aggregation(options));
        }
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setEndpoint(url(otlp, "/v1/metrics"))
                .setTimeout(shorter(otlp, timeout))
                .setCompression(compression(otlp))
                .setAggregationTemporalitySelector(temporality(otlp))
                .setDefaultAggregationSelector(aggregation(otlp));
        headers(otlp, builder::addHeader);
        certificates(otlp, builder::setTrustedCertificates, builder::setClientTls);
        return builder.build();
    }

    SpanExporter spans(PushExporter config, Duration timeout) {
        Otlp otlp = config.otlp();
        if (otlp == null || otlp.protocol() == Protocol.GRPC) {
            return sink(config).spans();
        }
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(url(otlp, "/v1/traces"))
                .setTimeout(shorter(otlp, timeout))
                .setCompression(compression(otlp));
        headers(otlp, builder::addHeader);
        certificates(otlp, builder::setTrustedCertificates, builder::setClientTls);
        return builder.build();
    }

    LogRecordExporter logs(PushExporter config, Duration timeout) {
        Otlp otlp = config.otlp();
        if (otlp == null || otlp.protocol() == Protocol.GRPC) {
            return sink(config).logs();
        }
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(url(otlp, "/v1/logs"))
                .setTimeout(shorter(otlp, timeout))
                .setCompression(compression(otlp));
        headers(otlp, builder::addHeader);
        certificates(otlp, builder::setTrustedCertificates, builder::setClientTls);
        return builder.build();
    }

    /** The URL with a scheme, and with the path of the signal where it has none of its own. */
    static String url(Otlp otlp, String path) {
        String endpoint = otlp.endpoint().isEmpty() ? "http://localhost:4318" : otlp.endpoint();
        if (!endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
            endpoint = (otlp.insecure() ? "http://" : "https://") + endpoint;
        }
        String own = URI.create(endpoint).getRawPath();
        boolean bare = own == null || own.isEmpty() || own.equals("/");
        return bare
                ? (endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint) + path
                : endpoint;
    }

    static Map<String, String> headers(Otlp otlp) {
        Map<String, String> headers = new LinkedHashMap<>(SelfResource.pairs(otlp.headersList()));
        for (Map.Entry<String, Secret> header : otlp.headers().entrySet()) {
            headers.put(header.getKey(), header.getValue().reveal());
        }
        return headers;
    }

    private WireSink sink(PushExporter config) {
        Otlp otlp = config.otlp();
        return new WireSink(otlp == null ? console : grpc.apply(otlp));
    }

    private static Duration shorter(Otlp otlp, Duration timeout) {
        Duration own = Duration.ofMillis(otlp.timeout());
        return own.isZero() || own.compareTo(timeout) > 0 ? timeout : own;
    }

    private static String compression(Otlp otlp) {
        return otlp.compression() == Compression.GZIP ? "gzip" : "none";
    }

    private static void headers(Otlp otlp, BiConsumer<String, String> to) {
        headers(otlp).forEach(to);
    }

    private static void certificates(Otlp otlp, Consumer<byte[]> trusted, BiConsumer<byte[], byte[]> client) {
        if (!otlp.certificate().isEmpty()) {
            trusted.accept(read(otlp.certificate()));
        }
        if (!otlp.clientCertificate().isEmpty()) {
            client.accept(read(otlp.clientKey()), read(otlp.clientCertificate()));
        }
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("service::telemetry: " + file + " cannot be read", e);
        }
    }

    private static AggregationTemporalitySelector temporality(Otlp otlp) {
        return switch (otlp.temporalityPreference()) {
            case CUMULATIVE -> AggregationTemporalitySelector.alwaysCumulative();
            case DELTA -> AggregationTemporalitySelector.deltaPreferred();
            case LOW_MEMORY -> AggregationTemporalitySelector.lowMemory();
        };
    }

    private static DefaultAggregationSelector aggregation(Otlp otlp) {
        DefaultAggregationSelector usual = DefaultAggregationSelector.getDefault();
        return switch (otlp.defaultHistogramAggregation()) {
            case EXPLICIT_BUCKET_HISTOGRAM -> usual;
            case BASE2_EXPONENTIAL_BUCKET_HISTOGRAM ->
                usual.with(InstrumentType.HISTOGRAM, Aggregation.base2ExponentialBucketHistogram());
        };
    }
}
