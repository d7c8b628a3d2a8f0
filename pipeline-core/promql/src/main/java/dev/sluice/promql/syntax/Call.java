package dev.sluice.promql.syntax;

import java.util.List;

/** A function with its arguments. */
public record Call(Function function, List<Expr> arguments, Span span) implements Expr {
    @Override
    public ValueType type() {
        return function.returns();
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
