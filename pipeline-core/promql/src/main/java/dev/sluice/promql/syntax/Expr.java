package dev.sluice.promql.syntax;

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
}
