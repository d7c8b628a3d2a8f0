package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A duration that a run computes, such as {@code step() * 2}; in seconds.
 *
 * @param left {@code null} for signs, {@code step()} and {@code range()}
 * @param right {@code null} for {@code step()} and {@code range()}
 * @param wrapped whether it stands in parentheses
 */
public record DurationExpr(
        Op op, @Nullable Expr left, @Nullable Expr right, boolean wrapped, Span span) implements Expr {
    /** What is done to durations. */
    public enum Op {
        STEP("step"),
        RANGE("range"),
        MIN_OF("min_of"),
        MAX_OF("max_of"),
        ADD("+"),
        SUB("-"),
        MUL("*"),
        DIV("/"),
        MOD("%"),
        POW("^");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
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
