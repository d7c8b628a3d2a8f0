package dev.sluice.engine.telemetry;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import dev.sluice.engine.telemetry.TracesConfig.Propagator;
import dev.sluice.engine.telemetry.TracesConfig.Sampler;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.SdkLoggerProviderBuilder;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Sluice tells about itself, by the OpenTelemetry SDK: metrics under the Collector's names, spans of its own work, and its log where that
 * is to be sent. Made before the graph, which takes its meters from here; started before it and stopped after it.
 */
public final class SelfTelemetry implements MeterSource {
    private static final Duration LAST_FLUSH = Duration.ofSeconds(10);
    private static final Duration SIMPLE_TIMEOUT = Duration.ofSeconds(10);

    private final OpenTelemetrySdk sdk;
    private final Resource resource;
    private final MeterSource meters;
    private final List<PrometheusEndpoint> endpoints;
    private final @Nullable WorkTracer tracer;
    private final boolean logs;
    private boolean stopped;

    private SelfTelemetry(
            OpenTelemetrySdk sdk,
            Resource resource,
            MeterSource meters,
            List<PrometheusEndpoint> endpoints,
            @Nullable WorkTracer tracer,
            boolean logs) {
        this.sdk = sdk;
        this.resource = resource;
        this.meters = meters;
        this.endpoints = endpoints;
        this.tracer = tracer;
        this.logs = logs;
    }

    /**
     * Builds the SDK; nothing listens yet. Throws {@link IllegalArgumentException} or {@link java.io.UncheckedIOException} for what only
     * shows when it is built: an attribute that is no number, a certificate that cannot be read.
     *
     * @param grpc makes the consumer for {@code protocol: grpc}; it is called on threads of the SDK and must find its own loop.
     *     {@link OtlpGrpcBlock} has the configuration for {@code otlp_grpc}
     * @param console takes what is to be printed, on threads of the SDK
     */
    public static SelfTelemetry of(
            TelemetryConfig config,
            Identity identity,
            Function<PushExporter.Otlp, TelemetryConsumer> grpc,
            TelemetryConsumer console) {
        Resource resource = SelfResource.of(identity, config.resource());
        PushExporters exporters = new PushExporters(grpc, console);
        List<PrometheusEndpoint> endpoints = new ArrayList<>();
        SdkMeterProvider meterProvider = meters(config.metrics(), resource, exporters, endpoints);
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(meterProvider)
                .setTracerProvider(tracers(config.traces(), resource, exporters))
                .setLoggerProvider(loggers(config.logs(), resource, exporters))
                .setPropagators(propagators(config.traces()))
                .build();
        Meter meter = sdk.getMeter("dev.sluice");
        if (config.metrics().level() != Level.NONE) {
            ProcessMetrics.register(meter);
        }
        boolean traced = config.traces().level() != TracesConfig.Level.NONE
                && !config.traces().processors().isEmpty();
        return new SelfTelemetry(
                sdk,
                resource,
                SdkMeters.source(meter),
                List.copyOf(endpoints),
                traced ? new WorkTracer(sdk.getTracer("dev.sluice")) : null,
                !config.logs().processors().isEmpty());
    }

    /** Opens the ports for Prometheus. Fails with the Collector's text if one is taken. */
    public Future<?> start(Vertx vertx) {
        return Future.all(
                endpoints.stream().map(endpoint -> endpoint.start(vertx)).toList());
    }

    /** Sends what is left, for ten seconds at most, and closes the ports. Legal unstarted and twice. */
    public Future<?> stop(Vertx vertx) {
        if (stopped) {
            return Future.succeededFuture();
        }
        stopped = true;
        return Future.join(endpoints.stream().map(PrometheusEndpoint::stop).toList())
                .eventually(() -> vertx.executeBlocking(
                        () -> sdk.shutdown().join(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS), false));
    }

    @Override
    public Meters of(String kind, ComponentId id, Map<String, String> labels) {
        return meters.of(kind, id, labels);
    }

    /** Null unless spans are sent somewhere. */
    public @Nullable WorkTracer tracer() {
        return tracer;
    }

    /** Whether the log is to be sent; then the appender of the log gets {@link #openTelemetry}. */
    public boolean exportsLogs() {
        return logs;
    }

    public OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** What everything that is sent says it is from, as texts, for those who tell it by other ways. */
    public Map<String, String> resource() {
        Map<String, String> texts = new TreeMap<>();
        resource.getAttributes().forEach((key, value) -> texts.put(key.getKey(), value.toString()));
        return texts;
    }

    /** The ports that Prometheus may ask at, in the order of the readers. */
    public List<Integer> prometheusPorts() {
        return endpoints.stream().map(PrometheusEndpoint::port).toList();
    }

