package dev.sluice.promql.series;

import java.util.ArrayList;
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
    private final Map<String, List<Series>> byName = new HashMap<>();
    private final Map<List<Matcher>, Selection> selections = new HashMap<>();
    /** Selections by the metric name that they want; those that want no particular name are under the empty one. */
    private final Map<String, List<Selection>> selectionsByName = new HashMap<>();

    private record Selection(List<Matcher> matchers, List<Series> series, List<Series> view) {
        boolean wants(Labels labels) {
            for (Matcher matcher : matchers) {
                if (!matcher.matches(labels.get(matcher.name()))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The series with these labels, made where there is none yet. */
    public Series series(Labels labels) {
        Series found = all.get(labels);
        if (found != null) {
            return found;
        }
        Series made = new Series(labels);
        String name = labels.metricName();
        all.put(labels, made);
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(made);
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
            byName.values().removeIf(list -> {
                list.removeIf(series -> all.get(series.labels()) != series);
                return list.isEmpty();
            });
            selections.values().forEach(s -> s.series.removeIf(series -> all.get(series.labels()) != series));
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
            return known.view;
        }
        if (selections.size() >= MAX_SELECTIONS) {
            forgetSelections();
        }
        List<Matcher> own = List.copyOf(matchers);
        String name = wantedName(own);
        List<Series> series = new ArrayList<>();
        Selection made = new Selection(own, series, Collections.unmodifiableList(series));
        for (Series candidate : name.isEmpty() ? all.values() : byName.getOrDefault(name, List.of())) {
            if (made.wants(candidate.labels())) {
                series.add(candidate);
            }
        }
        selections.put(own, made);
        selectionsByName.computeIfAbsent(name, n -> new ArrayList<>()).add(made);
        return made.view;
    }

    private void forgetSelections() {
        selections.clear();
        selectionsByName.clear();
    }

    private static void offer(Series series, @Nullable List<Selection> selections) {
        if (selections != null) {
            for (Selection selection : selections) {
                if (selection.wants(series.labels())) {
                    selection.series.add(series);
                }
            }
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
