package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * An expression evaluated over a range, {@code x[5m:1m]}.
 *
 * @param range nanoseconds; 0 where it has to be computed for a run
 * @param step nanoseconds; 0 for the default, or where it has to be computed for a run
 */
public record SubqueryExpr(
        Expr inner,
        long range,
        @Nullable DurationExpr rangeExpression,
        long step,
        @Nullable DurationExpr stepExpression,
        Shift shift,
        Span span)
        implements Expr {
    @Override
    public ValueType type() {
        return ValueType.MATRIX;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
