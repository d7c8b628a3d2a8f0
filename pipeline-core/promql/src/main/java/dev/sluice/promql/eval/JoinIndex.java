package dev.sluice.promql.eval;

import dev.sluice.promql.series.Grouping;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.VectorMatching;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Numbers the match groups of two vectors. While both keep their series, which is seen from the identity of their labels, the numbers are those of
 * the last time.
 */
final class JoinIndex {
    private final UnaryOperator<Labels> key;
    private final Side left = new Side();
    private final Side right = new Side();
    private Map<Labels, Integer> numbers = new HashMap<>();

    JoinIndex(VectorMatching matching) {
        key = matching.on() ? labels -> labels.only(matching.labels()) : Grouping.without(matching.labels());
    }

    /** The labels by which elements find each other. */
    Labels key(Labels labels) {
        return key.apply(labels);
    }

    void update(Vector leftVector, Vector rightVector) {
        if (left.known.same(leftVector) && right.known.same(rightVector)) {
            return;
        }
        numbers = HashMap.newHashMap(leftVector.size() + rightVector.size());
        left.number(leftVector);
        right.number(rightVector);
    }

    /** The groups of the left elements. */
    int[] left() {
        return left.groupOf;
    }

    /** The groups of the right elements. */
    int[] right() {
        return right.groupOf;
    }

    int count() {
        return numbers.size();
    }

    private final class Side {
        private final KnownSeries known = new KnownSeries();
        private int[] groupOf = {};
        private Map<Labels, Labels> keys = new HashMap<>();

        void number(Vector vector) {
            known.remember(vector);
            int size = vector.size();
            groupOf = new int[size];
            Map<Labels, Labels> before = keys;
            keys = HashMap.newHashMap(size);
            for (int i = 0; i < size; i++) {
                Labels part = before.get(vector.labels(i));
                if (part == null) {
                    part = key.apply(vector.labels(i));
                }
                keys.put(vector.labels(i), part);
                Integer number = numbers.get(part);
                if (number == null) {
                    number = numbers.size();
                    numbers.put(part, number);
                }
                groupOf[i] = number;
            }
        }
    }
}
