package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A selector with a range, {@code x[5m]}.
 *
 * @param range nanoseconds; 0 where it has to be computed for a run
 * @param rangeExpression how it is computed, or {@code null}
 */
public record MatrixSelector(
        VectorSelector selector, long range, @Nullable DurationExpr rangeExpression, Span span) implements Expr {
    @Override
    public ValueType type() {
        return ValueType.MATRIX;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
