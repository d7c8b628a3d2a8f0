package dev.sluice.promql.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many lists of matchers a series satisfies, without trying most of them: by the metric name that they want, and by one more label
 * that they want to have some value. May be read by several threads once it is no longer changed.
 */
public final class SelectorIndex<T> {
    /** By metric name; those that want no particular name are under the empty one. */
    private final Map<String, Metric<T>> metrics = new HashMap<>();

    private record Entry<T>(List<Matcher> matchers, T value) {}

    private static final class Metric<T> {
        private final Map<String, Map<String, List<Entry<T>>>> byLabel = new HashMap<>();
        private final List<Entry<T>> others = new ArrayList<>();
    }

    public void add(List<Matcher> matchers, T value) {
        Metric<T> metric = metrics.computeIfAbsent(wantedName(matchers), n -> new Metric<>());
        Entry<T> entry = new Entry<>(matchers, value);
        for (Matcher matcher : matchers) {
            boolean wanted =
                    matcher.type() == MatchType.EQUAL && !matcher.value().isEmpty();
            if (wanted && !matcher.name().equals(Labels.NAME)) {
                metric.byLabel
                        .computeIfAbsent(matcher.name(), n -> new HashMap<>())
                        .computeIfAbsent(matcher.value(), v -> new ArrayList<>())
                        .add(entry);
                return;
            }
        }
        metric.others.add(entry);
    }

    public void clear() {
        metrics.clear();
    }

    /** Visits what was added with matchers that the labels all satisfy. */
    public void visit(Labels labels, Consumer<? super T> visitor) {
        String name = labels.metricName();
        visit(labels, metrics.get(name), visitor);
        if (!name.isEmpty()) {
            visit(labels, metrics.get(""), visitor);
        }
    }

    private static <T> void visit(Labels labels, @Nullable Metric<T> metric, Consumer<? super T> visitor) {
        if (metric == null) {
            return;
        }
        visit(labels, metric.others, visitor);
        for (Map.Entry<String, Map<String, List<Entry<T>>>> label : metric.byLabel.entrySet()) {
            List<Entry<T>> found = label.getValue().get(labels.get(label.getKey()));
            if (found != null) {
                visit(labels, found, visitor);
            }
        }
    }

    private static <T> void visit(Labels labels, List<Entry<T>> entries, Consumer<? super T> visitor) {
        for (Entry<T> entry : entries) {
            if (Matcher.allMatch(entry.matchers, labels)) {
                visitor.accept(entry.value);
            }
        }
    }

    /** Whether a series of that metric can satisfy any of the lists, going by its name alone. */
    public boolean mayMatch(String metricName) {
        if (metrics.containsKey(metricName)) {
            return true;
        }
        Metric<T> unnamed = metrics.get("");
        return unnamed != null
                && (anyWants(metricName, unnamed.others)
                        || unnamed.byLabel.values().stream()
                                .flatMap(byValue -> byValue.values().stream())
                                .anyMatch(entries -> anyWants(metricName, entries)));
    }

    private static <T> boolean anyWants(String metricName, List<Entry<T>> entries) {
        for (Entry<T> entry : entries) {
            if (entry.matchers.stream().allMatch(m -> !m.name().equals(Labels.NAME) || m.matches(metricName))) {
                return true;
            }
        }
        return false;
    }

    /** The metric name that the matchers want, or the empty one. */
    static String wantedName(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.type() == MatchType.EQUAL && matcher.name().equals(Labels.NAME)) {
                return matcher.value();
            }
        }
        return "";
    }
}
