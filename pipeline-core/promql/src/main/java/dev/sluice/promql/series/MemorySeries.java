package dev.sluice.promql.series;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Series in memory. What a list of matchers selects is remembered and kept up to date as series come and go, so that a rule's selector costs one
 * look-up an evaluation. For one thread.
 */
public final class MemorySeries implements SeriesSource {
    /** So many selections are remembered at most; then all are forgotten. Rules have one a selector. */
    private static final int MAX_SELECTIONS = 16_384;

    private final Map<Labels, Series> all = new LinkedHashMap<>();
    private final Map<String, MetricSeries> byName = new HashMap<>();
    private final Map<List<Matcher>, Selection> selections = new HashMap<>();
    /** Selections by the metric name that they want; those that want no particular name are under the empty one. */
    private final Map<String, MetricSelections> selectionsByName = new HashMap<>();

    /** The series with these labels, made where there is none yet. */
    public Series series(Labels labels) {
        Series found = all.get(labels);
        if (found != null) {
            return found;
        }
        Series made = new Series(labels);
        String name = labels.metricName();
        all.put(labels, made);
        byName.computeIfAbsent(name, n -> new MetricSeries()).add(made);
        offer(made, selectionsByName.get(name));
        if (!name.isEmpty()) {
            offer(made, selectionsByName.get(""));
        }
        return made;
    }

    public @Nullable Series find(Labels labels) {
        return all.get(labels);
    }

    /** All series; not to be changed. */
    public Collection<Series> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    public int size() {
        return all.size();
    }

    /** Removes the series that satisfy the condition. */
    public void removeIf(Predicate<Series> condition) {
        boolean changed = all.values().removeIf(condition);
        if (changed) {
            byName.values().removeIf(metric -> {
                metric.retain(all);
                return metric.isEmpty();
            });
            selections.values().forEach(s -> s.series().removeIf(series -> all.get(series.labels()) != series));
        }
    }

    public void clear() {
        all.clear();
        byName.clear();
        forgetSelections();
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long after, long until) {
        Selection known = selections.get(matchers);
        if (known != null) {
            return known.view();
        }
        if (selections.size() >= MAX_SELECTIONS) {
            forgetSelections();
        }
        Selection made = Selection.of(matchers);
        String name = wantedName(matchers);
        MetricSeries metric = byName.get(name);
        Collection<Series> candidates =
                name.isEmpty() ? all.values() : metric == null ? List.of() : metric.candidates(matchers);
        for (Series candidate : candidates) {
            if (made.wants(candidate.labels())) {
                made.series().add(candidate);
            }
        }
        selections.put(made.matchers(), made);
        selectionsByName.computeIfAbsent(name, n -> new MetricSelections()).add(made);
        return made.view();
    }

    private void forgetSelections() {
        selections.clear();
        selectionsByName.clear();
    }

    private static void offer(Series series, @Nullable MetricSelections selections) {
        if (selections != null) {
            selections.offer(series);
        }
    }

    private static String wantedName(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.type() == MatchType.EQUAL && matcher.name().equals(Labels.NAME)) {
                return matcher.value();
            }
        }
        return "";
    }
}
