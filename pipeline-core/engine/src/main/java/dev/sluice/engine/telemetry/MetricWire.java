package dev.sluice.engine.telemetry;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.Collection;
import java.util.List;

/** Writes the SDK's metrics as an ExportMetricsServiceRequest. Exemplars are not made and not written. */
final class MetricWire {
    private MetricWire() {}

    static Bytes request(Collection<MetricData> metrics) {
        return SdkWire.request(
                metrics, MetricData::getResource, MetricData::getInstrumentationScopeInfo, MetricWire::metric);
    }

    private static void metric(WireWriter out, MetricData metric) {
        int data = out.mark();
        switch (metric.getType()) {
            case LONG_GAUGE, DOUBLE_GAUGE -> {
                points(out, metric);
                out.message(5, data);
            }
            case LONG_SUM, DOUBLE_SUM -> {
                SumData<?> sum = (SumData<?>) metric.getData();
                out.varint(3, sum.isMonotonic() ? 1 : 0);
                temporality(out, sum.getAggregationTemporality());
                points(out, metric);
                out.message(7, data);
            }
            case HISTOGRAM -> {
                temporality(out, metric.getHistogramData().getAggregationTemporality());
                points(out, metric);
                out.message(9, data);
            }
            case EXPONENTIAL_HISTOGRAM -> {
                temporality(out, metric.getExponentialHistogramData().getAggregationTemporality());
                points(out, metric);
                out.message(10, data);
            }
            case SUMMARY -> throw new IllegalArgumentException("a summary, which no instrument makes");
        }
        SdkWire.text(out, 3, metric.getUnit());
        SdkWire.text(out, 2, metric.getDescription());
        out.string(1, metric.getName());
    }

    private static void temporality(WireWriter out, AggregationTemporality temporality) {
        out.varint(
                2,
                switch (temporality) {
                    case DELTA -> 1;
                    case CUMULATIVE -> 2;
                });
    }

    private static void points(WireWriter out, MetricData metric) {
        for (PointData point : List.copyOf(metric.getData().getPoints()).reversed()) {
            int mark = out.mark();
            switch (point) {
                case HistogramPointData histogram -> histogram(out, histogram);
                case ExponentialHistogramPointData histogram -> exponential(out, histogram);
                default -> number(out, point);
            }
            out.message(1, mark);
        }
    }

    private static void number(WireWriter out, PointData point) {
        SdkWire.attributes(out, 7, point.getAttributes());
        if (point instanceof LongPointData value) {
            out.fixed64(6, value.getValue());
        } else if (point instanceof DoublePointData value) {
            out.decimal(4, value.getValue());
        }
        times(out, point);
    }

    private static void histogram(WireWriter out, HistogramPointData point) {
        if (point.hasMax()) {
            out.decimal(12, point.getMax());
        }
        if (point.hasMin()) {
            out.decimal(11, point.getMin());
        }
        SdkWire.attributes(out, 9, point.getAttributes());
        int bounds = out.mark();
        for (double bound : point.getBoundaries().reversed()) {
            packed(out, Double.doubleToRawLongBits(bound));
        }
        out.message(7, bounds);
        int counts = out.mark();
        for (long count : point.getCounts().reversed()) {
            packed(out, count);
        }
        out.message(6, counts);
        out.decimal(5, point.getSum());
        out.fixed64(4, point.getCount());
        times(out, point);
    }

    private static void exponential(WireWriter out, ExponentialHistogramPointData point) {
        if (point.hasMax()) {
            out.decimal(13, point.getMax());
        }
        if (point.hasMin()) {
            out.decimal(12, point.getMin());
        }
        buckets(out, 9, point.getNegativeBuckets());
        buckets(out, 8, point.getPositiveBuckets());
        out.fixed64(7, point.getZeroCount());
        out.zigzag(6, point.getScale());
        out.decimal(5, point.getSum());
        out.fixed64(4, point.getCount());
        times(out, point);
        SdkWire.attributes(out, 1, point.getAttributes());
    }

    private static void buckets(WireWriter out, int field, ExponentialHistogramBuckets buckets) {
        int mark = out.mark();
        // Unpacked is as good as packed to every reader, and the writer has no bare varint.
        for (long count : buckets.getBucketCounts().reversed()) {
            out.varint(2, count);
        }
        out.zigzag(1, buckets.getOffset());
        out.message(field, mark);
    }

    private static void times(WireWriter out, PointData point) {
        out.fixed64(3, point.getEpochNanos());
        out.fixed64(2, point.getStartEpochNanos());
    }

    private static void packed(WireWriter out, long bits) {
        byte[] raw = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            raw[i] = (byte) (bits >>> (8 * i));
        }
        out.raw(raw, 0, raw.length);
    }
}
