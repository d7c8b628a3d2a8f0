package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The oracle is the SDK's own exporter: for the same data the bytes must say the same. */
class SdkWireTest {
    private static final Resource RESOURCE = Resource.create(
            Attributes.builder().put("service.name", "sluice").put("count", 7).build(),
            "https://opentelemetry.io/schemas/1.44.0");

    private static final Attributes ATTRIBUTES = Attributes.builder()
            .put("string", "text")
            .put("bool", true)
            .put("long", -3L)
            .put("double", 1.5)
            .put("strings", "a", "b")
            .put("bools", true, false)
            .put("longs", 1L, 2L)
            .put("doubles", 1.0, 2.0)
            .put(AttributeKey.valueKey("value"), Value.of(KeyValue.of("k", Value.of(true))))
            .build();

    private Intake intake;

    @BeforeEach
    void open() throws Exception {
        intake = new Intake();
    }

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void metricsOfEveryKindAreWrittenAsTheSdkWritesThem() throws Exception {
        PullReader reader = new PullReader();
        Collection<MetricData> metrics;
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(RESOURCE)
                .setExemplarFilter(ExemplarFilter.alwaysOff())
                .registerMetricReader(reader)
                .registerView(
                        InstrumentSelector.builder().setName("growing").build(),
                        View.builder()
                                .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                .build())
                .build()) {
            var meter = provider.meterBuilder("scope")
                    .setInstrumentationVersion("1.0")
                    .setSchemaUrl("https://schema")
                    .build();
            var counter = meter.counterBuilder("long.counter")
                    .setUnit("{x}")
                    .setDescription("Counts.")
                    .build();
            counter.add(3, ATTRIBUTES);
            counter.add(4);
            meter.counterBuilder("double.counter").ofDoubles().build().add(0.5);
            meter.upDownCounterBuilder("up.down").build().add(-2);
            meter.gaugeBuilder("double.gauge").build().set(-0.25);
            meter.gaugeBuilder("long.gauge").ofLongs().build().set(-1);
            var histogram = meter.histogramBuilder("fixed")
                    .setExplicitBucketBoundariesAdvice(List.of(0.1, 1.0, 10.0))
                    .build();
            histogram.record(0.05);
            histogram.record(5, ATTRIBUTES);
            histogram.record(500, ATTRIBUTES);
            var growing = meter.histogramBuilder("growing").build();
            growing.record(0);
            growing.record(1);
            growing.record(1000);
            provider.get("another scope").counterBuilder("other").build().add(1);
            metrics = reader.collect();
        }
        assertThat(metrics).hasSize(8);

        try (OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint("http://" + intake.address())
                .build()) {
            sent(exporter.export(metrics));
        }

        same(
                ExportMetricsServiceRequest.parseFrom(
                        MetricWire.request(metrics).toByteArray()),
                ExportMetricsServiceRequest.parseFrom(intake.next().body().toByteArray()));
    }

    @Test
    void spansAreWrittenAsTheSdkWritesThem() throws Exception {
        List<SpanData> spans = new ArrayList<>();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(RESOURCE)
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfAttributes(9)
                        .setMaxNumberOfEvents(2)
                        .setMaxNumberOfLinks(1)
                        .build())
                .addSpanProcessor(new Keep(spans))
                .build()) {
            var tracer = provider.get("scope", "2.0");
            SpanContext remote = SpanContext.createFromRemoteParent(
                    "0102030405060708090a0b0c0d0e0f10",
                    "0102030405060708",
                    TraceFlags.getSampled(),
                    TraceState.builder().put("b", "2").put("a", "1").build());
            Span parent = tracer.spanBuilder("parent")
                    .setSpanKind(SpanKind.SERVER)
                    .setParent(Context.root().with(Span.wrap(remote)))
                    .addLink(remote, ATTRIBUTES)
                    .addLink(remote)
                    .startSpan();
            parent.setAllAttributes(ATTRIBUTES).setAttribute("one.too.many", 1);
            parent.addEvent("event", ATTRIBUTES).addEvent("bare").addEvent("too many");
            parent.setStatus(StatusCode.ERROR, "it failed");
            for (SpanKind kind : SpanKind.values()) {
                tracer.spanBuilder("child")
                        .setSpanKind(kind)
                        .setParent(Context.root().with(parent))
                        .startSpan()
                        .setStatus(StatusCode.OK)
                        .end();
            }
            parent.end();
        }
        assertThat(spans).hasSize(6);

        try (OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint("http://" + intake.address())
                .build()) {
            sent(exporter.export(spans));
        }

        same(
                ExportTraceServiceRequest.parseFrom(SpanWire.request(spans).toByteArray()),
                ExportTraceServiceRequest.parseFrom(intake.next().body().toByteArray()));
    }

    @Test
    void logRecordsAreWrittenAsTheSdkWritesThem() throws Exception {
        List<LogRecordData> records = new ArrayList<>();
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(RESOURCE)
                .setLogLimits(() -> io.opentelemetry.sdk.logs.LogLimits.builder()
                        .setMaxNumberOfAttributes(9)
                        .build())
                .addLogRecordProcessor((_, record) -> records.add(record.toLogRecordData()))
                .build()) {
            var logger = provider.get("scope");
            SpanContext context = SpanContext.create(
                    "0102030405060708090a0b0c0d0e0f10",
                    "0102030405060708",
                    TraceFlags.getSampled(),
                    TraceState.getDefault());
            logger.logRecordBuilder()
                    .setContext(Context.root().with(Span.wrap(context)))
                    .setTimestamp(17, TimeUnit.SECONDS)
                    .setObservedTimestamp(18, TimeUnit.SECONDS)
                    .setSeverity(Severity.WARN)
                    .setSeverityText("warning")
                    .setEventName("an.event")
                    .setBody("text")
                    .setAllAttributes(ATTRIBUTES)
                    .setAttribute(AttributeKey.stringKey("one.too.many"), "x")
                    .emit();
            logger.logRecordBuilder()
                    .setBody(Value.of(
                            KeyValue.of("list", Value.of(Value.of(1), Value.of(2.5), Value.of(false))),
                            KeyValue.of("bytes", Value.of("raw".getBytes(StandardCharsets.UTF_8))),
                            KeyValue.of("empty", Value.of(""))))
                    .emit();
            logger.logRecordBuilder().emit();
        }
        assertThat(records).hasSize(3);

        try (OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint("http://" + intake.address())
                .build()) {
            sent(exporter.export(records));
        }

        same(
                ExportLogsServiceRequest.parseFrom(LogWire.request(records).toByteArray()),
                ExportLogsServiceRequest.parseFrom(intake.next().body().toByteArray()));
    }

    private static void sent(CompletableResultCode result) {
        assertThat(result.join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    /** Order means nothing between attributes and metrics, so lines are compared sorted. */
    private static void same(Message ours, Message oracle) {
        assertThat(lines(ours)).isEqualTo(lines(oracle));
        assertThat(ours.getSerializedSize()).isEqualTo(oracle.getSerializedSize());
    }

    private static List<String> lines(Message message) {
        String[] lines = message.toString().split("\n", -1);
        Arrays.sort(lines);
        return List.of(lines);
    }

    private record Keep(List<SpanData> spans) implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
