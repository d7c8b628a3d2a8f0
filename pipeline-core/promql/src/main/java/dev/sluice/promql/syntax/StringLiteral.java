package dev.sluice.promql.syntax;

/** A string. */
public record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
        return ValueType.STRING;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
