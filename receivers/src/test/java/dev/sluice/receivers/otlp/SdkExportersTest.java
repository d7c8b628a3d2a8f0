package dev.sluice.receivers.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Signal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exporters of OpenTelemetry's own SDK, which are what sends to a receiver in real life. */
class SdkExportersTest {
    private static void spans(SpanExporter exporter, int count) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxExportBatchSize(100)
                        .setMaxQueueSize(10_000)
                        .build())
                .build()) {
            Tracer tracer = provider.get("test");
            for (int i = 0; i < count; i++) {
                Span span = tracer.spanBuilder("span " + i)
                        .setAttribute(AttributeKey.longKey("number"), (long) i)
                        .startSpan();
                span.end();
            }
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void sendsSpansOverGrpc(String compression) throws Exception {
        try (Receiving receiving = new Receiving()) {
            spans(
                    OtlpGrpcSpanExporter.builder()
                            .setEndpoint("http://127.0.0.1:" + receiving.receiver.grpcPort())
                            .setCompression(compression)
                            .build(),
                    1_000);
            assertThat(receiving.next.items(Signal.TRACES)).isEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void sendsSpansOverHttpAndAgainWhatWasRefusedForNow(String compression) throws Exception {
        try (Receiving receiving = new Receiving()) {
            receiving.next.answer(Outcome.retryable(Outcome.Reason.UNAVAILABLE, "not now", Duration.ofMillis(1)));
            spans(
                    OtlpHttpSpanExporter.builder()
                            .setEndpoint("http://127.0.0.1:" + receiving.receiver.httpPort() + "/v1/traces")
                            .setCompression(compression)
                            .build(),
                    250);
            int refused = receiving.next.batches().getFirst().items();
            assertThat(receiving.next.items(Signal.TRACES)).isEqualTo(250 + refused);
        }
    }

    @Test
    void sendsMetricsAndLogs() throws Exception {
        try (Receiving receiving = new Receiving()) {
            try (SdkMeterProvider meters = SdkMeterProvider.builder()
                            .registerMetricReader(PeriodicMetricReader.create(OtlpGrpcMetricExporter.builder()
                                    .setEndpoint("http://127.0.0.1:" + receiving.receiver.grpcPort())
                                    .build()))
                            .build();
                    SdkLoggerProvider logs = SdkLoggerProvider.builder()
                            .addLogRecordProcessor(SimpleLogRecordProcessor.create(OtlpHttpLogRecordExporter.builder()
                                    .setEndpoint("http://127.0.0.1:" + receiving.receiver.httpPort() + "/v1/logs")
                                    .build()))
                            .build()) {
                meters.get("test").counterBuilder("count").build().add(5);
                logs.get("test").logRecordBuilder().setBody("a line").emit();
                assertThat(meters.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
                assertThat(logs.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
                assertThat(receiving.next.items(Signal.METRICS)).isEqualTo(1);
                assertThat(receiving.next.items(Signal.LOGS)).isEqualTo(1);
            }
        }
    }
}
