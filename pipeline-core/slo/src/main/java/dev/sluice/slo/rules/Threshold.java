package dev.sluice.slo.rules;

import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.BinaryOp;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;

/** What an expression's value is held against. */
final class Threshold {
    private Threshold() {}

    /** Such as {@code > 1.8}; empty where the outermost comparison is not with a number. Of {@code and}, {@code or} and {@code unless} the left side counts. */
    static String of(Expr expr) {
        return switch (expr) {
            case ParenExpr e -> of(e.inner());
            case BinaryExpr e when e.op().set() -> of(e.left());
            case BinaryExpr e
            when e.op().comparison() && e.right() instanceof NumberLiteral number -> e.op().text() + " " + number;
            case BinaryExpr e
            when e.op().comparison() && e.left() instanceof NumberLiteral number -> turned(e.op()) + " " + number;
            default -> "";
        };
    }

    private static String turned(BinaryOp op) {
        String text = op.text();
        return switch (text.charAt(0)) {
            case '<' -> text.replace('<', '>');
            case '>' -> text.replace('>', '<');
            default -> text;
        };
    }
}
