package dev.sluice.slo.intake;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import java.util.List;
import java.util.Map;

/**
 * A metric under one of the names that rules know it by: its own or that of an alias.
 *
 * @param name in Prometheus' terms, without the ends that its parts add
 * @param renamed labels that have another name under this one
 * @param parts those that any rule may read
 * @param firstStep where the face's own bounds begin among those of its metric
 * @param steps how many bounds of its own it has; the bounds that the points bring are those of all faces
 */
record Face(String name, Map<String, String> renamed, List<Part> parts, int firstStep, int steps) {
    /** The labels of a part of a point, without the one that varies. */
    Labels labels(Labels point, Part part) {
        LabelsBuilder labels = new LabelsBuilder(point);
        renamed.forEach((from, to) -> {
            String value = point.get(from);
            if (!value.isEmpty()) {
                labels.remove(from);
                // An attribute that has the name already stays.
                labels.set(to, point.get(to).isEmpty() ? value : point.get(to));
            }
        });
        return labels.set(Labels.NAME, name + part.suffix()).labels();
    }
}
