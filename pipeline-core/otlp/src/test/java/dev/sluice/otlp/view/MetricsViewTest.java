package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsViewTest extends AsGenerated {
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

    private static List<Long> numbers(NumbersView view) {
        List<Long> numbers = new ArrayList<>();
        while (view.next()) {
            numbers.add(view.bits());
        }
        return numbers;
    }
}
