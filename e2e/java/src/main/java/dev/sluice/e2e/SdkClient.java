package dev.sluice.e2e;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans, logs and metrics of every kind the SDK has, each to two places: the collector that is tested, and a sink that tells what was
 * sent. Arguments: {@code grpc} or {@code http}, then the two base URLs. Ends with 1 if an exporter reports a failure.
 */
public final class SdkClient {
    private static final int ITEMS = 500;
    private static final List<SpanKind> KINDS = List.of(SpanKind.values());
    private static final AttributeKey<List<String>> TAGS = AttributeKey.stringArrayKey("tags");

    private SdkClient() {}

    public static void main(String[] arguments) {
        boolean grpc = arguments[0].equals("grpc");
        List<String> urls = List.of(arguments[1], arguments[2]);
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "java-client")));
        SdkTracerProvider tracers = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(SpanExporter.composite(
                                urls.stream().map(url -> spans(grpc, url)).toList()))
                        .setMaxExportBatchSize(100)
                        .build())
                .build();
        SdkLoggerProvider loggers = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(LogRecordExporter.composite(
                                urls.stream().map(url -> logs(grpc, url)).toList()))
                        .setMaxExportBatchSize(100)
                        .build())
                .build();
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.create(
                        new Both(metrics(grpc, urls.getFirst()), metrics(grpc, urls.getLast()))))
                .registerView(
                        InstrumentSelector.builder().setName("exponential").build(),
                        View.builder()
                                .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                .build())
                .build();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(tracers)
                .setLoggerProvider(loggers)
                .setMeterProvider(meters)
                .build()) {
            record(sdk);
            boolean sent = CompletableResultCode.ofAll(
                            List.of(tracers.forceFlush(), loggers.forceFlush(), meters.forceFlush()))
                    .join(60, TimeUnit.SECONDS)
                    .isSuccess();
            if (!sent) {
                System.exit(1);
            }
        }
    }

    private static void record(OpenTelemetrySdk sdk) {
        Tracer tracer = sdk.tracerBuilder("client.tracer")
                .setInstrumentationVersion("1.2")
                .build();
        Logger logger = sdk.getLogsBridge().get("client.logger");
        Meter meter = sdk.getMeter("client.meter");
        LongCounter counter =
                meter.counterBuilder("requests").setUnit("{request}").build();
        DoubleHistogram explicit =
                meter.histogramBuilder("duration").setUnit("s").build();
        DoubleHistogram exponential =
                meter.histogramBuilder("exponential").setUnit("By").build();
        meter.gaugeBuilder("temperature").buildWithCallback(gauge -> gauge.record(21.5));
        Span before = tracer.spanBuilder("linked").startSpan();
        before.end();
        for (int i = 0; i < ITEMS; i++) {
            Span span = tracer.spanBuilder("operation " + i % 7)
                    .setSpanKind(KINDS.get(i % KINDS.size()))
                    .addLink(before.getSpanContext(), Attributes.of(AttributeKey.longKey("i"), (long) i))
                    .setAttribute("bool", i % 2 == 0)
                    .setAttribute("double", i / 3.0)
                    .setAttribute(TAGS, List.of("a", "b" + i))
                    .startSpan();
            // Measured inside a sampled span, a value becomes an exemplar.
            try (Scope _ = span.makeCurrent()) {
                Attributes route = Attributes.of(AttributeKey.stringKey("route"), "/r" + i % 3);
                counter.add(i, route);
                explicit.record(i / 100.0, route);
                exponential.record(Math.pow(1.1, i % 90), route);
                logger.logRecordBuilder()
                        .setSeverity(i % 5 == 0 ? Severity.ERROR : Severity.INFO)
                        .setSeverityText("level " + i % 5)
                        .setBody("record " + i + " with ümlauts")
                        .setAttribute(AttributeKey.longKey("i"), (long) i)
                        .emit();
                span.addEvent("event", Attributes.of(AttributeKey.booleanKey("last"), i == ITEMS - 1));
                if (i % 10 == 0) {
                    span.recordException(new IllegalStateException("failure " + i));
                    span.setStatus(StatusCode.ERROR, "failed");
                }
            }
            span.end();
        }
    }

    private static SpanExporter spans(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcSpanExporter.builder()
                        .setEndpoint(url)
                        .setCompression("gzip")
                        .build()
                : OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + "/v1/traces")
                        .setCompression("gzip")
                        .build();
    }

    private static LogRecordExporter logs(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcLogRecordExporter.builder().setEndpoint(url).build()
                : OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(url + "/v1/logs")
                        .build();
    }

    private static MetricExporter metrics(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcMetricExporter.builder().setEndpoint(url).build()
                : OtlpHttpMetricExporter.builder()
                        .setEndpoint(url + "/v1/metrics")
                        .build();
    }

    /** One collection to two exporters: two readers would collect twice, and no two collections are equal. */
    private record Both(MetricExporter first, MetricExporter second) implements MetricExporter {
        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return CompletableResultCode.ofAll(List.of(first.export(metrics), second.export(metrics)));
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofAll(List.of(first.flush(), second.flush()));
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofAll(List.of(first.shutdown(), second.shutdown()));
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return first.getAggregationTemporality(type);
        }
    }
}
