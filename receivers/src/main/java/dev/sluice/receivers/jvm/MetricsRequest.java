package dev.sluice.receivers.jvm;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import dev.sluice.receivers.jvm.JvmMetric.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes one ExportMetricsServiceRequest with one resource and one scope. The numbers are the fields of opentelemetry-proto 1.11;
 * later fields come first, as {@link WireWriter} wants it.
 */
final class MetricsRequest {
    private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0";
    private static final int CUMULATIVE = 2;

    private final WireWriter out = new WireWriter(16_384);
    private final long startEpochNanos;
    private final long epochNanos;
    /** Where the scope begins; behind it lies what belongs to the resource. */
    private final int scopeMark;

    private int points;

    /**
     * @param startEpochNanos when the JVM started, from when counters count
     * @param epochNanos of the reading
     */
    MetricsRequest(long startEpochNanos, long epochNanos) {
        this.startEpochNanos = startEpochNanos;
        this.epochNanos = epochNanos;
        out.string(3, SCHEMA_URL);
        this.scopeMark = out.mark();
    }

    /** One value of a metric. Attribute values are {@code String} or {@code Boolean}; the value is a {@code Long} or a {@code Double}. */
    record Point(Number value, Map<String, ?> attributes) {}

    /** Leaves the metric out if it has no points. */
    void metric(JvmMetric metric, List<Point> values) {
        if (values.isEmpty()) {
            return;
        }
        int whole = out.mark();
        int data = out.mark();
        if (metric.kind() != Kind.GAUGE) {
            out.varint(3, metric.kind() == Kind.COUNTER ? 1 : 0);
            out.varint(2, CUMULATIVE);
        }
        for (Point point : values.reversed()) {
            int mark = out.mark();
            point.attributes.forEach((key, value) -> attribute(7, key, value));
            if (point.value instanceof Long whole64) {
                out.fixed64(6, whole64);
            } else {
                out.decimal(4, point.value.doubleValue());
            }
            times(startEpochNanos);
            out.message(1, mark);
        }
        out.message(metric.kind() == Kind.GAUGE ? 5 : 7, data);
        points += values.size();
        close(metric, whole);
    }

    /** Leaves the metric out if nothing was collected yet. */
    void durations(GcDurations durations, long sinceEpochNanos) {
        if (durations.isEmpty()) {
            return;
        }
        int whole = out.mark();
        int data = out.mark();
        out.varint(2, CUMULATIVE);
        durations.forEach((collection, histogram) -> {
            int mark = out.mark();
            out.decimal(12, histogram.greatest());
            out.decimal(11, histogram.least());
            attribute(9, "jvm.gc.name", collection.name());
            attribute(9, "jvm.gc.action", collection.action());
            if (!collection.cause().isEmpty()) {
                attribute(9, "jvm.gc.cause", collection.cause());
            }
            packed(
                    7,
                    Arrays.stream(GcDurations.BOUNDS)
                            .mapToLong(Double::doubleToRawLongBits)
                            .toArray());
            packed(6, histogram.counts());
            out.decimal(5, histogram.sum());
            out.fixed64(4, histogram.count());
            times(sinceEpochNanos);
            out.message(1, mark);
            points++;
        });
        out.message(9, data);
        close(JvmMetric.GC_DURATION, whole);
    }

    int points() {
        return points;
    }

    /** Closes scope and resource around what was written; the last call. */
    Bytes finish(String scope, String version, Map<String, ?> resource) {
        int mark = out.mark();
        out.string(2, version);
        out.string(1, scope);
        out.message(1, mark);
        out.message(2, scopeMark);
        mark = out.mark();
        resource.forEach((key, value) -> attribute(1, key, value));
        out.message(1, mark);
        out.message(1, 0);
        return out.toBytes();
    }

    private void close(JvmMetric metric, int mark) {
        out.string(3, metric.unit());
        out.string(2, metric.description());
        out.string(1, metric.key());
        out.message(2, mark);
    }

    private void packed(int field, long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        out.bytes(field, bytes.array());
    }

    private void times(long start) {
        out.fixed64(3, epochNanos);
        out.fixed64(2, start);
    }

    private void attribute(int field, String key, Object value) {
        int mark = out.mark();
        int inner = out.mark();
        switch (value) {
            case Boolean flag -> out.varint(2, flag ? 1 : 0);
            case Long number -> out.varint(3, number);
            default -> out.string(1, value.toString());
        }
        out.message(2, inner);
        out.string(1, key);
        out.message(field, mark);
    }
}
