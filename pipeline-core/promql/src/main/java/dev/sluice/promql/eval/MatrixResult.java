package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the vectors of a run's steps as series. */
final class MatrixResult {
    private final Map<Labels, Integer> places = new HashMap<>();
    private final List<Series> series = new ArrayList<>();
    private final BitSet nameDropped = new BitSet();

    void add(long time, Vector vector) {
        for (int i = 0; i < vector.size(); i++) {
            add(time, vector.labels(i), vector.value(i), vector.histogram(i), vector.nameDropped(i));
        }
    }

    void add(long time, Labels labels, double value, @Nullable NativeHistogram histogram, boolean dropsName) {
        Integer place = places.get(labels);
        if (place == null) {
            place = series.size();
            places.put(labels, place);
            series.add(new Series(labels));
            nameDropped.set(place, dropsName);
        }
        if (!series.get(place).add(time, 0, histogram == null ? value : histogram.sum(), histogram)) {
            throw SameLabels.error();
        }
    }

    /** The series in the order of their labels, names dropped where they are to go. */
    List<Series> sorted() {
        Map<Labels, Series> result = new HashMap<>();
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            Labels labels = nameDropped.get(i) ? one.labels().anonymous() : one.labels();
            Series target = result.computeIfAbsent(labels, Series::new);
            for (int at = one.from(); at < one.to(); at++) {
                if (!target.add(one.time(at), 0, one.value(at), one.histogram(at))) {
                    throw SameLabels.error();
                }
            }
        }
        List<Series> sorted = new ArrayList<>(result.values());
        sorted.sort(Comparator.comparing(Series::labels));
        return sorted;
    }
}
