package dev.sluice.promql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation such as {@code sum by (path) (x)}.
 *
 * @param parameter what operators such as {@code topk} take, or {@code null}
 * @param grouping the labels behind {@code by} or {@code without}
 */
public record AggregateExpr(
        AggregateOp op, Expr operand, @Nullable Expr parameter, List<String> grouping, boolean without, Span span)
        implements Expr {
    @Override
    public ValueType type() {
        return ValueType.VECTOR;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
