package dev.sluice.promql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of two vectors belong together.
 *
 * @param on whether only the labels listed count, rather than all others
 * @param labels what is listed behind {@code on} or {@code ignoring}
 * @param include labels that the "one" side hands over, of {@code group_left} and {@code group_right}
 * @param fillLeft the value for elements missing on the left, or {@code null}
 * @param fillRight the value for elements missing on the right, or {@code null}
 */
public record VectorMatching(
        Cardinality cardinality,
        boolean on,
        List<String> labels,
        List<String> include,
        @Nullable Double fillLeft,
        @Nullable Double fillRight) {
    /** How many elements of each side may belong together. */
    public enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY,
        MANY_TO_MANY
    }

    public boolean fills() {
        return fillLeft != null || fillRight != null;
    }

    VectorMatching with(Cardinality changed) {
        return new VectorMatching(changed, on, labels, include, fillLeft, fillRight);
    }
}
