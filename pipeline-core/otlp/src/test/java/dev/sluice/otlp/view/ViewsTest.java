package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final int SEEDS = 60;

    @Test
    void spansReadAsTheGeneratedClassesReadThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Bytes rope = rope(Signal.TRACES, seed);
            TracesView view = new TracesView(rope);
            for (List<Message> row : Requests.rows(Requests.parse(Signal.TRACES, rope))) {
                assertThat(view.next()).isTrue();
                ResourceSpans resource = (ResourceSpans) row.get(0);
                ScopeSpans scope = (ScopeSpans) row.get(1);
                assertResource(view.resource(), resource.getResource(), resource.getSchemaUrl());
                assertScope(view.scope(), scope.getScope(), scope.getSchemaUrl());
                assertSpan(view.span(), (Span) row.get(2));
            }
            assertThat(view.next()).isFalse();
            assertThat(view.resourceNumber()).isEqualTo(3);
            assertThat(view.scopeNumber()).isEqualTo(5);
        }
    }

    @Test
    void logRecordsReadAsTheGeneratedClassesReadThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Bytes rope = rope(Signal.LOGS, seed);
            LogsView view = new LogsView(rope);
            for (List<Message> row : Requests.rows(Requests.parse(Signal.LOGS, rope))) {
                assertThat(view.next()).isTrue();
                ResourceLogs resource = (ResourceLogs) row.get(0);
                assertResource(view.resource(), resource.getResource(), resource.getSchemaUrl());
                assertScope(view.scope(), ((ScopeLogs) row.get(1)).getScope(), ((ScopeLogs) row.get(1)).getSchemaUrl());
                LogRecord record = (LogRecord) row.get(2);
                LogRecordView at = view.record();
                assertThat(at.time()).isEqualTo(record.getTimeUnixNano());
                assertThat(at.observedTime()).isEqualTo(record.getObservedTimeUnixNano());
                assertThat(at.severityNumber()).isEqualTo(record.getSeverityNumberValue());
                assertThat(at.severityText()).isEqualTo(record.getSeverityText());
                assertValue(at.body(), record.getBody());
                assertAttributes(at.attributes(), record.getAttributesList());
                assertThat(at.droppedAttributesCount()).isEqualTo(record.getDroppedAttributesCount());
                assertThat(at.flags()).isEqualTo(record.getFlags());
                assertThat(at.traceId()).isEqualTo(hex(record.getTraceId()));
                assertThat(at.spanId()).isEqualTo(hex(record.getSpanId()));
                assertThat(at.spanIdBits()).isEqualTo(bits(record.getSpanId(), 0));
                assertThat(at.traceIdHigh()).isEqualTo(bits(record.getTraceId(), 0));
                assertThat(at.traceIdLow()).isEqualTo(bits(record.getTraceId(), 8));
                assertThat(range(at.array(), at.traceIdStart(), at.traceIdLength()))
                        .isEqualTo(record.getTraceId());
                assertThat(at.eventName()).isEqualTo(record.getEventName());
                assertThat(range(at.array(), at.start(), at.end() - at.start())).isEqualTo(record.toByteString());
            }
            assertThat(view.next()).isFalse();
            assertThat(view.resourceNumber()).isEqualTo(3);
            assertThat(view.scopeNumber()).isEqualTo(5);
        }
    }

    @Test
    void metricsReadAsTheGeneratedClassesReadThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Bytes rope = rope(Signal.METRICS, seed);
            MetricsView view = new MetricsView(rope);
            var request = (io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest)
                    Requests.parse(Signal.METRICS, rope);
            for (var resource : request.getResourceMetricsList()) {
                for (var scope : resource.getScopeMetricsList()) {
                    for (Metric metric : scope.getMetricsList()) {
                        assertThat(view.next()).isTrue();
                        assertResource(view.resource(), resource.getResource(), resource.getSchemaUrl());
                        assertScope(view.scope(), scope.getScope(), scope.getSchemaUrl());
                        assertMetric(view.metric(), metric);
                    }
                }
            }
            assertThat(view.next()).isFalse();
            assertThat(view.resourceNumber()).isEqualTo(3);
            assertThat(view.scopeNumber()).isEqualTo(5);
        }
    }

    @Test
    void numbersThatAreNotPackedAreReadToo() {
        HistogramPointView view = new HistogramPointView();
        byte[] loose = HexFormat.of()
                .parseHex("31" + "0100000000000000" + "3208" + "0200000000000000" + "31" + "0300000000000000");
        view.reset(loose, 0, loose.length);
        assertThat(numbers(view.bucketCounts())).containsExactly(1L, 2L, 3L);
        assertThat(view.bucketCounts().count()).isEqualTo(3);
    }

    @Test
    void anAttributeIsFoundByItsKey() {
        byte[] resource = Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("a"))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("b")
                        .setValue(AnyValue.newBuilder().setStringValue("x")))
                .build()
                .toByteArray();
        AttributesView view = new AttributesView().reset(resource, 0, resource.length, 1);
        assertThat(view.find("b".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().stringIs("x".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().stringIs("y".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(view.find("a".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().kind()).isEqualTo(AnyValueView.Kind.EMPTY);
        assertThat(view.value().text()).isEmpty();
        assertThat(view.find("ab".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    private static Bytes rope(Signal signal, int seed) {
        return OtlpMerge.merge(List.of(
                Requests.bytes(Requests.of(signal, new OtlpGenerator(seed, 0.7, true), 2, 2, 3)),
                Requests.bytes(Requests.of(signal, new OtlpGenerator(seed + 500, 0.7, true), 1, 1, 2))));
    }

    private static void assertSpan(SpanView view, Span span) {
        assertThat(view.traceId()).isEqualTo(hex(span.getTraceId()));
        assertThat(view.traceIdHigh()).isEqualTo(bits(span.getTraceId(), 0));
        assertThat(view.traceIdLow()).isEqualTo(bits(span.getTraceId(), 8));
        assertThat(range(view.array(), view.traceIdStart(), view.traceIdLength()))
                .isEqualTo(span.getTraceId());
        assertThat(view.spanId()).isEqualTo(hex(span.getSpanId()));
        assertThat(view.spanIdBits()).isEqualTo(bits(span.getSpanId(), 0));
        assertThat(view.parentSpanId()).isEqualTo(hex(span.getParentSpanId()));
        assertThat(view.parentSpanIdBits()).isEqualTo(bits(span.getParentSpanId(), 0));
        assertThat(view.traceState()).isEqualTo(span.getTraceState());
        assertThat(range(view.array(), view.traceStateStart(), view.traceStateLength()))
                .isEqualTo(span.getTraceStateBytes());
        assertThat(view.flags()).isEqualTo(span.getFlags());
        assertThat(view.name()).isEqualTo(span.getName());
        assertThat(range(view.array(), view.nameStart(), view.nameLength())).isEqualTo(span.getNameBytes());
        assertThat(view.kind()).isEqualTo(span.getKindValue());
        assertThat(view.startTime()).isEqualTo(span.getStartTimeUnixNano());
        assertThat(view.endTime()).isEqualTo(span.getEndTimeUnixNano());
        assertAttributes(view.attributes(), span.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(span.getDroppedAttributesCount());
        EventsView events = view.events();
        for (Span.Event event : span.getEventsList()) {
            assertThat(events.next()).isTrue();
            assertThat(events.time()).isEqualTo(event.getTimeUnixNano());
            assertThat(events.name()).isEqualTo(event.getName());
            assertAttributes(events.attributes(), event.getAttributesList());
            assertThat(events.droppedAttributesCount()).isEqualTo(event.getDroppedAttributesCount());
            assertThat(range(events.array(), events.start(), events.end() - events.start()))
                    .isEqualTo(event.toByteString());
        }
        assertThat(events.next()).isFalse();
        assertThat(view.droppedEventsCount()).isEqualTo(span.getDroppedEventsCount());
        LinksView links = view.links();
        for (Span.Link link : span.getLinksList()) {
            assertThat(links.next()).isTrue();
            assertThat(links.traceId()).isEqualTo(hex(link.getTraceId()));
            assertThat(links.traceIdHigh()).isEqualTo(bits(link.getTraceId(), 0));
            assertThat(links.traceIdLow()).isEqualTo(bits(link.getTraceId(), 8));
            assertThat(links.spanId()).isEqualTo(hex(link.getSpanId()));
            assertThat(links.spanIdBits()).isEqualTo(bits(link.getSpanId(), 0));
            assertThat(links.traceState()).isEqualTo(link.getTraceState());
            assertAttributes(links.attributes(), link.getAttributesList());
            assertThat(links.droppedAttributesCount()).isEqualTo(link.getDroppedAttributesCount());
            assertThat(links.flags()).isEqualTo(link.getFlags());
            assertThat(range(links.array(), links.start(), links.end() - links.start()))
                    .isEqualTo(link.toByteString());
        }
        assertThat(links.next()).isFalse();
        assertThat(view.droppedLinksCount()).isEqualTo(span.getDroppedLinksCount());
        assertThat(view.statusCode()).isEqualTo(span.getStatus().getCodeValue());
        assertThat(view.statusMessage()).isEqualTo(span.getStatus().getMessage());
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(span.toByteString());
    }

    private static void assertMetric(MetricView view, Metric metric) {
        assertThat(view.name()).isEqualTo(metric.getName());
        assertThat(range(view.array(), view.nameStart(), view.nameLength())).isEqualTo(metric.getNameBytes());
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(metric.toByteString());
        assertThat(view.description()).isEqualTo(metric.getDescription());
        assertThat(view.unit()).isEqualTo(metric.getUnit());
        assertThat(range(view.array(), view.unitStart(), view.unitLength())).isEqualTo(metric.getUnitBytes());
        assertAttributes(view.metadata(), metric.getMetadataList());
        PointsView points = view.points();
        switch (metric.getDataCase()) {
            case GAUGE -> {
                assertThat(view.kind()).isEqualTo(MetricView.Kind.GAUGE);
                metric.getGauge().getDataPointsList().forEach(point -> assertNumber(points, point));
            }
            case SUM -> {
                assertThat(view.kind()).isEqualTo(MetricView.Kind.SUM);
                assertThat(view.temporality()).isEqualTo(metric.getSum().getAggregationTemporalityValue());
                assertThat(view.isMonotonic()).isEqualTo(metric.getSum().getIsMonotonic());
                metric.getSum().getDataPointsList().forEach(point -> assertNumber(points, point));
            }
            case HISTOGRAM -> {
                assertThat(view.kind()).isEqualTo(MetricView.Kind.HISTOGRAM);
                assertThat(view.temporality()).isEqualTo(metric.getHistogram().getAggregationTemporalityValue());
                metric.getHistogram().getDataPointsList().forEach(point -> assertHistogram(points, point));
            }
            case EXPONENTIAL_HISTOGRAM -> {
                assertThat(view.kind()).isEqualTo(MetricView.Kind.EXPONENTIAL_HISTOGRAM);
                assertThat(view.isMonotonic()).isFalse();
                metric.getExponentialHistogram().getDataPointsList().forEach(point -> assertExponential(points, point));
            }
            case SUMMARY -> {
                assertThat(view.kind()).isEqualTo(MetricView.Kind.SUMMARY);
                metric.getSummary().getDataPointsList().forEach(point -> assertSummary(points, point));
            }
            case DATA_NOT_SET -> assertThat(view.kind()).isEqualTo(MetricView.Kind.EMPTY);
        }
        assertThat(points.next()).isFalse();
    }

    private static void assertNumber(PointsView points, NumberDataPoint point) {
        assertThat(points.next()).isTrue();
        NumberPointView view = points.number();
        assertThat(points.point()).isSameAs(view);
        assertPoint(view, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), point);
        assertAttributes(view.attributes(), point.getAttributesList());
        assertNumber(view.value(), point.hasAsInt(), point.getAsInt(), point.hasAsDouble(), point.getAsDouble());
        assertExemplars(view.exemplars(), point.getExemplarsList());
    }

    private static void assertNumber(
            NumberValueView view, boolean isInteger, long integer, boolean isDecimal, double decimal) {
        assertThat(view.exists()).isEqualTo(isInteger || isDecimal);
        assertThat(view.isInteger()).isEqualTo(isInteger);
        assertThat(view.integer()).isEqualTo(integer);
        assertThat(view.decimal()).isEqualTo(Double.valueOf(decimal));
        assertThat(view.either()).isEqualTo(Double.valueOf(isInteger ? (double) integer : decimal));
    }

    private static void assertHistogram(PointsView points, HistogramDataPoint point) {
        assertThat(points.next()).isTrue();
        HistogramPointView view = points.histogram();
        assertThat(points.point()).isSameAs(view);
        assertPoint(view, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), point);
        assertAttributes(view.attributes(), point.getAttributesList());
        assertThat(view.count()).isEqualTo(point.getCount());
        assertThat(view.hasSum()).isEqualTo(point.hasSum());
        assertThat(view.sum()).isEqualTo(Double.valueOf(point.getSum()));
        assertThat(view.hasMin()).isEqualTo(point.hasMin());
        assertThat(view.min()).isEqualTo(Double.valueOf(point.getMin()));
        assertThat(view.hasMax()).isEqualTo(point.hasMax());
        assertThat(view.max()).isEqualTo(Double.valueOf(point.getMax()));
        assertThat(numbers(view.bucketCounts())).isEqualTo(point.getBucketCountsList());
        assertThat(view.bucketCounts().count()).isEqualTo(point.getBucketCountsCount());
        List<Double> bounds = new ArrayList<>();
        NumbersView explicit = view.explicitBounds();
        while (explicit.next()) {
            bounds.add(explicit.decimal());
        }
        assertThat(bounds).isEqualTo(point.getExplicitBoundsList());
        assertExemplars(view.exemplars(), point.getExemplarsList());
    }

    private static void assertExponential(PointsView points, ExponentialHistogramDataPoint point) {
        assertThat(points.next()).isTrue();
        ExponentialPointView view = points.exponential();
        assertThat(points.point()).isSameAs(view);
        assertPoint(view, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), point);
        assertAttributes(view.attributes(), point.getAttributesList());
        assertThat(view.count()).isEqualTo(point.getCount());
        assertThat(view.hasSum()).isEqualTo(point.hasSum());
        assertThat(view.sum()).isEqualTo(Double.valueOf(point.getSum()));
        assertThat(view.hasMin()).isEqualTo(point.hasMin());
        assertThat(view.min()).isEqualTo(Double.valueOf(point.getMin()));
        assertThat(view.hasMax()).isEqualTo(point.hasMax());
        assertThat(view.max()).isEqualTo(Double.valueOf(point.getMax()));
        assertThat(view.scale()).isEqualTo(point.getScale());
        assertThat(view.zeroCount()).isEqualTo(point.getZeroCount());
        assertThat(view.zeroThreshold()).isEqualTo(Double.valueOf(point.getZeroThreshold()));
        assertThat(view.positive().offset()).isEqualTo(point.getPositive().getOffset());
        assertThat(numbers(view.positive().counts()))
                .isEqualTo(point.getPositive().getBucketCountsList());
        assertThat(view.negative().offset()).isEqualTo(point.getNegative().getOffset());
        assertThat(numbers(view.negative().counts()))
                .isEqualTo(point.getNegative().getBucketCountsList());
        assertExemplars(view.exemplars(), point.getExemplarsList());
    }

    private static void assertSummary(PointsView points, SummaryDataPoint point) {
        assertThat(points.next()).isTrue();
        SummaryPointView view = points.summary();
        assertThat(points.point()).isSameAs(view);
        assertPoint(view, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), point);
        assertAttributes(view.attributes(), point.getAttributesList());
        assertThat(view.count()).isEqualTo(point.getCount());
        assertThat(view.sum()).isEqualTo(Double.valueOf(point.getSum()));
        QuantilesView quantiles = view.quantiles();
        for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
            assertThat(quantiles.next()).isTrue();
            assertThat(quantiles.quantile()).isEqualTo(Double.valueOf(quantile.getQuantile()));
            assertThat(quantiles.value()).isEqualTo(Double.valueOf(quantile.getValue()));
        }
        assertThat(quantiles.next()).isFalse();
    }

    private static void assertPoint(PointView view, long start, long time, int flags, Message point) {
        assertThat(view.startTime()).isEqualTo(start);
        assertThat(view.time()).isEqualTo(time);
        assertThat(view.flags()).isEqualTo(flags);
        assertThat(view.noRecordedValue()).isEqualTo(flags % 2 == 1);
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(point.toByteString());
    }

    private static void assertExemplars(ExemplarsView view, List<Exemplar> exemplars) {
        for (Exemplar exemplar : exemplars) {
            assertThat(view.next()).isTrue();
            assertThat(view.time()).isEqualTo(exemplar.getTimeUnixNano());
            assertThat(view.traceId()).isEqualTo(hex(exemplar.getTraceId()));
            assertThat(view.traceIdHigh()).isEqualTo(bits(exemplar.getTraceId(), 0));
            assertThat(view.traceIdLow()).isEqualTo(bits(exemplar.getTraceId(), 8));
            assertThat(view.spanId()).isEqualTo(hex(exemplar.getSpanId()));
            assertThat(view.spanIdBits()).isEqualTo(bits(exemplar.getSpanId(), 0));
            assertNumber(
                    view.value(),
                    exemplar.hasAsInt(),
                    exemplar.getAsInt(),
                    exemplar.hasAsDouble(),
                    exemplar.getAsDouble());
            assertAttributes(view.filteredAttributes(), exemplar.getFilteredAttributesList());
            assertThat(range(view.array(), view.start(), view.end() - view.start()))
                    .isEqualTo(exemplar.toByteString());
        }
        assertThat(view.next()).isFalse();
    }

    private static void assertResource(ResourceView view, Resource resource, String schemaUrl) {
        assertAttributes(view.attributes(), resource.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(resource.getDroppedAttributesCount());
        assertThat(view.schemaUrl()).isEqualTo(schemaUrl);
        assertThat(range(view.array(), view.start(), view.length())).isEqualTo(resource.toByteString());
        assertThat(view.entityRefsEnd() > view.entityRefsStart()).isEqualTo(resource.getEntityRefsCount() > 0);
        assertThat(view.containerEnd()).isGreaterThan(view.containerStart());
    }

    private static void assertScope(ScopeView view, InstrumentationScope scope, String schemaUrl) {
        assertThat(view.name()).isEqualTo(scope.getName());
        assertThat(view.version()).isEqualTo(scope.getVersion());
        assertAttributes(view.attributes(), scope.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(scope.getDroppedAttributesCount());
        assertThat(view.schemaUrl()).isEqualTo(schemaUrl);
        assertThat(range(view.array(), view.start(), view.length())).isEqualTo(scope.toByteString());
        assertThat(view.containerEnd()).isGreaterThan(view.containerStart());
    }

    private static void assertAttributes(AttributesView view, List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            assertThat(view.next()).isTrue();
            assertThat(view.key()).isEqualTo(attribute.getKey());
            assertThat(view.keyIs(attribute.getKeyBytes().toByteArray())).isTrue();
            assertThat(range(view.array(), view.keyStart(), view.keyLength())).isEqualTo(attribute.getKeyBytes());
            assertThat(view.fieldEnd()).isGreaterThan(view.fieldStart());
            assertValue(view.value(), attribute.getValue());
        }
        assertThat(view.next()).isFalse();
    }

    private static void assertValue(AnyValueView view, AnyValue value) {
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(value.toByteString());
        assertThat(view.string()).isEqualTo(value.getStringValue());
        assertThat(view.bool()).isEqualTo(value.getBoolValue());
        assertThat(view.integer()).isEqualTo(value.getIntValue());
        assertThat(view.decimal()).isEqualTo(Double.valueOf(value.getDoubleValue()));
        assertThat(ByteString.copyFrom(view.bytes())).isEqualTo(value.getBytesValue());
        ValuesView values = view.values();
        for (AnyValue element : value.getArrayValue().getValuesList()) {
            assertThat(values.next()).isTrue();
            assertValue(values.value(), element);
        }
        assertThat(values.next()).isFalse();
        assertAttributes(view.entries(), value.getKvlistValue().getValuesList());
        switch (value.getValueCase()) {
            case STRING_VALUE -> assertThat(view.text()).isEqualTo(value.getStringValue());
            case BOOL_VALUE -> assertThat(view.text()).isEqualTo(String.valueOf(value.getBoolValue()));
            case INT_VALUE -> assertThat(view.text()).isEqualTo(String.valueOf(value.getIntValue()));
            case BYTES_VALUE ->
                assertThat(range(view.array(), view.contentStart(), view.contentLength()))
                        .isEqualTo(value.getBytesValue());
            case VALUE_NOT_SET -> assertThat(view.kind()).isEqualTo(AnyValueView.Kind.EMPTY);
            default -> {}
        }
    }

    private static List<Long> numbers(NumbersView view) {
        List<Long> numbers = new ArrayList<>();
        while (view.next()) {
            numbers.add(view.bits());
        }
        return numbers;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static long bits(ByteString bytes, int offset) {
        return bytes.isEmpty() ? 0 : bytes.asReadOnlyByteBuffer().getLong(offset);
    }

    private static ByteString range(byte[] array, int start, int length) {
        return ByteString.copyFrom(array, start, length);
    }
}
