package dev.sluice.promql.eval;

import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.DurationExpr;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.StringLiteral;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.UnaryExpr;
import dev.sluice.promql.syntax.VectorSelector;

/** Which expressions give the same at every step, because all their selectors look at fixed times. */
final class Invariance {
    private Invariance() {}

    static boolean of(Expr expr) {
        return switch (expr) {
            case VectorSelector e -> e.shift().hasAt();
            case MatrixSelector e -> e.selector().shift().hasAt();
            case SubqueryExpr e -> e.shift().hasAt();
            case AggregateExpr e -> of(e.operand()) && (e.parameter() == null || of(e.parameter()));
            case BinaryExpr e -> of(e.left()) && of(e.right());
            case ParenExpr e -> of(e.inner());
            case UnaryExpr e -> of(e.operand());
            case Call e -> call(e);
            case NumberLiteral e -> true;
            case StringLiteral e -> true;
            case DurationExpr e -> false;
        };
    }

    private static boolean call(Call e) {
        if (e.function().name().equals("info")) {
            Expr vector = e.arguments().getFirst();
            return of(vector) && new InfoReference(vector).mayBeFixed();
        }
        return !e.function().dependsOnTime() && e.arguments().stream().allMatch(Invariance::of);
    }
}
