package dev.sluice.promql.syntax;

/** An expression in parentheses. */
public record ParenExpr(Expr inner, Span span) implements Expr {
    @Override
    public ValueType type() {
        return inner.type();
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
