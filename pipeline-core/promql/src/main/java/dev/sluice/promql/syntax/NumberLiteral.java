package dev.sluice.promql.syntax;

/**
 * A number.
 *
 * @param duration whether it was written as a duration; its value is then in seconds
 */
public record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    /** The same with a sign before it. */
    NumberLiteral signed(boolean negative, Span whole) {
        return new NumberLiteral(negative ? -value : value, duration, whole);
    }

    @Override
    public ValueType type() {
        return ValueType.SCALAR;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
