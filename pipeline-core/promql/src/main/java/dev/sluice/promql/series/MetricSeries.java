package dev.sluice.promql.series;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series of one metric, found by the value of a label. A label is indexed once it is asked for. */
final class MetricSeries {
    private final List<Series> series = new ArrayList<>();
    private final Map<String, Map<String, List<Series>>> byLabel = new HashMap<>();

    void add(Series added) {
        series.add(added);
        byLabel.forEach((label, byValue) -> index(byValue, label, added));
    }

    private static void index(Map<String, List<Series>> byValue, String label, Series added) {
        byValue.computeIfAbsent(added.labels().get(label), v -> new ArrayList<>())
                .add(added);
    }

    List<Series> series() {
        return Collections.unmodifiableList(series);
    }

    void dropRemoved() {
        if (series.removeIf(Series::removed)) {
            byLabel.clear();
        }
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** Series among which are all that satisfy the matchers, and few others. */
    List<Series> candidates(List<Matcher> matchers) {
        List<Series> fewest = series;
        for (Matcher matcher : matchers) {
            if (matcher.type() == MatchType.EQUAL && !matcher.name().equals(Labels.NAME)) {
                List<Series> found =
                        byLabel.computeIfAbsent(matcher.name(), this::indexed).getOrDefault(matcher.value(), List.of());
                fewest = found.size() < fewest.size() ? found : fewest;
            }
        }
        return fewest;
    }

    private Map<String, List<Series>> indexed(String label) {
        Map<String, List<Series>> byValue = new HashMap<>();
        series.forEach(s -> index(byValue, label, s));
        return byValue;
    }
}
