package dev.sluice.prometheus;

import com.google.protobuf.TextFormat;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.PointsView;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;

/** Requests written as text. */
final class Points {
    private Points() {}

    /** Standing on the first metric. */
    static MetricsView request(String text) {
        ExportMetricsServiceRequest.Builder builder = ExportMetricsServiceRequest.newBuilder();
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        MetricsView view = new MetricsView(Bytes.of(builder.build().toByteArray()));
        view.next();
        return view;
    }

    static MetricView metric(String text) {
        return request("resource_metrics { scope_metrics { metrics { " + text + " } } }")
                .metric();
    }

    /** The first point of a metric of the kind. */
    static PointView point(String kind, String text) {
        PointsView points = metric(kind + " { data_points { " + text + " } }").points();
        points.next();
        return points.point();
    }

    static String attribute(String key, String value) {
        return "attributes { key: \"" + key + "\" value { string_value: \"" + value + "\" } } ";
    }
}
