package dev.sluice.cli.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Lets the gateway serve requests at a steady rate and sends what it tells by OTLP over HTTP, as any service with the Java SDK would. */
final class Traffic implements AutoCloseable {
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);
    private static final int REQUESTS_A_SECOND = 50;

    /** Long enough for an alert whose condition must hold for two minutes. */
    static final long TROUBLE = 180;

    private final OpenTelemetrySdk sdk;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-traffic").factory());

    private Traffic(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Begins at once.
     *
     * @param endpoint {@code host:port} of a receiver of OTLP over HTTP
     * @param calm after so many seconds the gateway gets slow, for {@link #TROUBLE} seconds
     */
    static Traffic to(String endpoint, long calm) {
        OpenTelemetrySdk sdk = sdk("http://" + endpoint);
        Traffic traffic = new Traffic(sdk);
        Gateway gateway = new Gateway(sdk, RandomGenerator.of("L64X128MixRandom"));
        SplittableRandom burst = new SplittableRandom();
        var _ = traffic.clock.scheduleAtFixedRate(
                () -> {
                    for (int i = burst.nextInt(2 * REQUESTS_A_SECOND / 10 + 1); i > 0; i--) {
                        gateway.serve(Instant.now());
                    }
                },
                0,
                100,
                TimeUnit.MILLISECONDS);
        var _ = traffic.clock.schedule(() -> gateway.troubled(true), calm, TimeUnit.SECONDS);
        var _ = traffic.clock.schedule(() -> gateway.troubled(false), calm + TROUBLE, TimeUnit.SECONDS);
        return traffic;
    }

    /** Sends what is left, for a few seconds at most. */
    @Override
    public void close() {
        clock.shutdown();
        sdk.shutdown().join(3, TimeUnit.SECONDS);
    }

    private static OpenTelemetrySdk sdk(String url) {
        Resource resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                "api-gateway",
                AttributeKey.stringKey("service.version"),
                "1.4.2",
                AttributeKey.stringKey("deployment.environment.name"),
                "demo"));
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(url + "/v1/traces")
                                        .build())
                                .setScheduleDelay(SEND_EVERY)
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                        .setEndpoint(url + "/v1/metrics")
                                        .build())
                                .setInterval(METRICS_EVERY)
                                .build())
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                        .setEndpoint(url + "/v1/logs")
                                        .build())
                                .setScheduleDelay(SEND_EVERY)
                                .build())
                        .build())
                .build();
    }
}
