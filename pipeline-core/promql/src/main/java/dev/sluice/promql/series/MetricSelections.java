package dev.sluice.promql.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The remembered selections of one metric, found by a label that they want to have some value, so that a new series meets few of them. */
final class MetricSelections {
    private final Map<String, Map<String, List<Selection>>> byLabel = new HashMap<>();
    private final List<Selection> others = new ArrayList<>();

    void add(Selection selection) {
        for (Matcher matcher : selection.matchers()) {
            boolean wanted =
                    matcher.type() == MatchType.EQUAL && !matcher.value().isEmpty();
            if (wanted && !matcher.name().equals(Labels.NAME)) {
                byLabel.computeIfAbsent(matcher.name(), n -> new HashMap<>())
                        .computeIfAbsent(matcher.value(), v -> new ArrayList<>())
                        .add(selection);
                return;
            }
        }
        others.add(selection);
    }

    /** Adds the series to the selections that want it. */
    void offer(Series series) {
        offer(series, others);
        byLabel.forEach((label, byValue) -> {
            List<Selection> found = byValue.get(series.labels().get(label));
            if (found != null) {
                offer(series, found);
            }
        });
    }

    private static void offer(Series series, List<Selection> selections) {
        for (Selection selection : selections) {
            if (selection.wants(series.labels())) {
                selection.series().add(series);
            }
        }
    }
}