    private static SdkMeterProvider meters(
            MetricsConfig config, Resource resource, PushExporters exporters, List<PrometheusEndpoint> endpoints) {
        SdkMeterProviderBuilder provider =
                SdkMeterProvider.builder().setResource(resource).setExemplarFilter(ExemplarFilter.alwaysOff());
        if (config.level() == Level.NONE) {
            return provider.build();
        }
        for (Reader reader : config.readers()) {
            MetricsConfig.Periodic periodic = reader.periodic();
            if (periodic != null) {
                Duration timeout = Duration.ofMillis(periodic.timeout());
                provider.registerMetricReader(
                        PeriodicMetricReader.builder(exporters.metrics(periodic.exporter(), timeout))
                                .setInterval(Duration.ofMillis(periodic.interval()))
                                .setExporterTimeout(timeout)
                                .build());
            } else if (reader.pull() != null && reader.pull().exporter().prometheus() != null) {
                PrometheusEndpoint endpoint =
                        new PrometheusEndpoint(reader.pull().exporter().prometheus(), resource);
                endpoints.add(endpoint);
                provider.registerMetricReader(endpoint.reader());
            }
        }
        Views.register(config, provider);
        return provider.build();
    }

    private static SdkTracerProvider tracers(TracesConfig config, Resource resource, PushExporters exporters) {
        SdkTracerProviderBuilder provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(sampler(config))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfAttributes(config.limits().attributeCountLimit())
                        .setMaxNumberOfEvents(config.limits().eventCountLimit())
                        .setMaxNumberOfLinks(config.limits().linkCountLimit())
                        .build());
        if (config.level() != TracesConfig.Level.NONE) {
            config.processors().forEach(processor -> provider.addSpanProcessor(spans(processor, exporters)));
        }
        return provider.build();
    }

    private static SpanProcessor spans(ProcessorConfig config, PushExporters exporters) {
        ProcessorConfig.Batch batch = config.batch();
        if (batch == null) {
            return SimpleSpanProcessor.create(exporters.spans(config.exporter(), SIMPLE_TIMEOUT));
        }
        Duration timeout = Duration.ofMillis(batch.exportTimeout());
        return BatchSpanProcessor.builder(exporters.spans(batch.exporter(), timeout))
                .setExporterTimeout(timeout)
                .setMaxExportBatchSize(batch.maxExportBatchSize())
                .setMaxQueueSize(batch.maxQueueSize())
                .setScheduleDelay(Duration.ofMillis(batch.scheduleDelay()))
                .build();
    }

    private static SdkLoggerProvider loggers(LogsConfig config, Resource resource, PushExporters exporters) {
        SdkLoggerProviderBuilder provider = SdkLoggerProvider.builder().setResource(resource);
        config.processors().forEach(processor -> provider.addLogRecordProcessor(logs(processor, exporters)));
        return provider.build();
    }

    private static LogRecordProcessor logs(ProcessorConfig config, PushExporters exporters) {
        ProcessorConfig.Batch batch = config.batch();
        if (batch == null) {
            return SimpleLogRecordProcessor.create(exporters.logs(config.exporter(), SIMPLE_TIMEOUT));
        }
        Duration timeout = Duration.ofMillis(batch.exportTimeout());
        return BatchLogRecordProcessor.builder(exporters.logs(batch.exporter(), timeout))
                .setExporterTimeout(timeout)
                .setMaxExportBatchSize(batch.maxExportBatchSize())
                .setMaxQueueSize(batch.maxQueueSize())
                .setScheduleDelay(Duration.ofMillis(batch.scheduleDelay()))
                .build();
    }

    private static io.opentelemetry.sdk.trace.samplers.Sampler sampler(TracesConfig config) {
        Sampler wanted = config.sampler();
        var always = io.opentelemetry.sdk.trace.samplers.Sampler.alwaysOn();
        var never = io.opentelemetry.sdk.trace.samplers.Sampler.alwaysOff();
        if (wanted == null || wanted.alwaysOn() != null) {
            return always;
        }
        if (wanted.alwaysOff() != null) {
            return never;
        }
        if (wanted.traceIdRatioBased() != null) {
            return io.opentelemetry.sdk.trace.samplers.Sampler.traceIdRatioBased(
                    wanted.traceIdRatioBased().ratio());
        }
        TracesConfig.RootSampler root =
                wanted.parentBased() == null ? null : wanted.parentBased().root();
        if (root == null || root.alwaysOn() != null) {
            return io.opentelemetry.sdk.trace.samplers.Sampler.parentBased(always);
        }
        return io.opentelemetry.sdk.trace.samplers.Sampler.parentBased(
                root.traceIdRatioBased() == null
                        ? root.alwaysOff() == null ? always : never
                        : io.opentelemetry.sdk.trace.samplers.Sampler.traceIdRatioBased(
                                root.traceIdRatioBased().ratio()));
    }

    private static ContextPropagators propagators(TracesConfig config) {
        return config.propagators().contains(Propagator.TRACECONTEXT)
                ? ContextPropagators.create(W3CTraceContextPropagator.getInstance())
                : ContextPropagators.noop();
    }
}
