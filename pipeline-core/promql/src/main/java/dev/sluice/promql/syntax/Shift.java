package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Where in time a selector or subquery looks: {@code offset} and {@code @}.
 *
 * @param offset nanoseconds into the past, from the literal
 * @param offsetExpression the offset where it has to be computed for a run; {@code offset} is then 0
 * @param at milliseconds since 1970 of {@code @ 12.5}, or {@code null}
 * @param boundary the end of the run that {@code @ start()} and {@code @ end()} name, or {@code null}
 */
public record Shift(
        long offset,
        @Nullable DurationExpr offsetExpression,
        @Nullable Long at,
        @Nullable Boundary boundary) {
    static final Shift NONE = new Shift(0, null, null, null);

    /** An end of the span of time that a query runs over. */
    public enum Boundary {
        START,
        END
    }

    boolean hasOffset() {
        return offset != 0 || offsetExpression != null;
    }

    public boolean hasAt() {
        return at != null || boundary != null;
    }

    /** Whether it looks elsewhere than at the time of evaluation. */
    public boolean shifts() {
        return hasOffset() || hasAt();
    }

    Shift withOffset(long nanos) {
        return new Shift(nanos, null, at, boundary);
    }

    Shift withOffset(DurationExpr expression) {
        return new Shift(0, expression, at, boundary);
    }

    /** The same offset, at a fixed time. */
    public Shift withAt(long millis) {
        return new Shift(offset, offsetExpression, millis, null);
    }

    Shift withAt(Boundary end) {
        return new Shift(offset, offsetExpression, null, end);
    }
}
