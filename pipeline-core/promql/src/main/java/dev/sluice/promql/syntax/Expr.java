package dev.sluice.promql.syntax;

import java.util.List;

/** An expression of PromQL. Immutable; its text is PromQL again, laid out as Prometheus does. */
public sealed interface Expr
        permits AggregateExpr,
                BinaryExpr,
                Call,
                DurationExpr,
                MatrixSelector,
                NumberLiteral,
                ParenExpr,
                StringLiteral,
                SubqueryExpr,
                UnaryExpr,
                VectorSelector {
    /** Where it stands in the query. */
    Span span();

    /** What it gives. */
    ValueType type();

    /** The expressions that it is made of, in their order; durations that are computed are not among them. */
    default List<Expr> children() {
        return switch (this) {
            case AggregateExpr e -> e.parameter() == null ? List.of(e.operand()) : List.of(e.operand(), e.parameter());
            case BinaryExpr e -> List.of(e.left(), e.right());
            case Call e -> e.arguments();
            case MatrixSelector e -> List.of(e.selector());
            case ParenExpr e -> List.of(e.inner());
            case SubqueryExpr e -> List.of(e.inner());
            case UnaryExpr e -> List.of(e.operand());
            case DurationExpr _, NumberLiteral _, StringLiteral _, VectorSelector _ -> List.of();
        };
    }
}
