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

    /** An entry of a linked map, a slot of its table, and places in lists. */
    private static final int INDEX_BYTES = 72;

    private final Map<Labels, Series> all = new LinkedHashMap<>();
    private final Map<String, MetricSeries> byName = new HashMap<>();
    private final Map<List<Matcher>, Selection> selections = new HashMap<>();
    private final SelectorIndex<Selection> wanted = new SelectorIndex<>();

    /** The series with these labels, made where there is none yet. */
    public Series series(Labels labels) {
        Series found = all.get(labels);
        if (found != null) {
            return found;
        }
        Series made = new Series(labels);
        add(made);
        return made;
    }

    /** Takes over a series of another source, which is not to be used any more; false if there is one with its labels. */
    public boolean adopt(Series series) {
        if (series.removed() || all.containsKey(series.labels())) {
            return false;
        }
        add(series);
        return true;
    }

    private void add(Series made) {
        all.put(made.labels(), made);
        byName.computeIfAbsent(made.labels().metricName(), n -> new MetricSeries())
                .add(made);
        wanted.visit(made.labels(), selection -> selection.series().add(made));
    }

    public @Nullable Series find(Labels labels) {
        return all.get(labels);
    }

    /** The series of that metric name; not to be changed, and valid until the next change. */
    public List<Series> named(String metric) {
        MetricSeries found = byName.get(metric);
        return found == null ? List.of() : found.series();
    }

    /** All series; not to be changed. */
    public Collection<Series> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    public int size() {
        return all.size();
    }

    /** About how many bytes all series take, with the index and without the texts of their labels; looks at every series. */
    public long bytes() {
        long bytes = 0;
        for (Series series : all.values()) {
            bytes += series.bytes() + INDEX_BYTES;
        }
        return bytes;
    }

    /** Removes the series that satisfy the condition. */
    public void removeIf(Predicate<Series> condition) {
        boolean changed = all.values().removeIf(series -> {
            boolean gone = condition.test(series);
            if (gone) {
                series.remove();
            }
            return gone;
        });
        if (changed) {
            byName.values().removeIf(metric -> {
                metric.dropRemoved();
                return metric.isEmpty();
            });
            selections.values().forEach(s -> s.series().removeIf(Series::removed));
        }
    }

    public void clear() {
        all.values().forEach(Series::remove);
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
        String name = SelectorIndex.wantedName(matchers);
        MetricSeries metric = byName.get(name);
        Collection<Series> candidates =
                name.isEmpty() ? all.values() : metric == null ? List.of() : metric.candidates(matchers);
        for (Series candidate : candidates) {
            if (made.wants(candidate.labels())) {
                made.series().add(candidate);
            }
        }
        selections.put(made.matchers(), made);
        wanted.add(made.matchers(), made);
        return made.view();
    }

    private void forgetSelections() {
        selections.clear();
        wanted.clear();
    }
}
