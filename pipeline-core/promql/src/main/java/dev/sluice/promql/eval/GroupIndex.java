package dev.sluice.promql.eval;

import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Puts the elements of a vector into groups by a part of their labels. While the vector keeps its series, which is seen from the identity of their
 * labels, the groups are those of the last time.
 */
final class GroupIndex {
    private final UnaryOperator<Labels> key;
    private final KnownSeries known = new KnownSeries();
    private int[] groupOf = {};
    private final List<Labels> groups = new ArrayList<>();
    /** What was made of the labels at the last change, so that a few new series do not cost work for all. */
    private Map<Labels, Labels> keys = new HashMap<>();

    GroupIndex(UnaryOperator<Labels> key) {
        this.key = key;
    }

    /** Gives each element's group, at its place; valid until the next call. */
    int[] groupsOf(Vector vector) {
        if (!known.same(vector)) {
            regroup(vector);
        }
        return groupOf;
    }

    /** How many groups there were at the last call. */
    int count() {
        return groups.size();
    }

    Labels labels(int group) {
        return groups.get(group);
    }

    private void regroup(Vector vector) {
        known.remember(vector);
        int size = vector.size();
        groupOf = new int[size];
        groups.clear();
        Map<Labels, Labels> before = keys;
        keys = HashMap.newHashMap(size);
        Map<Labels, Integer> places = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Labels own = vector.labels(i);
            Labels part = before.get(own);
            if (part == null) {
                part = key.apply(own);
            }
            keys.put(own, part);
            Integer place = places.get(part);
            if (place == null) {
                place = groups.size();
                places.put(part, place);
                groups.add(part);
            }
            groupOf[i] = place;
        }
    }
}
