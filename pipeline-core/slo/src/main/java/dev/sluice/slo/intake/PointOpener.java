package dev.sluice.slo.intake;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.ResourceFilter;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesLabels;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.slo.condition.Item;
import dev.sluice.slo.series.Interests;
import dev.sluice.slo.series.PointSeries;
import dev.sluice.slo.series.SeriesRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the series of a data point that is seen for the first time. */
final class PointOpener {
    private static final int CACHED_STEPS = 10_000;

    /** As Prometheus' own OTLP intake: resource attributes only in {@code job} and {@code instance}, no labels of the scope. */
    private final SeriesLabels labels = new SeriesLabels(
            LabelNames.PROMETHEUS, ResourceFilter.all(false, false), SeriesLabels.Style.WRITTEN, false, Map.of());

    private final Interests interests;
    private final Map<Double, String> stepTexts = new HashMap<>();
    private final List<SeriesRef> series = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();

    PointOpener(Interests interests) {
        this.interests = interests;
    }

    /** The point that the reader has read. */
    SeriesIndex.Entry open(MetricPlan plan, MetricsView at, PointView view, PointSeries.Values values) {
        Labels point = labels(plan, at, view);
        if (point == null) {
            return Drop.UNTRANSLATABLE;
        }
        PointReader reader = plan.reader();
        return known(plan.faces(), point, reader.steps(), reader.hasSum(), values);
    }

    /** What is counted of the items of a resource that have the same attributes. */
    KnownPoint open(CountPlan plan, Item item) {
        Map<String, String> byLabel = labels.jobAndInstance(item.resource());
        plan.attributes().forEach(attribute -> {
            String value = attribute.text(item);
            if (!value.isEmpty()) {
                byLabel.putIfAbsent(attribute.label(), value);
            }
        });
        Labels point = Labels.of(byLabel);
        return known(List.of(plan.face()), point, plan.bounds(), true, PointSeries.Values.COUNT);
    }

    private KnownPoint known(
            List<Face> faces, Labels point, double[] steps, boolean hasSum, PointSeries.Values values) {
        series.clear();
        sources.clear();
        for (Face face : faces) {
            for (Part part : face.parts()) {
                if (part != Part.SUM || hasSum) {
                    add(face, part, face.labels(point, part), steps);
                }
            }
        }
        int[] from = sources.stream().mapToInt(Integer::intValue).toArray();
        return new KnownPoint(new PointSeries(series, values), from, steps, hasSum);
    }

    private void add(Face face, Part part, Labels own, double[] steps) {
        switch (part) {
            case VALUE -> add(own, KnownPoint.WHOLE);
            case COUNT -> add(own, KnownPoint.COUNT);
            case SUM -> add(own, KnownPoint.SUM);
            case BUCKET, QUANTILE -> {
                int end = face.steps() == 0 ? steps.length : face.firstStep() + face.steps();
                for (int i = face.firstStep(); i < end; i++) {
                    add(own.with(part.varying(), text(steps[i])), i);
                }
                if (part == Part.BUCKET) {
                    add(own.with(part.varying(), "+Inf"), KnownPoint.INFINITE);
                }
            }
        }
    }

    private void add(Labels own, int source) {
        SeriesRef ref = interests.ref(own);
        if (ref != null) {
            series.add(ref);
            sources.add(source);
        }
    }

    /** Visits the labels of all that the point may have made, and the label that parts it, for a point that ends without having been seen. */
    void ends(MetricPlan plan, MetricsView at, PointView view, BiConsumer<Labels, String> visitor) {
        Labels point = labels(plan, at, view);
        if (point != null) {
            for (Face face : plan.faces()) {
                for (Part part : face.parts()) {
                    visitor.accept(face.labels(point, part), part.varying());
                }
            }
        }
    }

    /** The series {@code target_info} of the resource; of none if it has nothing to tell, or no rule reads it. */
    PointSeries target(MetricsView at) {
        dev.sluice.prometheus.Labels target;
        try {
            target = labels.target(at.resource());
        } catch (IllegalArgumentException e) {
            target = null;
        }
        SeriesRef ref = target == null ? null : interests.ref(converted(target).with(Labels.NAME, TargetInfo.NAME));
        return new PointSeries(ref == null ? List.of() : List.of(ref), PointSeries.Values.SHOWN);
    }

    /** Without a name; {@code null} if Prometheus has no way to say them. */
    private @Nullable Labels labels(MetricPlan plan, MetricsView at, PointView view) {
        Labels found;
        try {
            found = converted(labels.of(view.attributes(), at.resource(), at.scope()));
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (Face face : plan.faces()) {
            for (Part part : face.parts()) {
                if (!part.varying().isEmpty() && !found.get(part.varying()).isEmpty()) {
                    return null;
                }
            }
        }
        return found;
    }

    private static Labels converted(dev.sluice.prometheus.Labels labels) {
        LabelsBuilder converted = new LabelsBuilder(Labels.EMPTY);
        for (int i = 0; i < labels.size(); i++) {
            converted.set(labels.name(i), labels.value(i));
        }
        return converted.labels();
    }

    private String text(double step) {
        if (stepTexts.size() >= CACHED_STEPS) {
            stepTexts.clear();
        }
        return stepTexts.computeIfAbsent(step, GoFloat::plain);
    }
}
