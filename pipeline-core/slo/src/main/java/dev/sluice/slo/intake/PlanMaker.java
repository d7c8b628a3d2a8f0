package dev.sluice.slo.intake;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.slo.series.Interests;
import dev.sluice.slo.series.MetricAliasConfig;
import dev.sluice.slo.series.SeriesConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out under which names rules may read a metric. */
final class PlanMaker {
    private final SeriesConfig config;
    private final Interests interests;

    PlanMaker(SeriesConfig config, Interests interests) {
        this.config = config;
        this.interests = interests;
    }

    MetricPlan plan(MetricView metric) {
        List<Face> faces = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        add(metric, metric.name(), Map.of(), faces, bounds);
        for (MetricAliasConfig alias : config.metricAliases()) {
            if (alias.from().equals(metric.name())) {
                add(metric, alias.to(), renamed(alias), faces, bounds);
            }
        }
        return new MetricPlan(List.copyOf(faces), reader(metric.kind(), bounds));
    }

    private void add(
            MetricView metric, String otlpName, Map<String, String> renamed, List<Face> faces, List<Double> bounds) {
        String name = RuleNames.of(metric, otlpName);
        if (name == null) {
            return;
        }
        List<Double> own = metric.kind() == MetricView.Kind.EXPONENTIAL_HISTOGRAM
                ? config.classicBuckets().getOrDefault(otlpName, List.of())
                : List.of();
        List<Part> read = Part.of(metric.kind(), !own.isEmpty()).stream()
                .filter(part -> interests.mayRead(name + part.suffix()))
                .toList();
        if (!read.isEmpty()) {
            faces.add(new Face(name, renamed, read, bounds.size(), own.size()));
            bounds.addAll(own);
        }
    }

    private static Map<String, String> renamed(MetricAliasConfig alias) {
        Map<String, String> labels = new HashMap<>();
        alias.attributes()
                .forEach((from, to) -> labels.put(LabelNames.PROMETHEUS.name(from), LabelNames.PROMETHEUS.name(to)));
        return Map.copyOf(labels);
    }

    private static PointReader reader(MetricView.Kind kind, List<Double> bounds) {
        return switch (kind) {
            case EMPTY, GAUGE, SUM -> new NumberReader();
            case HISTOGRAM -> new HistogramReader();
            case EXPONENTIAL_HISTOGRAM ->
                new ExponentialReader(
                        bounds.stream().mapToDouble(Double::doubleValue).toArray());
            case SUMMARY -> new SummaryReader();
        };
    }
}
