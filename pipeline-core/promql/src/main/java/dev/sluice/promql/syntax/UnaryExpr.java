package dev.sluice.promql.syntax;

/** An expression with a sign. */
public record UnaryExpr(boolean negative, Expr operand, Span span) implements Expr {
    @Override
    public ValueType type() {
        return operand.type();
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
