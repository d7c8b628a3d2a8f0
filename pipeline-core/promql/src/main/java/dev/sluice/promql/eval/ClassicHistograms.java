package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts a vector into classic histograms, by all labels but {@code le}, and native ones. Which bucket belongs where is remembered while the vector
 * keeps its series.
 */
final class ClassicHistograms {
    /** The buckets of one histogram, rising, with the upper bounds' values. */
    static final class Group {
        private final Labels labels;
        private final List<Integer> members = new ArrayList<>();
        private double[] bounds = {};
        private int[] positions = {};
        /** Whether there is a native histogram of the same labels, so that neither counts. */
        private boolean conflicts;

        Group(Labels labels) {
            this.labels = labels;
        }

        Labels labels() {
            return labels;
        }

        /** The bounds and counts; those of equal bounds are put together. */
        Buckets buckets(Vector vector) {
            double[] upper = new double[positions.length];
            double[] counts = new double[positions.length];
            int n = 0;
            for (int i = 0; i < positions.length; i++) {
                double count = vector.value(positions[i]);
                if (n > 0 && upper[n - 1] == bounds[i]) {
                    counts[n - 1] += count;
                } else {
                    upper[n] = bounds[i];
                    counts[n++] = count;
                }
            }
            return new Buckets(upper, counts, n);
        }

        private void sort(double[] allBounds) {
            members.sort((a, b) -> Double.compare(allBounds[a], allBounds[b]));
            positions = members.stream().mapToInt(Integer::intValue).toArray();
            bounds = new double[positions.length];
            for (int i = 0; i < positions.length; i++) {
                bounds[i] = allBounds[positions[i]];
            }
        }
    }

    private final Span span;
    private final KnownSeries known = new KnownSeries();
    private final List<Group> groups = new ArrayList<>();
    private final List<Integer> bad = new ArrayList<>();

    /** @param span where the vector stands in the query */
    ClassicHistograms(Span span) {
        this.span = span;
    }

    /** The classic histograms of a vector, without those in conflict with a native one. */
    List<Group> of(Vector vector, Run run) {
        boolean mixed = vector.hasHistograms();
        if (mixed || !known.same(vector)) {
            sortOut(vector);
            if (mixed) {
                known.forget();
                conflicts(vector, run);
            }
        }
        for (int i : bad) {
            String metric = run.keepsNames() ? vector.labels(i).metricName() : "";
            run.note(Notes.badBucketLabel(metric, vector.labels(i).get(Labels.BUCKET), span));
        }
        return groups;
    }

    private void sortOut(Vector vector) {
        groups.clear();
        bad.clear();
        known.remember(vector);
        int size = vector.size();
        Map<Labels, Group> byLabels = new HashMap<>();
        double[] bounds = new double[size];
        for (int i = 0; i < size; i++) {
            if (vector.histogram(i) != null) {
                continue;
            }
            Double bound = GoFloat.parse(vector.labels(i).get(Labels.BUCKET));
            if (bound == null || bound.isNaN()) {
                bad.add(i);
                continue;
            }
            bounds[i] = bound;
            Labels rest = vector.labels(i).without(Labels.BUCKET);
            Group group = byLabels.get(rest);
            if (group == null) {
                group = new Group(rest);
                byLabels.put(rest, group);
                groups.add(group);
            }
            group.members.add(i);
        }
        groups.forEach(group -> group.sort(bounds));
    }

    private void conflicts(Vector vector, Run run) {
        for (int i = 0; i < vector.size(); i++) {
            if (vector.histogram(i) == null) {
                continue;
            }
            for (Group group : groups) {
                if (group.labels.equals(vector.labels(i))) {
                    group.conflicts = true;
                    String metric = run.keepsNames() ? group.labels.metricName() : "";
                    run.note(Notes.mixedClassicNative(metric, span));
                }
            }
        }
    }

    /** Whether a native histogram stands alone, without classic buckets of the same labels. */
    boolean alone(Vector vector, int i) {
        NativeHistogram histogram = vector.histogram(i);
        if (histogram == null) {
            return false;
        }
        for (Group group : groups) {
            if (group.conflicts && group.labels.equals(vector.labels(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean conflicts(Group group) {
        return group.conflicts;
    }
}
