package dev.sluice.promql.eval;

import dev.sluice.promql.series.Labels;
import java.util.Arrays;

/**
 * The series that a vector had, to see whether the next has the same ones at the same places. Only the identity of labels is looked at: series hand
 * out the same object every time, and comparing that costs next to nothing.
 */
final class KnownSeries {
    private Labels[] labels = {};
    private int size = -1;

    @SuppressWarnings("ReferenceEquality")
    boolean same(Vector vector) {
        if (vector.size() != size) {
            return false;
        }
        Labels[] current = vector.labels();
        for (int i = 0; i < size; i++) {
            if (current[i] != labels[i]) {
                return false;
            }
        }
        return true;
    }

    void remember(Vector vector) {
        size = vector.size();
        labels = Arrays.copyOf(vector.labels(), size);
    }

    /** No vector has the same series until the next is remembered. */
    void forget() {
        size = -1;
    }
}
