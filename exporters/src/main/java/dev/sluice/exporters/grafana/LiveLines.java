package dev.sluice.exporters.grafana;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.NumberValueView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.otlp.view.SummaryPointView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chosen metrics in Influx's line protocol, a line a point: the metric's name, its attributes and the service as tags, {@code value} or, of
 * distributions, {@code count} and {@code sum} as fields, nanoseconds. Grafana Live makes a channel of each name, in which only some characters may be.
 */
final class LiveLines {
    private final List<String> chosen;

    /** @param chosen names, of which some may end in {@code *} */
    LiveLines(List<String> chosen) {
        this.chosen = chosen;
    }

    /** Empty if nothing was chosen that the request has. */
    String of(Bytes request) {
        StringBuilder out = new StringBuilder();
        MetricsView metrics = new MetricsView(request);
        while (metrics.next()) {
            MetricView metric = metrics.metric();
            String name = metric.name();
            if (!name.isEmpty() && chosen.stream().anyMatch(pattern -> matches(pattern, name))) {
                PointsView points = metric.points();
                while (points.next()) {
                    line(name, service(metrics.resource().attributes()), points.point(), out);
                }
            }
        }
        return out.toString();
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static void line(String name, String service, PointView point, StringBuilder out) {
        String fields = fields(point);
        if (fields.isEmpty() || point.noRecordedValue()) {
            return;
        }
        Map<String, String> tags = new TreeMap<>();
        AttributesView attributes = point.attributes();
        while (attributes.next()) {
            tags.put(attributes.key(), attributes.value().text());
        }
        tags.putIfAbsent("service.name", service);
        out.append(name.replaceAll("[^A-Za-z0-9_./=-]", "_"));
        tags.forEach((key, value) -> {
            String escapedKey = escaped(key);
            String escapedValue = escaped(value);
            // The protocol has no empty tags.
            if (!escapedKey.isEmpty() && !escapedValue.isEmpty()) {
                out.append(',').append(escapedKey).append('=').append(escapedValue);
            }
        });
        out.append(' ').append(fields).append(' ').append(point.time()).append('\n');
    }

    private static String fields(PointView point) {
        return switch (point) {
            case NumberPointView number -> number(number.value());
            case HistogramPointView histogram -> distribution(histogram.count(), histogram.hasSum(), histogram.sum());
            case ExponentialPointView histogram -> distribution(histogram.count(), histogram.hasSum(), histogram.sum());
            case SummaryPointView summary -> distribution(summary.count(), true, summary.sum());
        };
    }

    private static String number(NumberValueView value) {
        return value.exists() && Double.isFinite(value.either()) ? "value=" + value.either() : "";
    }

    private static String distribution(long count, boolean hasSum, double sum) {
        return "count=" + count + "i" + (hasSum && Double.isFinite(sum) ? ",sum=" + sum : "");
    }

    private static String service(AttributesView resource) {
        while (resource.next()) {
            if (resource.key().equals("service.name")) {
                return resource.value().text();
            }
        }
        return "";
    }

    /**
     * In tags the protocol has no way to say a tab or a line's end, which become blanks, nor a backslash that stands at the end or before what is
     * escaped, which is left out: for one such line Grafana refuses the whole request.
     */
    private static String escaped(String text) {
        return text.replaceAll("[\\t\\n\\x0B\\f\\r]", " ")
                .replaceAll("\\\\+(?=[,= ]|\\z)", "")
                .replaceAll("[,= ]", "\\\\$0");
    }
}
