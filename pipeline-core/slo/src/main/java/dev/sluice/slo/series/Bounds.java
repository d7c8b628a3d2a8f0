package dev.sluice.slo.series;

import dev.sluice.api.config.Problems;
import java.util.List;

/** Bounds of buckets in a configuration. */
final class Bounds {
    private Bounds() {}

    static void check(Problems problems, String key, List<Double> bounds) {
        if (bounds.isEmpty()) {
            problems.at(key, "needs at least one bound");
        }
        for (int i = 0; i < bounds.size(); i++) {
            double bound = bounds.get(i);
            if (!Double.isFinite(bound)) {
                problems.at(key, "bounds are finite; the bucket to infinity is there without being named");
            } else if (i > 0 && bounds.get(i - 1) >= bound) {
                problems.at(key, "bounds must ascend, but " + bound + " follows " + bounds.get(i - 1));
            }
        }
    }
}
