package dev.sluice.promql.eval;

import dev.sluice.promql.series.Labels;
import java.util.HashSet;
import java.util.Set;

/** Refuses vectors in which two series have the same labels. Remembers the series that were all different the last time. */
final class SameLabels {
    private final KnownSeries different = new KnownSeries();

    void check(Vector vector) {
        if (different.same(vector)) {
            return;
        }
        Set<Labels> seen = HashSet.newHashSet(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            if (!seen.add(vector.labels(i))) {
                throw error();
            }
        }
        different.remember(vector);
    }

    static EvalException error() {
        return new EvalException("vector cannot contain metrics with the same labelset");
    }
}
