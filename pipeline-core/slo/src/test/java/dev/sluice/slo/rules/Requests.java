package dev.sluice.slo.rules;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A service that counts the duration of its requests, with the buckets of the semantic conventions, and exports cumulative histograms. */
final class Requests {
    private static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final String job;
    private final String path;
    private final List<Long> counts = new ArrayList<>(Collections.nCopies(BOUNDS.size() + 1, 0L));
    private double sum;

    Requests(String job, String path) {
        this.job = job;
        this.path = path;
    }

    /** So many requests that each took so many seconds. */
    void serve(long count, double seconds) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
            bucket++;
        }
        counts.set(bucket, counts.get(bucket) + count);
        sum += count * seconds;
    }

    /** @param time in milliseconds since 1970 */
    Telemetry export(long time) {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .addAttributes(attribute("path", path))
                .setTimeUnixNano(time * 1_000_000)
                .setCount(counts.stream().mapToLong(Long::longValue).sum())
                .setSum(sum)
                .addAllBucketCounts(counts)
                .addAllExplicitBounds(BOUNDS)
                .build();
        Metric.Builder metric =
                Metric.newBuilder().setName("http.request.duration").setUnit("s");
        metric.getHistogramBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point);
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        var resource = request.addResourceMetricsBuilder();
        resource.getResourceBuilder().addAttributes(attribute("service.name", job));
        resource.addScopeMetricsBuilder().addMetrics(metric);
        return Telemetry.of(Signal.METRICS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
