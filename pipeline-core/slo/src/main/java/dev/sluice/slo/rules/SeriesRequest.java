package dev.sluice.slo.rules;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples of rules as OTLP gauges: labels are attributes, but {@code job} and {@code instance}, which become those of the resource that Prometheus makes
 * these labels of. There is no scope, which exporters would make more labels of.
 * A stale marker is a point without a value. For one thread.
 */
final class SeriesRequest {
    private static final String JOB = "job";
    private static final String INSTANCE = "instance";
    private static final int NO_RECORDED_VALUE = 1;
    private static final long NANOS = 1_000_000;

    private final Map<Target, Map<String, List<Point>>> points = new LinkedHashMap<>();

    private int size;

    private record Target(String job, String instance) {}

    private record Point(Labels labels, long time, double value) {}

    void add(Labels series, long time, double value) {
        points.computeIfAbsent(new Target(series.get(JOB), series.get(INSTANCE)), t -> new LinkedHashMap<>())
                .computeIfAbsent(series.metricName(), n -> new ArrayList<>())
                .add(new Point(series, time, value));
        size++;
    }

    /** How many samples there are to take. */
    int size() {
        return size;
    }

    /** What was added since the last time; empty if that is nothing. */
    Bytes take() {
        if (points.isEmpty()) {
            return Bytes.EMPTY;
        }
        WireWriter out = new WireWriter(4096);
        for (Target target : List.copyOf(points.keySet()).reversed()) {
            int resourceMetrics = out.mark();
            int scopeMetrics = out.mark();
            Map<String, List<Point>> metrics = points.getOrDefault(target, Map.of());
            for (String name : List.copyOf(metrics.keySet()).reversed()) {
                metric(name, metrics.getOrDefault(name, List.of()), out);
            }
            out.message(2, scopeMetrics);
            resource(target, out);
            out.message(1, resourceMetrics);
        }
        points.clear();
        size = 0;
        return out.toBytes();
    }

    /** Last fields first, as the writer wants it. */
    private static void metric(String name, List<Point> points, WireWriter out) {
        int metric = out.mark();
        int gauge = out.mark();
        for (Point point : points.reversed()) {
            point(point, out);
        }
        out.message(5, gauge);
        out.string(1, name);
        out.message(2, metric);
    }

    private static void point(Point point, WireWriter out) {
        int start = out.mark();
        boolean ended = Series.stale(point.value);
        if (ended) {
            out.varint(8, NO_RECORDED_VALUE);
        }
        for (int i = point.labels.size() - 1; i >= 0; i--) {
            String label = point.labels.name(i);
            if (!label.equals(Labels.NAME) && !label.equals(JOB) && !label.equals(INSTANCE)) {
                out.attribute(7, label, point.labels.value(i));
            }
        }
        if (!ended) {
            out.decimal(4, point.value);
        }
        out.fixed64(3, point.time * NANOS);
        out.message(1, start);
    }

    private static void resource(Target target, WireWriter out) {
        int resource = out.mark();
        if (!target.instance.isEmpty()) {
            out.attribute(1, "service.instance.id", target.instance);
        }
        int slash = target.job.indexOf('/');
        if (!target.job.isEmpty()) {
            out.attribute(1, "service.name", target.job.substring(slash + 1));
        }
        if (slash > 0) {
            out.attribute(1, "service.namespace", target.job.substring(0, slash));
        }
        out.message(1, resource);
    }
}
