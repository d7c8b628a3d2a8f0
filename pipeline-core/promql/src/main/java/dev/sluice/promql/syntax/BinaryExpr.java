package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Two expressions and an operator between them.
 *
 * @param matching how elements find each other where both sides are vectors, otherwise {@code null}
 * @param returnsBool whether a comparison gives 0 or 1 rather than filters
 */
public record BinaryExpr(
        BinaryOp op, Expr left, Expr right, @Nullable VectorMatching matching, boolean returnsBool) implements Expr {
    @Override
    public Span span() {
        return left.span().to(right.span());
    }

    @Override
    public ValueType type() {
        return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
                ? ValueType.SCALAR
                : ValueType.VECTOR;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
