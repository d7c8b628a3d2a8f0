package dev.sluice.promql.syntax;

/**
 * A number.
 *
 * @param duration whether it was written as a duration; its value is then in seconds
 */
public record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
        return ValueType.SCALAR;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
